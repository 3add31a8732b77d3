import type { HandWritten } from "./hand-written.ts";
import { multiply, multiplyTransposedA, multiplyTransposedB } from "./matmul.ts";

/** Space for the intermediate products, each [n, n]. */
interface Workspace {
  readonly AB: Float64Array;
  readonly ABC: Float64Array;
  readonly cotangent: Float64Array;
}

/** sum(A·B·C) for row-major A, B, C [n, n], as it is written: two products, one sum. */
export function matrixChainValue(
  A: Float64Array,
  B: Float64Array,
  C: Float64Array,
  n: number,
  { AB, ABC }: Workspace,
): number {
  multiply(A, B, AB, n, n, n);
  multiply(AB, C, ABC, n, n, n);
  let sum = 0;
  for (let i = 0; i < ABC.length; i++) sum += ABC[i]!;
  return sum;
}

/**
 * Its three gradients, [n, n] each: with G = 1 1ᵀ, ∂A = G Cᵀ Bᵀ, ∂B = Aᵀ G Cᵀ, ∂C = (AB)ᵀ G.
 *
 * G is treated as the general matrix that it is in a larger program, as a library has to: six products in all.
 */
export function matrixChainGradient(
  A: Float64Array,
  B: Float64Array,
  C: Float64Array,
  n: number,
  workspace: Workspace,
  dA: Float64Array,
  dB: Float64Array,
  dC: Float64Array,
): number {
  const { AB, ABC, cotangent } = workspace;
  const value = matrixChainValue(A, B, C, n, workspace);
  ABC.fill(1);
  multiplyTransposedA(AB, ABC, dC, n, n, n);
  multiplyTransposedB(ABC, C, cotangent, n, n, n);
  multiplyTransposedB(cotangent, B, dA, n, n, n);
  multiplyTransposedA(A, cotangent, dB, n, n, n);
  return value;
}

/** sum(A·B·C) and its gradients by A, B and C, each [n, n]. */
export function matrixChainByHand(A: Float64Array, B: Float64Array, C: Float64Array, n: number): HandWritten {
  const size = n * n;
  const workspace: Workspace = {
    AB: new Float64Array(size),
    ABC: new Float64Array(size),
    cotangent: new Float64Array(size),
  };
  const gradients = [new Float64Array(size), new Float64Array(size), new Float64Array(size)] as const;
  const value = new Float64Array(1);
  return {
    inputs: [A, B, C],
    value() {
      value[0] = matrixChainValue(A, B, C, n, workspace);
      return value;
    },
    derivative() {
      matrixChainGradient(A, B, C, n, workspace, ...gradients);
      return gradients;
    },
  };
}
