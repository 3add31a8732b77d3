import { FluxionError } from "@fluxion/core";

/** The code and the text of the error that is thrown. Whatever is no FluxionError passes through. */
export function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof FluxionError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return "nothing";
}
