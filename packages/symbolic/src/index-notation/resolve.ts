import type { NotationNode } from "@fluxion/core";
import { factorsOfDimension } from "../ir/dimension.ts";
import type { TensorNode } from "../ir/node.ts";
import { canonicalName } from "../lower/functions.ts";
import { lower, lowerName } from "../lower/lower.ts";
import type { Scope } from "../lower/scope.ts";
import { elementwiseRules, operandNames, type ElementwiseName } from "../rules/elementwise.ts";
import { namesIn } from "../steps/names.ts";
import type { Binder, IndexUse } from "./brackets.ts";
import { implicitSums } from "./einstein.ts";
import { arrayOf, deltaOf, entry, wholeOf } from "./entries.ts";
import { createLengths } from "./lengths.ts";
import { fail, type Build, type Context, type Indexed, type Resolved } from "./resolved.ts";
import type { Atom, IndexedBody, IndexedFormula } from "./syntax.ts";

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
