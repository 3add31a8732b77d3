import type { Attributes } from "@fluxion/core";
import { empty, put, stretched } from "../array.ts";
import { add, type Complex, complex, modulus, mul, rightHalf } from "../functions/complex.ts";
import { log } from "../functions/exponential.ts";
import {
  choleskyOf,
  eliminate,
  identity,
  type Matrix,
  matrixAt,
  putMatrix,
  substitute,
} from "./elimination.ts";
import type { ComplexEvaluation } from "./evaluation.ts";

/** A number for every matrix of a stack, from its pivots and the sign of the exchanges. */
function ofPivots(read: (pivots: readonly Complex[], sign: number) => Complex): ComplexEvaluation {
  return {
    rounding: "steps",
    evaluate: ([x], { operator, attributes }) => {
      const out = empty(operator.shape([x!.shape], attributes as never));
      const n = x!.shape.at(-1)!;
      for (let matrix = 0; matrix < out.re.length; matrix++) {
        const { upper, sign } = eliminate(matrixAt(x!, matrix * n * n, n, n), emptyRows(n));
        const pivots = upper.map((row, i) => row[i]!);
        put(out, matrix, read(pivots, sign));
      }
      return out;
    },
  };
}

function emptyRows(n: number): Matrix {
  return Array.from({ length: n }, () => []);
}

/** The product of the pivots, small and large ones in turn, so that it overflows only if the determinant does. */
export const det: ComplexEvaluation = ofPivots((pivots, sign) => {
  const bySize = pivots.slice().sort((a, b) => modulus(a) - modulus(b));
  let product = complex(sign, 0);
  while (bySize.length > 0) product = mul(product, modulus(product) > 1 ? bySize.shift()! : bySize.pop()!);
  return product;
});

/** log|det| of real matrices, continued: the logarithms of the pivots, each turned to the right half plane. */
export const logdet: ComplexEvaluation = ofPivots((pivots) =>
  pivots.reduce((total, pivot) => add(total, log(rightHalf(pivot))), complex(0, 0)),
);

/** A matrix for every matrix of a stack. */
function ofMatrices(f: (matrix: Matrix) => Matrix): ComplexEvaluation {
  return {
    rounding: "steps",
    evaluate: ([x]) => {
      const out = empty(x!.shape);
      const n = x!.shape.at(-1)!;
      for (let offset = 0; offset < out.re.length; offset += n * n)
        putMatrix(out, offset, f(matrixAt(x!, offset, n, n)));
      return out;
    },
  };
}

/** X in A·X = B. */
function solution(matrix: Matrix, sides: Matrix): Matrix {
  const { upper, right } = eliminate(matrix, sides);
  return substitute(upper, right, false, false);
}

export const inverse: ComplexEvaluation = ofMatrices((matrix) => solution(matrix, identity(matrix.length)));

export const cholesky: ComplexEvaluation = ofMatrices(choleskyOf);

/** Systems of a stack of matrices and a stack of right-hand sides that stretch against each other. */
function systems<A extends object>(
  solver: (matrix: Matrix, sides: Matrix, attributes: A) => Matrix,
): ComplexEvaluation<A> {
  return {
    rounding: "steps",
    evaluate: ([a, b], { operator, attributes }) => {
      const out = empty(operator.shape([a!.shape, b!.shape], attributes as never));
      const leading = out.shape.slice(0, -2);
      const [n, k] = [out.shape.at(-2)!, out.shape.at(-1)!];
      const matrices = stretched(a!, [...leading, n, n]);
      const sides = stretched(b!, out.shape);
      const count = leading.reduce((product, length) => product * length, 1);
      for (let i = 0; i < count; i++) {
        const matrix = matrixAt(matrices, i * n * n, n, n);
        putMatrix(out, i * n * k, solver(matrix, matrixAt(sides, i * n * k, n, k), attributes));
      }
      return out;
    },
  };
}

export const solve: ComplexEvaluation = systems(solution);

export const triangularSolve: ComplexEvaluation<Attributes<"triangularSolve">> = systems(
  (matrix, sides, { lower, transpose, unitDiagonal }) =>
    substitute(transpose ? transposed(matrix) : matrix, sides, lower !== transpose, unitDiagonal),
);

function transposed(matrix: Matrix): Matrix {
  return matrix.map((_, i) => matrix.map((row) => row[i]!));
}
