import type { Problem, Workload } from "../workloads/index.ts";
import { compareEntries } from "./agreement.ts";
import { timeOnce } from "./clock.ts";
import type { Contender, Prepared } from "./contender.ts";
import { compareDirections } from "./directions.ts";
import { environment } from "./environment.ts";
import { allocatedBytes } from "./memory.ts";
import { predict, theoreticalExponent, timeByBlock } from "./prediction.ts";
import { byHand } from "./results.ts";
import type { BenchmarkResult, Cell, Crossover, Growth, WorkloadResult } from "./results.ts";
import { crossing, fitPowerLaw } from "./statistics.ts";
import { timeInterleaved } from "./timing.ts";
import type { TimingOptions } from "./timing.ts";

export interface ComparisonOptions extends TimingOptions {
  /** A derivative that takes longer than this, in milliseconds, is predicted instead of measured. */
  readonly budget: number;
  /** Measure the large sizes, too. */
  readonly large?: boolean;
  /** Count what a derivative allocates, too; garbage has to be collected before each count. */
  readonly memory?: boolean;
  /** Told what is about to be measured, and how much of the work is done. */
  readonly onProgress?: (step: string, done: number, total: number) => void;
}

/**
 * Every contender on every workload at every size, beside the derivative by hand.
 *
 * Times are CPU milliseconds. A contender whose numbers differ from the derivative by hand is not timed
 * (`status: "wrong"`); one that throws has `status: "failed"`. Throws nothing for either.
 *
 * @example
 * import { compare, strategyContender, workloads } from "@fluxion/bench";
 * import { reverseTape } from "@fluxion/reverse-tape";
 * const chosen = workloads.filter(({ name }) => name === "ackley");
 * const result = compare([strategyContender(reverseTape)], chosen, { rounds: 1, millisecondsPerRound: 1, budget: 1000 });
 * result.workloads[0]!.cells.map(({ status }) => status).join(); // => measured,measured,measured,measured,measured,measured
 */
export function compare(
  contenders: readonly Contender[],
  workloads: readonly Workload[],
  options: ComparisonOptions,
): BenchmarkResult {
  const sizesOf = ({ sizes, largeSizes }: Workload) => (options.large ? [...sizes, ...largeSizes] : sizes);
  const total = workloads.reduce((sum, workload) => sum + sizesOf(workload).length, 0);
  let done = 0;
  const results = workloads.map((workload): WorkloadResult => {
    const cells: Cell[] = [];
    const sizes = sizesOf(workload).map((n) => {
      const problem = workload.problem(n);
      options.onProgress?.(`${workload.title}, ${problem.label}`, done++, total);
      cells.push(...compareAt(contenders, workload, n, problem, cells, options));
      return { n, label: problem.label };
    });
    const { name, title, latex, operator } = workload;
    const growth = contenders.map((contender) => growthOf(contender, workload, cells));
    return { name, title, latex, operator, sizes, cells, growth, crossovers: crossovers(contenders, cells) };
  });
  options.onProgress?.("done", total, total);
  return {
    format: 1,
    environment: environment(),
    rounds: options.rounds,
    budget: options.budget,
    workloads: results,
  };
}

/** A contender that has been checked and may be timed, or the cell that says why not. */
type Candidate =
  | { readonly cell: Cell }
  | { readonly contender: Contender; readonly prepared: Prepared; readonly checked: Omit<Cell, "status"> };

function compareAt(
  contenders: readonly Contender[],
  workload: Workload,
  n: number,
  problem: Problem,
  smaller: readonly Cell[],
  options: ComparisonOptions,
): Cell[] {
  const candidates = contenders.map((contender) =>
    admit(contender, workload, n, problem, smaller, options.budget),
  );
  const { f, inputs } = problem;
  const timings = timeInterleaved(
    [
      { name: "f", run: () => f(...inputs) },
      { name: "f by hand", run: problem.byHand.value },
      { name: byHand, run: problem.byHand.derivative },
      ...candidates.flatMap((candidate) =>
        "cell" in candidate ? [] : [{ name: candidate.contender.name, run: candidate.prepared.run }],
      ),
    ],
    options,
  );
  const [value, valueByHand, reference] = ["f", "f by hand", byHand].map((name) => timings.get(name)!);
  const rows = candidates.map((candidate): Cell => {
    if ("cell" in candidate) return { ...candidate.cell, value: value! };
    const derivative = timings.get(candidate.contender.name)!;
    const bytes = options.memory ? allocatedBytes(candidate.prepared.run) : null;
    return {
      ...candidate.checked,
      ...(bytes === null ? {} : { bytes }),
      status: "measured",
      value: value!,
      derivative,
      perValue: derivative.milliseconds / value!.milliseconds,
      perByHand: derivative.milliseconds / reference!.milliseconds,
    };
  });
  return [
    {
      contender: byHand,
      size: n,
      status: "measured",
      value: valueByHand!,
      derivative: reference!,
      perValue: reference!.milliseconds / valueByHand!.milliseconds,
      perByHand: 1,
    },
    ...rows,
  ];
}

/** Predicts, checks against the derivative by hand, and counts the calls of f. */
function admit(
  contender: Contender,
  workload: Workload,
  n: number,
  problem: Problem,
  smaller: readonly Cell[],
  budget: number,
): Candidate {
  const { operator } = workload;
  const { name } = contender;
  try {
    const byBlock = timeByBlock(contender, operator, problem);
    const cell = { contender: name, size: n, ...(byBlock === null ? {} : { byBlock }) };
    const predicted = predict(contender, workload, n, byBlock, smaller);
    if (predicted !== null && predicted > budget) {
      const agreement = compareDirections(contender, operator, problem);
      const status = agreement.verdict === "disagrees" ? "wrong" : "predicted";
      return { cell: { ...cell, status, agreement, predicted } };
    }
    const agreement = compareEntries(contender, operator, problem);
    if (agreement.verdict === "disagrees") return { cell: { ...cell, status: "wrong", agreement } };
    const prepared = contender.prepare(operator, problem);
    const taken = timeOnce(prepared.run);
    // Nothing predicted it, but it has been seen to be too slow to be measured in rounds.
    if (taken > 2 * budget) return { cell: { ...cell, status: "predicted", agreement, predicted: taken } };
    return {
      contender,
      prepared,
      checked: { ...cell, agreement, calls: countCalls(contender, operator, problem) },
    };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { cell: { contender: name, size: n, status: "failed", message } };
  }
}

function countCalls(contender: Contender, operator: Workload["operator"], problem: Problem): number {
  let calls = 0;
  const counted: Problem = {
    ...problem,
    f: (...inputs) => {
      calls++;
      return problem.f(...inputs);
    },
  };
  contender.prepare(operator, counted).run();
  return calls;
}

/** Fitted to the three largest sizes that were measured; small ones cost what calls cost. */
function growthOf(contender: Contender, workload: Workload, cells: readonly Cell[]): Growth {
  const points = cells
    .filter((cell) => cell.contender === contender.name && cell.derivative)
    .map((cell) => ({ size: cell.size, time: cell.derivative!.milliseconds }));
  return {
    contender: contender.name,
    exponent: fitPowerLaw(points.slice(-3))?.exponent ?? null,
    theory: theoreticalExponent(contender.mode, workload),
  };
}

function crossovers(contenders: readonly Contender[], cells: readonly Cell[]): Crossover[] {
  const names = contenders.map(({ name }) => name);
  const time = (name: string, size: number) =>
    cells.find((cell) => cell.contender === name && cell.size === size)?.derivative?.milliseconds;
  const sizes = [...new Set(cells.map(({ size }) => size))];
  return names.flatMap((first, index) =>
    names.slice(index + 1).flatMap((second) => {
      const both = sizes.filter(
        (size) => time(first, size) !== undefined && time(second, size) !== undefined,
      );
      const [a, b] = [first, second].map((name) => both.map((size) => time(name, size)!));
      const size = crossing(both, a!, b!);
      if (size === null) return [];
      return [
        a![0]! < b![0]! ? { below: first, above: second, size } : { below: second, above: first, size },
      ];
    }),
  );
}
