/** What the command's exit status says. */
export const exit = {
  ok: 0,
  /** Strategies disagree, or a baseline is no longer met. */
  failed: 1,
  /** The command was called wrongly. */
  usage: 2,
} as const;
