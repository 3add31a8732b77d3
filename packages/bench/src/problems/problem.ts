import { FluxionError, slice, type Tensor, tensor } from "@fluxion/core";

/** A sum of squares to be minimised, as the vector of what is squared. */
export interface LeastSquaresProblem {
  /** The number under which the paper lists it. */
  readonly number: number;
  readonly name: string;
  /** The number of variables. */
  readonly n: number;
  /** The number of residuals. */
  readonly m: number;
  /** Written with core's operators: x of shape [n] gives the residuals, of shape [m]. */
  readonly residuals: (x: Tensor) => Tensor;
  /** The standard starting point, of shape [n]. */
  readonly start: Tensor;
  /** Sums of squares at minima, the least first, to the six digits that the paper prints; empty where it has none for n and m. */
  readonly minima: readonly number[];
  /** A point at which the sum of squares is the least of the minima, where there is a closed form; else null. */
  readonly minimizer: Tensor | null;
}

/** How many variables and residuals a problem shall have, where it can be chosen. */
export interface ProblemSize {
  readonly n?: number;
  readonly m?: number;
}

/** A problem for every size that it has. */
export interface LeastSquaresFamily {
  readonly number: number;
  readonly name: string;
  /** Which n and m it takes, in words. */
  readonly sizes: string;
  /** The problem at a size, a moderate one unless given. Throws `ARGUMENT` where it has no such size. */
  readonly problem: (size?: ProblemSize) => LeastSquaresProblem;
}

/** What remains to be said of a problem once its size is known. */
export interface Details {
  readonly residuals: (x: Tensor) => Tensor;
  readonly start: readonly number[];
  readonly minima?: readonly number[];
  readonly minimizer?: readonly number[];
}

/** The sizes of a family: in words, those taken when none is asked for, and whether it has them. */
export interface Sizes {
  readonly words: string;
  readonly n: number;
  /** The number of residuals for n variables, when none is asked for. */
  readonly m: (n: number) => number;
  readonly has: (n: number, m: number) => boolean;
}

export function family(
  number: number,
  name: string,
  sizes: Sizes,
  details: (n: number, m: number) => Details,
): LeastSquaresFamily {
  return {
    number,
    name,
    sizes: sizes.words,
    problem: ({ n = sizes.n, m = sizes.m(n) } = {}) => {
      if (![n, m].every(Number.isInteger) || !sizes.has(n, m))
        throw new FluxionError("ARGUMENT", `${name}: ${sizes.words}; found n = ${n}, m = ${m}.`);
      const { residuals, start, minima = [], minimizer } = details(n, m);
      const point = minimizer === undefined ? null : tensor(minimizer);
      return { number, name, n, m, residuals, start: tensor(start), minima, minimizer: point };
    },
  };
}

/** One size only. */
export function only(n: number, m: number): Sizes {
  return {
    words: `n is ${n} and m is ${m}`,
    n,
    m: () => m,
    has: (variables, residuals) => variables === n && residuals === m,
  };
}

/** n variables, and a choice of residuals. */
export function residualsFrom(n: number, byDefault: number, least: number, most: number = Infinity): Sizes {
  return {
    words: `n is ${n} and m at least ${least}${most < Infinity ? `, at most ${most}` : ""}`,
    n,
    m: () => byDefault,
    has: (variables, m) => variables === n && m >= least && m <= most,
  };
}

/** The entries of a vector, as scalars. */
export function entries(x: Tensor): Tensor[] {
  return Array.from({ length: x.shape[0]! }, (_, i) => slice(x, [i]));
}

/** [f(1), …, f(count)]. */
export function sequence(count: number, f: (i: number) => number): number[] {
  return Array.from({ length: count }, (_, i) => f(i + 1));
}

/** The matrix whose entry (i, j) is f(i, j), counted from 1. */
export function matrix(rows: number, columns: number, f: (i: number, j: number) => number): Tensor {
  return tensor(sequence(rows, (i) => i).map((i) => sequence(columns, (j) => f(i, j))));
}
