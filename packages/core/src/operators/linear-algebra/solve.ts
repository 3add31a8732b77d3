import { invoke } from "../../dispatch/invoke.ts";
import { FluxionError } from "../../errors.ts";
import { luSolve } from "../../kernels/index.ts";
import { allocateShape } from "../../tensor/allocate.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { formatShape, type Shape } from "../../tensor/shape.ts";
import { concrete, type Tensor } from "../../tensor/tensor.ts";
import { defineOperator, NO_ATTRIBUTES, type Operator } from "../operator.ts";
import { reshape } from "../shape/reshape.ts";
import { emptyFactorization, factor, singular } from "./factorization.ts";
import { alignLeading, broadcastLeading, leadingOffsets, leadingShape, squareLength } from "./leading.ts";

export const solveOperator: Operator<"solve"> = /* @__PURE__ */ defineOperator("solve", {
  shape: ([a, b]) => solutionShape("solve", a!, b!),
  evaluate: ([a, b]) => {
    const shape = solutionShape("solve", a.shape, b.shape);
    const out = allocateShape(shape);
    const n = shape[shape.length - 2]!;
    const k = shape[shape.length - 1]!;
    const leading = leadingShape("solve", shape, 2);
    const aOffsets = leadingOffsets(leading, leadingShape("solve", a.shape, 2), n * n);
    const bOffsets = leadingOffsets(leading, leadingShape("solve", b.shape, 2), n * k);
    const factors = emptyFactorization(n);
    for (let i = 0; i < aOffsets.length; i++) {
      // One matrix for many right-hand sides is factored once.
      if (aOffsets[i] !== aOffsets[i - 1]) factor(factors, a.store!, aOffsets[i]!);
      const pivot = luSolve(out, i * n * k, factors.lu, 0, factors.rows, b.store!, bOffsets[i]!, n, k);
      if (pivot >= 0) throw singular("solve", n, pivot, i, aOffsets.length);
    }
    return concrete(out, shape);
  },
  batch: (batch, inputs) => invoke(solveOperator, alignLeading(batch, inputs, [2, 2]), NO_ATTRIBUTES),
});

/** The shape of X in A·X = B. Throws `SHAPE_MISMATCH`. */
export function solutionShape(asked: string, a: Shape, b: Shape): Shape {
  const n = squareLength(asked, a);
  const leading = broadcastLeading(asked, leadingShape(asked, a, 2), leadingShape(asked, b, 2));
  if (b.at(-2) !== n)
    throw new FluxionError(
      "SHAPE_MISMATCH",
      `${asked}: a ${n}×${n} matrix takes right-hand sides of ${n} rows; found ${b.at(-2)} ` +
        `(shapes ${formatShape(a)} and ${formatShape(b)}). Right-hand sides are columns.`,
    );
  return [...leading, n, b.at(-1)!];
}

/** Applies `solver` to a right-hand side that may be one vector, of rank 1, as the matrix of one column. */
export function withColumns(right: Tensor, solver: (columns: Tensor) => Tensor): Tensor {
  if (right.rank !== 1) return solver(right);
  const x = solver(reshape(right, [right.shape[0]!, 1]));
  return reshape(x, x.shape.slice(0, -1));
}

/**
 * X in A·X = B: a of shape [..., n, n] and b of shape [..., n, k] (or one vector of shape [n]) give b's shape, leading
 * axes broadcast. By LU with partial pivoting. Throws `DOMAIN` for a singular matrix, `SHAPE_MISMATCH`.
 *
 * @example
 * import { solve, tensor } from "@fluxion/core";
 * solve(tensor([[2, 0], [1, 1]]), tensor([4, 5])).toArray(); // => [2,3]
 */
export function solve(matrix: Numeric, right: Numeric): Tensor {
  const a = asTensor(matrix);
  return withColumns(asTensor(right), (columns) => invoke(solveOperator, [a, columns], NO_ATTRIBUTES));
}
