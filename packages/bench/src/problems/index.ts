export { moreGarbowHillstrom, sumOfSquares, testProblem } from "./more-garbow-hillstrom.ts";
export type { LeastSquaresFamily, LeastSquaresProblem, ProblemSize } from "./problem.ts";
