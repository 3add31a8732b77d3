import type { CallNode } from "./ast.ts";
import { type Context, describe, fail, oriented, type Oriented, plain } from "./algebra.ts";
import { combine } from "./binary.ts";
import { kroneckerProduct, unvecOf, vecOf } from "./kronecker.ts";

/** Other spellings of functions. */
const ALIASES: Readonly<Record<string, string>> = {
  ln: "log", lse: "logsumexp", trace: "tr", inverse: "inv", norm: "norm2", expit: "sigmoid", logistic: "sigmoid",
  arcsin: "asin", arccos: "acos", arctan: "atan", arctan2: "atan2", arcsinh: "asinh", arccosh: "acosh", arctanh: "atanh",
}; // prettier-ignore

/** Elementwise functions by the number of their operands. */
const ELEMENTWISE: readonly (readonly string[])[] = [
  [],
  [
    "neg", "abs", "sign", "square", "sqrt", "cbrt", "reciprocal", "exp", "expm1", "log", "log1p", "log2", "log10",
    "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh",
    "sigmoid", "softplus", "relu", "erf", "erfc", "lgamma", "digamma", "floor", "ceil", "round", "stopGradient",
  ],
  [
    "add", "sub", "mul", "strongMul", "div", "pow", "atan2", "hypot", "maximum", "minimum",
    "equal", "notEqual", "less", "lessEqual", "greater", "greaterEqual",
  ],
  ["where"],
]; // prettier-ignore

type ArrayFunction = <T>(
  context: Context<T>,
  tree: CallNode,
  operands: readonly Oriented<T>[],
) => Oriented<T>;

interface Signature {
  readonly arity: readonly [least: number, most: number];
  readonly apply: ArrayFunction;
}

const toScalar =
  (...names: readonly string[]): ArrayFunction =>
  ({ algebra }, _, [x]) =>
    oriented("scalar", names.reduce((value, name) => algebra.apply(name, [value]), x!.value)); // prettier-ignore

const ofSquare =
  (name: string): ArrayFunction =>
  (context, tree, [a]) => {
    if (a!.kind !== "matrix") wrong(context, tree, `needs a square matrix, not ${describe(context, a!)}`);
    const value = context.algebra.apply(name, [a!.value]);
    return name === "inverse" || name === "expm" ? oriented("matrix", value, a!.transposed) : oriented("scalar", value);
  }; // prettier-ignore

/** A matrix to a vector: singular and eigenvectors. */
const toColumn =
  (name: string): ArrayFunction =>
  (context, tree, [a]) => {
    if (a!.kind !== "matrix") wrong(context, tree, `needs a matrix, not ${describe(context, a!)}`);
    return oriented("column", context.algebra.apply(name, [plain(context, a!)]));
  };

const singularValue: ArrayFunction = (context, tree, [a]) => {
  if (a!.kind !== "matrix") wrong(context, tree, `needs a matrix, not ${describe(context, a!)}`);
  return oriented("scalar", context.algebra.apply("sigmamax", [a!.value]));
};

/** The derivative of expm at a matrix along another. */
const expmAlong: ArrayFunction = (context, tree, operands) => {
  const other = operands.find((operand) => operand.kind !== "matrix");
  if (other !== undefined) wrong(context, tree, `needs two square matrices, not ${describe(context, other)}`);
  return oriented("matrix", context.algebra.apply("dexpm", operands.map((operand) => plain(context, operand)))); // prettier-ignore
};

const extremum =
  (name: string, pairwise: string): ArrayFunction =>
  (context, tree, operands) => {
    if (operands.length === 1) return oriented("scalar", context.algebra.apply(name, [operands[0]!.value]));
    return combine(context, pairwise, operands) ?? unequal(context, tree, operands);
  }; // prettier-ignore

/** Functions of whole arrays. */
const FUNCTIONS: Readonly<Record<string, Signature>> = {
  sum: { arity: [1, 1], apply: toScalar("sum") },
  mean: { arity: [1, 1], apply: toScalar("mean") },
  prod: { arity: [1, 1], apply: toScalar("prod") },
  norm1: { arity: [1, 1], apply: toScalar("abs", "sum") },
  norm2: { arity: [1, 1], apply: toScalar("norm") },
  tr: { arity: [1, 1], apply: ofSquare("matrixTrace") },
  det: { arity: [1, 1], apply: ofSquare("det") },
  logdet: { arity: [1, 1], apply: ofSquare("logdet") },
  inv: { arity: [1, 1], apply: ofSquare("inverse") },
  diag: { arity: [1, 1], apply: diagonal },
  vec: { arity: [1, 1], apply: vecOf },
  unvec: { arity: [3, 3], apply: unvecOf },
  kron: { arity: [2, 2], apply: kroneckerProduct },
  expm: { arity: [1, 1], apply: ofSquare("expm") },
  dexpm: { arity: [2, 2], apply: expmAlong },
  lambdamax: { arity: [1, 1], apply: ofSquare("lambdamax") },
  lambdavec: { arity: [1, 1], apply: toColumn("lambdavec") },
  sigmamax: { arity: [1, 1], apply: singularValue },
  sigmaleft: { arity: [1, 1], apply: toColumn("sigmaleft") },
  sigmaright: { arity: [1, 1], apply: toColumn("sigmaright") },
  softmax: { arity: [1, 1], apply: softmaxOf },
  logsumexp: { arity: [1, 1], apply: toScalar("logsumexp") },
  max: { arity: [1, 2], apply: extremum("max", "maximum") },
  min: { arity: [1, 2], apply: extremum("min", "minimum") },
  dot: {
    arity: [2, 2],
    apply: ({ algebra }, _, [a, b]) => oriented("scalar", algebra.apply("dot", [a!.value, b!.value])),
  },
  outer: { arity: [2, 2], apply: ({ algebra }, _, [a, b]) => oriented("matrix", algebra.apply("outer", [a!.value, b!.value])) }, // prettier-ignore
  eye: { arity: [1, 1], apply: filled("eye") },
  ones: { arity: [1, 2], apply: filled("ones") },
  zeros: { arity: [1, 2], apply: filled("zeros") },
  polygamma: { arity: [2, 2], apply: polygammaOf },
};

/** The name by which a function is known here. */
export const canonicalName = (name: string): string => (Object.hasOwn(ALIASES, name) ? ALIASES[name]! : name);

/** name(operands…) */
export function applyFunction<T>(
  context: Context<T>,
  tree: CallNode,
  operands: readonly Oriented<T>[],
): Oriented<T> {
  const name = canonicalName(tree.name);
  const onArrays = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name]! : undefined;
  if (onArrays !== undefined) {
    requireArity(context, tree, operands, ...onArrays.arity);
    return onArrays.apply(context, tree, operands);
  }
  const arity = ELEMENTWISE.findIndex((names) => names.includes(name));
  if (arity < 0) {
    const known = [...Object.keys(FUNCTIONS), ...ELEMENTWISE.flat()].sort().join(" ");
    return fail(context, "UNSUPPORTED", `There is no function ${tree.name}. Known: ${known}.`, tree.nameSpan);
  }
  requireArity(context, tree, operands, arity, arity);
  return combine(context, name, operands) ?? unequal(context, tree, operands);
}

function requireArity<T>(
  context: Context<T>,
  tree: CallNode,
  operands: readonly Oriented<T>[],
  least: number,
  most: number,
): void {
  if (operands.length >= least && operands.length <= most) return;
  const wanted = least === most ? `${least}` : `${least} or ${most}`;
  fail(
    context,
    "ARGUMENT",
    `${tree.name} takes ${wanted} operands; found ${operands.length}.`,
    tree.nameSpan,
  );
}

const wrong = <T>(context: Context<T>, tree: CallNode, what: string): never =>
  fail(context, "SHAPE_MISMATCH", `${tree.name} ${what}.`, tree.nameSpan);

const unequal = <T>(context: Context<T>, tree: CallNode, operands: readonly Oriented<T>[]): never =>
  wrong(
    context,
    tree,
    `acts elementwise on equal shapes or scalars, not on ${operands.map((operand) => describe(context, operand)).join(" and ")}`,
  );

function diagonal<T>(context: Context<T>, tree: CallNode, [a]: readonly Oriented<T>[]): Oriented<T> {
  if (a!.kind === "scalar" || a!.kind === "array")
    wrong(context, tree, `needs a vector or a matrix, not ${describe(context, a!)}`);
  return oriented(a!.kind === "matrix" ? "column" : "matrix", context.algebra.apply("diag", [a!.value]));
}

function softmaxOf<T>(context: Context<T>, tree: CallNode, [u]: readonly Oriented<T>[]): Oriented<T> {
  if (u!.kind !== "column" && u!.kind !== "row")
    wrong(context, tree, `needs a vector, not ${describe(context, u!)}`);
  return oriented(u!.kind, context.algebra.apply("softmax", [u!.value]));
}

/** eye(n), ones(n), ones(m, n), zeros(n), zeros(m, n) */
function filled(name: string): ArrayFunction {
  return (context, tree, lengths) => {
    if (lengths.some((length) => length.kind !== "scalar")) wrong(context, tree, "needs lengths of axes");
    const value = context.algebra.apply(name, lengths.map((length) => length.value)); // prettier-ignore
    return oriented(name === "eye" || lengths.length === 2 ? "matrix" : "column", value);
  };
}

function polygammaOf<T>(
  context: Context<T>,
  tree: CallNode,
  [order, x]: readonly Oriented<T>[],
): Oriented<T> {
  if (order!.kind !== "scalar") wrong(context, tree, "needs a whole number as its order");
  return oriented(x!.kind, context.algebra.apply("polygamma", [order!.value, x!.value]), x!.transposed);
}
