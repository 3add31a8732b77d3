import fc from "fast-check";

/** What the names in random formulas are: scalars, vectors, a wide matrix and square ones. */
export const formulaShapes = {
  s: [],
  t: [],
  x: ["n"],
  w: ["n"],
  p: ["n"],
  u: ["m"],
  v: ["m"],
  A: ["n", "n"],
  B: ["n", "n"],
  S: ["n", "n"],
  X: ["m", "n"],
  Y: ["m", "n"],
} as const;

export type FormulaName = keyof typeof formulaShapes;

/** What a formula is: a scalar, a column of length n or m, a square, a wide or a tall matrix. */
type Kind = "scalar" | "n" | "m" | "square" | "wide" | "tall";
type Formulas = { readonly [K in Kind]: string };
type Text = fc.Arbitrary<string>;

/** Functions of one number, defined everywhere; the argument is written `_`. */
const ANYWHERE = [
  "sin(_)", "cos(_)", "tanh(_)", "atan(_)", "sigmoid(_)", "softplus(_)", "erf(_)", "erfc(_)", "exp(_/2)", "expm1(_/3)", "sinh(_/2)", "cosh(_/2)",
  "asinh(_)", "abs(_)", "sign(_)", "relu(_)", "square(_)", "cbrt(_)", "floor(_)", "asin(tanh(_))", "acos(tanh(_)/2)", "atanh(tanh(_)/2)", "tan(sin(_))",
] as const; // prettier-ignore

/** Functions of one positive number. */
const POSITIVE = [
  "log(_)", "sqrt(_)", "log1p(_)", "log2(_)", "log10(_)", "lgamma(_)", "digamma(_)", "reciprocal(_)", "acosh(_ + 1)", "polygamma(1, _)",
] as const; // prettier-ignore

/** Functions of two numbers, or of three; the second is written `#`. */
const PAIRS = ["max(_, #)", "min(_, #)", "hypot(_, #)", "where(greater(_, #), _, #)", "where(less(_, #), #, _)"] as const; // prettier-ignore

const fill = (pattern: string, first: string, second: string = ""): string =>
  pattern.replace(/[_#]/g, (place) => (place === "_" ? first : second));

const numbers = fc.constantFrom("2", "3", "1/2", "0.1", "-1", "5/3");

/** a joined with b. */
const pair = (a: Text, b: Text, join: (a: string, b: string) => string): Text =>
  fc.tuple(a, b).map(([first, second]) => join(first, second));

const limits = (maxDepth: number): { maxDepth: number; withCrossShrink: true; depthIdentifier: string } => ({
  maxDepth,
  withCrossShrink: true,
  depthIdentifier: "formula",
});

/** Formulas of one kind made of formulas of the same kind, entry by entry. */
function elementwise(own: Text, scalar: Text, array: boolean): readonly Text[] {
  const [times, over, power] = array ? [".*", "./", ".^"] : ["*", "/", "^"];
  const positive = own.map((a) => `((${a})${power}2 + 1/2)`);
  return [
    pair(own, own, (a, b) => `(${a} + ${b})`),
    pair(own, own, (a, b) => `(${a} - ${b})`),
    pair(own, own, (a, b) => `(${a}${times}${b})`),
    pair(own, positive, (a, b) => `(${a}${over}${b})`),
    pair(scalar, own, (a, b) => `(${a}*${b})`),
    pair(own, scalar, (a, b) => `(${a} + ${b})`),
    pair(own, numbers, (a, b) => `(${a}/(${b}))`),
    pair(fc.constantFrom(...ANYWHERE), own, fill),
    pair(fc.constantFrom(...POSITIVE), positive, fill),
    fc.tuple(fc.constantFrom(...PAIRS), own, own).map(([pattern, a, b]) => fill(pattern, a, b)),
    pair(own, positive, (a, b) => `atan2(${a}, ${b})`),
    pair(own, fc.constantFrom("2", "3", "0", "1"), (a, b) => `((${a})${power}${b})`),
    pair(positive, fc.constantFrom("(-1)", "(1/2)", "(-3/2)", "s"), (a, b) => `(${a}${power}${b})`),
    own.map((a) => `(-${a})`),
  ];
}

/** Matrix formulas of every kind, no deeper than `maxDepth`, on names that are in their domains by `formulaShapes`. */
function formulasOf(maxDepth: number): fc.LetrecValue<Formulas> {
  return fc.letrec<Formulas>((tie) => {
    const [scalar, n, m, square, wide, tall] = (["scalar", "n", "m", "square", "wide", "tall"] as const).map(
      (kind) => tie(kind),
    ) as [Text, Text, Text, Text, Text, Text];
    // A matrix with an inverse, and a positive determinant.
    const regular = fc.oneof(
      square.map((a) => `((${a})'*(${a}) + eye(n))`),
      wide.map((a) => `((${a})'*(${a}) + S)`),
      fc.constantFrom("S", "(S + 2*eye(n))"),
      n.map((a) => `(diag((${a}).^2) + S)`),
    );
    const anyVector = fc.oneof(n, m);
    const any = fc.oneof(n, m, square, wide);
    const half = limits(maxDepth);
    return {
      scalar: fc.oneof(
        half,
        fc.constantFrom("s", "t", "2", "s^2"),
        ...elementwise(scalar, scalar, false),
        pair(n, n, (a, b) => `(${a}'*${b})`),
        pair(m, m, (a, b) => `dot(${a}, ${b})`),
        fc.tuple(n, square, n).map(([a, b, c]) => `(${a}'*${b}*${c})`),
        any.map((a) => `sum(${a})`),
        any.map((a) => `mean(${a})`),
        any.map((a) => `norm1(${a})`),
        any.map((a) => `prod(${a})`),
        any.map((a) => `norm2(${a})`),
        any.map((a) => `(norm2(${a})^2)`),
        any.map((a) => `max(${a})`),
        anyVector.map((a) => `logsumexp(${a})`),
        square.map((a) => `tr(${a})`),
        pair(wide, wide, (a, b) => `tr((${a})'*${b})`),
        square.map((a) => `det(${a})`),
        regular.map((a) => `logdet(${a})`),
        regular.map((a) => `det(${a})`),
        pair(n, regular, (a, b) => `(${a}'*inv(${b})*${a})`),
        fc.constantFrom("sum(x)/n", "n", "m*s"),
      ),
      n: fc.oneof(
        half,
        fc.constantFrom("x", "w", "p", "ones(n)", "log(p)", "sqrt(p)", "(1 ./ p)"),
        ...elementwise(n, scalar, true),
        pair(square, n, (a, b) => `(${a}*${b})`),
        pair(wide, m, (a, b) => `(${a}'*${b})`),
        pair(regular, n, (a, b) => `(inv(${a})*${b})`),
        n.map((a) => `softmax(${a})`),
        square.map((a) => `diag(${a})`),
        square.map((a) => `(${a}*ones(n))`),
      ),
      m: fc.oneof(
        half,
        fc.constantFrom("u", "v", "ones(m)"),
        ...elementwise(m, scalar, true),
        pair(wide, n, (a, b) => `(${a}*${b})`),
        m.map((a) => `softmax(${a})`),
        pair(m, n, (a, b) => `(outer(${a}, ${b})*${b})`),
      ),
      square: fc.oneof(
        half,
        fc.constantFrom("A", "B", "S", "eye(n)", "A'"),
        ...elementwise(square, scalar, true),
        pair(square, square, (a, b) => `(${a}*${b})`),
        pair(n, n, (a, b) => `(${a}*${b}')`),
        pair(wide, wide, (a, b) => `(${a}'*${b})`),
        pair(square, fc.constantFrom("2", "3"), (a, b) => `((${a})^${b})`),
        square.map((a) => `(${a}')`),
        n.map((a) => `diag(${a})`),
        regular.map((a) => `inv(${a})`),
      ),
      wide: fc.oneof(
        half,
        fc.constantFrom("X", "Y", "ones(m, n)"),
        ...elementwise(wide, scalar, true),
        pair(wide, square, (a, b) => `(${a}*${b})`),
        pair(m, n, (a, b) => `(${a}*${b}')`),
        tall.map((a) => `(${a}')`),
      ),
      tall: fc.oneof(half, fc.constant("X'"), wide.map((a) => `(${a}')`), pair(square, tall, (a, b) => `(${a}*${b})`)), // prettier-ignore
    };
  });
}

/** Formulas whose value is a scalar. */
export const scalarFormulas = (maxDepth: number): Text => formulasOf(maxDepth).scalar;

/** Formulas whose value is a scalar, a column, a row or a matrix. */
export function matrixFormulas(maxDepth: number): Text {
  const { scalar, n, m, square, wide } = formulasOf(maxDepth);
  return fc.oneof(
    { weight: 4, arbitrary: scalar },
    n,
    m,
    n.map((a) => `(${a})'`),
    { weight: 1, arbitrary: square },
    wide,
  );
}
