import type { Agreement } from "./agreement.ts";
import type { Environment } from "./environment.ts";
import type { Timing } from "./timing.ts";
import type { WorkloadOperator } from "../workloads/index.ts";

/** One contender on one workload at one size. */
export interface Cell {
  readonly contender: string;
  readonly size: number;
  /**
   * `measured`; `predicted`: it would take longer than the budget; `wrong`: its numbers are not those of the derivative,
   * so its time says nothing; `failed`: it threw.
   */
  readonly status: "measured" | "predicted" | "wrong" | "failed";
  /** What went wrong, where something did. */
  readonly message?: string;
  readonly agreement?: Agreement;
  /** Time of f alone. */
  readonly value?: Timing;
  /** Time of value and derivative. */
  readonly derivative?: Timing;
  /** Milliseconds that the derivative takes if every direction costs what a block of them does. */
  readonly byBlock?: number;
  /** Milliseconds that the derivative would take. */
  readonly predicted?: number;
  /** Derivative's time / value's time. */
  readonly perValue?: number;
  /** Derivative's time / time of the derivative by hand, in the same run. */
  readonly perByHand?: number;
  /** Bytes that one derivative allocates, where that was asked for and could be told. */
  readonly bytes?: number;
  /** How often f was called for one derivative. */
  readonly calls?: number;
}

/** Exponent of n in the time of the derivative: fitted to the largest sizes, and what theory says for large n. */
export interface Growth {
  readonly contender: string;
  readonly exponent: number | null;
  readonly theory: number;
}

/** `below` is the faster of the two under n = size, `above` from there on. */
export interface Crossover {
  readonly below: string;
  readonly above: string;
  readonly size: number;
}

export interface WorkloadResult {
  readonly name: string;
  readonly title: string;
  readonly latex: string;
  readonly operator: WorkloadOperator;
  readonly sizes: readonly { readonly n: number; readonly label: string }[];
  /** Rows of every contender and of the derivative by hand, at every size. */
  readonly cells: readonly Cell[];
  readonly growth: readonly Growth[];
  readonly crossovers: readonly Crossover[];
}

/** Time per operator beyond the arithmetic, in microseconds. */
export interface Overhead {
  readonly contender: string;
  readonly total: number;
  readonly arithmetic: number;
  readonly overhead: number;
}

/** All that a run of the benchmark found; written as JSON, and read back as a baseline. */
export interface BenchmarkResult {
  readonly format: 1;
  readonly environment: Environment;
  readonly rounds: number;
  /** Longest time of one derivative that was measured rather than predicted, in milliseconds. */
  readonly budget: number;
  readonly workloads: readonly WorkloadResult[];
  readonly overhead?: readonly Overhead[];
}

/** The name of the rows of the derivative by hand. */
export const byHand = "by hand";
