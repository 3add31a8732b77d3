import { elementwise } from "../ir/elementwise.ts";
import type { Elementwise, TensorNode } from "../ir/node.ts";
import { einsum, isZeroNode, number, numberOf, scale } from "../ir/product.ts";
import * as Q from "../ir/rational.ts";
import { rewrite } from "../ir/rebuild.ts";
import { require, type Store } from "../ir/store.ts";
import { content, divideTerms, minus, sum } from "../ir/sum.ts";
import type { ElementwiseName } from "../rules/elementwise.ts";
import { factorsOf, isCall, isScalarProduct, type Rewriting } from "./atoms.ts";

/** Functions in pieces: what a condition says about its branches, shorter comparisons, sign(u)² = 1. */
export function choices(store: Store, node: TensorNode): readonly Rewriting[] {
  if (node.dims.length > 0) return [];
  if (isScalarProduct(node)) return [() => evenSigns(store, node)];
  if (node.kind !== "elementwise") return [];
  if (node.name === "where")
    return [
      () => informed(store, node),
      () => extremum(store, node),
      () => extremumOf(store, informed(store, node)),
    ];
  return Object.hasOwn(MIRRORED, node.name)
    ? [() => againstZero(store, node), () => positiveSides(store, node)]
    : [];
}

/** sign(u)^2 = 1 where u ~= 0, unless u is in pieces itself and may be 0 on an interval. */
function evenSigns(store: Store, node: TensorNode): TensorNode | undefined {
  let changed = false;
  const factors = factorsOf(node).map((factor) => {
    if (!isCall(factor, "sign") || Q.compare(Q.absolute(factor.power), Q.one) <= 0) return factor;
    const [u] = factor.node.operands as readonly [TensorNode];
    if (u.kind === "elementwise" && IN_PIECES.has(u.name)) return factor;
    changed = true;
    require(store, u, "~=", 0);
    return { ...factor, power: Q.isEven(factor.power) ? Q.zero : Q.one };
  });
  return changed && isScalarProduct(node) ? einsum(store, node.coefficient, factors, [], []) : undefined;
}

const IN_PIECES: ReadonlySet<string> = new Set([
  "relu",
  "maximum",
  "minimum",
  "where",
  "floor",
  "ceil",
  "round",
]);

/** a greater b is b less a. */
const MIRRORED: { readonly [N in ElementwiseName]?: ElementwiseName } = {
  greater: "less", less: "greater", greaterEqual: "lessEqual", lessEqual: "greaterEqual", equal: "equal", notEqual: "notEqual",
}; // prettier-ignore

/** u ≷ v as a comparison of u − v, without its numerical factor, with 0. */
function againstZero(store: Store, { name, operands }: Elementwise): TensorNode | undefined {
  const difference = minus(store, operands[0]!, operands[1]!);
  if (numberOf(difference) !== undefined) return undefined;
  const divisor =
    difference.kind === "sum" ? content(store, difference) : difference.kind === "product" ? difference.coefficient : Q.one; // prettier-ignore
  const bare =
    difference.kind === "sum" ? divideTerms(store, difference, divisor) : scale(store, Q.divide(Q.one, divisor), difference); // prettier-ignore
  const turned = Q.isNegative(divisor) ? MIRRORED[name]! : name;
  return elementwise(store, turned, [bare, number(store, Q.zero)]);
}

/** u ≷ v with every term on the side where it is positive; a number alone goes to the right. */
function positiveSides(store: Store, { name, operands }: Elementwise): TensorNode | undefined {
  const difference = minus(store, operands[0]!, operands[1]!);
  if (difference.kind !== "sum") return undefined;
  const side = (negative: boolean): TensorNode =>
    sum(
      store,
      difference.terms
        .filter((term) => Q.isNegative(term.coefficient) === negative)
        .map((term) => ({ ...term, coefficient: Q.absolute(term.coefficient) })),
      [],
    );
  const [left, right] = [side(false), side(true)];
  return numberOf(left) !== undefined
    ? elementwise(store, MIRRORED[name]!, [right, left])
    : elementwise(store, name, [left, right]);
}

/** What replaces a call where a condition holds, and where it does not. */
type Knowledge = (call: Elementwise, holds: boolean) => TensorNode | undefined;

/** The branches of where(u > v, …) with what the condition says of abs, sign, relu, max and min in them. */
function informed(store: Store, node: Elementwise): TensorNode | undefined {
  const [condition, whenTrue, whenFalse] = node.operands as readonly [TensorNode, TensorNode, TensorNode];
  const knowledge = knowledgeOf(store, condition);
  if (knowledge === undefined) return undefined;
  const inform = (branch: TensorNode, holds: boolean): TensorNode =>
    rewrite(store, branch, (part) => (part.kind === "elementwise" ? (knowledge(part, holds) ?? part) : part));
  const [a, b] = [inform(whenTrue, true), inform(whenFalse, false)];
  if (a === whenTrue && b === whenFalse) return undefined;
  return elementwise(store, "where", [condition, a, b]);
}

function knowledgeOf(store: Store, condition: TensorNode): Knowledge | undefined {
  if (condition.kind !== "elementwise") return undefined;
  const { name } = condition;
  const [u, v] = condition.operands as readonly [TensorNode, TensorNode];
  const rising = name === "greater" || name === "greaterEqual";
  if (!rising && name !== "less" && name !== "lessEqual") return undefined;
  const strict = name === "greater" || name === "less";
  const zero = isZeroNode(v);
  return (call, holds) => {
    // Whether u ≥ v here; at a tie both sides are the same.
    const above = holds === rising;
    const [x, y] = call.operands;
    if (call.name === "maximum" || call.name === "minimum") {
      if (!(x === u && y === v) && !(x === v && y === u)) return undefined;
      return above === (call.name === "maximum") ? u : v;
    }
    if (!zero || x !== u) return undefined;
    if (call.name === "relu") return above ? u : number(store, Q.zero);
    if (call.name === "abs") return above ? u : scale(store, Q.minusOne, u);
    return call.name === "sign" && strict === holds ? number(store, above ? Q.one : Q.minusOne) : undefined;
  };
}

const extremumOf = (store: Store, node: TensorNode | undefined): TensorNode | undefined =>
  node?.kind === "elementwise" && node.name === "where" ? extremum(store, node) : undefined;

/** where(u > 0, c·u^p, 0) = c·max(u, 0)^p and where(u < 0, c·u^p, 0) = c·min(u, 0)^p for a positive p. */
function extremum(store: Store, node: Elementwise): TensorNode | undefined {
  const [condition, whenTrue, whenFalse] = node.operands as readonly [TensorNode, TensorNode, TensorNode];
  if (!isZeroNode(whenFalse) || condition.kind !== "elementwise") return undefined;
  const [u, v] = condition.operands as readonly [TensorNode, TensorNode];
  const rising = condition.name === "greater" || condition.name === "greaterEqual";
  if (!isZeroNode(v) || (!rising && condition.name !== "less" && condition.name !== "lessEqual"))
    return undefined;
  const [only, ...others] = factorsOf(whenTrue);
  if (only === undefined || others.length > 0 || only.node !== u || Q.compare(only.power, Q.zero) <= 0)
    return undefined;
  const coefficient = isScalarProduct(whenTrue) ? whenTrue.coefficient : Q.one;
  // The user's word for it, if there is one.
  const usesRelu = rising && store.nodes.has(`e relu ${u.id}`);
  const clipped = usesRelu
    ? elementwise(store, "relu", [u])
    : elementwise(store, rising ? "maximum" : "minimum", [u, v]);
  return einsum(store, coefficient, [{ ...only, node: clipped }], [], []);
}
