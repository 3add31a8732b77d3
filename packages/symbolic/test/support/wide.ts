import fc from "fast-check";
import type { Shapes } from "../../src/index.ts";
import { arrayShapes } from "./arbitrary.ts";

/** Names of variables and of axes of formulas with every function of the grammar; T has three axes. */
export const wideShapes: Shapes = { ...arrayShapes, T: ["m", "n", "k"], delta: ["n", "n"], i: ["n"] };

const unary = [
  "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "exp", "expm1", "log", "log1p",
  "log2", "log10", "sqrt", "cbrt", "square", "reciprocal", "neg", "abs", "sign", "sigmoid", "softplus", "relu", "erf", "erfc",
  "lgamma", "digamma", "floor", "ceil", "round", "stopGradient",
]; // prettier-ignore
const binary = [
  "max", "min", "atan2", "hypot", "pow", "maximum", "minimum", "equal", "notEqual", "less", "lessEqual", "greater", "greaterEqual",
]; // prettier-ignore

type Kinds = "scalar" | "n" | "m" | "square" | "wide";

/** Formulas with every function: a scalar, a column of length n or m, a square or an m×n matrix. */
export const wideFormulas = fc.letrec<Record<Kinds, string>>((tie) => {
  const limits = { maxDepth: 3, withCrossShrink: true, depthIdentifier: "wide" };
  const of = (
    join: (...parts: string[]) => string,
    ...kinds: readonly fc.Arbitrary<string>[]
  ): fc.Arbitrary<string> => fc.tuple(...kinds).map((parts) => join(...parts));
  const fixed = fc.constantFrom("2", "3", "1/2", "0.1", "-1", "s", "pi", "n", "m");
  const elementwise = (own: Kinds): readonly fc.Arbitrary<string>[] => [
    of((a, b) => `(${a} + ${b})`, tie(own), tie(own)),
    of((a, b) => `(${a} - ${b})`, tie(own), tie(own)),
    of((a, b) => `(${a} .* ${b})`, tie(own), tie(own)),
    of((a, b) => `(${a} ./ ${b})`, tie(own), tie(own)),
    of((a, p) => `((${a}).^(${p}))`, tie(own), fc.constantFrom("2", "3", "-1", "1/2", "3/2")),
    of((a, c) => `(${a} + ${c})`, tie(own), tie("scalar")),
    of((a, c) => `((${a})/(${c}))`, tie(own), tie("scalar")),
    of((c, a) => `(${c}*${a})`, fc.oneof(fixed, tie("scalar")), tie(own)),
    of((f, a) => `${f}(${a})`, fc.constantFrom(...unary), tie(own)),
    of((f, a, b) => `${f}(${a}, ${b})`, fc.constantFrom(...binary), tie(own), tie(own)),
    of((a, b, c) => `where(greater(${c}, 0), ${a}, ${b})`, tie(own), tie(own), tie(own)),
    of((a) => `polygamma(2, ${a})`, tie(own)),
  ];
  const any = fc.constantFrom<Kinds>("n", "m", "square", "wide").chain((kind) => tie(kind));
  return {
    scalar: fc.oneof(
      limits,
      fixed,
      ...elementwise("scalar"),
      of((a, b) => `(${a}'*${b})`, tie("n"), tie("n")),
      of((f, a) => `${f}(${a})`, fc.constantFrom("sum", "mean", "prod", "norm1", "norm2", "max", "min"), any),
      of((f, a) => `${f}(${a})`, fc.constantFrom("tr", "det", "logdet"), tie("square")),
      of((a) => `logsumexp(${a})`, tie("n")),
      of((a, b) => `dot(${a}, ${b})`, tie("m"), tie("m")),
    ),
    n: fc.oneof(
      limits,
      fc.constantFrom("x", "w", "ones(n)", "i"),
      ...elementwise("n"),
      of((a, b) => `(${a}*${b})`, tie("square"), tie("n")),
      of((a, b) => `(${a}'*${b})`, tie("wide"), tie("m")),
      of((a) => `diag(${a})`, tie("square")),
      of((a) => `softmax(${a})`, tie("n")),
    ),
    m: fc.oneof(
      limits,
      fc.constantFrom("u", "ones(m)"),
      ...elementwise("m"),
      of((a, b) => `(${a}*${b})`, tie("wide"), tie("n")),
      of((a) => `softmax(${a})`, tie("m")),
    ),
    square: fc.oneof(
      limits,
      fc.constantFrom("A", "B", "eye(n)", "delta", "ones(n, n)"),
      ...elementwise("square"),
      of((a, b) => `(${a}*${b})`, tie("square"), tie("square")),
      of((a, b) => `outer(${a}, ${b})`, tie("n"), tie("n")),
      of((a, b) => `(${a}'*${b})`, tie("wide"), tie("wide")),
      of((f, a) => `${f}(${a})`, fc.constantFrom("", "inv"), tie("square")),
      of((a) => `(${a}')`, tie("square")),
      of((a) => `diag(${a})`, tie("n")),
      of((a, p) => `((${a})^${p})`, tie("square"), fc.constantFrom("2", "3", "(-1)", "0")),
    ),
    wide: fc.oneof(
      limits,
      fc.constantFrom("X", "ones(m, n)"),
      ...elementwise("wide"),
      of((a, b) => `(${a}*${b})`, tie("wide"), tie("square")),
      of((a, b) => `(${a}*${b}')`, tie("m"), tie("n")),
    ),
  };
});

export const wideFormula: fc.Arbitrary<string> = fc.oneof(
  wideFormulas.scalar,
  wideFormulas.n,
  wideFormulas.m,
  wideFormulas.square,
  wideFormulas.wide,
);
