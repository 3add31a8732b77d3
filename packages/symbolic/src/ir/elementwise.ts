import { FluxionError } from "@fluxion/core";
import type { ElementwiseName } from "../rules/elementwise.ts";
import { composed } from "./compositions.ts";
import { evaluateExactly } from "./exact.ts";
import type { Elementwise, Factor, TensorNode } from "./node.ts";
import { noteSymmetry, reoriented } from "./orientation.ts";
import { number, numberOf, powerOf, scale, times } from "./product.ts";
import * as Q from "./rational.ts";
import { isNonnegative, isPositive, isUnitSign } from "./sign.ts";
import { intern, require, type Store } from "./store.ts";
import { content, minus, plus } from "./sum.ts";
import { underFold } from "./unfold.ts";

type Rule = (store: Store, ...operands: readonly TensorNode[]) => TensorNode | undefined;

/** An elementwise operator in normal form: arithmetic becomes products and sums, the rest obeys the laws below. */
export function elementwise(
  store: Store,
  name: ElementwiseName,
  operands: readonly TensorNode[],
): TensorNode {
  const exact = evaluateExactly(name, operands.map(numberOf));
  if (exact !== undefined) return number(store, exact, operands[0]!.dims);
  const simpler =
    arithmetic[name]?.(store, ...operands) ??
    laws[name]?.(store, ...operands) ??
    composed(store, name, operands[0]) ??
    byParity(store, name, operands);
  if (simpler !== undefined) return simpler;
  const other = reoriented(store, operands, (nodes) => elementwise(store, name, nodes));
  if (other !== undefined) return other;
  const { dims } = operands[0]!;
  const folded = underFold(store, operands, (bodies) => elementwise(store, name, bodies));
  if (folded !== undefined) return folded;
  const key = `e ${name} ${operands.map((operand) => operand.id).join(" ")}`;
  const known = store.nodes.get(key);
  if (known !== undefined) return known;
  const node = intern<Elementwise>(store, key, { kind: "elementwise", name, operands, dims });
  noteSymmetry(store, node, operands);
  return node;
}

/** Operators that are powers, products and sums. */
const arithmetic: { readonly [N in ElementwiseName]?: Rule } = {
  neg: (s, x) => scale(s, Q.minusOne, x),
  square: (s, x) => powerOf(s, x, Q.two),
  sqrt: (s, x) => powerOf(s, x, Q.half),
  reciprocal: (s, x) => powerOf(s, x, Q.minusOne),
  add: (s, x, y) => plus(s, x, y),
  sub: (s, x, y) => minus(s, x, y),
  mul: (s, x, y) => times(s, x.dims, x, y),
  strongMul: (s, x, y) => times(s, x.dims, x, y),
  div: (s, x, y) => times(s, x.dims, x, [y, Q.minusOne]),
};

const ifTrue = (condition: TensorNode, x: TensorNode, y: TensorNode): TensorNode | undefined => {
  const value = numberOf(condition);
  if (value !== undefined) return Q.isZero(value) ? y : x;
  return x === y ? x : undefined;
};

/** Laws beyond arithmetic; a law gives undefined where it does not apply. */
const laws: { readonly [N in ElementwiseName]?: Rule } = {
  pow: (s, x, y) => {
    const exponent = numberOf(y);
    if (exponent !== undefined) return powerOf(s, x, exponent);
    const base = numberOf(x);
    if (base !== undefined && Q.isOne(base)) return x;
    return powerOfPower(s, x, y);
  },
  exp: (s, x) => {
    const logarithm = isolated(x, "log");
    if (logarithm === undefined) return undefined;
    require(s, logarithm.operand, ">", 0);
    return powerOf(s, logarithm.operand, logarithm.coefficient);
  },
  log: (s, x) => isolated(x, "exp", true)?.operand ?? logOfPower(s, x),
  abs: (s, x) => absOf(s, x),
  sign: (s, x) => signOf(s, x),
  cbrt: (s, x) => cubeRootOfCube(s, x),
  sin: (s, x) => atQuarterTurn(s, x, [0, 1, 0, -1]),
  cos: (s, x) => atQuarterTurn(s, x, [1, 0, -1, 0]),
  relu: (_, x) => (isNonnegative(x) ? x : undefined),
  maximum: (_, x, y) => (x === y ? x : undefined),
  minimum: (_, x, y) => (x === y ? x : undefined),
  equal: (s, x, y) => (x === y ? number(s, Q.one, x.dims) : undefined),
  lessEqual: (s, x, y) => (x === y ? number(s, Q.one, x.dims) : undefined),
  greaterEqual: (s, x, y) => (x === y ? number(s, Q.one, x.dims) : undefined),
  notEqual: (s, x, y) => (x === y ? number(s, Q.zero, x.dims) : undefined),
  less: (s, x, y) => (x === y ? number(s, Q.zero, x.dims) : undefined),
  greater: (s, x, y) => (x === y ? number(s, Q.zero, x.dims) : undefined),
  where: (_, c, x, y) => ifTrue(c, x, y),
};

/** exp(u)^y = exp(u·y); (u^a)^y = u^(a·y) where u > 0, unless a is even: (x²)^y is |x|^(2y). */
function powerOfPower(store: Store, x: TensorNode, y: TensorNode): TensorNode | undefined {
  const product = (exponent: TensorNode): TensorNode => times(store, y.dims, exponent, y);
  if (x.kind === "elementwise" && x.name === "exp")
    return elementwise(store, "exp", [product(x.operands[0]!)]);
  if (x.kind === "elementwise" && x.name === "pow") {
    const [base, exponent] = x.operands as readonly [TensorNode, TensorNode];
    require(store, base, ">", 0);
    return elementwise(store, "pow", [base, product(exponent)]);
  }
  if (x.kind !== "product" || x.dims.length > 0 || x.bound.length > 0) return undefined;
  const [only, ...others] = x.factors;
  if (only === undefined || others.length > 0 || !Q.isOne(x.coefficient) || Q.isEven(only.power))
    return undefined;
  require(store, only.node, ">", 0);
  return elementwise(store, "pow", [only.node, scale(store, only.power, y)]);
}

/** c·f(u) for a given f: u and c; only c = 1 if `exactly`. */
function isolated(
  node: TensorNode,
  name: ElementwiseName,
  exactly: boolean = false,
): { readonly operand: TensorNode; readonly coefficient: Q.Rational } | undefined {
  if (node.kind === "elementwise" && node.name === name)
    return { operand: node.operands[0]!, coefficient: Q.one };
  if (exactly || node.kind !== "product" || node.factors.length !== 1 || node.bound.length > 0)
    return undefined;
  const { node: base, power, indices } = node.factors[0]!;
  if (base.kind !== "elementwise" || base.name !== name || !Q.isOne(power)) return undefined;
  if (indices.length !== node.dims.length || indices.some((index, k) => index !== k)) return undefined;
  return { operand: base.operands[0]!, coefficient: node.coefficient };
}

/** log of a positive product with an exp factor, or of a root: log(√u) = log(u)/2, log(1/u) = −log(u). */
function logOfPower(store: Store, x: TensorNode): TensorNode | undefined {
  if (x.kind !== "product" || x.factors.length !== 1 || x.bound.length > 0 || !Q.isOne(x.coefficient))
    return undefined;
  const { node, power, indices } = x.factors[0]!;
  if (Q.isEven(power) && !isPositive(node)) return undefined;
  if (
    numberOf(node) !== undefined ||
    indices.some((index, k) => index !== k) ||
    indices.length !== x.dims.length
  )
    return undefined;
  return scale(store, power, elementwise(store, "log", [node]));
}

/** |u| where u has no sign to lose, with positive factors and even powers taken out. */
export function absoluteValue(store: Store, x: TensorNode): TensorNode {
  return elementwise(store, "abs", [x]);
}

function absOf(store: Store, x: TensorNode): TensorNode | undefined {
  if (isNonnegative(x)) return x;
  if (isUnitSign(x)) return number(store, Q.one);
  if (x.kind === "sum")
    return negatedSum(store, x) ? elementwise(store, "abs", [scale(store, Q.minusOne, x)]) : undefined;
  if (x.kind !== "product" || x.bound.length > 0) {
    return x.kind === "product" && Q.isNegative(x.coefficient)
      ? elementwise(store, "abs", [scale(store, Q.minusOne, x)])
      : undefined;
  }
  if (
    Q.isOne(x.coefficient) &&
    x.factors.length === 1 &&
    Q.isOne(x.factors[0]!.power) &&
    x.factors[0]!.node.kind === "elementwise" &&
    x.factors[0]!.node.name === "abs"
  )
    return x;
  // |c·f·g| = |c|·|f|·|g|
  if (
    x.factors.some(
      (factor) => factor.indices.length !== x.dims.length || factor.indices.some((index, k) => index !== k),
    )
  )
    return undefined;
  const parts = x.factors.map((factor): readonly [TensorNode, Q.Rational] =>
    isNonnegative(factor.node, factor.power)
      ? [factor.node, factor.power]
      : [elementwise(store, "abs", [factor.node]), factor.power],
  );
  return scale(store, Q.absolute(x.coefficient), times(store, x.dims, ...parts));
}

function signOf(store: Store, x: TensorNode): TensorNode | undefined {
  if (isPositive(x)) return number(store, Q.one, x.dims);
  if (x.kind === "elementwise" && x.name === "sign") return x;
  if (x.kind === "product" && !Q.isOne(x.coefficient)) {
    const sign = Q.rational(Q.sign(x.coefficient));
    return scale(store, sign, elementwise(store, "sign", [scale(store, Q.divide(Q.one, x.coefficient), x)]));
  }
  return undefined;
}

/** cbrt(u³) = u for every real u. */
function cubeRootOfCube(store: Store, x: TensorNode): TensorNode | undefined {
  if (x.kind !== "product" || x.dims.length > 0 || x.bound.length > 0) return undefined;
  const [only, ...others] = x.factors;
  const third = only && Q.divide(only.power, Q.rational(3));
  if (third === undefined || others.length > 0 || !Q.isInteger(third) || !Q.isOne(x.coefficient))
    return undefined;
  return powerOf(store, only!.node, third);
}

/** Values at 0, π/2, π and 3π/2. */
function atQuarterTurn(store: Store, x: TensorNode, values: readonly number[]): TensorNode | undefined {
  const turn =
    x.kind === "constant" && x.name === "pi"
      ? Q.one
      : x.kind === "product" && x.factors.length === 1 && isPi(x.factors[0]!)
        ? x.coefficient
        : undefined;
  const quarters = turn && Q.multiply(turn, Q.two);
  if (quarters === undefined || !Q.isInteger(quarters)) return undefined;
  return number(store, Q.rational(values[Number(((quarters.numerator % 4n) + 4n) % 4n)]!), x.dims);
}

const isPi = ({ node, power }: Factor): boolean =>
  node.kind === "constant" && node.name === "pi" && Q.isOne(power);

const ODD: ReadonlySet<ElementwiseName> = new Set([
  "sin", "tan", "asin", "atan", "sinh", "tanh", "asinh", "atanh", "erf", "cbrt", "sign",
]); // prettier-ignore
const EVEN: ReadonlySet<ElementwiseName> = new Set(["cos", "cosh", "abs"]);

/** sin(−u) = −sin(u), cos(−u) = cos(u): the operand's first coefficient is made positive. */
function byParity(
  store: Store,
  name: ElementwiseName,
  operands: readonly TensorNode[],
): TensorNode | undefined {
  if (!ODD.has(name) && !EVEN.has(name)) return undefined;
  const [x] = operands;
  const negative =
    x!.kind === "sum" ? negatedSum(store, x!) : x!.kind === "product" && Q.isNegative(x!.coefficient);
  if (!negative) return undefined;
  const flipped = elementwise(store, name, [scale(store, Q.minusOne, x!)]);
  return EVEN.has(name) ? flipped : scale(store, Q.minusOne, flipped);
}

const negatedSum = (store: Store, node: TensorNode): boolean =>
  node.kind === "sum" && Q.isNegative(content(store, node));

/** A value that is spread over an array of another shape, or as it is. */
export function spread(store: Store, node: TensorNode, like: TensorNode): TensorNode {
  if (node.dims.length === like.dims.length) return node;
  if (node.dims.length > 0) throw new FluxionError("SHAPE_MISMATCH", "Only a scalar spreads over an array.");
  return times(store, like.dims, node);
}
