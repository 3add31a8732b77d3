import { FluxionError } from "@fluxion/core";

/** The code of the FluxionError that a function throws; anything else it throws goes on, "nothing" when it returns. */
export function codeOf(run: () => unknown): string {
  return errorOf(run)?.code ?? "nothing";
}

/** The text of the FluxionError that a function throws. */
export function messageOf(run: () => unknown): string {
  return errorOf(run)?.message ?? "nothing";
}

function errorOf(run: () => unknown): FluxionError | null {
  try {
    run();
    return null;
  } catch (error) {
    if (error instanceof FluxionError) return error;
    throw error;
  }
}
