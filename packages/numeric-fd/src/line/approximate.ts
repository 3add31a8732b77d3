import { adaptive } from "./adaptive.ts";
import { fixed } from "./fixed.ts";
import type { Line } from "./line.ts";
import type { Search } from "./search.ts";
import type { Settings } from "../options.ts";
import { noEstimate, representable } from "../types.ts";
import type { LineEstimate } from "../types.ts";

/** What a search is about. */
export interface Aim {
  /** Which derivative, 1 to 4. */
  readonly order: number;
  /** The outputs that are wanted, all unless given. */
  readonly outputs?: readonly number[];
  /** How many levels are asked for at once at the start: 1, more where f takes many points at once. */
  readonly ahead?: number;
}

/**
 * The derivatives of outputs of f along a line, by the method that the settings name. The list has an estimate in the
 * place of every output; those of outputs that are not wanted mean nothing.
 */
export function* approximate(line: Line, aim: Aim, settings: Settings): Search<LineEstimate[]> {
  const { method, accuracyOrder, noise, maximumEvaluations } = settings;
  const { order, ahead = 1, outputs = [...line.centre.keys()] } = aim;
  const estimates =
    method === "adaptive" || method === "complexStep"
      ? // The last calls look at the noise and at x once more.
        yield* adaptive(line, { order, noise, ahead, maximumEvaluations: maximumEvaluations - 8 }, outputs)
      : yield* fixed(line, { side: method, order, accuracyOrder, noise }, outputs);
  if (disagrees(line.centre, line.again(), noise)) return estimates.map(() => noEstimate("nondeterministic"));
  return estimates.map(representable);
}

function disagrees(first: Float64Array, second: Float64Array, noise: number): boolean {
  return first.some((value, i) => !Object.is(value, second[i]) && !(Math.abs(value - second[i]!) <= noise));
}
