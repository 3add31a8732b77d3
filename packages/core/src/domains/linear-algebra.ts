import { choleskyOperator } from "../operators/linear-algebra/cholesky.ts";
import { NO_ATTRIBUTES } from "../operators/operator.ts";
import {
  type Domains,
  entriesIn,
  type KinkDistance,
  type MatrixStructure,
  type Operand,
  type PlainDistance,
  smooth,
} from "./domain.ts";
import { definedOrNull, leastPivot, reciprocalCondition } from "./distance.ts";
import { between, REALS } from "./interval.ts";

const everyday = entriesIn(REALS, between(-2, 2));

function matrices(matrix: MatrixStructure): Operand {
  return { ...everyday, matrix };
}

/** The least pivot; 0 for a matrix that is not positive definite. */
const pivotOfFactor: PlainDistance = ([a]) => {
  const factor = definedOrNull(() => choleskyOperator.evaluate([a!], NO_ATTRIBUTES));
  return factor === null ? 0 : leastPivot(factor);
};

const pivotOfTriangle: KinkDistance<"triangularSolve"> = ([a], { unitDiagonal }) =>
  unitDiagonal ? Infinity : leastPivot(a);

/** Domains of the operators on vectors and matrices. */
export const linearAlgebraDomains: Domains<
  | "matmul" | "matvec" | "dot" | "outer" | "trace" | "diagonal" | "diagonalMatrix" | "det" | "logdet" | "inverse" | "solve"
  | "triangularSolve" | "cholesky" | "einsum"
> = {
  matmul: smooth([everyday]),
  matvec: smooth([everyday]),
  dot: smooth([everyday]),
  outer: smooth([everyday]),
  trace: smooth([everyday]),
  diagonal: smooth([everyday]),
  diagonalMatrix: smooth([everyday]),
  det: smooth([everyday]),
  logdet: smooth([matrices("regular")], "A singular", reciprocalCondition),
  inverse: smooth([matrices("regular")], "A singular", reciprocalCondition),
  solve: smooth([matrices("regular"), everyday], "A singular", reciprocalCondition),
  triangularSolve: { ...smooth([matrices("triangular"), everyday]), kinks: "a 0 on the diagonal of A", kinkDistance: pivotOfTriangle },
  cholesky: smooth([matrices("positiveDefinite")], "A not positive definite", pivotOfFactor),
  einsum: smooth([everyday]),
}; // prettier-ignore
