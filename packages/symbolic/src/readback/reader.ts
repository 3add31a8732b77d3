import type { NotationNode } from "@fluxion/core";
import { cheapest } from "../display/cost.ts";
import {
  binary,
  call,
  chainTree,
  integer,
  nameTree,
  rememberTranspose,
  groupedTree,
  symmetricTree,
  transposeTree,
} from "../display/tree.ts";
import { spend } from "../effort.ts";
import { factorsOfDimension } from "../ir/dimension.ts";
import type { Dimension, Product, Sum, TensorNode } from "../ir/node.ts";
import { isClosedProduct } from "../ir/product.ts";
import * as Q from "../ir/rational.ts";
import { isSymmetric, type Store } from "../ir/store.ts";
import type { Chain } from "./chain.ts";
import { readProduct } from "./product.ts";
import { readSum } from "./sum.ts";
import { readSpread } from "./spread.ts";
import { multipleOfWords, scaledTree, wordsOf, type Origins } from "./words.ts";

/** How a tensor is to stand in a formula. A transposed matrix has its second axis as rows. */
export type Form = "scalar" | "column" | "row" | "matrix" | "transposed";

type ByForm<T> = Readonly<Record<Form, Map<number, T>>>;

const byForm = <T>(): ByForm<T> => ({
  scalar: new Map(),
  column: new Map(),
  row: new Map(),
  matrix: new Map(),
  transposed: new Map(),
});

/** What reading back remembers. */
export interface Reader {
  /** Formulas by the number of their node. */
  readonly trees: ByForm<NotationNode | undefined>;
  /** Terms of sums, which candidates for one formula share. */
  readonly terms: Map<string, NotationNode | undefined>;
  /** The matrices and vectors of products, which stand beside different numbers. */
  readonly chains: ByForm<readonly Chain[]>;
  /** How the user wrote scalars that are sums over indices. */
  readonly origins: Origins;
  /** Matrices that equal their transpose. */
  readonly symmetric: ReadonlySet<string>;
  /** Where the parts of a formula are put together. */
  readonly store: Store;
}

export const createReader = (store: Store, origins: Origins, symmetric: ReadonlySet<string>): Reader => ({
  trees: byForm(),
  terms: new Map(),
  chains: byForm(),
  store,
  origins,
  symmetric,
});

/** The form in which a tensor of this rank stands by default. */
export const formOf = (rank: number): Form => (rank === 0 ? "scalar" : rank === 1 ? "column" : "matrix");

/** The tensor in matrix notation, as short as it gets; undefined where matrix notation has no words for it. */
export function read(
  reader: Reader,
  node: TensorNode,
  form: Form = formOf(node.dims.length),
): NotationNode | undefined {
  if (node.dims.length > 2) return undefined;
  if (form === "transposed" && isSymmetric(node)) return read(reader, node, "matrix");
  const trees = reader.trees[form];
  const known = trees.get(node.id);
  if (known !== undefined || trees.has(node.id)) return known;
  spend(5);
  const tree = readNode(reader, node, form);
  trees.set(node.id, tree);
  if (tree !== undefined && node.kind === "sum" && form === "matrix" && !isSymmetric(node))
    rememberTranspose(tree, () => read(reader, node, "transposed"));
  return tree !== undefined && isSymmetric(node) ? symmetricTree(tree) : tree;
}

function readNode(reader: Reader, node: TensorNode, form: Form): NotationNode | undefined {
  switch (node.kind) {
    case "variable":
      return turn(reader, nameTree(node.name), form);
    case "constant":
      return nameTree(node.name);
    case "delta":
      return call("eye", lengthTree(node.dims[0]!));
    case "merge":
      return undefined;
    case "elementwise": {
      const upright = formOf(node.dims.length);
      const operands = node.operands.map((operand) => readSpread(reader, operand, upright));
      if (operands.includes(undefined)) return undefined;
      return turn(reader, functionTree(node.name, operands as NotationNode[], node.dims.length > 0), form);
    }
    case "head": {
      const operand = read(reader, node.operand);
      return operand === undefined || node.dims.length > 2
        ? undefined
        : turn(reader, call(node.name, operand), form);
    }
    case "sum":
      return cheapest([
        ownWords(reader, node, form),
        ownMultiple(reader, node, form),
        readSum(reader, node, form),
      ]);
    case "product":
      return closed(node, cheapest([ownWords(reader, node, form), readProduct(reader, node, form)]));
  }
}

const closed = (node: Product, tree: NotationNode | undefined): NotationNode | undefined =>
  tree !== undefined && isClosedProduct(node) && Q.isOne(node.coefficient) ? groupedTree(tree) : tree;

/** What the user wrote for a node, turned as it is needed. */
function ownWords(reader: Reader, node: TensorNode, form: Form): NotationNode | undefined {
  const origin = reader.origins.get(node.id);
  if (origin === undefined) return undefined;
  return origin.form === form ? origin.tree : transposeTree(origin.tree, reader.symmetric);
}

/** A multiple of a sum that the user wrote. */
function ownMultiple(reader: Reader, node: Sum, form: Form): NotationNode | undefined {
  const found = multipleOfWords(wordsOf(reader.origins), node);
  if (found === undefined) return undefined;
  const { tree, form: written } = found.origin;
  return scaledTree(found.coefficient, written === form ? tree : transposeTree(tree, reader.symmetric));
}

/** A column or a matrix as a row or transposed. */
export const turn = (reader: Reader, tree: NotationNode, form: Form): NotationNode =>
  form === "row" || form === "transposed" ? transposeTree(tree, reader.symmetric) : tree;

/** f(operands); a power is written with ^ or .^, the pairwise extrema with max and min. */
function functionTree(name: string, operands: readonly NotationNode[], onArray: boolean): NotationNode {
  if (name === "pow") return binary(onArray ? ".^" : "^", operands[0]!, operands[1]!);
  return call(WRITTEN[name] ?? name, ...operands);
}

const WRITTEN: Readonly<Record<string, string>> = { maximum: "max", minimum: "min" };

export const lengthTree = (dimension: Dimension): NotationNode =>
  chainTree("*", [
    ...(numberOfDimension(dimension) === 1 && typeof dimension === "string" ? [] : [integer(BigInt(numberOfDimension(dimension)))]),
    ...factorsOfDimension(dimension).names.map(nameTree),
  ]); // prettier-ignore

const numberOfDimension = (dimension: Dimension): number => factorsOfDimension(dimension).number;
