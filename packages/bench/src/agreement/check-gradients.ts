import { FluxionError } from "@fluxion/core";
import { type Arbitrary, check, pre, property } from "fast-check";
import { type AgreementOptions, disagreementError } from "./expect-agreement.ts";
import { examine, type Found } from "./examine.ts";
import { quantities } from "./report.ts";
import { allStrategies } from "./strategies.ts";
import { type Subject, subjectOfFunction } from "./subject.ts";

/** How a function of yours is checked at random arguments. */
export interface CheckGradientsOptions extends AgreementOptions {
  /** Number of random arguments; 100 unless given. */
  readonly runs?: number;
  readonly seed?: number;
  /** With the seed, replays one failing case. */
  readonly path?: string;
  /** The part of cases in which some verdict may be inconclusive, as they are at kinks; 0.1 unless given. */
  readonly inconclusiveCap?: number;
}

/** What was checked. */
export interface CheckGradientsReport {
  /** Arguments at which f is finite. */
  readonly cases: number;
  readonly seed: number;
  /** Cases in which error bounds were too wide to decide everything. */
  readonly inconclusive: number;
}

/**
 * Compares all strategies on a function of yours at random arguments: `arbitrary` makes lists of its arguments (numbers,
 * tensors, trees of them), all of which are differentiated. Arguments at which f isn't finite are passed over.
 * Throws `DISAGREEMENT` with the simplest arguments that fast-check finds; `ARGUMENT` when f is finite almost nowhere.
 *
 * @example
 * import { exp, mul, type Tensor } from "@fluxion/core";
 * import { checkGradients } from "@fluxion/bench";
 * import { integer, tuple } from "fast-check";
 * const number = integer({ min: -300, max: 300 }).map((hundredths) => hundredths / 100);
 * const f = (x: Tensor, y: Tensor) => mul(exp(x), y);
 * checkGradients(f, tuple(number, number), { runs: 20, seed: 1 }).cases; // => 20
 */
export function checkGradients(
  f: (...args: never) => unknown,
  arbitrary: Arbitrary<readonly unknown[]>,
  options: CheckGradientsOptions = {},
): CheckGradientsReport {
  const {
    strategies = allStrategies,
    quantities: asked = quantities,
    runs = 100,
    seed = Date.now() % 0x7fffffff,
    path,
    inconclusiveCap = 0.1,
  } = options;
  let [cases, inconclusive] = [0, 0];
  let last: { readonly subject: Subject; readonly found: Found } | null = null;
  const result = check(
    property(arbitrary, (args) => {
      const subject = subjectOfFunction(f, args, 1);
      pre(subject.values.every((value) => value.data.every(Number.isFinite)));
      const { votes, disagreement } = examine(subject, strategies, asked);
      if (disagreement) {
        last = { subject, found: disagreement };
        return false;
      }
      cases++;
      const verdicts = [...votes.values()].flatMap((vote) => [...vote.verdicts.values()]);
      if (verdicts.includes("inconclusive")) inconclusive++;
      return true;
    }),
    { seed, numRuns: path === undefined ? runs : 1, ...(path === undefined ? {} : { path }) },
  );
  // Assigned in the property, which the compiler doesn't follow.
  const failure = last as { readonly subject: Subject; readonly found: Found } | null;
  if (failure)
    throw disagreementError(f, failure.subject, failure.found, strategies, [
      `Replay it with { seed: ${result.seed}, path: "${result.counterexamplePath}" }.`,
    ]);
  if (result.failed && result.errorInstance) throw result.errorInstance;
  if (result.failed)
    throw new FluxionError(
      "ARGUMENT",
      `checkGradients: f is finite at ${cases} of the ${cases + result.numSkips} random arguments. Give an arbitrary that stays in the domain of f.`,
    );
  if (inconclusive > inconclusiveCap * cases)
    throw new FluxionError(
      "DISAGREEMENT",
      `checkGradients: ${inconclusive} of ${cases} cases are inconclusive, so little is proved. Keep arguments away from kinks of f and from where it is ill-conditioned, or raise inconclusiveCap.`,
    );
  return { cases, seed, inconclusive };
}
