import { SingleBar } from "cli-progress";

/** Where a command writes: results to `out`, everything else to `error`. */
export interface Output {
  readonly out: NodeJS.WritableStream;
  readonly error: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

/** How far a long task is. */
export interface ProgressBar {
  readonly update: (done: number, total: number, step: string) => void;
  readonly stop: () => void;
}

/** Writes a text and ends its line. */
export function print({ out }: Output, text: string): void {
  out.write(`${text}\n`);
}

/** Shown on standard error, and only where somebody watches: a file or a pipe gets no bar. */
export function progressBar({ error }: Output): ProgressBar {
  if (error.isTTY !== true) return { update: () => {}, stop: () => {} };
  const bar = new SingleBar({
    stream: error,
    format: "{bar} {percentage} % | {step}",
    barCompleteChar: "━",
    barIncompleteChar: " ",
    barsize: 24,
    hideCursor: true,
    clearOnComplete: true,
    synchronousUpdate: true,
  });
  bar.start(1, 0, { step: "" });
  return {
    update: (done, total, step) => {
      bar.setTotal(total);
      bar.update(done, { step });
    },
    stop: () => bar.stop(),
  };
}
