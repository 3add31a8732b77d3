import { FluxionError } from "@fluxion/core";

/**
 * Steps of work that one call may take, about a second on a slow machine. Counted rather than timed, so that what is
 * refused does not depend on the machine.
 */
const MOST_STEPS = 200_000;

let left = Infinity;
let running = false;

/** Runs one call of the package: it comes back in time, with a result or an error that says why there is none. */
export function withinLimits<T>(run: () => T): T {
  if (running) return run();
  [running, left] = [true, MOST_STEPS];
  try {
    return run();
  } catch (error) {
    // How deep is too deep depends on the stack that the caller has left, so that only trying tells.
    if (error instanceof RangeError || (error instanceof Error && error.name === "InternalError"))
      throw new FluxionError(
        "LIMIT",
        "The formula is nested too deep, or has numbers too long; split it up.",
      );
    throw error;
  } finally {
    [running, left] = [false, Infinity];
  }
}

/** Takes note of work. Throws `LIMIT` where it is more than a call may take. */
export function spend(steps: number): void {
  left -= steps;
  if (left < 0)
    throw new FluxionError(
      "LIMIT",
      "The closed form takes too long to find. Lower the order, split the formula up, or differentiate in numbers with forward-dual or reverse-tape.",
    );
}

/** What `make` makes, or undefined where that takes more than so many steps. */
export function within<T>(steps: number, make: () => T): T | undefined {
  const reserved = Math.max(0, left - steps);
  left -= reserved;
  try {
    return make();
  } catch (error) {
    if (reserved > 0 && left < 0) return undefined;
    throw error;
  } finally {
    left = Math.max(0, left) + reserved;
  }
}

/** Whether less than this share of a call's work is left: what could be left out is left out. */
export const isScarce = (share: number): boolean => left < share * MOST_STEPS;
