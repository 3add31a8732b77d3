import { FluxionError } from "@fluxion/core";
import type { Method } from "./types.ts";

/** What can be said about f and about the way to differentiate it; everything has a default. */
export interface DifferenceOptions {
  /**
   * "adaptive" (default); one step on both sides or on one: "central", "forward", "backward"; or "complexStep", for an f
   * of analytic operators of core: one call of f for each direction, right to the last digits.
   */
  readonly method?: Method;
  /** The accuracy order of a fixed-step method; 4 unless given, even for "central". */
  readonly accuracyOrder?: number;
  /** The characteristic size of x: steps are measured against max(|x|, typical). 1 unless given. */
  readonly typical?: number;
  /** f is never evaluated below it. */
  readonly lower?: number;
  /** f is never evaluated above it. */
  readonly upper?: number;
  /** The absolute error of the values of f, where it is known to be larger than rounding. */
  readonly noise?: number;
  /** No new step is begun after so many calls of f for one input; 200 unless given. */
  readonly maximumEvaluations?: number;
}

/** The options with their defaults. */
export interface Settings {
  readonly method: Method;
  readonly accuracyOrder: number;
  readonly typical: number;
  readonly lower: number;
  readonly upper: number;
  readonly noise: number;
  readonly maximumEvaluations: number;
}

const methods: readonly Method[] = ["adaptive", "central", "forward", "backward", "complexStep"];

/** Why a complex step takes no batch. */
export const noBatches: string =
  'the method "complexStep" calls f itself, once for each direction, with complex numbers that a batch does not know. ' +
  "Leave batch out, or leave method out.";

/** The options checked and completed. Throws `ARGUMENT`. */
export function settingsOf(asked: string, options: DifferenceOptions): Settings {
  const settings: Settings = {
    method: options.method ?? "adaptive",
    accuracyOrder: options.accuracyOrder ?? 4,
    typical: options.typical ?? 1,
    lower: options.lower ?? -Infinity,
    upper: options.upper ?? Infinity,
    noise: options.noise ?? 0,
    maximumEvaluations: options.maximumEvaluations ?? 200,
  };
  const { method, accuracyOrder, typical, lower, upper, noise, maximumEvaluations } = settings;
  const require = (holds: boolean, what: string): void => {
    if (!holds) throw new FluxionError("ARGUMENT", `${asked}: ${what}`);
  };
  for (const [name, value] of Object.entries({
    accuracyOrder,
    typical,
    lower,
    upper,
    noise,
    maximumEvaluations,
  }))
    require(typeof value === "number", `${name} is a number; found ${typeof value}.`);
  require(methods.includes(
    method,
  ), `method is one of ${methods.join(", ")}; found ${described(options.method)}.`);
  require(typical > 0 &&
    typical < Infinity, `typical is the positive characteristic size of x; found ${String(typical)}.`);
  require(lower <= upper, `lower must not exceed upper; found ${String(lower)} and ${String(upper)}.`);
  require(noise >= 0 &&
    noise < Infinity, `noise is the absolute error of the values of f, at least 0; found ${String(noise)}.`);
  require(maximumEvaluations >=
    24, `maximumEvaluations is at least 24, to see f at several scales; found ${String(maximumEvaluations)}.`);
  const even = accuracyOrder % 2 === 0;
  require(Number.isInteger(accuracyOrder) &&
    accuracyOrder >= 1 &&
    accuracyOrder <= 20, `accuracyOrder is an integer from 1 to 20; found ${String(accuracyOrder)}.`);
  require(method !== "central" ||
    even, `a central difference has an even accuracyOrder; found ${accuracyOrder}. Use ${accuracyOrder + 1}.`);
  require(method !== "complexStep" ||
    options.accuracyOrder ===
      undefined, "a complex step has no accuracyOrder, it is right to the last digits; leave accuracyOrder out.");
  require(method !== "adaptive" ||
    options.accuracyOrder ===
      undefined, 'the adaptive method chooses its own order; leave accuracyOrder out, or use method: "central".');
  return settings;
}

/** A value in an error message: objects may have no text of their own, or fail to make one. */
export function described(value: unknown): string {
  if (value === null) return "null";
  return typeof value === "object" || typeof value === "function" ? typeof value : String(value);
}
