import {
  add, cofactor, diagonal, diagonalMatrix, dot, einsum, matmul, matrixTrace, matvec, mul, neg, outer, solve, sum,
  transpose, triangularSolve, tril, triu, type Attributes, type Tensor,
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
  matmul: [(t, { inputs: [, b], attributes }) => matmul(t, b, attributes), (t, { inputs: [a], attributes }) => matmul(a, t, attributes)],
  matvec: [
    (t, { inputs: [, x], attributes: { transpose: flip } }) => matvec(t, x, { transpose: flip }),
    (t, { inputs: [a], attributes: { transpose: flip } }) => matvec(a, t, { transpose: flip }),
  ],
  dot: [(t, { inputs: [, b] }) => dot(t, b), (t, { inputs: [a] }) => dot(a, t)],
  outer: [(t, { inputs: [, b] }) => outer(t, b), (t, { inputs: [a] }) => outer(a, t)],
  einsum: (tangents, { inputs, attributes: { subscripts } }) =>
    tangents
      .map((t, i) => t && einsum(subscripts, ...inputs.map((x, j) => (j === i ? t : x))))
      .reduce<Tensor | null>((total, part) => (total && part ? add(total, part) : (total ?? part)), null)!,

  // Linear
  trace: [(t) => matrixTrace(t)],
  diagonal: [(t) => diagonal(t)],
  diagonalMatrix: [(t) => diagonalMatrix(t)],

  // Jacobi's formula: (det A)' = ⟨cof A, A'⟩, (log|det A|)' = tr(A⁻¹A')
  det: [(t, { inputs: [a] }) => sum(mul(cofactor(a), t), { axes: [-2, -1] })],
  logdet: [(t, { inputs: [a] }) => matrixTrace(solve(a, t))],
  // (A⁻¹)' = -A⁻¹A'A⁻¹, and X = A⁻¹B: X' = A⁻¹(B' - A'X)
  inverse: [(t, { output }) => neg(matmul(output, matmul(t, output)))],
  solve: [
    (t, { inputs: [a], output }) => neg(solve(a, matmul(t, output))),
    (t, { inputs: [a] }) => solve(a, t),
  ],
  triangularSolve: [
    (t, { inputs: [a], output, attributes }) =>
      neg(
        triangularSolve(
          a,
          matmul(triangle(t, attributes), output, { transposeA: attributes.transpose }),
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
      return matmul(output, halfTriangle(triangularSolve(output, transposed(left), lower)));
    },
  ],
};

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
