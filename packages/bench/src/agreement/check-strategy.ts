import { FluxionError, type Strategy } from "@fluxion/core";
import { crossCheck } from "./cross-check.ts";
import type { CrossCheckOptions, CrossCheckReport } from "./report.ts";
import { allStrategies } from "./strategies.ts";

/**
 * Checks a strategy of your own against Fluxion's on random programs: every operator, every differentiation operator.
 * Throws `DISAGREEMENT` with the smallest program that shows a fault, whoever's fault it is, or when more than 1 % of
 * a strategy's verdicts are inconclusive. `options.strategies` are those to compare with. Programs with an operator for which
 * your strategy throws `UNSUPPORTED` count as abstentions in the report.
 *
 * @example
 * import { checkStrategy } from "@fluxion/bench";
 * import { forwardDual } from "@fluxion/forward-dual";
 * import { reverseTape } from "@fluxion/reverse-tape";
 * checkStrategy(forwardDual, { strategies: [reverseTape], runs: 20, seed: 1 }).passed; // => true
 */
export function checkStrategy(strategy: Strategy, options: CrossCheckOptions = {}): CrossCheckReport {
  const others = options.strategies ?? allStrategies;
  const report = crossCheck({
    maximumDisagreements: 1,
    ...options,
    strategies: [...others.filter(({ name }) => name !== strategy.name), strategy],
  });
  const [first] = report.disagreements;
  if (first) throw new FluxionError("DISAGREEMENT", first.message);
  if (!report.passed)
    throw new FluxionError(
      "DISAGREEMENT",
      `${strategy.name}: ${percent(report.inconclusiveRate)} of a strategy's verdicts on ${report.programs} programs are inconclusive, ${percent(report.inconclusiveCap)} are allowed. ` +
        "Error bounds that wide prove nothing; make the estimates sharper.",
    );
  return report;
}

function percent(rate: number): string {
  return `${(100 * rate).toFixed(1)} %`;
}
