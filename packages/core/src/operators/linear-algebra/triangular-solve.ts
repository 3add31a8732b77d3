import { invoke } from "../../dispatch/invoke.ts";
import { FluxionError } from "../../errors.ts";
import { triangularSolve as substitute } from "../../kernels/index.ts";
import { allocateShape } from "../../tensor/allocate.ts";
import { found } from "../../tensor/found.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { readOptions, readSwitch } from "../../tensor/options.ts";
import { concrete, type Tensor } from "../../tensor/tensor.ts";
import { defineOperator, type Operator } from "../operator.ts";
import { singular } from "./factorization.ts";
import { alignLeading, leadingOffsets, leadingShape } from "./leading.ts";
import { solutionShape, withColumns } from "./solve.ts";

export const triangularSolveOperator: Operator<"triangularSolve"> = /* @__PURE__ */ defineOperator(
  "triangularSolve",
  {
    shape: ([a, b]) => solutionShape("triangularSolve", a!, b!),
    evaluate: ([a, b], { lower, transpose, unitDiagonal }) => {
      const shape = solutionShape("triangularSolve", a.shape, b.shape);
      const out = allocateShape(shape);
      const n = shape[shape.length - 2]!;
      const k = shape[shape.length - 1]!;
      const [row, column] = transpose ? [1, n] : [n, 1];
      const leading = leadingShape("triangularSolve", shape, 2);
      const aOffsets = leadingOffsets(leading, leadingShape("triangularSolve", a.shape, 2), n * n);
      const bOffsets = leadingOffsets(leading, leadingShape("triangularSolve", b.shape, 2), n * k);
      for (let i = 0; i < aOffsets.length; i++) {
        out.set(b.store!.subarray(bOffsets[i], bOffsets[i]! + n * k), i * n * k);
        const pivot = substitute(
        out, i * n * k, k, a.store!, aOffsets[i]!, row, column, n, k, lower !== transpose, unitDiagonal,
      ); // prettier-ignore
        if (pivot >= 0) throw singular("triangularSolve", n, pivot, i, aOffsets.length);
      }
      return concrete(out, shape);
    },
    batch: (batch, inputs, attributes) =>
      invoke(triangularSolveOperator, alignLeading(batch, inputs, [2, 2]), attributes),
  },
);

export interface TriangularSolveOptions {
  /** Which triangle of the matrix is read; the other one is ignored. */
  readonly lower: boolean;
  /** Solves with the transpose of that triangle. */
  readonly transpose?: boolean;
  /** Takes the diagonal to be ones and doesn't read it. */
  readonly unitDiagonal?: boolean;
}

/**
 * X in T·X = B, T being the lower or upper triangle of a matrix of shape [..., n, n], or its transpose; b of shape
 * [..., n, k] (or one vector of shape [n]), leading axes broadcast. By substitution.
 * Throws `DOMAIN` for a zero on the diagonal, `SHAPE_MISMATCH`, `ARGUMENT` when `lower` is missing.
 *
 * @example
 * import { tensor, triangularSolve } from "@fluxion/core";
 * const L = tensor([[2, 0], [1, 1]]);
 * triangularSolve(L, tensor([4, 5]), { lower: true }).toArray(); // => [2,3]
 * triangularSolve(L, tensor([4, 2]), { lower: true, transpose: true }).toArray(); // => [1,2]
 */
export function triangularSolve(matrix: Numeric, right: Numeric, options: TriangularSolveOptions): Tensor {
  readOptions("triangularSolve", options ?? {}, "lower", "transpose", "unitDiagonal");
  const lower: unknown = (options as TriangularSolveOptions | undefined)?.lower;
  if (typeof lower !== "boolean")
    throw new FluxionError(
      "ARGUMENT",
      `triangularSolve: lower is ${found(lower)}. Say which triangle of the matrix is meant: { lower: true } or { lower: false }.`,
    );
  const a = asTensor(matrix);
  const transpose = readSwitch("triangularSolve", "transpose", options.transpose);
  const unitDiagonal = readSwitch("triangularSolve", "unitDiagonal", options.unitDiagonal);
  return withColumns(asTensor(right), (columns) =>
    invoke(triangularSolveOperator, [a, columns], { lower, transpose, unitDiagonal }),
  );
}
