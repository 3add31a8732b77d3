/**
 * One workload at one size, differentiated by hand: what a good engineer would write without a library.
 *
 * The arrays in `inputs` are the storage that `value` and `derivative` read, so a test may move one number and look
 * at what happens. The arrays that `derivative` returns are allocated once and overwritten by the next call: nothing
 * is allocated while the clock runs.
 */
export interface HandWritten {
  /** What is differentiated, one array per leaf, row-major. */
  readonly inputs: readonly Float64Array[];
  /** f at the inputs; a scalar is an array of length 1. */
  readonly value: () => Float64Array;
  /** ∂f/∂inputs (or Hessian, or Hessian times vector), one array per leaf: outputs outside, inputs inside. */
  readonly derivative: () => readonly Float64Array[];
}
