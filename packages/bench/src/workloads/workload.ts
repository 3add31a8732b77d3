import type { Tensor } from "@fluxion/core";
import type { HandWritten } from "../reference/index.ts";

/** What is asked of a workload's function. */
export type WorkloadOperator = "gradient" | "jacobian" | "hessian" | "hvp";

/** A workload at one size: f, where to differentiate it, and the answer by hand. */
export interface Problem {
  /** What the size means, "2000 × 500". */
  readonly label: string;
  /** Written once, with core's operators; every input is differentiated. */
  readonly f: (...inputs: Tensor[]) => Tensor;
  readonly inputs: readonly Tensor[];
  /** v in H·v, where the operator is hvp. */
  readonly direction?: Tensor;
  readonly byHand: HandWritten;
}

/** A function whose derivative is computed by every strategy, at several sizes. */
export interface Workload {
  readonly name: string;
  /** The function as text. */
  readonly title: string;
  readonly latex: string;
  readonly operator: WorkloadOperator;
  /** Values of the size n, ascending: for a short run, and those that a full run adds. */
  readonly sizes: readonly number[];
  readonly largeSizes: readonly number[];
  /** Exponents of n for large n: of the time of f, and of the numbers of its inputs and outputs. */
  readonly growth: { readonly value: number; readonly inputs: number; readonly outputs: number };
  readonly problem: (n: number) => Problem;
}
