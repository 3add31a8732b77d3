import type { NotationNode, Span } from "@fluxion/core";
import { expmDerivative } from "../ir/head.ts";
import type { TensorNode } from "../ir/node.ts";
import { applyFunction, canonicalName } from "../lower/functions.ts";
import { lower } from "../lower/lower.ts";
import { kindOf } from "../lower/scope.ts";
import { elementwiseRules } from "../rules/elementwise.ts";
import type { IndexUse } from "./brackets.ts";
import { fail, type Context, type Indexed } from "./resolved.ts";
import type { Atom } from "./syntax.ts";

/** A function of a whole matrix in matrix notation, and the derivative of expm, which has four axes. */
export function arrayOf(context: Context, tree: NotationNode, axes: number): TensorNode {
  if (tree.kind !== "call" || canonicalName(tree.name) !== "dexpm" || tree.operands.length !== 1)
    return lower(context.scope, tree).node;
  return derivativeOfExponential(context, lower(context.scope, tree.operands[0]!).node, axes, tree.nameSpan);
}

function derivativeOfExponential(
  context: Context,
  operand: TensorNode,
  axes: number,
  span: Span,
): TensorNode {
  if (operand.dims.length !== 2 || operand.dims[0] !== operand.dims[1])
    fail(context, "SHAPE_MISMATCH", "dexpm needs a square matrix", span);
  if (axes % 2 !== 0 || axes < 4)
    fail(context, "SHAPE_MISMATCH", "dexpm has four indices, and two more for each further order", span);
  return expmDerivative(context.scope.store, operand, axes / 2 - 1);
}

/** A function of a whole array that is written with indices of its own. */
export function wholeOf(context: Context, atom: Atom & { readonly kind: "whole" }): TensorNode {
  const operand = context.build(atom.operand);
  const { name, nameSpan, span } = atom;
  if (operand.dims.length > 2 || Object.hasOwn(elementwiseRules, canonicalName(name)))
    fail(context, "PARSE", `${name} is no function of a whole vector or matrix`, nameSpan);
  if (canonicalName(name) === "dexpm")
    return derivativeOfExponential(context, operand, atom.indices.length, nameSpan);
  const value = { kind: kindOf(operand), node: operand };
  return applyFunction(context.scope, { kind: "call", name, operands: [], nameSpan, span }, [value]).node;
}

function indexOf(context: Context, { name, span }: IndexUse): number {
  const index = context.indices.get(name);
  if (index !== undefined) return index;
  return fail(
    context,
    "PARSE",
    `The index ${name} occurs once and is no index of the result; add it in front, or write sum[${name}](…)`,
    span,
  );
}

/** An array at indices, one for each of its axes. */
export function entry(context: Context, node: TensorNode, uses: readonly IndexUse[], span: Span): Indexed {
  const paired = uses.find(({ isPaired }) => isPaired);
  if (paired !== undefined) fail(context, "PARSE", "Only delta[p,(i,j)] has a pair of indices", paired.span);
  if (uses.length !== node.dims.length)
    fail(context, "SHAPE_MISMATCH", `This has ${node.dims.length} axes and ${uses.length} indices`, span);
  const indices = uses.map((use, axis) => {
    const index = indexOf(context, use);
    const length = node.dims[axis]!;
    const before = context.lengths.learn(index, length);
    if (before !== undefined)
      fail(context, "SHAPE_MISMATCH", `The index ${use.name} runs to ${before} elsewhere, and to ${length} here`, use.span); // prettier-ignore
    return index;
  });
  return { kind: "entry", node, indices };
}

/** δ of two indices, or of a composite index and its pair. */
export function deltaOf(context: Context, uses: readonly IndexUse[], span: Span): Indexed {
  if (uses.length === 3 && uses[1]!.isPaired && uses[2]!.isPaired) {
    const indices = uses.map((use) => indexOf(context, use)) as [number, number, number];
    return { kind: "merge", indices };
  }
  if (uses.length !== 2 || uses.some(({ isPaired }) => isPaired))
    fail(context, "SHAPE_MISMATCH", `delta has two indices, found ${uses.length}`, span);
  const [a, b] = uses.map((use) => indexOf(context, use)) as [number, number];
  const clash = context.lengths.join(a, b);
  if (clash !== undefined)
    fail(context, "SHAPE_MISMATCH", `The indices of delta run to ${clash[0]} and to ${clash[1]}`, span);
  return { kind: "delta", indices: [a, b] };
}
