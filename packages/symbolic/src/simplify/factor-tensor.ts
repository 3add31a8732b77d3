import type { Dimension, Factor, Sum, TensorNode, Term } from "../ir/node.ts";
import { axes, einsum, isClosedProduct, type LooseFactor } from "../ir/product.ts";
import * as Q from "../ir/rational.ts";
import { asProduct } from "../ir/rebuild.ts";
import { delta, type Store } from "../ir/store.ts";
import { sum } from "../ir/sum.ts";

/** Most vectors and matrices that are tried as common factors of one sum. */
const BASE_LIMIT = 8;
/** Most ways to choose one occurrence in each term. */
const CHOICE_LIMIT = 6;
/** Indices of the common factor that are summed; larger than any index of a term. */
const MEETING = 1000;

/** A vector or matrix inside a term, and what is left of the term without it. */
interface Occurrence {
  readonly indices: readonly number[];
  readonly coefficient: Q.Rational;
  readonly rest: readonly LooseFactor[];
}

interface Member {
  readonly term: Term;
  readonly occurrences: readonly Occurrence[];
}

interface Group {
  readonly base: TensorNode;
  readonly members: readonly Member[];
}

/**
 * Ways to take a vector or matrix out of the terms that contain it: A*B + A*C = A*(B + C).
 *
 * In each term the common factor may meet other factors (x_k in A_ik x_k), the result (x_i), or hide in a scalar
 * (x_k in x'*x): where the places differ, an index k is summed and a δ joins it to the place, so that
 * D*A − p*p'*A = (D − p*p')*A, x + A*x = (I + A)*x, and (x'*x)*x − A*x = (x*x' − A)*x.
 */
export function tensorFactorings(store: Store, node: Sum): readonly (() => TensorNode | undefined)[] {
  return groupsOf(node)
    .slice(0, BASE_LIMIT)
    .flatMap((group) =>
      choicesOf(group).map((chosen) => () => {
        const taken = new Set(group.members.map(({ term }) => term));
        const rest = node.terms.filter((term) => !taken.has(term));
        const grouped = takeOut(store, group, chosen, node.dims);
        return grouped && sum(store, [...rest, { coefficient: Q.one, node: grouped }], node.dims);
      }),
    );
}

/** The vectors and matrices that stand in at least two terms, the most frequent first. */
function groupsOf(node: Sum): readonly Group[] {
  const groups = new Map<TensorNode, Member[]>();
  const products = node.terms.map((term) => ({ term, product: asProduct(term.node) }));
  for (const { product } of products)
    for (const { node: base } of product.factors)
      if (base.dims.length > 0 && base.kind !== "delta") groups.set(base, []);
  for (const { term, product } of products) {
    const found = new Map<TensorNode, Occurrence[]>();
    for (const { base, occurrence } of occurrencesIn(product)) {
      const known = found.get(base);
      if (known !== undefined) known.push(occurrence);
      else found.set(base, [occurrence]);
    }
    for (const [base, occurrences] of found) groups.get(base)?.push({ term, occurrences });
  }
  return [...groups]
    .map(([base, members]) => ({ base, members }))
    .filter(({ members }) => members.length > 1)
    .sort((a, b) => b.members.length - a.members.length);
}

/** Where a term contains vectors and matrices, first as they stand, then inside scalars such as x'*x. */
function occurrencesIn({
  coefficient,
  factors,
}: ReturnType<typeof asProduct>): readonly { readonly base: TensorNode; readonly occurrence: Occurrence }[] {
  const counted = factors.filter(({ power }) => isCount(power));
  const direct = counted
    .filter(({ node }) => node.dims.length > 0)
    .map((factor) => {
      const occurrence = { indices: factor.indices, coefficient, rest: lessOne(factors, factor) };
      return { base: factor.node, occurrence };
    });
  const hidden = counted.flatMap((factor) => {
    const { node } = factor;
    if (node.kind !== "product" || !isClosedProduct(node) || node.factors.length > 1) return [];
    const square = node.factors[0]!;
    if (square.node.dims.length !== 1 || !isCount(square.power)) return [];
    const indices = [MEETING / 2];
    const rest = [...lessOne(factors, factor), ...lessOne([{ ...square, indices }])];
    const occurrence = { indices, coefficient: Q.multiply(coefficient, node.coefficient), rest };
    return [{ base: square.node, occurrence }];
  });
  return [...direct, ...hidden];
}

const isCount = (power: Q.Rational): boolean => Q.isInteger(power) && Q.sign(power) > 0n;

/** The factors with one occurrence of `factor` fewer. */
const lessOne = (factors: readonly Factor[], factor: Factor = factors[0]!): readonly Factor[] =>
  factors.flatMap((other) => {
    if (other !== factor) return [other];
    return Q.isOne(factor.power) ? [] : [{ ...factor, power: Q.subtract(factor.power, Q.one) }];
  });

/** One occurrence for each term, in every way, up to a limit. */
function choicesOf({ members }: Group): readonly (readonly Occurrence[])[] {
  let choices: readonly (readonly Occurrence[])[] = [[]];
  for (const { occurrences } of members) {
    choices = choices.flatMap((chosen) => occurrences.map((occurrence) => [...chosen, occurrence]));
    choices = choices.slice(0, CHOICE_LIMIT);
  }
  return choices;
}

function takeOut(
  store: Store,
  { base, members }: Group,
  chosen: readonly Occurrence[],
  dims: readonly Dimension[],
): TensorNode | undefined {
  const rank = dims.length;
  // An index of the result at which every occurrence stands is kept; elsewhere the common factor is summed over.
  const places = base.dims.map((_, position) => {
    const [first, ...others] = chosen.map(({ indices }) => indices[position]!);
    return first! < rank && others.every((index) => index === first) ? first! : MEETING + position;
  });
  const meeting = places.filter((place) => place >= MEETING);
  const rests = chosen.map(({ indices, rest }): readonly LooseFactor[] => {
    const joins = places.flatMap((place, position) =>
      place < MEETING
        ? []
        : [{ node: delta(store, base.dims[position]!), indices: [place, indices[position]!] }],
    );
    return [...rest, ...joins];
  });
  const kept = axes(rank).filter(
    (index) => !places.includes(index) || rests.flat().some((factor) => factor.indices.includes(index)),
  );
  const deep = meeting.length + kept.length > 2;
  // Only with Kronecker products, whose parts have no names alone, is there something to find at a higher rank.
  if (deep && !rests.flat().some(({ node }) => node.kind === "merge")) return undefined;
  const innerDims = [
    ...meeting.map((place) => base.dims[place - MEETING]!),
    ...kept.map((index) => dims[index]!),
  ];
  const inner = sum(
    store,
    rests.map((rest, k) => ({
      coefficient: members[k]!.term.coefficient,
      node: einsum(store, chosen[k]!.coefficient, rest, [...meeting, ...kept], innerDims),
    })),
    innerDims,
  );
  const simpler = deep && inner.kind === "sum" ? takeOutMore(store, inner) : inner;
  if (simpler === undefined) return undefined;
  const factors = [
    { node: base, indices: places },
    { node: simpler, indices: [...meeting, ...kept] },
  ];
  return einsum(store, Q.one, factors, axes(rank), dims);
}

/** Another vector or matrix out of all terms. */
function takeOutMore(store: Store, node: Sum): TensorNode | undefined {
  for (const group of groupsOf(node)) {
    if (group.members.length < node.terms.length || group.base.kind === "delta") continue;
    for (const chosen of choicesOf(group)) {
      const taken = takeOut(store, group, chosen, node.dims);
      if (taken !== undefined) return taken;
    }
  }
  return undefined;
}
