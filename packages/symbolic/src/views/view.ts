/** Another way to write a result. */
export interface View {
  /** The formula as text. */
  toString(): string;
  /** The formula in LaTeX, for math mode with amsmath. */
  toLatex(): string;
}
