import type { BenchmarkResult, Cell } from "./results.ts";

/** A ratio to the derivative by hand that grew beyond what dispersion explains. */
export interface Regression {
  readonly workload: string;
  readonly contender: string;
  readonly size: number;
  readonly before: number;
  readonly after: number;
}

/**
 * Rows whose ratio to the derivative by hand grew by more than `tolerance` (0.5: by half) beyond both runs' spread, and
 * rows that were measured before and no longer are (`after` is then infinite).
 *
 * Ratios within one run are compared, never times: another machine shifts both sides alike.
 *
 * @example
 * import { compare, findRegressions, strategyContender, workloads } from "@fluxion/bench";
 * import { reverseTape } from "@fluxion/reverse-tape";
 * const options = { rounds: 1, millisecondsPerRound: 1, budget: 1000 };
 * const result = compare([strategyContender(reverseTape)], workloads.slice(0, 1), options);
 * findRegressions(result, result); // => []
 */
export function findRegressions(
  baseline: BenchmarkResult,
  current: BenchmarkResult,
  tolerance: number = 0.5,
): Regression[] {
  return baseline.workloads.flatMap((workload) => {
    const now = current.workloads.find(({ name }) => name === workload.name);
    if (!now) return [];
    const sizes = new Set(now.sizes.map(({ n }) => n));
    return workload.cells.flatMap((before) => {
      const { contender, size, perByHand } = before;
      if (perByHand === undefined || !sizes.has(size)) return [];
      const after = now.cells.find((cell) => cell.contender === contender && cell.size === size);
      if (!after || after.status === "predicted") return [];
      const limit = perByHand * (1 + tolerance + spread(before) + spread(after));
      if ((after.perByHand ?? Infinity) <= limit) return [];
      return [
        { workload: workload.name, contender, size, before: perByHand, after: after.perByHand ?? Infinity },
      ];
    });
  });
}

function spread({ derivative }: Cell): number {
  return derivative?.spread ?? 0;
}
