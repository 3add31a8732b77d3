import {
  add, cofactor, diagonal, diagonalMatrix, inverse, matrixTrace, mul, neg, reshape, solve, strongEinsum, strongMatmul, strongMatvec,
  strongMul, sum, transpose, triangularSolve, tril, triu, type Attributes, type Tensor,
} from "@fluxion/core"; // prettier-ignore
import type { JvpRules } from "./rule.ts";

export const linearAlgebraRules: JvpRules<
  | "matmul"
  | "matvec"
  | "dot"
  | "outer"
  | "trace"
  | "diagonal"
  | "diagonalMatrix"
  | "det"
  | "logdet"
  | "inverse"
  | "solve"
  | "triangularSolve"
  | "cholesky"
  | "einsum"
> = {
  // prettier-ignore
  // Products: (AB)' = A'B + AB'
  matmul: [
    (t, { inputs: [, b], attributes: { transposeA, transposeB } }) => strongMatmul(t, b, { transposeA, transposeB }),
    (t, { inputs: [a], attributes: { transposeA, transposeB } }) => strongMatmul(a, t, { transposeA, transposeB }),
  ],
  matvec: [
    (t, { inputs: [, x], attributes: { transpose: flip } }) => strongMatvec(t, x, { transpose: flip }),
    (t, { inputs: [a], attributes: { transpose: flip } }) => strongMatvec(a, t, { transpose: flip }),
  ],
  dot: [
    (t, { inputs: [, b] }) => sum(strongMul(t, b), { axes: -1 }),
    (t, { inputs: [a] }) => sum(strongMul(a, t), { axes: -1 }),
  ],
  outer: [
    (t, { inputs: [, b] }) => strongMatmul(asColumn(t), asRow(b)),
    (t, { inputs: [a] }) => strongMatmul(asColumn(a), asRow(t)),
  ],
  einsum: (tangents, { inputs, attributes: { subscripts } }) =>
    tangents
      .map((t, i) => t && strongEinsum(subscripts, ...inputs.map((x, j) => (j === i ? t : x))))
      .reduce<Tensor | null>((total, part) => (total && part ? add(total, part) : (total ?? part)), null)!,

  // Linear
  trace: [(t) => matrixTrace(t)],
  diagonal: [(t) => diagonal(t)],
  diagonalMatrix: [(t) => diagonalMatrix(t)],

  // Jacobi's formula: (det A)' = ⟨cof A, A'⟩, (log|det A|)' = ⟨A⁻ᵀ, A'⟩
  det: [(t, { inputs: [a] }) => sum(strongMul(cofactor(a), t), { axes: [-2, -1] })],
  logdet: [(t, { inputs: [a] }) => sum(strongMul(transposed(inverse(a)), t), { axes: [-2, -1] })],
  // (A⁻¹)' = -A⁻¹A'A⁻¹, and X = A⁻¹B: X' = A⁻¹(B' - A'X)
  inverse: [(t, { output }) => neg(strongMatmul(output, strongMatmul(t, output)))],
  solve: [
    (t, { inputs: [a], output }) => neg(solve(a, strongMatmul(t, output))),
    (t, { inputs: [a] }) => solve(a, t),
  ],
  triangularSolve: [
    (t, { inputs: [a], output, attributes }) =>
      neg(
        triangularSolve(
          a,
          strongMatmul(triangle(t, attributes), output, { transposeA: attributes.transpose }),
          attributes,
        ),
      ),
    (t, { inputs: [a], attributes }) => triangularSolve(a, t, attributes),
  ],
  // A = LLᵀ: L' = L Φ(L⁻¹ A' L⁻ᵀ), Φ the lower triangle with half the diagonal; A is read as (A + Aᵀ)/2
  cholesky: [
    (t, { output }) => {
      const lower = { lower: true, transpose: false, unitDiagonal: false };
      const symmetric = mul(0.5, add(t, transposed(t)));
      const left = triangularSolve(output, symmetric, lower);
      return strongMatmul(output, halfTriangle(triangularSolve(output, transposed(left), lower)));
    },
  ],
};

function asColumn(x: Tensor): Tensor {
  return reshape(x, [...x.shape, 1]);
}

function asRow(x: Tensor): Tensor {
  return reshape(x, [...x.shape.slice(0, -1), 1, x.shape.at(-1)!]);
}

function transposed(a: Tensor): Tensor {
  const axes = a.shape.map((_, axis) => axis);
  axes.push(...axes.splice(-2).reverse());
  return transpose(a, axes);
}

/** Φ: the strict lower triangle plus half the diagonal. */
function halfTriangle(a: Tensor): Tensor {
  return mul(0.5, add(tril(a), tril(a, -1)));
}

/** The part of a tangent of A that a triangular solve reads. */
function triangle(t: Tensor, { lower, unitDiagonal }: Attributes<"triangularSolve">): Tensor {
  const strict = unitDiagonal ? 1 : 0;
  return lower ? tril(t, -strict) : triu(t, strict);
}
