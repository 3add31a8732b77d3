import { cost, nestedFractions } from "../display/cost.ts";
import { isScarce, within } from "../effort.ts";
import { reachable, type TensorNode } from "../ir/node.ts";
import { withParts } from "../ir/rebuild.ts";
import { adopt, apart, type Condition, type Store } from "../ir/store.ts";
import { read, type Reader } from "../readback/reader.ts";
import { tryExpansion } from "./expand.ts";
import { cancelPolynomials } from "./divide.ts";
import { clearSums, factorings } from "./factor.ts";
import { fold } from "./fold.ts";
import type { Rewriting } from "./atoms.ts";
import { choices } from "./choice.ts";
import { sumIdentities } from "./identities.ts";
import { rewriteOnce, type Memory } from "./memo.ts";
import { mergeSums } from "./merge-sums.ts";
import { multipleAngles } from "./pairs.ts";
import { trigonometricProducts } from "./quotients.ts";
import { rationalRoots } from "./rational-roots.ts";
import { commonPowers } from "./take-out-powers.ts";
import { tangents } from "./tangents.ts";

/** Formulas above this price are left as they are: nobody reads them, and every trial is as long. */
const LARGEST_PRICE = 100;
const INDEX_PRICE = 1000;
/** What a fraction inside a fraction costs beyond its operations. */
const NESTED_PRICE = 1.2;
/** Most nodes that are made for trials; what is left is then kept as it is. */
const TRIAL_NODES = 1200;
/** The same for a formula of more than so many parts. */
const MANY_PARTS = 80;
const FEWER_TRIAL_NODES = 300;
/** Most steps of one trial. */
const TRIAL_STEPS = 4000;
/** Most improvements of one node. */
const ROUNDS = 4;

/**
 * The shortest of the equal forms that are tried, from the parts upwards: multiplied out, factored, folded.
 *
 * Every step makes the printed formula cheaper, so it ends; every candidate is built by the same constructors, so it is
 * equal; conditions are taken over only from the candidate that is chosen.
 */
export function tidy(store: Store, reader: Reader, node: TensorNode): TensorNode {
  const plain = apart(store, () => inStyle(store, reader, node, algebraic));
  if (!hasAngles(plain.result)) {
    adopt(store, plain.conditions);
    return plain.result;
  }
  // sin(2u) for 2·sin(u)·cos(u) hides factors that other terms have, so it comes last, and only if the whole is shorter.
  const angular = apart(store, () => inStyle(store, reader, plain.result, trigonometric));
  const shorter = price(reader, angular.result) < price(reader, plain.result) - 1e-9;
  adopt(store, plain.conditions);
  if (shorter) adopt(store, angular.conditions);
  return (shorter ? angular : plain).result;
}

/** More ways to write a node, and what has been written in these ways. */
interface Style {
  readonly rewritings: (store: Store, node: TensorNode) => readonly Rewriting[];
  readonly memory: Memory;
}

/** A way to write a node, with the forms that it had so far. */
interface Attempt extends Style {
  readonly forms: ReadonlySet<TensorNode>;
}

const algebraic: Style = { rewritings: () => [], memory: new WeakMap() };
const trigonometric: Style = {
  rewritings: (store, node) => [...trigonometricProducts(store, node), ...multipleAngles(store, node)],
  memory: new WeakMap(),
};

const hasAngles = (node: TensorNode): boolean =>
  reachable(node).some((part) => part.kind === "elementwise" && ANGULAR.has(part.name));
const ANGULAR: ReadonlySet<string> = new Set(["sin", "cos", "tan", "sinh", "cosh", "tanh"]);

function inStyle(store: Store, reader: Reader, node: TensorNode, style: Style): TensorNode {
  const trials = reachable(node).length > MANY_PARTS ? FEWER_TRIAL_NODES : TRIAL_NODES;
  const limit = store.nodes.size + trials;
  const shortest = (rebuilt: TensorNode): TensorNode => {
    let best = rebuilt;
    const forms = new Set<TensorNode>();
    for (let round = 0; round < ROUNDS && store.nodes.size < limit && !isScarce(1 / 2); round++) {
      const better = improve(store, reader, best, { ...style, forms: forms.add(best) });
      if (better === undefined) break;
      // What was made has parts that nobody has looked at. They are cheaper than the whole, so this ends.
      best = withParts(store, better, (part) => rewriteOnce(style.memory, store, part, shortest));
    }
    return best;
  };
  return rewriteOnce(style.memory, store, node, shortest);
}

interface Candidate {
  readonly node: TensorNode;
  readonly conditions: ReadonlyMap<string, Condition>;
}

function improve(store: Store, reader: Reader, node: TensorNode, style: Attempt): TensorNode | undefined {
  const tree = read(reader, node);
  if (tree !== undefined && cost(tree) > LARGEST_PRICE) return undefined;
  let [best, bestPrice]: [Candidate | undefined, number] = [undefined, price(reader, node)];
  const longest = 1.5 * size(node) + 10;
  for (const candidate of candidatesFor(store, node, style)) {
    // What has so many parts is not cheaper, and reading it back takes longest.
    if (size(candidate.node) > longest) continue;
    const candidatePrice = price(reader, candidate.node);
    if (candidatePrice < bestPrice - 1e-9) [best, bestPrice] = [candidate, candidatePrice];
  }
  if (best === undefined) return undefined;
  adopt(store, best.conditions);
  return best.node;
}

function candidatesFor(store: Store, node: TensorNode, style: Attempt): readonly Candidate[] {
  const candidates: Candidate[] = [];
  const attempt = (make: () => TensorNode | undefined, earlier?: Candidate): Candidate | undefined => {
    const { result, conditions } = apart(store, () => within(TRIAL_STEPS, make));
    if (result === undefined || result === node) return undefined;
    const all = earlier === undefined ? conditions : new Map([...earlier.conditions, ...conditions]);
    const candidate = { node: result, conditions: all };
    candidates.push(candidate);
    return candidate;
  };
  attempt(() => fold(store, node));
  attempt(() => tangents(store, node));
  attempt(() => clearSums(store, node));
  attempt(() => cancelPolynomials(store, node));
  if (node.kind === "sum") for (const make of factorings(store, node)) attempt(make);
  for (const make of style.rewritings(store, node)) attempt(make);
  attempt(() => mergeSums(store, node));
  for (const make of choices(store, node)) attempt(make);
  if (node.kind === "sum") {
    attempt(() => rationalRoots(store, node));
    for (const make of commonPowers(store, node)) attempt(make);
    for (const make of sumIdentities(store, node)) {
      const other = attempt(make);
      if (other?.node.kind === "sum")
        for (const factoring of factorings(store, other.node)) attempt(factoring, other);
    }
  }
  const expanded = attempt(() => tryExpansion(store, node));
  // What is multiplied out may be what this was made of: that has been taken apart in every way.
  if (expanded?.node.kind === "sum" && !style.forms.has(expanded.node)) {
    const { node: terms } = expanded;
    attempt(() => rationalRoots(store, terms), expanded);
    for (const make of factorings(store, terms)) attempt(make, expanded);
  }
  return candidates;
}

/** What the formula costs; index notation is dearer than any matrix notation. */
export function price(reader: Reader, node: TensorNode): number {
  const tree = read(reader, node);
  if (tree === undefined) return INDEX_PRICE + size(node);
  return cost(tree) + (node.dims.length === 0 ? NESTED_PRICE * nestedFractions(tree) : 0);
}

const sizes = new WeakMap<TensorNode, number>();

function size(node: TensorNode): number {
  const known = sizes.get(node);
  if (known !== undefined) return known;
  const value =
    node.kind === "product"
      ? node.factors.reduce((total, factor) => total + 1 + size(factor.node), node.bound.length)
      : node.kind === "sum"
        ? node.terms.reduce((total, term) => total + 1 + size(term.node), 0)
        : node.kind === "elementwise"
          ? node.operands.reduce((total, operand) => total + size(operand), 1)
          : node.kind === "head"
            ? 1 + size(node.operand)
            : 1;
  sizes.set(node, value);
  return value;
}
