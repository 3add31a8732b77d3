import { FluxionError, type Graph, type GraphNode, type OperatorName, type OperatorNode, type Shape, type Tensor } from "@fluxion/core"; // prettier-ignore
import { binary, chainTree, flattenChain, transposeTree } from "../display/tree.ts";
import { elementwise } from "../ir/elementwise.ts";
import { head } from "../ir/head.ts";
import { transposed } from "../ir/transposed.ts";
import type { HeadName, TensorNode } from "../ir/node.ts";
import { isClosedProduct, number, permuted, powerOf } from "../ir/product.ts";
import * as Q from "../ir/rational.ts";
import { constant, delta } from "../ir/store.ts";
import { plus, remember } from "../ir/sum.ts";
import { read, type Reader } from "../readback/reader.ts";
import { elementwiseRules, type ElementwiseName } from "../rules/elementwise.ts";
import { batched, contracted, inexpressible, stretched, summed } from "./contractions.ts";
import { reshaped } from "./reshape.ts";
import type { Scope } from "./scope.ts";
import { joined, masked, moved, picking, type Places, placing, running, steps } from "./structure.ts";

/** What a graph is lowered with. */
export interface GraphContext {
  readonly scope: Scope;
  readonly reader: Reader;
  /** A named constant for an array that the function captured. */
  readonly capture: (value: Tensor) => TensorNode;
}

type Lowering<N extends OperatorName> = (
  context: GraphContext,
  node: OperatorNode<N>,
  operands: readonly TensorNode[],
) => TensorNode;

/** A lowering that needs no attributes. */
type PlainLowering = (
  context: GraphContext,
  node: { readonly operator: GraphNode["operator"] },
  operands: readonly TensorNode[],
) => TensorNode;

/** Every operator of core but the elementwise ones; a line is missing if core has another operator. */
type Lowerings = { readonly [N in Exclude<OperatorName, ElementwiseName>]: Lowering<N> };

const refuse =
  (why: string): PlainLowering =>
  (_, node) => {
    throw inexpressible(node.operator, why);
  };
const noWords: PlainLowering = refuse("");

/** A function of a whole array of this rank. */
const whole =
  (name: HeadName, rank: number): PlainLowering =>
  ({ scope }, node, [x]) => {
    if (x!.dims.length !== rank)
      throw inexpressible(node.operator, ` of an array with ${x!.dims.length} axes`);
    return head(scope.store, name, x!);
  };

/** A function of all entries of an array. */
const ofAll =
  (name: "max" | "min" | "logsumexp"): Lowering<"max" | "min" | "logsumexp"> =>
  ({ scope }, { operator, attributes: { axes: over, keepDims } }, [x]) => {
    const rank = x!.dims.length;
    if (over.length < rank || keepDims || rank > 2 || (name === "logsumexp" && rank !== 1))
      throw inexpressible(operator, " over some axes of an array");
    return head(scope.store, name, x!);
  };

/** A product of operands of these ranks, for each choice of the leading axes. */
const product =
  (subscripts: string): PlainLowering =>
  ({ scope }, _, operands) =>
    batched(scope.store, subscripts, operands);

const placesOf = ({ scope: { store }, capture }: GraphContext): Places => ({ store, capture });
const lengthAt = (node: TensorNode, axis: number): number => node.dims[axis] as number;

const lowerings: Lowerings = {
  sum: ({ scope }, { attributes }, [x]) => summed(scope.store, x!, attributes),
  norm: ({ scope }, { attributes }, [x]) =>
    powerOf(scope.store, summed(scope.store, powerOf(scope.store, x!, Q.two), attributes), Q.half),
  max: ofAll("max"),
  min: ofAll("min"),
  logsumexp: ofAll("logsumexp"),
  softmax: whole("softmax", 1),
  matmul: (context, node, operands) => {
    const { transposeA, transposeB } = node.attributes;
    return product(`${transposeA ? "ki" : "ik"},${transposeB ? "jk" : "kj"}->ij`)(context, node, operands);
  },
  matvec: (context, node, operands) =>
    product(node.attributes.transpose ? "ki,k->i" : "ik,k->i")(context, node, operands),
  dot: (context, node, operands) => {
    const result = product("k,k->")(context, node, operands);
    keepWords(context, result, operands as readonly [TensorNode, TensorNode]);
    return result;
  },
  outer: product("i,j->ij"),
  trace: product("ii->"),
  diagonal: product("ii->i"),
  diagonalMatrix: ({ scope }, _, [x]) =>
    batched(scope.store, "i,ij->ij", [x!, delta(scope.store, x!.dims.at(-1)!)]),
  einsum: ({ scope }, { attributes: { subscripts } }, operands) =>
    contracted(scope.store, subscripts, operands),
  det: whole("det", 2),
  logdet: whole("logdet", 2),
  inverse: whole("inv", 2),
  solve: ({ scope }, node, [a, b]) => {
    if (a!.dims.length !== 2 || b!.dims.length > 2) throw inexpressible(node.operator, " with leading axes");
    return contracted(scope.store, b!.dims.length === 1 ? "ij,j->i" : "ij,jk->ik", [head(scope.store, "inv", a!), b!]); // prettier-ignore
  },
  reshape: ({ scope }, { attributes: { shape } }, [x]) => reshaped(scope.store, x!, shape),
  permute: ({ scope }, { attributes: { axes } }, [x]) =>
    axes.join() === "1,0" ? transposed(scope.store, x!) : permuted(scope.store, x!, axes),
  broadcastTo: ({ scope }, { attributes: { shape } }, [x]) => stretched(scope.store, x!, shape),
  cumsum: (context, { attributes: { axis, reverse } }, [x]) =>
    moved(placesOf(context), x!, new Map([[axis, running(lengthAt(x!, axis), reverse)]])),
  argmax: noWords,
  triangularSolve: (context, node, [a, b]) => {
    const { lower, transpose, unitDiagonal } = node.attributes;
    const { store } = context.scope;
    if (a!.dims.length !== 2 || b!.dims.length > 2) throw inexpressible(node.operator, " with leading axes");
    // Only one triangle is read; a unit diagonal is not.
    const triangle = masked(placesOf(context), a!, (row, column) => row === column ? !unitDiagonal : lower === row > column); // prettier-ignore
    const whole = unitDiagonal ? plus(store, triangle, delta(store, a!.dims[0]!)) : triangle;
    const letters = transpose ? "ji" : "ij";
    return contracted(store, b!.dims.length === 1 ? `${letters},j->i` : `${letters},jk->ik`, [head(store, "inv", whole), b!]); // prettier-ignore
  },
  cholesky: noWords,
  slice: (context, { attributes: { starts, stops, steps: by } }, [x]) =>
    moved(placesOf(context), x!, new Map(starts.map((start, axis) => [axis, picking(steps(start, stops[axis]!, by[axis]!))]))), // prettier-ignore
  concatenate: (context, { attributes: { axis } }, parts) => joined(placesOf(context), parts, axis),
  stack: (context, { attributes: { axis } }, parts) => {
    const widened = parts.map((part) => reshaped(context.scope.store, part, (part.dims as Shape).toSpliced(axis, 0, 1))); // prettier-ignore
    return joined(placesOf(context), widened, axis);
  },
  pad: (context, { attributes: { before, after } }, [x]) =>
    moved(placesOf(context), x!, new Map(before.map((count, axis) => {
      const length = lengthAt(x!, axis);
      return [axis, placing(steps(count, count + length, 1), count + length + after[axis]!)];
    }))), // prettier-ignore
  take: (context, { attributes: { axis, indices } }, [x]) =>
    moved(placesOf(context), x!, new Map([[axis, picking(indices)]])),
  scatterAdd: (context, { attributes: { axis, indices, size } }, [x]) =>
    moved(placesOf(context), x!, new Map([[axis, placing(indices, size)]])),
  flip: (context, { attributes: { axes: turned } }, [x]) =>
    moved(placesOf(context), x!, new Map(turned.map((axis) => [axis, picking(steps(0, lengthAt(x!, axis), 1).toReversed())]))), // prettier-ignore
  tril: (context, { attributes: { k } }, [x]) =>
    masked(placesOf(context), x!, (row, column) => column - row <= k),
  triu: (context, { attributes: { k } }, [x]) =>
    masked(placesOf(context), x!, (row, column) => column - row >= k),
};

/** x'*w stays x'*w: the operands of a scalar product in the order in which they were given. */
function keepWords(
  { scope, reader }: GraphContext,
  node: TensorNode,
  [a, b]: readonly [TensorNode, TensorNode],
): void {
  if (node.kind !== "product" || !isClosedProduct(node) || !Q.isOne(node.coefficient)) return;
  const [left, right] = [read(reader, a), read(reader, b)];
  if (left === undefined || right === undefined || scope.origins.has(node.id)) return;
  const isSum = right.kind === "binary" && right.operator !== "*";
  const row = transposeTree(left, reader.symmetric);
  const tree = isSum ? binary("*", row, right) : chainTree("*", [row, ...flattenChain("*", right)]);
  scope.origins.set(node.id, { node, tree, form: "scalar" });
}

/** A graph as a tensor of its inputs. Throws `UNSUPPORTED`, naming the operator, for what has no closed form. */
export function lowerGraph(
  context: GraphContext,
  graph: Graph,
  inputs: readonly TensorNode[],
): readonly TensorNode[] {
  const values: TensorNode[] = [];
  for (const node of graph.nodes) values.push(lowerNode(context, node, inputs, node.inputs.map((input) => values[input]!))); // prettier-ignore
  return graph.outputs.map((position) => values[position]!);
}

function lowerNode(
  context: GraphContext,
  node: GraphNode,
  inputs: readonly TensorNode[],
  operands: readonly TensorNode[],
): TensorNode {
  switch (node.operator) {
    case "input":
      return inputs[node.attributes.index]!;
    case "constant":
      return lowerConstant(context, node.attributes.value);
    case "custom":
      return lowerGraph(context, node.attributes.primal, operands)[0]!;
    default:
      return lowerOperator(context, node, operands);
  }
}

function lowerOperator(
  context: GraphContext,
  node: OperatorNode,
  operands: readonly TensorNode[],
): TensorNode {
  const { store } = context.scope;
  if (node.shape.includes(0)) throw inexpressible(node.operator, " with an empty result");
  if (!(node.operator in elementwiseRules)) {
    // The table's entries are typed one by one; here one is called for whatever operator the node has.
    const lowering = lowerings[node.operator as keyof Lowerings] as Lowering<OperatorName>;
    return lowering(context, node, operands);
  }
  const order =
    node.operator === "polygamma" ? (node.attributes as { readonly order: number }).order : undefined;
  const all = [...(order === undefined ? [] : [number(store, Q.rational(order))]), ...operands];
  const nodes = all.map((operand) => stretched(store, operand, node.shape));
  const result = elementwise(store, node.operator as ElementwiseName, nodes);
  if (result.kind === "sum" && (node.operator === "add" || node.operator === "sub")) remember(store, result);
  return result;
}

/** A number is exact, as it would be in a formula; an array gets a name. */
function lowerConstant({ scope, capture }: GraphContext, value: Tensor): TensorNode {
  if (value.level > 0)
    throw new FluxionError(
      "UNSUPPORTED",
      "The function captures a value that is being differentiated or traced; make it an argument.",
    );
  if (value.rank > 0) return capture(value);
  const entry = value.item();
  if (entry === Math.PI) return constant(scope.store, "pi");
  if (!Number.isFinite(entry))
    throw new FluxionError("DOMAIN", `The function uses ${entry}, which has no place in a closed form.`);
  const size = Q.parseRational(`${Math.abs(entry)}`);
  return number(scope.store, entry < 0 ? Q.negate(size) : size);
}
