import { FluxionError, type Strategy } from "@fluxion/core";
import { check, property } from "fast-check";
import { programs } from "../programs/arbitrary.ts";
import { programText } from "../programs/print.ts";
import type { Program } from "../programs/program.ts";
import { examine, type Examination, type Found } from "./examine.ts";
import { locate } from "./locate.ts";
import { disagreementMessage } from "./message.ts";
import type { CrossCheckOptions, CrossCheckReport, Disagreement } from "./report.ts";
import { allStrategies } from "./strategies.ts";
import { subjectOfProgram } from "./subject.ts";
import { Tally } from "./tally.ts";

/**
 * Differentiates random programs by every strategy and compares all that they say: value, jvp, vjp, their dot-product
 * test, gradient, Jacobian, Hessian and hvp. A program on which they differ is shrunk and blamed on a strategy by vote
 * and on an operator by walking the program. Nothing is thrown for a disagreement; see `report.passed`.
 * Throws `ARGUMENT` for fewer than two strategies.
 *
 * @example
 * import { crossCheck } from "@fluxion/bench";
 * import { forwardDual } from "@fluxion/forward-dual";
 * import { reverseTape } from "@fluxion/reverse-tape";
 * const report = crossCheck({ strategies: [forwardDual, reverseTape], runs: 20, seed: 1 });
 * report.verdicts["forward-dual"]?.vjp.agree; // => 20
 */
export function crossCheck(options: CrossCheckOptions = {}): CrossCheckReport {
  const {
    strategies = allStrategies,
    runs = 1000,
    seed = Date.now() % 0x7fffffff,
    path,
    maximumNodes = 12,
    maximumDisagreements = 3,
    onProgress,
  } = options;
  if (strategies.length < 2)
    throw new FluxionError(
      "ARGUMENT",
      `crossCheck compares strategies with each other and got ${strategies.length}. Give it at least two.`,
    );
  const total = path === undefined ? runs : 1;
  const tally = new Tally(strategies);
  const disagreements: Disagreement[] = [];
  for (let round = 0; tally.programs < total && disagreements.length < maximumDisagreements; round++) {
    const search = new Search(strategies, (program, examination) => {
      tally.add(program, examination);
      onProgress?.({ done: tally.programs, total });
    });
    const result = check(
      property(programs({ maximumNodes }), (program) => search.passes(program)),
      { seed: seed + round, numRuns: total - tally.programs, ...(path === undefined ? {} : { path }) },
    );
    if (!result.failed) break;
    const [program] = result.counterexample ?? [];
    if (!program || !search.found)
      throw result.errorInstance ?? new Error("the search for a disagreement failed");
    disagreements.push(
      describe(program, strategies, search.found, {
        seed: result.seed,
        path: result.counterexamplePath ?? "",
        maximumNodes,
      }),
    );
  }
  return tally.report(seed, disagreements);
}

type Seen = (program: Program, examination: Examination) => void;

/** One search of fast-check: the first program that fails is shrunk as long as the same disagreement remains. */
class Search {
  found: Found | null = null;
  readonly #strategies: readonly Strategy[];
  readonly #seen: Seen;

  constructor(strategies: readonly Strategy[], seen: Seen) {
    this.#strategies = strategies;
    this.#seen = seen;
  }

  passes(program: Program): boolean {
    const subject = subjectOfProgram(program);
    if (this.found) {
      const { disagreement } = examine(subject, this.#strategies, [this.found.quantity]);
      if (disagreement === null || !isSame(disagreement, this.found)) return true;
      this.found = disagreement;
      return false;
    }
    const examination = examine(subject, this.#strategies);
    this.#seen(program, examination);
    this.found = examination.disagreement;
    return this.found === null;
  }
}

function isSame(a: Found, b: Found): boolean {
  return a.quantity === b.quantity && a.vote.dissenters.join() === b.vote.dissenters.join();
}

function describe(
  program: Program,
  strategies: readonly Strategy[],
  found: Found,
  {
    seed,
    path,
    maximumNodes,
  }: { readonly seed: number; readonly path: string; readonly maximumNodes: number },
): Disagreement {
  const { quantity, vote } = found;
  const dissenter = strategies.find(({ name }) => name === vote.dissenters[0]);
  const location = dissenter && locate(program.graph, program, quantity, strategies, dissenter);
  const text = programText(program);
  const hint = `Replay it with crossCheck({ seed: ${seed}, path: "${path}", maximumNodes: ${maximumNodes} }).`;
  return {
    quantity,
    dissenters: vote.dissenters,
    operator: location?.operator ?? null,
    program: text,
    message: disagreementMessage(found, text, location, [hint]),
    seed,
    path,
  };
}
