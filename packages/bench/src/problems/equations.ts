import { concatenate, dot, math, slice, sum, tensor, zeros } from "@fluxion/core";
import { family, type LeastSquaresFamily, matrix, sequence, type Sizes } from "./problem.ts";

const square = (n: number): Sizes => ({
  words: "n is at least 1 and m is n",
  n,
  m: (variables) => variables,
  has: (variables, residuals) => variables >= 1 && residuals === variables,
});

const overdetermined = (n: number, m: number, least: number): Sizes => ({
  words: `n is at least ${least} and m at least n`,
  n,
  m: (variables) => Math.max(m, variables),
  has: (variables, residuals) => variables >= least && residuals >= variables,
});

/** The points i / (n + 1) inside [0, 1], and the start t (t - 1) that meets the boundary values. */
function grid(n: number): { readonly t: number[]; readonly start: number[] } {
  const t = sequence(n, (i) => i / (n + 1));
  return { t, start: t.map((ti) => ti * (ti - 1)) };
}

const boundaryValue = family(28, "Discrete boundary value", square(10), (n) => {
  const { t, start } = grid(n);
  const differences = matrix(n, n, (i, j) => (i === j ? 2 : Math.abs(i - j) === 1 ? -1 : 0));
  const h = 1 / (n + 1);
  return {
    residuals: (x) => math`${differences}*${x} + ${(h * h) / 2}*(${x} + ${tensor(t)} + 1).^3`,
    start,
    minima: [0],
  };
});

const integralEquation = family(29, "Discrete integral equation", square(10), (n) => {
  const { t, start } = grid(n);
  const kernel = matrix(n, n, (i, j) => (1 - t[Math.max(i, j) - 1]!) * t[Math.min(i, j) - 1]!);
  const h = 1 / (n + 1);
  return {
    residuals: (x) => math`${x} + ${h / 2}*(${kernel}*(${x} + ${tensor(t)} + 1).^3)`,
    start,
    minima: [0],
  };
});

const broydenTridiagonal = family(30, "Broyden tridiagonal", square(10), (n) => {
  const neighbours = matrix(n, n, (i, j) => (j === i - 1 ? 1 : j === i + 1 ? 2 : 0));
  return {
    residuals: (x) => math`(3 - 2*${x}) .* ${x} - ${neighbours}*${x} + 1`,
    start: sequence(n, () => -1),
    minima: [0],
  };
});

const broydenBanded = family(31, "Broyden banded", square(10), (n) => {
  const band = matrix(n, n, (i, j) => (j !== i && j >= i - 5 && j <= i + 1 ? 1 : 0));
  return {
    residuals: (x) => math`${x} .* (2 + 5*${x}.^2) + 1 - ${band}*(${x} .* (1 + ${x}))`,
    start: sequence(n, () => -1),
    minima: [0],
  };
});

const fullRank = family(32, "Linear, full rank", overdetermined(5, 10, 1), (n, m) => ({
  residuals: (x) => {
    const padded = m === n ? x : concatenate([x, zeros([m - n])]);
    return math`${padded} - 2/${m}*${sum(x)} - 1`;
  },
  start: sequence(n, () => 1),
  minima: [m - n],
  minimizer: sequence(n, () => -1),
}));

const rankOne = family(33, "Linear, rank 1", overdetermined(5, 10, 1), (n, m) => {
  const i = tensor(sequence(m, (k) => k));
  const j = tensor(sequence(n, (k) => k));
  return {
    residuals: (x) => math`${i}*${dot(j, x)} - 1`,
    start: sequence(n, () => 1),
    minima: [(m * (m - 1)) / (2 * (2 * m + 1))],
    // Any x with Σ j xⱼ = 3 / (2 m + 1).
    minimizer: sequence(n, (k) => (k === 1 ? 3 / (2 * m + 1) : 0)),
  };
});

const rankOneWithZeros = family(
  34,
  "Linear, rank 1 with zero columns and rows",
  overdetermined(5, 10, 3),
  (n, m) => {
    const i = tensor(sequence(m, (k) => (k === m ? 0 : k - 1)));
    const j = tensor(sequence(n - 2, (k) => k + 1));
    return {
      residuals: (x) => math`${i}*${dot(j, slice(x, [[1, n - 1]]))} - 1`,
      start: sequence(n, () => 1),
      minima: [(m * m + 3 * m - 6) / (2 * (2 * m - 3))],
      // Any x with 2 x₂ + … + (n - 1) xₙ₋₁ = 3 / (2 m - 3).
      minimizer: sequence(n, (k) => (k === 2 ? 1.5 / (2 * m - 3) : 0)),
    };
  },
);

/** Problems 28 to 34: discretised and linear equations. */
export const equations: readonly LeastSquaresFamily[] = [
  boundaryValue,
  integralEquation,
  broydenTridiagonal,
  broydenBanded,
  fullRank,
  rankOne,
  rankOneWithZeros,
];
