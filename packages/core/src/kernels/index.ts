export { cholesky } from "./cholesky.ts";
export { luDeterminant, luLogDeterminant } from "./determinant.ts";
export { luFactor, luInverse, luSolve } from "./lu.ts";
export { matmul } from "./matmul.ts";
export { dot, matvec, outer } from "./matvec.ts";
export { recomputeNaN, strongDot } from "./strong.ts";
export { triangularSolve } from "./triangular.ts";
