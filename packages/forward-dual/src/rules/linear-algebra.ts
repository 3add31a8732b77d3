import {
  add, cofactor, diagonal, diagonalMatrix, dot, einsum, inverse, matmul, matvec, mul, neg, outer, solve, sum, trace as matrixTrace,
  transpose, triangularSolve, tril, triu, type Attributes, type Tensor,
} from "@fluxion/core"; // prettier-ignore
import type { JvpRules } from "./rule.ts";
