import { FluxionError } from "@fluxion/core";
import { spend } from "../effort.ts";
import { factorKey } from "./canonical.ts";
import { compareTerms } from "./order.ts";
import type { Dimensions, Factor, Product, Sum, TensorNode, Term } from "./node.ts";
import { axes, einsum, number, scale } from "./product.ts";
import { narrowed, varyingAxes } from "./varying.ts";
import { pythagoras } from "./pythagoras.ts";
import * as Q from "./rational.ts";
import { equalsTranspose } from "./own-transpose.ts";
import { intern, markSymmetric } from "./store.ts";
import { underFold } from "./unfold.ts";
import type { Store } from "./store.ts";

/** A node as a multiple of one whose coefficient is 1. */
export function splitCoefficient(store: Store, node: TensorNode): Term {
  if (node.kind !== "product" || Q.isOne(node.coefficient)) return { coefficient: Q.one, node };
  return { coefficient: node.coefficient, node: withCoefficient(store, node, Q.one) };
}

/** The same product with another coefficient. */
export function withCoefficient(store: Store, node: Product, coefficient: Q.Rational): TensorNode {
  const bare = Q.isOne(coefficient) ? onlyFactor(node.factors, node.dims.length) : undefined;
  if (bare !== undefined) return bare;
  const body = node.factors.map(factorKey).join(" ");
  return productNode(store, coefficient, node.factors, node.bound, node.dims, body);
}

/** The tensor that a product without coefficient is, if it consists of nothing else. */
export function onlyFactor(factors: readonly Factor[], rank: number): TensorNode | undefined {
  if (factors.length !== 1) return undefined;
  const { node, indices, power } = factors[0]!;
  const isWhole = indices.length === rank && indices.every((index, k) => index === k);
  return isWhole && Q.isOne(power) ? node : undefined;
}

/** Interns a product whose factors are canonical already. */
export function productNode(
  store: Store,
  coefficient: Q.Rational,
  factors: Product["factors"],
  bound: Dimensions,
  dims: Dimensions,
  body: string,
): Product {
  const key = `p ${Q.keyOf(coefficient)} ${body} | ${bound.map(String).join(",")} -> ${dims.map((d) => `${typeof d}${d}`).join(",")}`;
  return intern<Product>(store, key, { kind: "product", coefficient, factors, bound, dims });
}

/** Most terms of one sum. */
const TERM_LIMIT = 3000;

const tooManyTerms = (count: number): FluxionError =>
  new FluxionError(
    "LIMIT",
    `A sum of this closed form has ${count} terms; at most ${TERM_LIMIT} are written out. Lower the order, or differentiate in numbers with forward-dual or reverse-tape.`,
  );

/** Σ coefficient · node, like terms added, all of shape `dims`. */
export function sum(store: Store, terms: readonly Term[], dims: Dimensions): TensorNode {
  spend(terms.length);
  const collected = new Map<number, { coefficient: Q.Rational; node: TensorNode }>();
  const pending = [...terms].reverse();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.node.kind === "sum") {
      for (const term of next.node.terms) {
        pending.push({ coefficient: Q.multiply(next.coefficient, term.coefficient), node: term.node });
      }
      continue;
    }
    const stretched = stretchedSum(store, next.node);
    if (stretched !== undefined) {
      for (const { coefficient, node } of stretched)
        pending.push({ coefficient: Q.multiply(next.coefficient, coefficient), node });
      continue;
    }
    const split = splitCoefficient(store, next.node);
    const coefficient = Q.multiply(next.coefficient, split.coefficient);
    const known = collected.get(split.node.id);
    if (known === undefined) collected.set(split.node.id, { coefficient, node: split.node });
    else known.coefficient = Q.add(known.coefficient, coefficient);
  }
  const rest = [...collected.values()].filter((term) => !Q.isZero(term.coefficient));
  const shorter = pythagoras(store, rest);
  if (shorter !== undefined) return sum(store, shorter, dims);
  if (rest.length === 0) return number(store, Q.zero, dims);
  if (rest.length === 1) return scale(store, rest[0]!.coefficient, rest[0]!.node);
  const varying = varyingAxes(rest.map((term) => term.node));
  if (varying.length < dims.length) {
    const narrow = rest.map((term) => ({ ...term, node: narrowed(store, term.node, varying) }));
    const values = sum(store, narrow, varying.map((axis) => dims[axis]!)); // prettier-ignore
    return einsum(store, Q.one, [{ node: values, indices: varying }], axes(dims.length), dims);
  }
  const folded = underFold(store, rest.map((term) => term.node), (bodies) =>
    sum(store, bodies.map((node, k) => ({ ...rest[k]!, node })), bodies[0]!.dims)); // prettier-ignore
  if (folded !== undefined) return folded;
  const gathered = gatherDiagonals(store, rest, dims);
  if (gathered !== undefined) return sum(store, gathered, dims);
  if (rest.length > TERM_LIMIT) throw tooManyTerms(rest.length);
  rest.sort((a, b) => a.node.id - b.node.id);
  const key = `s ${rest.map((term) => `${Q.keyOf(term.coefficient)}*${term.node.id}`).join(" ")}`;
  const known = store.nodes.get(key);
  if (known !== undefined) return known;
  const node = intern<Sum>(store, key, { kind: "sum", terms: rest, dims });
  if (dims.length === 2 && dims[0] === dims[1] && equalsTranspose(store, node)) markSymmetric(node);
  return node;
}

/** Terms with the same δs as one: δ_ij u_i + δ_ij v_i = δ_ij (u_i + v_i). Undefined if no two terms have the same. */
function gatherDiagonals(
  store: Store,
  terms: readonly Term[],
  dims: Dimensions,
): readonly Term[] | undefined {
  if (terms.filter((term) => deltasOf(term.node).length > 0).length < 2) return undefined;
  const groups = new Map<string, Term[]>();
  for (const term of terms) {
    const key = deltasOf(term.node).map(({ indices }) => indices.join()).sort().join(" "); // prettier-ignore
    groups.set(key, [...(groups.get(key) ?? []), term]);
  }
  if ([...groups].every(([key, group]) => key === "" || group.length < 2)) return undefined;
  return [...groups].flatMap(([key, group]) =>
    key === "" || group.length < 2 ? group : [sumOnDiagonal(store, group, dims)],
  );
}

const deltasOf = (node: TensorNode): readonly Factor[] =>
  node.kind === "delta"
    ? [{ node, indices: [0, 1], power: Q.one }]
    : node.kind === "product"
      ? node.factors.filter((factor) => factor.node.kind === "delta")
      : [];

function sumOnDiagonal(store: Store, terms: readonly Term[], dims: Dimensions): Term {
  const diagonal = deltasOf(terms[0]!.node);
  const joined = new Set(diagonal.map(({ indices }) => indices[1]));
  const kept = axes(dims.length).filter((axis) => !joined.has(axis));
  const keptDims = kept.map((axis) => dims[axis]!);
  const narrow = terms.map(({ coefficient, node }) => {
    const factors =
      node.kind === "product" ? node.factors.filter((factor) => factor.node.kind !== "delta") : [];
    return { coefficient, node: einsum(store, Q.one, factors, kept, keptDims) };
  });
  const values = { node: sum(store, narrow, keptDims), indices: kept };
  return { coefficient: Q.one, node: einsum(store, Q.one, [values, ...diagonal], axes(dims.length), dims) };
}

/** The terms of a sum that is repeated along further axes, each repeated: s + (u - 1) is u + s - 1 for a scalar s. */
function stretchedSum(store: Store, node: TensorNode): readonly Term[] | undefined {
  if (node.kind !== "product" || node.factors.length !== 1 || node.bound.length > 0) return undefined;
  const { node: inner, indices, power } = node.factors[0]!;
  if (inner.kind !== "sum" || !Q.isOne(power) || new Set(indices).size !== indices.length) return undefined;
  return inner.terms.map((term) => ({
    coefficient: Q.multiply(node.coefficient, term.coefficient),
    node: einsum(store, Q.one, [{ node: term.node, indices }], axes(node.dims.length), node.dims),
  }));
}

export const plus = (store: Store, a: TensorNode, b: TensorNode): TensorNode =>
  sum(store, [{ coefficient: Q.one, node: a }, { coefficient: Q.one, node: b }], a.dims); // prettier-ignore
export const minus = (store: Store, a: TensorNode, b: TensorNode): TensorNode =>
  sum(store, [{ coefficient: Q.one, node: a }, { coefficient: Q.minusOne, node: b }], a.dims); // prettier-ignore

const sizes = new WeakMap<Sum, Q.Rational>();

/** The positive rational that divides every coefficient. */
export function size(node: Sum): Q.Rational {
  const known = sizes.get(node);
  if (known !== undefined) return known;
  const value = Q.absolute(node.terms.map((term) => term.coefficient).reduce(Q.commonContent));
  sizes.set(node, value);
  return value;
}

/** The rational that divides every coefficient, with the sign by which the sum was written, or of its first term. */
export function content(store: Store, node: Sum): Q.Rational {
  const common = size(node);
  if (store.written.size > 0) {
    if (store.written.has(signature(node, common))) return common;
    if (store.written.has(signature(node, Q.negate(common)))) return Q.negate(common);
  }
  let leading = node.terms[0]!;
  for (const term of node.terms) if (compareTerms(term.node, leading.node) < 0) leading = term;
  return Q.isNegative(leading.coefficient) ? Q.negate(common) : common;
}

/** Remembers the signs of a sum, unless the opposite was written before. */
export function remember(store: Store, node: Sum): void {
  const common = size(node);
  const own = signature(node, common);
  if (store.written.has(own) || store.written.has(signature(node, Q.negate(common)))) return;
  store.written.add(own);
  // A matrix and its transpose are one form in products, with one sign.
  if (node.dims.length === 2) {
    const other = mapTerms(store, Q.one, node, [1, 0], [node.dims[1]!, node.dims[0]!]);
    if (other.kind === "sum") store.written.add(signature(other, common));
  }
  // Products take the sign of a sum from how it was written.
  store.products.clear();
  store.multiples.clear();
}

/** What a sum is, divided by a number. */
export const signature = (node: Sum, divisor: Q.Rational): string =>
  node.terms.map((term) => `${Q.keyOf(Q.divide(term.coefficient, divisor))}*${term.node.id}`).join(" ");

/** Every coefficient divided by `by`. */
export const divideTerms = (store: Store, node: Sum, by: Q.Rational): TensorNode =>
  sum(store, node.terms.map((term) => ({ ...term, coefficient: Q.divide(term.coefficient, by) })), node.dims); // prettier-ignore

/** The sum with its axes permuted and every term multiplied. */
export function mapTerms(
  store: Store,
  coefficient: Q.Rational,
  node: Sum,
  indices: readonly number[],
  dims: Dimensions,
): TensorNode {
  const out = axes(dims.length);
  const terms = node.terms.map((term) => ({
    coefficient: Q.multiply(coefficient, term.coefficient),
    node: einsum(store, Q.one, [{ node: term.node, indices }], out, dims),
  }));
  return sum(store, terms, dims);
}
