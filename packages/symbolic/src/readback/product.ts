import type { NotationNode } from "@fluxion/core";
import { cheapest } from "../display/cost.ts";
import {
  binary,
  call,
  chainTree,
  diagonalTree,
  integer,
  negateLeading,
  symmetricTree,
} from "../display/tree.ts";
import type { Dimension, Factor, Product, TensorNode } from "../ir/node.ts";
import { compareFactors } from "../ir/order.ts";
import { axes } from "../ir/product.ts";
import { isSpread } from "../ir/varying.ts";
import * as Q from "../ir/rational.ts";
import { joinChain, shortened, transposeChain, type Chain } from "./chain.ts";
import { buildNetwork } from "./network.ts";
import { preferencesFor } from "./preferences.ts";
import { reduceNetwork } from "./reduce.ts";
import { readReduced } from "./reduced.ts";
import { closedForms } from "./closed.ts";
import { collapse, hasMerges, negated } from "./kronecker.ts";
import { scalarPower } from "./power.ts";
import { lengthTree, read, type Form, type Reader } from "./reader.ts";
import { filledTree } from "./spread.ts";
import { fractions, type Entry, type Fraction } from "./surds.ts";
import { inWords, wordsOf } from "./words.ts";
import { readNegatedSum } from "./sum.ts";

/** coefficient · node as a term of a sum; the coefficient is not negative. */
export function readTerm(
  reader: Reader,
  coefficient: Q.Rational,
  node: TensorNode,
  form: Form,
  maySpread: boolean,
): NotationNode | undefined {
  const key = `${Q.keyOf(coefficient)} ${node.id} ${form} ${maySpread}`;
  if (reader.terms.has(key)) return reader.terms.get(key);
  const tree = makeTerm(reader, coefficient, node, form, maySpread);
  reader.terms.set(key, tree);
  return tree;
}

function makeTerm(
  reader: Reader,
  coefficient: Q.Rational,
  node: TensorNode,
  form: Form,
  maySpread: boolean,
): NotationNode | undefined {
  if (node.kind === "product") {
    const scalar = maySpread && isSpread(node);
    const term = { ...node, coefficient, ...(scalar ? { dims: [] } : {}) };
    return readProduct(reader, term, scalar ? "scalar" : form);
  }
  const tree = read(reader, node, form);
  if (tree === undefined) return undefined;
  const [over, chain] = node.dims.length > 0 ? [[], shortened(reader, [tree])] : [[tree], []];
  return compose({ coefficient, over, under: [], chain });
}

/** A product as a formula; a negative coefficient becomes a sign, or turns a difference around. */
export function readProduct(reader: Reader, node: Product, form: Form): NotationNode | undefined {
  if (Q.isZero(node.coefficient) && node.dims.length > 0) return filledTree("zeros", node.dims, form);
  const coefficient = Q.absolute(node.coefficient);
  const plain = readFactors(reader, node, coefficient, form, undefined);
  if (!Q.isNegative(node.coefficient) || plain === undefined) return plain;
  const flippable = node.factors.filter(
    (factor) => factor.node.kind === "sum" && Q.isInteger(factor.power) && !Q.isEven(factor.power),
  );
  // What the user wrote keeps its signs where something else can be turned around.
  const own = (factor: Factor): number => (reader.origins.has(factor.node.id) ? 1 : 0);
  flippable.sort((a, b) => own(a) - own(b));
  const flipped = flippable.map((factor) => readFactors(reader, node, coefficient, form, factor));
  return cheapest([negateLeading(plain), ...flipped]);
}

/** What stands over and under the fraction bar, and the product of matrices. */
interface Layout extends Fraction {
  readonly chain: Chain;
}

function readFactors(
  reader: Reader,
  node: Product,
  coefficient: Q.Rational,
  form: Form,
  flipped: Factor | undefined,
): NotationNode | undefined {
  const scalars = node.factors
    .filter((factor) => factor.indices.length === 0)
    .sort((a, b) => compareFactors(a, b));
  const plain = { coefficient, factors: scalars, over: [], under: [] };
  const worded = inWords(wordsOf(reader.origins), coefficient, scalars);
  const tensors = node.factors.filter((factor) => factor.indices.length > 0);
  const layouts = [worded, ...(worded.factors.length === scalars.length ? [] : [plain])].flatMap((words) => {
    const entries: Entry[] = [];
    for (const factor of words.factors) {
      const tree = readScalarPower(reader, factor, factor === flipped);
      const base = read(reader, factor.node, "scalar");
      if (tree === undefined || base === undefined) return [];
      entries.push({ factor, base, tree, under: Q.isNegative(factor.power) });
    }
    return fractions(words.coefficient, entries).map(({ coefficient: left, over, under }) => ({
      coefficient: left,
      over: [...words.over, ...over],
      under: [...words.under, ...under],
    }));
  });
  const chains =
    tensors.length === 0 ? spreadChains(node, form) : chainsOnce(reader, node, tensors, form, flipped);
  return cheapest(layouts.flatMap((layout) => chains.map((chain) => compose({ ...layout, chain }))));
}

const spreadChains = (node: Product, form: Form): readonly Chain[] =>
  node.dims.length === 0 ? [[]] : [[filledTree("ones", node.dims, form)]];

/** |power| of a scalar; a root of a sum of squares is a norm. */
function readScalarPower(
  reader: Reader,
  { node, power }: Factor,
  flipped: boolean,
): NotationNode | undefined {
  const size = Q.absolute(power);
  const base =
    flipped && node.kind === "sum" ? readNegatedSum(reader, node, "scalar") : read(reader, node, "scalar");
  if (base === undefined) return undefined;
  const norm = sumOfSquares(reader, node);
  if (norm === undefined || (Q.isInteger(size) && reader.origins.has(node.id)))
    return scalarPower(base, size);
  return cheapest([scalarPower(base, size), scalarPower(call("norm2", norm), Q.multiply(size, Q.two))]);
}

/** u, if the node is Σ u². */
function sumOfSquares(reader: Reader, node: TensorNode): NotationNode | undefined {
  if (
    node.kind !== "product" ||
    node.dims.length > 0 ||
    !Q.isOne(node.coefficient) ||
    node.factors.length !== 1
  )
    return undefined;
  const { node: base, power, indices } = node.factors[0]!;
  if (!Q.equals(power, Q.two) || new Set(indices).size !== base.dims.length) return undefined;
  return read(reader, base);
}

/** The ways to write the tensor part, found once for a product with whatever coefficient. */
function chainsOnce(
  reader: Reader,
  node: Product,
  tensors: readonly Factor[],
  form: Form,
  flipped: Factor | undefined,
): readonly Chain[] {
  const known = flipped === undefined ? reader.chains[form].get(node.id) : undefined;
  if (known !== undefined) return known;
  const chains = tensorChains(reader, node, tensors, form, flipped).map((chain) => shortened(reader, chain));
  if (flipped === undefined) reader.chains[form].set(node.id, chains);
  return chains;
}

/** Every way found to write the tensor part as a product of matrices and vectors. */
function tensorChains(
  reader: Reader,
  node: Product,
  tensors: readonly Factor[],
  form: Form,
  flipped: Factor | undefined,
): readonly Chain[] {
  if (flipped !== undefined && hasMerges(tensors))
    return tensorChains(reader, node, negated(reader.store, tensors, flipped), form, undefined);
  const extent = new Map<number, Dimension>();
  [...node.dims, ...node.bound].forEach((dimension, index) => extent.set(index, dimension));
  const readFactor = (factor: Factor): NotationNode | undefined =>
    factor === flipped && factor.node.kind === "sum"
      ? readNegatedSum(reader, factor.node, factor.indices.length === 1 ? "column" : "matrix")
      : read(reader, factor.node);
  const identity = tensors.find((factor) => factor.node.kind === "delta");
  if (identity !== undefined) return diagonalChains(reader, tensors, identity, extent, readFactor);
  const pinned = axes(node.dims.length);
  const upright = chainsOf(reader, tensors, pinned, extent, readFactor);
  const special = node.dims.length === 0 ? closedForms(reader, tensors, node, readFactor) : [];
  const turned =
    form === "row" || form === "transposed" ? upright.map((chain) => transposeChain(reader, chain)) : upright;
  return [...special, ...turned];
}

function chainsOf(
  reader: Reader,
  tensors: readonly Factor[],
  pinned: readonly number[],
  extent: ReadonlyMap<number, Dimension>,
  readFactor: (factor: Factor) => NotationNode | undefined,
): readonly Chain[] {
  if (hasMerges(tensors))
    return collapse(reader, { factors: tensors, extent, readFactor }, pinned).flatMap((collapsed) =>
      chainsOf(reader, collapsed.factors, pinned, collapsed.extent, collapsed.readFactor),
    );
  const network = buildNetwork(tensors, pinned, extent, readFactor);
  if (network === undefined) return [];
  return preferencesFor(network).flatMap((preference) => {
    const reduced = reduceNetwork(reader, network, preference);
    return reduced === undefined ? [] : readReduced(reader, reduced);
  });
}

/** δ_ij v_i is diag(v), δ_ij alone the identity. */
function diagonalChains(
  reader: Reader,
  tensors: readonly Factor[],
  identity: Factor,
  extent: ReadonlyMap<number, Dimension>,
  readFactor: (factor: Factor) => NotationNode | undefined,
): readonly Chain[] {
  const rest = tensors.filter((factor) => factor !== identity);
  const [kept, dropped] = identity.indices as readonly [number, number];
  if (rest.some((factor) => factor.node.kind === "delta")) return [];
  if (rest.length === 0) return [[symmetricTree(call("eye", lengthTree(extent.get(kept)!)))]];
  const remaining = new Map([...extent].filter(([index]) => index !== dropped));
  return chainsOf(reader, rest, [kept], remaining, readFactor).map((chain) => [
    diagonalTree(joinChain(reader, chain)),
  ]);
}

/** c*s*M*v/(d*t), or with elementwise operators inside a single array. */
function compose({ coefficient, over, under, chain }: Layout): NotationNode {
  const parts = [...over];
  if (coefficient.numerator !== 1n || (parts.length === 0 && chain.length === 0))
    parts.unshift(integer(coefficient.numerator));
  const divisor = [...(Q.isInteger(coefficient) ? [] : [integer(coefficient.denominator)]), ...under];
  let tree: NotationNode;
  const reciprocal = parts.length > 0 ? chain.findIndex(isReciprocal) : -1;
  if (reciprocal >= 0)
    tree = chainTree("*", chain.with(reciprocal, scaleInto(chainTree("*", parts), chain[reciprocal]!)));
  else if (chain.length === 1 && parts.length > 0) tree = scaleInto(chainTree("*", parts), chain[0]!);
  else tree = chainTree("*", [...parts, ...chain]);
  return divisor.length === 0 ? tree : binary("/", tree, chainTree("*", divisor));
}

/** 1./a, its transpose, or the diagonal matrix of it, where a scalar takes the place of the 1. */
function isReciprocal(tree: NotationNode): boolean {
  if (tree.kind === "transpose") return isReciprocal(tree.operand);
  if (tree.kind === "call") return tree.name === "diag" && isReciprocal(tree.operands[0]!);
  if (tree.kind !== "binary" || (tree.operator !== ".*" && tree.operator !== "./")) return false;
  return isOne(tree.left) || isReciprocal(tree.left);
}

const isOne = (tree: NotationNode): boolean => tree.kind === "number" && tree.text === "1";

/** s·(a.*b) = s*a.*b and s·(1./a) = s./a */
function scaleInto(scalar: NotationNode, tree: NotationNode): NotationNode {
  if (tree.kind === "transpose" && isReciprocal(tree)) return { ...tree, operand: scaleInto(scalar, tree.operand) }; // prettier-ignore
  if (isReciprocal(tree) && tree.kind === "call") return diagonalTree(scaleInto(scalar, tree.operands[0]!));
  if (tree.kind === "binary" && (tree.operator === ".*" || tree.operator === "./")) {
    return binary(tree.operator, scaleInto(scalar, tree.left), tree.right);
  }
  return isOne(tree) ? scalar : binary("*", scalar, tree);
}
