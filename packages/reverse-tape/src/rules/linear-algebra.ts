import {
  add, cofactor, diagonal, diagonalMatrix, eye, inverse, mul, neg, reshape, solve, strongEinsum, strongMatmul, strongMatvec,
  strongMul, transpose, triangularSolve, tril, triu, type Attributes, type Tensor,
} from "@fluxion/core"; // prettier-ignore
import type { VjpRules } from "./rule.ts";

export const linearAlgebraRules: VjpRules<
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
  // C = AB: Ā = C̄Bᵀ, B̄ = AᵀC̄; a transposed operand gets the transpose, without forming it.
  matmul: {
    keeps: "inputs",
    pullback: [
      (g, { inputs: [, b], attributes: { transposeA, transposeB } }) =>
        transposeA ? strongMatmul(b, g, { transposeA: transposeB, transposeB: true }) : strongMatmul(g, b, { transposeB: !transposeB }),
      (g, { inputs: [a], attributes: { transposeA, transposeB } }) =>
        transposeB ? strongMatmul(g, a, { transposeA: true, transposeB: transposeA }) : strongMatmul(a, g, { transposeA: !transposeA }),
    ],
  },
  // y = Ax: Ā = ȳxᵀ, x̄ = Aᵀȳ
  matvec: {
    keeps: "inputs",
    pullback: [
      (g, { inputs: [, x], attributes }) => (attributes.transpose ? allProducts(x, g) : allProducts(g, x)),
      (g, { inputs: [a], attributes }) => strongMatvec(a, g, { transpose: !attributes.transpose }),
    ],
  },
  dot: {
    keeps: "inputs",
    pullback: [
      (g, { inputs: [, b] }) => strongMul(lastAxis(g), b),
      (g, { inputs: [a] }) => strongMul(lastAxis(g), a),
    ],
  },
  outer: {
    keeps: "inputs",
    pullback: [
      (g, { inputs: [, b] }) => strongMatvec(g, b),
      (g, { inputs: [a] }) => strongMatvec(g, a, { transpose: true }),
    ],
  },
  einsum: {
    keeps: "inputs",
    pullback: (g, { inputs, attributes: { subscripts } }, position) =>
      contractOthers(g, inputs, subscripts, position),
  },

  trace: { keeps: "nothing", pullback: [(g, { shapes: [a] }) => strongMul(matrixAxes(g), eye(a!.at(-1)!))] },
  diagonal: { keeps: "nothing", pullback: [(g) => diagonalMatrix(g)] },
  diagonalMatrix: { keeps: "nothing", pullback: [(g) => diagonal(g)] },

  // ∂det/∂A = cof A, ∂log|det|/∂A = A⁻ᵀ
  det: { keeps: "inputs", pullback: [(g, { inputs: [a] }) => strongMul(matrixAxes(g), cofactor(a))] },
  logdet: {
    keeps: "inputs",
    pullback: [(g, { inputs: [a] }) => strongMul(matrixAxes(g), transposed(inverse(a)))],
  },
  // Y = A⁻¹: Ā = -YᵀȲYᵀ
  inverse: {
    keeps: "output",
    pullback: [
      (g, { output }) =>
        neg(strongMatmul(strongMatmul(output, g, { transposeA: true }), output, { transposeB: true })),
    ],
  },
  // X = A⁻¹B: B̄ = A⁻ᵀX̄, Ā = -B̄Xᵀ
  solve: {
    keeps: "both",
    pullback: [
      (g, { inputs: [a], output }) =>
        neg(strongMatmul(solve(transposed(a), g), output, { transposeB: true })),
      (g, { inputs: [a] }) => solve(transposed(a), g),
    ],
  },
  triangularSolve: {
    keeps: "both",
    pullback: [
      (g, { inputs: [a], output, attributes }) => {
        const b = triangularSolve(a, g, { ...attributes, transpose: !attributes.transpose });
        return neg(
          triangle(
            attributes.transpose
              ? strongMatmul(output, b, { transposeB: true })
              : strongMatmul(b, output, { transposeB: true }),
            attributes,
          ),
        );
      },
      (g, { inputs: [a], attributes }) =>
        triangularSolve(a, g, { ...attributes, transpose: !attributes.transpose }),
    ],
  },
  // A = LLᵀ: Ā = sym(L⁻ᵀ Φ(LᵀL̄) L⁻¹). Source: I. Murray, "Differentiation of the Cholesky decomposition" (2016), eq. 10.
  cholesky: {
    keeps: "output",
    pullback: [
      (g, { output }) => {
        const back = { lower: true, transpose: true, unitDiagonal: false };
        const middle = halfTriangle(strongMatmul(output, tril(g), { transposeA: true }));
        const left = triangularSolve(output, middle, back);
        const both = triangularSolve(output, transposed(left), back);
        return mul(0.5, add(both, transposed(both)));
      },
    ],
  },
};

/** Every product of an entry of one vector and an entry of another. */
function allProducts(rows: Tensor, columns: Tensor): Tensor {
  return strongMatmul(lastAxis(rows), lastAxis(columns), { transposeB: true });
}

/** A scalar for every vector, so that it multiplies the vector. */
function lastAxis(g: Tensor): Tensor {
  return reshape(g, [...g.shape, 1]);
}

/** A scalar for every matrix, so that it multiplies the matrix. */
function matrixAxes(g: Tensor): Tensor {
  return reshape(g, [...g.shape, 1, 1]);
}

function transposed(a: Tensor): Tensor {
  const rank = a.shape.length;
  return transpose(
    a,
    a.shape.map((_, axis) => (axis < rank - 2 ? axis : 2 * rank - 3 - axis)),
  );
}

/** Φ: the lower triangle with half the diagonal. */
function halfTriangle(a: Tensor): Tensor {
  return mul(0.5, add(tril(a), tril(a, -1)));
}

/** The part of the cotangent that belongs to entries which the solve reads. */
function triangle(g: Tensor, { lower, unitDiagonal }: Attributes<"triangularSolve">): Tensor {
  const strict = unitDiagonal ? 1 : 0;
  return lower ? tril(g, -strict) : triu(g, strict);
}

/** The contraction of the output's cotangent with every operand but one, onto the letters of that one. */
function contractOthers(g: Tensor, inputs: readonly Tensor[], subscripts: string, position: number): Tensor {
  const [operands, output] = subscripts.split("->") as [string, string];
  const letters = operands.split(",");
  const own = letters[position]!;
  letters[position] = output;
  return strongEinsum(`${letters.join(",")}->${own}`, ...inputs.map((x, i) => (i === position ? g : x)));
}
