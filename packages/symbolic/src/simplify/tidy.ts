import { cost } from "../display/tree.ts";
import { isScarce, within } from "../effort.ts";
import type { TensorNode } from "../ir/node.ts";
import { rewrite, withParts } from "../ir/rebuild.ts";
import { adopt, apart, type Condition, type Store } from "../ir/store.ts";
import { read, type Reader } from "../readback/reader.ts";
import { tryExpansion } from "./expand.ts";
import { cancelPolynomials } from "./divide.ts";
import { clearSums, factorings } from "./factor.ts";
import { fold } from "./fold.ts";

/** Formulas above this price are left as they are: nobody reads them, and every trial is as long. */
const LARGEST_PRICE = 150;
const INDEX_PRICE = 1000;
/** Most nodes that are made for trials; what is left is then kept as it is. */
const TRIAL_NODES = 3000;
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
  const trials: Trials = { store, reader, limit: store.nodes.size + TRIAL_NODES, shortest: new Map() };
  return rewrite(store, node, (rebuilt) => shorten(trials, rebuilt));
}

/** What a search for shorter forms shares. */
interface Trials {
  readonly store: Store;
  readonly reader: Reader;
  /** Size of the store at which the search stops. */
  readonly limit: number;
  /** The shortest form found of each node, itself while it is being sought. */
  readonly shortest: Map<number, TensorNode>;
}

/** The shortest form of a node whose parts are as short as they get. */
function shorten(trials: Trials, node: TensorNode): TensorNode {
  const known = trials.shortest.get(node.id);
  if (known !== undefined) return known;
  trials.shortest.set(node.id, node);
  let best = node;
  for (let round = 0; round < ROUNDS && trials.store.nodes.size < trials.limit && !isScarce(1 / 2); round++) {
    const better = improve(trials, best);
    if (better === undefined) break;
    // What was left in new parentheses may become shorter too.
    best = withParts(trials.store, better, (part) => shorten(trials, part));
  }
  trials.shortest.set(node.id, best);
  return best;
}

interface Candidate {
  readonly node: TensorNode;
  readonly conditions: ReadonlyMap<string, Condition>;
}

function improve(trials: Trials, node: TensorNode): TensorNode | undefined {
  const { store, reader } = trials;
  let [best, bestPrice]: [Candidate | undefined, number] = [undefined, price(reader, node)];
  if (bestPrice > LARGEST_PRICE && bestPrice < INDEX_PRICE) return undefined;
  for (const candidate of candidatesFor(store, node)) {
    const candidatePrice = price(reader, candidate.node);
    if (candidatePrice < bestPrice - 1e-9) [best, bestPrice] = [candidate, candidatePrice];
  }
  if (best === undefined) return undefined;
  adopt(store, best.conditions);
  return best.node;
}

function candidatesFor(store: Store, node: TensorNode): readonly Candidate[] {
  const candidates: Candidate[] = [];
  const attempt = (make: () => TensorNode | undefined, earlier?: Candidate): Candidate | undefined => {
    const { result, conditions } = apart(store, () => within(TRIAL_STEPS, make));
    if (result === undefined || result === node) return undefined;
    const candidate = { node: result, conditions: new Map([...(earlier?.conditions ?? []), ...conditions]) };
    candidates.push(candidate);
    return candidate;
  };
  attempt(() => fold(store, node));
  attempt(() => clearSums(store, node));
  attempt(() => cancelPolynomials(store, node));
  if (node.kind === "sum") for (const make of factorings(store, node)) attempt(make);
  const expanded = attempt(() => tryExpansion(store, node));
  if (expanded?.node.kind === "sum")
    for (const make of factorings(store, expanded.node)) attempt(make, expanded);
  return candidates;
}

/** What the formula costs; index notation is dearer than any matrix notation. */
export function price(reader: Reader, node: TensorNode): number {
  const tree = read(reader, node);
  return tree === undefined ? INDEX_PRICE + size(node) : cost(tree);
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
