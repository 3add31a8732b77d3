import { type OperatorName, operatorNames, type Strategy } from "@fluxion/core";
import { operatorsIn, type Program } from "../programs/program.ts";
import type { Examination } from "./examine.ts";
import { type CrossCheckReport, type Quantity, quantities, type VerdictCounts } from "./report.ts";

/** Counts what a cross-check sees. */
export class Tally {
  programs = 0;
  readonly verdicts: Record<string, Record<Quantity, VerdictCounts>>;
  readonly coverage: Record<OperatorName, number>;
  readonly abstentions: Record<string, Record<string, number>>;
  readonly resampled: Record<string, number> = {};

  constructor(strategies: readonly Strategy[]) {
    const none = (): VerdictCounts => ({ agree: 0, disagree: 0, inconclusive: 0, abstain: 0 });
    this.verdicts = Object.fromEntries(strategies.map(({ name }) => [name, record(quantities, none)]));
    this.abstentions = Object.fromEntries(strategies.map(({ name }) => [name, {}]));
    this.coverage = record(operatorNames, () => 0);
  }

  add({ graph, refusals }: Program, { votes, abstentions }: Examination): void {
    this.programs++;
    for (const operator of operatorsIn(graph)) if (operator !== "custom") this.coverage[operator]++;
    for (const [reason, times] of Object.entries(refusals)) increase(this.resampled, reason, times);
    for (const [strategy, reason] of abstentions) increase(this.abstentions[strategy]!, reason, 1);
    for (const [quantity, { verdicts }] of votes) {
      for (const [strategy, verdict] of verdicts) {
        const counts = this.verdicts[strategy]?.[quantity];
        if (counts) counts[verdict]++;
      }
    }
  }

  /** Inconclusive verdicts per verdict that isn't an abstention, of the strategy that has most. */
  inconclusiveRate(): number {
    const rates = Object.values(this.verdicts).map((byQuantity) => {
      const counts = Object.values(byQuantity);
      const inconclusive = counts.reduce((total, count) => total + count.inconclusive, 0);
      const decided = counts.reduce((total, { agree, disagree }) => total + agree + disagree, 0);
      return inconclusive / Math.max(1, inconclusive + decided);
    });
    return Math.max(0, ...rates);
  }

  report(seed: number, disagreements: CrossCheckReport["disagreements"]): CrossCheckReport {
    const { programs, verdicts, abstentions, coverage, resampled } = this;
    const inconclusiveRate = this.inconclusiveRate();
    return {
      passed: disagreements.length === 0 && inconclusiveRate <= INCONCLUSIVE_CAP,
      programs,
      seed,
      verdicts,
      abstentions,
      coverage,
      resampled,
      inconclusiveRate,
      inconclusiveCap: INCONCLUSIVE_CAP,
      disagreements,
    };
  }
}

/** A cross-check that can't decide more often than this fails, so that it can't go vacuous. */
const INCONCLUSIVE_CAP = 0.01;

function record<K extends string, V>(keys: readonly K[], value: () => V): Record<K, V> {
  return Object.fromEntries(keys.map((key) => [key, value()])) as Record<K, V>;
}

function increase(counts: Record<string, number>, key: string, by: number): void {
  counts[key] = (counts[key] ?? 0) + by;
}
