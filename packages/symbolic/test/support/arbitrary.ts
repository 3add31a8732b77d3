import fc from "fast-check";

const unary = [
  "sin", "cos", "exp", "tanh", "atan", "sqrt", "log", "abs", "sign", "sigmoid", "softplus", "relu", "erf", "cbrt", "square", "asinh",
  "cosh", "sinh", "expm1", "log1p", "tan", "neg", "floor", "reciprocal",
]; // prettier-ignore

/** Scalar formulas in x and y. */
export const scalarFormula: fc.Arbitrary<string> = fc.letrec<{ node: string; leaf: string }>((tie) => ({
  leaf: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom("x", "y") },
    { weight: 2, arbitrary: fc.constantFrom("1", "2", "3", "-1", "1/2", "0.1", "pi") },
  ),
  node: fc.oneof(
    { maxDepth: 4, withCrossShrink: true, depthIdentifier: "formula" },
    tie("leaf"),
    fc
      .tuple(tie("node"), fc.constantFrom("+", "-", "*", "/"), tie("node"))
      .map(([a, o, b]) => `(${a} ${o} ${b})`),
    fc
      .tuple(tie("node"), fc.constantFrom("2", "3", "-1", "-2", "(1/2)", "(3/2)", "0"))
      .map(([a, p]) => `(${a})^${p}`),
    fc.tuple(fc.constantFrom(...unary), tie("node")).map(([f, a]) => `${f}(${a})`),
    fc
      .tuple(fc.constantFrom("max", "min", "hypot"), tie("node"), tie("node"))
      .map(([f, a, b]) => `${f}(${a}, ${b})`),
    // On its branch cut atan2 tells 0 from -0, which exact numbers do not.
    fc.tuple(tie("node"), tie("node")).map(([a, b]) => `atan2(${a}, (${b})^2 + 1/2)`),
    fc.tuple(tie("node"), tie("node"), tie("node")).map(([c, a, b]) => `where(greater(${c}, 0), ${a}, ${b})`),
    fc.tuple(tie("node"), tie("node")).map(([a, b]) => `(${a})^(${b})`),
  ),
})).node;

export const arrayShapes = {
  x: ["n"],
  w: ["n"],
  u: ["m"],
  A: ["n", "n"],
  B: ["n", "n"],
  X: ["m", "n"],
  s: [],
} as const;

/** Formulas of linear algebra: a scalar, a column of length n or m, a square or an m×n matrix. */
const formulas = fc.letrec<{ scalar: string; n: string; m: string; square: string; wide: string }>((tie) => {
  const limits = { maxDepth: 3, withCrossShrink: true, depthIdentifier: "arrays" };
  const pair = (
    a: fc.Arbitrary<string>,
    b: fc.Arbitrary<string>,
    join: (a: string, b: string) => string,
  ): fc.Arbitrary<string> => fc.tuple(a, b).map(([p, q]) => join(p, q));
  const smooth = fc.constantFrom("sin", "tanh", "exp", "sigmoid", "square");
  const vector = (own: "n" | "m"): readonly fc.Arbitrary<string>[] => [
    pair(tie(own), tie(own), (a, b) => `(${a} + ${b})`),
    pair(tie(own), tie(own), (a, b) => `(${a} - 2*${b})`),
    pair(tie(own), tie(own), (a, b) => `(${a} .* ${b})`),
    pair(tie("scalar"), tie(own), (a, b) => `(${a}*${b})`),
    pair(smooth, tie(own), (f, a) => `${f}(${a})`),
    tie(own).map((a) => `softmax(${a})`),
  ];
  const matrix = (own: "square" | "wide"): readonly fc.Arbitrary<string>[] => [
    pair(tie(own), tie(own), (a, b) => `(${a} + ${b})`),
    pair(tie(own), tie(own), (a, b) => `(${a} .* ${b})`),
    pair(tie("scalar"), tie(own), (a, b) => `(${a}*${b})`),
    pair(smooth, tie(own), (f, a) => `${f}(${a})`),
  ];
  return {
    scalar: fc.oneof(
      limits,
      fc.constantFrom("s", "2", "s^2"),
      pair(tie("n"), tie("n"), (a, b) => `(${a}'*${b})`),
      pair(tie("m"), tie("m"), (a, b) => `(${a}'*${b})`),
      fc
        .constantFrom("n", "m", "square", "wide")
        .chain((kind) => tie(kind as "n"))
        .map((a) => `sum(${a})`),
      fc
        .constantFrom("n", "m", "wide")
        .chain((kind) => tie(kind as "n"))
        .map((a) => `norm2(${a})^2`),
      tie("square").map((a) => `tr(${a})`),
      pair(tie("scalar"), tie("scalar"), (a, b) => `(${a}*${b})`),
      pair(tie("scalar"), tie("scalar"), (a, b) => `(${a} + ${b})`),
      tie("n").map((a) => `logsumexp(${a})`),
      tie("scalar").map((a) => `sin(${a})`),
    ),
    n: fc.oneof(
      limits,
      fc.constantFrom("x", "w"),
      ...vector("n"),
      pair(tie("square"), tie("n"), (a, b) => `(${a}*${b})`),
      pair(tie("wide"), tie("m"), (a, b) => `(${a}'*${b})`),
      tie("square").map((a) => `diag(${a})`),
    ),
    m: fc.oneof(
      limits,
      fc.constant("u"),
      ...vector("m"),
      pair(tie("wide"), tie("n"), (a, b) => `(${a}*${b})`),
    ),
    square: fc.oneof(
      limits,
      fc.constantFrom("A", "B", "eye(n)"),
      ...matrix("square"),
      pair(tie("square"), tie("square"), (a, b) => `(${a}*${b})`),
      pair(tie("n"), tie("n"), (a, b) => `(${a}*${b}')`),
      pair(tie("wide"), tie("wide"), (a, b) => `(${a}'*${b})`),
      tie("square").map((a) => `(${a}')`),
      tie("n").map((a) => `diag(${a})`),
    ),
    wide: fc.oneof(
      limits,
      fc.constant("X"),
      ...matrix("wide"),
      pair(tie("wide"), tie("square"), (a, b) => `(${a}*${b})`),
      pair(tie("m"), tie("n"), (a, b) => `(${a}*${b}')`),
    ),
  };
});

export const arrayFormula: fc.Arbitrary<string> = fc.oneof(formulas.scalar, formulas.n, formulas.m);
export const scalarOfArrays: fc.Arbitrary<string> = formulas.scalar;
