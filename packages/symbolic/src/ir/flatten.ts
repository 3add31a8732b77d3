import { axisOrder } from "./axis-order.ts";
import type { Elementwise, Factor, Product, Sum, TensorNode } from "./node.ts";
import {
  axes,
  connectedParts,
  einsum,
  isClosedProduct,
  narrowed,
  notReal,
  number,
  numberOf,
  powerOf,
  tooLong,
  varyingAxes,
  type Draft,
} from "./product.ts";
import * as Q from "./rational.ts";
import { isNonnegative, isPositive } from "./sign.ts";
import { absoluteValue } from "./elementwise.ts";
import { require, type Store } from "./store.ts";
import { underFold } from "./unfold.ts";
import { content, divideTerms, mapTerms, withCoefficient } from "./sum.ts";

/** Takes factors apart until each is an atom: products are inlined, numbers and contents of sums go to the coefficient. */
export function expandPower(store: Store, draft: Draft): void {
  const pending = draft.factors.reverse();
  draft.factors = [];
  for (let factor = pending.pop(); factor !== undefined; factor = pending.pop()) {
    if (Q.isZero(factor.power)) continue;
    const parts = takeApart(store, draft, factor);
    if (parts === undefined) draft.factors.push(factor);
    else pending.push(...parts);
  }
}

/** The factors that this one is made of, or undefined if it is an atom. */
function takeApart(store: Store, draft: Draft, factor: Factor): readonly Factor[] | undefined {
  const { node, indices, power } = factor;
  if (node.kind === "sum") {
    const normal = normalSum(store, node, power);
    if (normal.node === node) return undefined;
    const surds = multiplyPower(store, draft, normal.divisor, power);
    return [{ node: normal.node, indices: normal.order.map((axis) => indices[axis]!), power }, ...surds];
  }
  if (node.kind === "elementwise" && Q.compare(power, Q.one) > 0 && isIndicator(node))
    return [{ ...factor, power: Q.one }];
  if (node.kind !== "product") return undefined;
  const varying = varyingAxes([node]);
  if (varying.length < node.dims.length && !Q.isOne(power) && node.factors.length > 0)
    return [{ node: narrowed(store, node, varying), indices: varying.map((axis) => indices[axis]!), power }];
  if (!Q.isOne(power) && new Set(indices).size < indices.length) return [diagonalOf(store, node, factor)];
  if (isClosedProduct(node)) {
    if (Q.isOne(node.coefficient)) return undefined;
    return splitMultiple(store, draft, node, factor);
  }
  if (node.factors.length === 0)
    return isSurd(node.coefficient, power) ? undefined : multiplyPower(store, draft, node.coefficient, power);
  if (Q.isOne(power)) return inline(draft, node, indices);
  const folded = underFold(store, [node], ([body]) => powerOf(store, body!, power));
  if (folded !== undefined) return [{ node: folded, indices, power: Q.one }];
  const groups = Q.isInteger(power) ? boundGroups(node) : [];
  if (node.bound.length > 0 && groups.length > 1)
    return [
      ...groups.map((group) => powerOfGroup(store, node, group, factor)),
      ...multiplyPower(store, draft, node.coefficient, power),
    ];
  if (node.bound.length > 0)
    return Q.isOne(node.coefficient) ? undefined : splitMultiple(store, draft, node, factor);
  return powerOfProduct(store, draft, node, factor);
}

const COMPARISONS: ReadonlySet<string> = new Set([
  "equal", "notEqual", "less", "lessEqual", "greater", "greaterEqual",
]); // prettier-ignore

/** Whether every value is 0 or 1, which a positive power does not change. */
const isIndicator = ({ name, operands }: Elementwise): boolean =>
  COMPARISONS.has(name) ||
  (name === "where" &&
    operands.slice(1).every((branch) => {
      const value = numberOf(branch);
      return value !== undefined && (Q.isZero(value) || Q.isOne(value));
    }));
interface Multiple {
  readonly node: TensorNode;
  readonly divisor: Q.Rational;
  /** The axes of the sum in the order in which this node has them. */
  readonly order: readonly number[];
}

/** A sum as a multiple of what stands for it in products: without content, and one for all orders of its axes. */
function normalSum(store: Store, node: Sum, power: Q.Rational): Multiple {
  const rank = node.dims.length;
  if (rank > 2) return primitive(store, node, power, axisOrder([node]));
  const own = primitive(store, node, power, axes(rank));
  const other = rank === 2 ? primitive(store, node, power, [1, 0]) : own;
  // Of a matrix and its transpose the older stands for both: as it was written.
  return other.node.kind === "sum" && other.node.id < own.node.id ? other : own;
}

function primitive(store: Store, sum: Sum, power: Q.Rational, order: readonly number[]): Multiple {
  const node = inOrder(store, sum, order);
  if (node.kind !== "sum") return { node, divisor: Q.one, order };
  const common = content(store, node);
  // √(−u) keeps its sign.
  const divisor = Q.isNegative(common) && !Q.isInteger(power) ? Q.absolute(common) : common;
  return { node: Q.isOne(divisor) ? node : divideTerms(store, node, divisor), divisor, order };
}

const inOtherOrder = new WeakMap<Sum, TensorNode>();

function inOrder(store: Store, node: Sum, order: readonly number[]): TensorNode {
  if (order.every((axis, k) => axis === k)) return node;
  const known = inOtherOrder.get(node);
  if (known !== undefined) return known;
  const places = order.map((_, axis) => order.indexOf(axis));
  const changed = mapTerms(store, Q.one, node, places, order.map((axis) => node.dims[axis]!)); // prettier-ignore
  inOtherOrder.set(node, changed);
  return changed;
}

/** A product at equal indices, (A*B)_jj, as the vector that it is. */
function diagonalOf(store: Store, node: Product, { indices, power }: Factor): Factor {
  const distinct = [...new Set(indices)];
  const places = indices.map((index) => distinct.indexOf(index));
  const dims = distinct.map((index) => node.dims[indices.indexOf(index)]!);
  return { node: einsum(store, Q.one, [{ node, indices: places }], axes(dims.length), dims), indices: distinct, power }; // prettier-ignore
}

/** The factors of a product in groups that share no bound index. */
function boundGroups({ dims, factors }: Product): readonly (readonly Factor[])[] {
  const inner = new Map<Factor, Factor>(
    factors.map((factor) => [
      { ...factor, indices: factor.indices.filter((index) => index >= dims.length) },
      factor,
    ]),
  );
  return connectedParts([...inner.keys()]).map((part) => part.factors.map((factor) => inner.get(factor)!));
}

/** A group of factors of a product, to a power. */
function powerOfGroup(
  store: Store,
  node: Product,
  group: readonly Factor[],
  { indices, power }: Factor,
): Factor {
  const kept = axes(node.dims.length).filter((axis) => group.some((factor) => factor.indices.includes(axis)));
  const dims = kept.map((axis) => node.dims[axis]!);
  return {
    node: einsum(store, Q.one, group, kept, dims),
    indices: kept.map((axis) => indices[axis]!),
    power,
  };
}

/** The factors of a product put in the place of its result, with new bound indices. */
function inline(draft: Draft, node: Product, indices: readonly number[]): readonly Factor[] {
  draft.coefficient = Q.multiply(draft.coefficient, node.coefficient);
  const names = [...indices];
  for (const dimension of node.bound) {
    draft.extent.set(draft.nextIndex, dimension);
    names.push(draft.nextIndex++);
  }
  return node.factors.map((inner) => ({ ...inner, indices: inner.indices.map((index) => names[index]!) }));
}

/** (c·t)^p = c^p · t^p for a positive c or a whole p. */
function splitMultiple(
  store: Store,
  draft: Draft,
  node: Product,
  factor: Factor,
): readonly Factor[] | undefined {
  const whole = Q.isInteger(factor.power);
  const usable = whole ? node.coefficient : Q.absolute(node.coefficient);
  if (Q.isOne(usable)) return undefined;
  const surds = multiplyPower(store, draft, usable, factor.power);
  return [{ ...factor, node: withCoefficient(store, node, Q.divide(node.coefficient, usable)) }, ...surds];
}

/** (c·Π f^q)^p: factor by factor for a whole p; else only what is known to be positive may leave the root. */
function powerOfProduct(
  store: Store,
  draft: Draft,
  node: Product,
  factor: Factor,
): readonly Factor[] | undefined {
  const { indices, power } = factor;
  const outer = node.factors.map((inner) => ({
    ...inner,
    indices: inner.indices.map((index) => indices[index]!),
  }));
  if (Q.isInteger(power)) {
    const surds = multiplyPower(store, draft, node.coefficient, power);
    for (const inner of node.factors)
      if (!Q.isInteger(inner.power)) noteRoot(store, inner, Q.multiply(inner.power, power));
    return [...outer.map((inner) => ({ ...inner, power: Q.multiply(inner.power, power) })), ...surds];
  }
  // A factor that may be 0 hides a negative one beside it: √(0·(−1)) exists, √0·√(−1) does not.
  const all =
    node.factors.length === 1 || node.factors.every((inner) => isNonnegative(inner.node, inner.power));
  // An even power under the fraction bar is never 0.
  const free = (inner: Factor): boolean =>
    all || isPositive(inner.node) || (Q.isEven(inner.power) && Q.isNegative(inner.power));
  const [leaving, staying] = [outer.filter(free), outer.filter((inner) => !free(inner))];
  const usable = Q.absolute(node.coefficient);
  if (staying.length === 0 && Q.isNegative(node.coefficient)) {
    // √(−x): the sign must stay with its factor.
    if (Q.isOne(usable)) return undefined;
    return splitMultiple(store, draft, node, factor);
  }
  if (leaving.length === 0) return Q.isOne(usable) ? undefined : splitMultiple(store, draft, node, factor);
  const surds = multiplyPower(store, draft, usable, power);
  const left = leaving.map((inner): Factor => {
    const total = Q.multiply(inner.power, power);
    if (Q.isEven(inner.power)) return { ...inner, node: absoluteValue(store, inner.node), power: total };
    if (Q.isInteger(total) && !isNonnegative(inner.node, Q.one))
      require(store, inner.node, Q.isNegative(total) ? ">" : ">=", 0);
    return { ...inner, power: total };
  });
  if (staying.length === 0) return [...left, ...surds];
  const positions = staying.map((inner) => node.factors[outer.indexOf(inner)]!);
  const sign = Q.isNegative(node.coefficient) ? Q.minusOne : Q.one;
  const rest = withCoefficient(store, { ...node, factors: positions }, sign);
  return [...left, { node: rest, indices, power }, ...surds];
}

/** √x² = x holds where √x exists. */
function noteRoot(store: Store, inner: Factor, total: Q.Rational): void {
  if (Q.isInteger(total) && !isNonnegative(inner.node, Q.one))
    require(store, inner.node, Q.isNegative(total) ? ">" : ">=", 0);
}

const isSurd = (value: Q.Rational, power: Q.Rational): boolean =>
  Q.isInteger(value) &&
  Q.compare(value, Q.one) > 0 &&
  Q.compare(power, Q.one) < 0 &&
  Q.compare(power, Q.zero) > 0 &&
  isReduced(value, power);

const isReduced = (value: Q.Rational, power: Q.Rational): boolean => {
  const { outside, inside } = Q.extractRoot(value.numerator, power);
  return outside === 1n && inside === value.numerator;
};

/** Multiplies the draft by value^power exactly: the rational part into the coefficient, what is left as roots. */
function multiplyPower(store: Store, draft: Draft, value: Q.Rational, power: Q.Rational): readonly Factor[] {
  const whole = floor(power);
  const fraction = Q.subtract(power, Q.rational(whole));
  if (Q.isZero(value)) {
    if (Q.isNegative(power)) throw notReal(value, power);
    draft.coefficient = Q.zero;
    return [];
  }
  if (Q.isNegative(value) && !Q.isZero(fraction)) throw notReal(value, power);
  const rational = Q.power(value, whole);
  if (rational === undefined) throw tooLong(value, power);
  draft.coefficient = Q.multiply(draft.coefficient, rational);
  if (Q.isZero(fraction) || Q.isOne(value)) return [];
  const { numerator: a, denominator: b } = value;
  draft.coefficient = Q.divide(draft.coefficient, Q.rational(b));
  // √(a/b) = √(a·b) / b, and in general (a/b)^r = a^r · b^(1−r) / b.
  if (Q.equals(fraction, Q.half)) return root(store, draft, a * b, fraction);
  return [...root(store, draft, a, fraction), ...root(store, draft, b, Q.subtract(Q.one, fraction))];
}

function root(store: Store, draft: Draft, value: bigint, fraction: Q.Rational): readonly Factor[] {
  const { outside, inside } = Q.extractRoot(value, fraction);
  draft.coefficient = Q.multiply(draft.coefficient, Q.rational(outside));
  return inside === 1n ? [] : [{ node: number(store, Q.rational(inside)), indices: [], power: fraction }];
}

const floor = (a: Q.Rational): bigint => {
  const quotient = a.numerator / a.denominator;
  return a.numerator < 0n && quotient * a.denominator !== a.numerator ? quotient - 1n : quotient;
};
