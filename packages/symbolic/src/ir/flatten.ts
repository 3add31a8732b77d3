import { spend } from "../effort.ts";
import { axisOrder } from "./axis-order.ts";
import { absoluteValue } from "./elementwise.ts";
import type { Elementwise, Factor, Product } from "./node.ts";
import { normalSum } from "./normal-sum.ts";
import { isSurd, multiplyPower } from "./number-power.ts";
import { partsWithout } from "./parts.ts";
import { axes, einsum, isClosedProduct, numberOf, permuted, powerOf, type Draft } from "./product.ts";
import * as Q from "./rational.ts";
import { isNonnegative, isPositive } from "./sign.ts";
import { markSymmetric, require, type Store } from "./store.ts";
import { withCoefficient } from "./sum.ts";
import { underFold } from "./unfold.ts";
import { narrowed, varyingAxes } from "./varying.ts";

/** Takes factors apart until each is an atom: products are inlined, numbers and contents of sums go to the coefficient. */
export function flattenFactors(store: Store, draft: Draft): void {
  const pending = draft.factors.reverse();
  draft.factors = [];
  for (let factor = pending.pop(); factor !== undefined; factor = pending.pop()) {
    if (Q.isZero(factor.power)) continue;
    const parts = takeApart(store, draft, factor);
    if (parts === undefined) draft.factors.push(factor);
    else {
      // Should parts ever make each other, it ends with an error.
      spend(1);
      pending.push(...parts);
    }
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
  // Powers of 0 and 1 are 0 and 1, and those of their reciprocals are the reciprocals.
  if (node.kind === "elementwise" && !Q.isOne(Q.absolute(power)) && isIndicator(node))
    return [{ ...factor, power: Q.isNegative(power) ? Q.minusOne : Q.one }];
  if (node.kind !== "product") return undefined;
  const varying = varyingAxes([node]);
  if (varying.length < node.dims.length && !Q.isOne(power))
    return [{ node: narrowed(store, node, varying), indices: varying.map((axis) => indices[axis]!), power }];
  if (!Q.isOne(power) && new Set(indices).size < indices.length) return [diagonalOf(store, node, factor)];
  if (isClosedProduct(node)) {
    if (Q.isOne(node.coefficient)) return undefined;
    return splitMultiple(store, draft, node, factor);
  }
  // √2 is an atom; an array of 2s under a root is √2 repeated.
  if (node.factors.length === 0)
    return indices.length === 0 && isSurd(node.coefficient, power)
      ? undefined
      : multiplyPower(store, draft, node.coefficient, power);
  if (Q.isOne(power)) return inline(draft, node, indices);
  const folded = underFold(store, [node], ([body]) => powerOf(store, body!, power));
  if (folded !== undefined) return [{ node: folded, indices, power: Q.one }];
  const groups = Q.isInteger(power) ? partsWithout(node.factors, (index) => index < node.dims.length) : [];
  if (node.bound.length > 0 && groups.length > 1)
    return [
      ...groups.map((group) => powerOfGroup(store, node, group.factors, factor)),
      ...multiplyPower(store, draft, node.coefficient, power),
    ];
  const parts =
    node.bound.length === 0
      ? powerOfProduct(store, draft, node, factor)
      : Q.isOne(node.coefficient)
        ? undefined
        : splitMultiple(store, draft, node, factor);
  return parts ?? turned(store, node, factor);
}

/** What stands for a product that stays under a root with its axes in any order: of matrices the older, as it was written. */
function turned(store: Store, node: Product, { indices, power }: Factor): readonly Factor[] | undefined {
  if (node.dims.length < 2) return undefined;
  const order = node.dims.length === 2 ? [1, 0] : axisOrder([node]);
  if (order.every((axis, k) => axis === k)) return undefined;
  const other = permuted(store, node, order);
  if (other === node && node.dims.length === 2) markSymmetric(node);
  if (node.dims.length === 2 && other.id >= node.id) return undefined;
  return [{ node: other, indices: order.map((axis) => indices[axis]!), power }];
}

/** A product at equal indices, (A*B)_jj, as the vector that it is. */
function diagonalOf(store: Store, node: Product, { indices, power }: Factor): Factor {
  const distinct = [...new Set(indices)];
  const places = indices.map((index) => distinct.indexOf(index));
  const dims = distinct.map((index) => node.dims[indices.indexOf(index)]!);
  return { node: einsum(store, Q.one, [{ node, indices: places }], axes(dims.length), dims), indices: distinct, power }; // prettier-ignore
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
    noteRoot(store, inner, total);
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

const COMPARISONS: ReadonlySet<string> = new Set([
  "equal", "notEqual", "less", "lessEqual", "greater", "greaterEqual",
]); // prettier-ignore

/** Whether every value is 0 or 1, which a positive power does not change, nor one under the fraction bar. */
const isIndicator = ({ name, operands }: Elementwise): boolean =>
  COMPARISONS.has(name) ||
  (name === "where" &&
    operands.slice(1).every((branch) => {
      const value = numberOf(branch);
      return value !== undefined && (Q.isZero(value) || Q.isOne(value));
    }));
