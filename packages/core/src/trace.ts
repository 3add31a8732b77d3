import type { Graph } from "./graph/graph.ts";
import { traceFunction } from "./graph/trace.ts";
import { matrixTrace } from "./operators/linear-algebra/matrix-trace.ts";
import type { Numeric } from "./tensor/numeric.ts";
import type { Tensor } from "./tensor/tensor.ts";

/**
 * Of a matrix: the sum of its diagonal, an operator (`matrixTrace`).
 *
 * @example
 * import { eye, trace } from "@fluxion/core";
 * trace(eye(3)).item(); // => 3
 */
export function trace(a: Numeric): Tensor;
/**
 * Of a function: its computation at arguments of given shapes, recorded as inert data. The numbers in the examples don't
 * matter, and f is called once; values that f captures become constants.
 * Throws `NOT_CONCRETE` when f reads numbers out of its arguments, `TREE` and `ASYNC` for what f may not return.
 *
 * @example
 * import { mul, sin, trace, type Tensor } from "@fluxion/core";
 * const graph = trace((x: Tensor) => mul(x, sin(x)))(1);
 * graph.nodes.map((node) => node.operator).join(" "); // => input sin mul
 */
export function trace<P extends readonly unknown[] = [Tensor]>(
  f: (...args: P) => unknown,
): (...examples: { readonly [I in keyof P]: unknown }) => Graph;
export function trace(
  subject: Numeric | ((...args: never) => unknown),
): Tensor | ((...examples: readonly unknown[]) => Graph) {
  return typeof subject === "function"
    ? (...examples) => traceFunction(subject, examples)
    : matrixTrace(subject);
}
