/** One line of a derivation. */
export interface Step {
  /** The rule that leads from `before` to `after`. */
  readonly rule: string;
  readonly before: string;
  readonly after: string;
  /** The line as an equation in LaTeX. */
  readonly latex: string;
}
