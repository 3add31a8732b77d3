import {
  concatenate,
  dot,
  math,
  matvec,
  mean,
  prod,
  reshape,
  slice,
  stack,
  sum,
  tensor,
  type Tensor,
} from "@fluxion/core";
import { entries, family, type LeastSquaresFamily, matrix, sequence, type Sizes } from "./problem.ts";

/** Any n from a least one on, and as many residuals as belong to it. */
function anyNumber(n: number, least: number, m: (n: number) => number, words: string): Sizes {
  return {
    words: `n is at least ${least} and m is ${words}`,
    n,
    m,
    has: (variables, residuals) => variables >= least && residuals === m(variables),
  };
}

const multipleOf = (k: number, n: number): Sizes => ({
  words: `n is a multiple of ${k} and m is n`,
  n,
  m: (variables) => variables,
  has: (variables, residuals) => variables > 0 && variables % k === 0 && residuals === variables,
});

/** The least sum of squares that the paper prints for some values of n. */
function printed(n: number, table: Readonly<Record<number, readonly number[]>>): readonly number[] {
  return table[n] ?? [];
}

/** Every k-th entry of x from the one counted i, from 1. */
function everyOther(x: Tensor, i: number, k: number): Tensor {
  return slice(x, [[i - 1, null, k]]);
}

/** The columns of residuals in the order of their variables. */
function interleaved(columns: readonly Tensor[], m: number): Tensor {
  return reshape(stack(columns, { axis: 1 }), [m]);
}

const watsonSizes: Sizes = {
  words: "n is from 2 to 31 and m is 31",
  n: 6,
  m: () => 31,
  has: (n, m) => n >= 2 && n <= 31 && m === 31,
};

const watson = family(20, "Watson", watsonSizes, (n) => {
  const powers = matrix(29, n, (i, j) => (i / 29) ** (j - 1));
  const slopes = matrix(29, n, (i, j) => (j === 1 ? 0 : (j - 1) * (i / 29) ** (j - 2)));
  return {
    residuals: (x) => {
      const [x1, x2] = entries(x) as [Tensor, Tensor];
      const equation = math`${matvec(slopes, x)} - ${matvec(powers, x)}.^2 - 1`;
      return concatenate([equation, stack([x1, math`${x2} - ${x1}^2 - 1`])]);
    },
    start: sequence(n, () => 0),
    minima: printed(n, { 6: [2.28767e-3], 9: [1.39976e-6], 12: [4.72238e-10] }),
  };
});

const extendedRosenbrock = family(21, "Extended Rosenbrock", multipleOf(2, 8), (n) => ({
  residuals: (x) => {
    const [odd, even] = [everyOther(x, 1, 2), everyOther(x, 2, 2)];
    return interleaved([math`10*(${even} - ${odd}.^2)`, math`1 - ${odd}`], n);
  },
  start: sequence(n, (i) => (i % 2 === 1 ? -1.2 : 1)),
  minima: [0],
  minimizer: sequence(n, () => 1),
}));

const extendedPowellSingular = family(22, "Extended Powell singular", multipleOf(4, 8), (n) => ({
  residuals: (x) => {
    const [x1, x2, x3, x4] = [1, 2, 3, 4].map((i) => everyOther(x, i, 4)) as [Tensor, Tensor, Tensor, Tensor];
    return interleaved(
      [
        math`${x1} + 10*${x2}`,
        math`sqrt(5)*(${x3} - ${x4})`,
        math`(${x2} - 2*${x3}).^2`,
        math`sqrt(10)*(${x1} - ${x4}).^2`,
      ],
      n,
    );
  },
  start: sequence(n, (i) => [3, -1, 0, 1][(i - 1) % 4]!),
  minima: [0],
  minimizer: sequence(n, () => 0),
}));

/** The factor a of both penalty problems, under its root. */
const rootOfA = Math.sqrt(1e-5);

const penalty1 = family(
  23,
  "Penalty I",
  anyNumber(10, 1, (n) => n + 1, "n + 1"),
  (n) => ({
    residuals: (x) => concatenate([math`${rootOfA}*(${x} - 1)`, stack([math`${dot(x, x)} - 0.25`])]),
    start: sequence(n, (i) => i),
    minima: printed(n, { 4: [2.24997e-5], 10: [7.08765e-5] }),
  }),
);

const penalty2 = family(
  24,
  "Penalty II",
  anyNumber(10, 2, (n) => 2 * n, "2 n"),
  (n) => {
    const y = tensor(sequence(n - 1, (i) => Math.exp((i + 1) / 10) + Math.exp(i / 10)));
    const weights = tensor(sequence(n, (j) => n - j + 1));
    return {
      residuals: (x) => {
        const [head, tail] = [slice(x, [[0, n - 1]]), slice(x, [[1, n]])];
        return concatenate([
          math`${slice(x, [[0, 1]])} - 0.2`,
          math`${rootOfA}*(exp(${tail}/10) + exp(${head}/10) - ${y})`,
          math`${rootOfA}*(exp(${tail}/10) - exp(-1/10))`,
          stack([math`dot(${weights}, ${x}.^2) - 1`]),
        ]);
      },
      start: sequence(n, () => 0.5),
      minima: printed(n, { 4: [9.37629e-6], 10: [2.9366e-4] }),
    };
  },
);

const variablyDimensioned = family(
  25,
  "Variably dimensioned",
  anyNumber(10, 1, (n) => n + 2, "n + 2"),
  (n) => {
    const j = tensor(sequence(n, (k) => k));
    return {
      residuals: (x) => {
        const moment = math`dot(${j}, ${x} - 1)`;
        return concatenate([math`${x} - 1`, stack([moment, math`${moment}^2`])]);
      },
      start: sequence(n, (k) => 1 - k / n),
      minima: [0],
      minimizer: sequence(n, () => 1),
    };
  },
);

const trigonometric = family(
  26,
  "Trigonometric",
  anyNumber(10, 1, (n) => n, "n"),
  (n) => {
    const i = tensor(sequence(n, (k) => k));
    return {
      residuals: (x) => math`${n} - sum(cos(${x})) + ${i} .* (1 - cos(${x})) - sin(${x})`,
      start: sequence(n, () => 1 / n),
      minima: n === 10 ? [0, 2.79506e-5] : [0],
      minimizer: sequence(n, () => 0),
    };
  },
);

const brownAlmostLinear = family(
  27,
  "Brown almost-linear",
  anyNumber(10, 1, (n) => n, "n"),
  (n) => ({
    residuals: (x) => {
      const total = sum(x);
      return concatenate([
        math`${slice(x, [[0, n - 1]])} + ${total} - ${n + 1}`,
        stack([math`${prod(x)} - 1`]),
      ]);
    },
    start: sequence(n, () => 0.5),
    minima: [0, 1],
    minimizer: sequence(n, () => 1),
  }),
);

/** ∫₀¹ of the i-th Chebyshev polynomial, shifted to [0, 1]. */
function integral(i: number): number {
  return i % 2 === 1 ? 0 : -1 / (i * i - 1);
}

const chebyquadSizes: Sizes = {
  words: "n is at least 1 and m at least n",
  n: 8,
  m: (n) => n,
  has: (n, m) => n >= 1 && m >= n,
};

const chebyquad = family(35, "Chebyquad", chebyquadSizes, (n, m) => {
  const integrals = tensor(sequence(m, integral));
  const zeroes = n <= 7 || n === 9 ? [0] : [];
  return {
    residuals: (x) => {
      const y = math`2*${x} - 1`;
      let [before, polynomial] = [math`0*${x} + 1`, y];
      const means: Tensor[] = [];
      for (let i = 1; i <= m; i++) {
        means.push(mean(polynomial));
        [before, polynomial] = [polynomial, math`2*${y} .* ${polynomial} - ${before}`];
      }
      return math`${stack(means)} - ${integrals}`;
    },
    start: sequence(n, (j) => j / (n + 1)),
    minima: m === n ? [...zeroes, ...printed(n, { 8: [3.51687e-3], 10: [6.50395e-3] })] : [],
  };
});

/** Problems 20 to 27 and 35: sums over as many variables as wanted. */
export const manyVariables: readonly LeastSquaresFamily[] = [
  watson,
  extendedRosenbrock,
  extendedPowellSingular,
  penalty1,
  penalty2,
  variablyDimensioned,
  trigonometric,
  brownAlmostLinear,
  chebyquad,
];
