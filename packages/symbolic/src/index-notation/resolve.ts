import { notationError, type FluxionErrorCode, type NotationNode, type Span } from "@fluxion/core";
import { factorsOfDimension } from "../ir/dimension.ts";
import { expmDerivative } from "../ir/head.ts";
import type { TensorNode } from "../ir/node.ts";
import { applyFunction, canonicalName } from "../lower/functions.ts";
import { lower, lowerName } from "../lower/lower.ts";
import { kindOf, type Scope } from "../lower/scope.ts";
import { elementwiseRules, operandNames, type ElementwiseName } from "../rules/elementwise.ts";
import { namesIn } from "../steps/names.ts";
import { implicitSums, type ImplicitSums } from "./einstein.ts";
import { createLengths, type Lengths } from "./lengths.ts";
import type { Binder, IndexUse } from "./brackets.ts";
import type { Atom, IndexedBody, IndexedFormula } from "./syntax.ts";

/** A formula whose indices are numbers, each of which stands for one index of one sum or of the result. */
export type Indexed =
  | { readonly kind: "entry"; readonly node: TensorNode; readonly indices: readonly number[] }
  | { readonly kind: "delta"; readonly indices: readonly [number, number] }
  | { readonly kind: "merge"; readonly indices: readonly [number, number, number] }
  | { readonly kind: "negate"; readonly operand: Indexed }
  | {
      readonly kind: "binary";
      readonly operator: ArithmeticOperator;
      readonly left: Indexed;
      readonly right: Indexed;
    }
  | { readonly kind: "call"; readonly name: ElementwiseName; readonly operands: readonly Indexed[] }
  | { readonly kind: "sum"; readonly indices: readonly number[]; readonly body: Indexed };

export type ArithmeticOperator = "+" | "-" | "*" | "/" | "^";

/** A formula with the lengths of its indices. */
export interface Resolved {
  readonly body: Indexed;
  /** The indices of the result. */
  readonly indices: readonly number[];
  readonly lengths: Lengths;
}

/** Makes the tensor of a formula inside another one. */
export type Build = (formula: IndexedFormula) => TensorNode;

interface Context {
  readonly scope: Scope;
  readonly build: Build;
  readonly lengths: Lengths;
  readonly indices: ReadonlyMap<string, number>;
  readonly atoms: readonly Atom[];
  readonly sums: ImplicitSums;
}

const fail = ({ scope }: Pick<Context, "scope">, code: FluxionErrorCode, message: string, span: Span): never => {
  throw notationError(code, `${message}.`, scope.source, span);
}; // prettier-ignore

/** Gives every index a number and a length. Throws `PARSE`, `SHAPE_MISMATCH`, `ARGUMENT`, pointing at the character. */
export function resolve(scope: Scope, formula: IndexedFormula, build: Build): Resolved {
  const lengths = createLengths();
  const outer = { scope, build, lengths };
  const indices = introduce(outer, new Map(), formula.indices);
  const body = resolveBody(outer, indices, formula.body);
  for (const binder of formula.indices) requireLength(outer, indices, binder);
  return { body, indices: formula.indices.map(({ name }) => indices.get(name)!), lengths };
}

type Outer = Pick<Context, "scope" | "build" | "lengths">;

function introduce(
  context: Outer,
  around: ReadonlyMap<string, number>,
  binders: readonly Binder[],
): ReadonlyMap<string, number> {
  const indices = new Map(around);
  for (const { name, length, span } of binders) {
    const index = context.lengths.fresh();
    indices.set(name, index);
    if (length === undefined) continue;
    const known = factorsOfDimension(length).names.every((part) => context.scope.dimensions.has(part));
    if (!known)
      fail(context, "ARGUMENT", `${length} is the length of no axis; shapes name the lengths`, span);
    context.lengths.learn(index, length);
  }
  return indices;
}

function requireLength(context: Outer, indices: ReadonlyMap<string, number>, { name, span }: IndexUse): void {
  if (context.lengths.of(indices.get(name)!) !== undefined) return;
  const message = `The length of ${name} does not follow from an array; write it, as in [${name}:n]`;
  fail(context, "ARGUMENT", message, span);
}

function resolveBody(
  outer: Outer,
  indices: ReadonlyMap<string, number>,
  { tree, atoms }: IndexedBody,
): Indexed {
  const sums = implicitSums(tree, atoms, (name) => indices.has(name));
  return resolveTree({ ...outer, indices, atoms, sums }, tree);
}

/** A tree, summed over the indices that its factors repeat. */
function resolveTree(context: Context, tree: NotationNode): Indexed {
  const names = context.sums.get(tree);
  if (names === undefined) return resolveNode(context, tree);
  const binders = names.map((name) => ({ name, length: undefined, span: tree.span }));
  const indices = introduce(context, context.indices, binders);
  const body = resolveNode({ ...context, indices }, tree);
  for (const binder of binders) requireLength(context, indices, binder);
  return { kind: "sum", indices: names.map((name) => indices.get(name)!), body };
}

function resolveNode(context: Context, tree: NotationNode): Indexed {
  if (tree.kind === "placeholder") return resolveAtom(context, context.atoms[tree.index]!);
  if (!hasAtoms(tree)) return resolveScalar(context, tree);
  switch (tree.kind) {
    case "negate":
      return { kind: "negate", operand: resolveTree(context, tree.operand) };
    case "binary": {
      const { operator, operatorSpan } = tree;
      if (operator === ".*" || operator === "./" || operator === ".^")
        return fail(context, "PARSE", `Entries are numbers: write ${operator.slice(1)}`, operatorSpan);
      return {
        kind: "binary",
        operator,
        left: resolveTree(context, tree.left),
        right: resolveTree(context, tree.right),
      };
    }
    case "call":
      return resolveCall(context, tree);
    default:
      return fail(context, "PARSE", "Entries are numbers: there is nothing to transpose", {
        start: tree.span.end - 1,
        end: tree.span.end,
      });
  }
}

const hasAtoms = (tree: NotationNode): boolean => {
  switch (tree.kind) {
    case "placeholder":
      return true;
    case "negate":
    case "transpose":
      return hasAtoms(tree.operand);
    case "binary":
      return hasAtoms(tree.left) || hasAtoms(tree.right);
    case "call":
      return tree.operands.some(hasAtoms);
    default:
      return false;
  }
};

/** A part without indices is matrix notation, and has to be a scalar. */
function resolveScalar(context: Context, tree: NotationNode): Indexed {
  for (const name of namesIn(tree))
    if (context.indices.has(name) && !context.scope.shapes.has(name) && !context.scope.dimensions.has(name))
      fail(context, "PARSE", `${name} is an index here, and has no value of its own`, tree.span);
  if (tree.kind === "name") {
    const { node } = lowerName(context.scope, tree.name);
    if (node.dims.length > 0)
      fail(context, "SHAPE_MISMATCH", `${tree.name} has ${node.dims.length} axes and needs as many indices, as in ${tree.name}[${exampleOf(node)}]`, tree.span); // prettier-ignore
    return { kind: "entry", node, indices: [] };
  }
  const { node } = lower(context.scope, tree);
  if (node.dims.length > 0)
    fail(context, "SHAPE_MISMATCH", `An entry is needed here, not the whole array; add indices, as in (…)[${exampleOf(node)}]`, tree.span); // prettier-ignore
  return { kind: "entry", node, indices: [] };
}

const exampleOf = (node: TensorNode): string => node.dims.map((_, k) => "ijklpqrstuv"[k] ?? "i").join(",");

/** The pairwise extrema have the names of those of an array. */
const PAIRWISE: Readonly<Record<string, string>> = { max: "maximum", min: "minimum" };

function resolveCall(context: Context, tree: NotationNode & { readonly kind: "call" }): Indexed {
  const written = canonicalName(tree.name);
  const name = tree.operands.length === 2 && Object.hasOwn(PAIRWISE, written) ? PAIRWISE[written]! : written;
  if (!Object.hasOwn(elementwiseRules, name)) {
    const message = `${tree.name} is no elementwise function, so it takes an array: matrix notation, or one with its own indices, as in ${tree.name}([p] …)`;
    return fail(context, "PARSE", message, tree.nameSpan);
  }
  const arity = operandNames(name as ElementwiseName).length;
  if (tree.operands.length !== arity)
    fail(context, "ARGUMENT", `${tree.name} takes ${arity} operands, found ${tree.operands.length}`, tree.nameSpan); // prettier-ignore
  const operands = tree.operands.map((operand) => resolveTree(context, operand));
  return { kind: "call", name: name as ElementwiseName, operands };
}

function resolveAtom(context: Context, atom: Atom): Indexed {
  switch (atom.kind) {
    case "sum": {
      const indices = introduce(context, context.indices, atom.indices);
      const body = resolveBody(context, indices, atom.body);
      for (const binder of atom.indices) requireLength(context, indices, binder);
      return { kind: "sum", indices: atom.indices.map(({ name }) => indices.get(name)!), body };
    }
    case "matrix":
      return entry(context, arrayOf(context, atom.tree, atom.indices.length), atom.indices, atom.span);
    case "whole":
      return entry(context, wholeOf(context, atom), atom.indices, atom.span);
    case "entry": {
      const declared = context.scope.shapes.has(atom.name);
      if (atom.name === "delta" && !declared) return deltaOf(context, atom.indices, atom.nameSpan);
      if (!declared)
        fail(context, "ARGUMENT", `${atom.name} has indices and no shape; declare it, as in { shapes: { ${atom.name}: ["n"] } }`, atom.nameSpan); // prettier-ignore
      return entry(context, lowerName(context.scope, atom.name).node, atom.indices, atom.nameSpan);
    }
  }
}

/** A function of a whole matrix in matrix notation, and the derivative of expm, which has four axes. */
function arrayOf(context: Context, tree: NotationNode, axes: number): TensorNode {
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
function wholeOf(context: Context, atom: Atom & { readonly kind: "whole" }): TensorNode {
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

function entry(context: Context, node: TensorNode, uses: readonly IndexUse[], span: Span): Indexed {
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

function deltaOf(context: Context, uses: readonly IndexUse[], span: Span): Indexed {
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
