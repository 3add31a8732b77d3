import { allocate } from "../tensor/allocate.ts";
import { type Shape, sizeOf } from "../tensor/shape.ts";
import { concrete, type Tensor } from "../tensor/tensor.ts";
import type { Operand } from "./domain.ts";
import { pointIn } from "./interval.ts";

/**
 * A tensor that an operator takes as this operand: entries from its sample intervals, and for matrices that must be
 * invertible a diagonal that outweighs the rest of its row (the same for both sides of it where they must be symmetric).
 * `uniform` gives numbers from 0 to 1.
 *
 * @example
 * import { domains, sampleOperand } from "@fluxion/core/domains";
 * import { Tensor } from "@fluxion/core";
 * sampleOperand(domains.atanh.operands[0]!, [2], () => 0.5).toArray(); // => [0,0]
 * sampleOperand(domains.inverse.operands[0]!, [2, 2], () => 0.75).toArray(); // => [[3,1],[1,3]]
 */
export function sampleOperand({ sample, matrix }: Operand, shape: Shape, uniform: () => number): Tensor {
  const store = allocate(sizeOf(shape)).map(() => pointIn(sample, uniform()));
  if (matrix !== null) {
    const n = shape.at(-1)!;
    for (let start = 0; start < store.length; start += n * n)
      outweigh(store.subarray(start, start + n * n), n, matrix === "positiveDefinite");
  }
  return concrete(store, shape);
}

function outweigh(a: Float64Array, n: number, symmetric: boolean): void {
  if (symmetric) for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) a[j * n + i] = a[i * n + j]!;
  for (let i = 0; i < n; i++) {
    const row = a.subarray(i * n, (i + 1) * n);
    const diagonal = row[i]!;
    const others = row.reduce((total, entry) => total + Math.abs(entry), -Math.abs(diagonal));
    row[i] = others + 1 + Math.abs(diagonal);
  }
}
