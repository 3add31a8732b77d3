import { elementwise } from "../ir/elementwise.ts";
import type { Elementwise, Sum, TensorNode, Term } from "../ir/node.ts";
import { einsum, numberOf } from "../ir/product.ts";
import * as Q from "../ir/rational.ts";
import { quietly, require, type Store } from "../ir/store.ts";
import { sum } from "../ir/sum.ts";
import { factorsOf, type Rewriting } from "./atoms.ts";

/** Most common factors that are tried on one sum. */
const LIMIT = 4;

/** u^(e + a)·r + u^(e + b)·s = u^e·(u^a·r + u^b·s), and exp(e + a)·r + exp(e + b)·s likewise: ways to take out a power. */
export function commonPowers(store: Store, node: Sum): readonly Rewriting[] {
  if (node.dims.length > 0) return [];
  const found = new Map<string, { readonly terms: Set<Term>; readonly powers: Set<Elementwise> }>();
  for (const term of node.terms) {
    for (const { node: factor, power } of factorsOf(term.node)) {
      if (factor.kind !== "elementwise" || !Q.isOne(power)) continue;
      const key = groupOf(store, factor);
      if (key === undefined) continue;
      const group = found.get(key) ?? { terms: new Set(), powers: new Set() };
      group.terms.add(term);
      group.powers.add(factor);
      found.set(key, group);
    }
  }
  return [...found.values()].flatMap(({ terms, powers }) =>
    terms.size < 2 || powers.size < 2
      ? []
      : [...powers].slice(0, LIMIT).map((power) => () => takeOut(store, node, [...terms], power)),
  );
}

/** What powers have in common that differ by a number in the exponent only. */
function groupOf(store: Store, { name, operands }: Elementwise): string | undefined {
  if (name === "exp") return "exp";
  if (name !== "pow") return undefined;
  const [base, exponent] = operands as readonly [TensorNode, TensorNode];
  const terms = exponent.kind === "sum" ? exponent.terms : [{ coefficient: Q.one, node: exponent }];
  const varying = terms.filter((term) => numberOf(term.node) === undefined);
  return `${base.id} ${sum(store, varying, []).id}`;
}

function takeOut(store: Store, node: Sum, terms: readonly Term[], power: Elementwise): TensorNode {
  const [base] = power.operands as readonly [TensorNode];
  const inverse =
    power.name === "exp"
      ? { node: power as TensorNode, indices: [], power: Q.minusOne }
      : { node: elementwise(store, "pow", [base, sum(store, [{ coefficient: Q.minusOne, node: power.operands[1]! }], [])]), indices: [] }; // prettier-ignore
  // Dividing by a power that is taken out again changes nothing, so no condition arises …
  const left = quietly(store, () =>
    terms.map((term) => ({
      coefficient: term.coefficient,
      node: einsum(store, Q.one, [{ node: term.node, indices: [] }, inverse], [], []),
    })),
  );
  // … unless it leaves a pole: x^(y + 1)·(1/x + x) has no value at 0, where x^y + x^(y + 2) has one.
  const divisors = new Set([base, ...factorsOf(base).map((factor) => factor.node)]);
  const hasPole = ({ node: term }: Term): boolean =>
    factorsOf(term).some((factor) => divisors.has(factor.node) && Q.isNegative(factor.power));
  if (power.name === "pow" && left.some(hasPole)) require(store, base, "~=", 0);
  const inner = sum(store, left, []);
  const product = einsum(store, Q.one, [{ node: power, indices: [] }, { node: inner, indices: [] }], [], []); // prettier-ignore
  const rest = node.terms.filter((term) => !terms.includes(term));
  return sum(store, [...rest, { coefficient: Q.one, node: product }], []);
}
