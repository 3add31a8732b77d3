import { FluxionError, parseNotation, type NotationNode } from "@fluxion/core";
import { found } from "../found.ts";
import { elementwise } from "../ir/elementwise.ts";
import { factorsOfDimension, parseDimensionProduct } from "../ir/dimension.ts";
import type { Assumption, Dimension, Dimensions, Factor, TensorNode } from "../ir/node.ts";
import { isClosedProduct, number } from "../ir/product.ts";
import * as Q from "../ir/rational.ts";
import { remember } from "../ir/sum.ts";
import { constant, variable, type Store } from "../ir/store.ts";
import { applyFunction } from "./functions.ts";
import { applyBinary, applyTranspose } from "./operators.ts";
import { failure, kindOf, scalar, type Assumptions, type Scope, type Shapes, type Value } from "./scope.ts";

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const ASSUMPTIONS: ReadonlySet<string> = new Set(["symmetric", "spd", "diagonal", "orthogonal", "positive"]);

/** What the names in `source` mean; checks the declarations. */
export function createScope(store: Store, source: string, shapes: Shapes, assume: Assumptions): Scope {
  const dimensions = new Set<string>();
  for (const [name, dims] of Object.entries(shapes)) {
    checkName(name, "variable");
    if (!Array.isArray(dims))
      throw new FluxionError("ARGUMENT", `The shape of ${name} must be an array such as [] or ["m", "n"].`);
    for (const dimension of dims as Dimensions) {
      if (typeof dimension === "string") for (const symbol of symbolsOf(dimension)) dimensions.add(symbol);
      else if (!Number.isSafeInteger(dimension) || dimension < 1)
        throw new FluxionError(
          "ARGUMENT",
          `The shape of ${name} has the length ${found(dimension)}; lengths are whole numbers from 1, or names.`,
        );
    }
  }
  for (const name of Object.keys(shapes)) {
    if (dimensions.has(name))
      throw new FluxionError("ARGUMENT", `${name} is the name of a variable and of an axis; rename one.`);
  }
  const assumptions = new Map(
    Object.entries(assume).map(([name, list]) => [name, checkAssumptions(name, list, shapes)]),
  );
  return {
    store,
    source,
    shapes: new Map(Object.entries(shapes).map(([name, dims]) => [name, dims.map(canonicalDimension)])),
    assumptions,
    dimensions,
    origins: new Map(),
  };
}

/** The names in the length of an axis: a name, or a product such as m*n or 2*n. */
function symbolsOf(dimension: string): readonly string[] {
  const product = parseDimensionProduct(dimension);
  return product === undefined ? [checkName(dimension, "axis")] : factorsOfDimension(product).names;
}

const canonicalDimension = (dimension: Dimension): Dimension =>
  (typeof dimension === "string" ? parseDimensionProduct(dimension) : undefined) ?? dimension;

function checkName(name: string, what: string): string {
  if (what === "axis" && name === "pi")
    throw new FluxionError("ARGUMENT", "pi is a number, so it cannot name the length of an axis; rename it.");
  if (NAME.test(name)) return name;
  throw new FluxionError(
    "ARGUMENT",
    `${found(name)} cannot name a${what === "axis" ? "n axis" : ` ${what}`}; names are letters, digits and _${what === "axis" ? ", and a length may be a product such as m*n" : ""}.`,
  );
}

function checkAssumptions(
  name: string,
  list: Assumption | readonly Assumption[],
  shapes: Shapes,
): readonly Assumption[] {
  const all: unknown = typeof list === "string" ? [list] : list;
  if (!Array.isArray(all))
    throw new FluxionError(
      "ARGUMENT",
      `${found(name)} is assumed to be ${found(list)}; write one of ${[...ASSUMPTIONS].join(", ")}, or an array of them.`,
    );
  for (const assumption of all as readonly Assumption[]) {
    if (!ASSUMPTIONS.has(assumption))
      throw new FluxionError(
        "ARGUMENT",
        `${found(name)} is assumed to be ${found(assumption)}; known: ${[...ASSUMPTIONS].join(", ")}.`,
      );
    const dims = (Object.hasOwn(shapes, name) ? shapes[name] : undefined) ?? [];
    if (
      assumption !== "positive" &&
      (dims.length !== 2 || canonicalDimension(dims[0]!) !== canonicalDimension(dims[1]!))
    ) {
      throw new FluxionError(
        "SHAPE_MISMATCH",
        `${found(name)} is assumed to be ${assumption}, so its shape must be square, such as ["n", "n"].`,
      );
    }
  }
  return all as readonly Assumption[];
}

/** Reads a text and gives it shapes. */
export function lowerText(scope: Scope): { readonly tree: NotationNode; readonly value: Value } {
  const tree = parseNotation(scope.source);
  return { tree, value: lower(scope, tree) };
}

/** A syntax tree as a tensor; errors about shapes point into the source. */
export function lower(scope: Scope, tree: NotationNode): Value {
  const value = pointing(scope, tree, () => lowerNode(scope, tree));
  const { node, kind } = value;
  if (tree.kind === "binary" && node.kind === "sum") remember(scope.store, node);
  if (keepsWords(node, tree) && !scope.origins.has(node.id))
    scope.origins.set(node.id, { node, tree, form: kind });
  return value;
}

/** Errors from below, such as a division by 0, with the place in the text that they are about. */
function pointing<T>(scope: Scope, { span }: NotationNode, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof FluxionError) || error.message.includes("\n")) throw error;
    throw failure(scope, error.code, error.message, span);
  }
}

/** Whether the user's order of operands is kept: in scalar products, in sums of arrays, and in det(A*B) and mean(x). */
const keepsWords = (node: TensorNode, tree: NotationNode): boolean => {
  if (node.kind === "sum") return node.dims.length > 0;
  if (node.kind !== "product") return false;
  if (isClosedProduct(node)) return Q.isOne(node.coefficient);
  if (node.dims.length > 0 || tree.kind !== "call") return false;
  const isDeterminant = ({ node: base, power }: Factor): boolean =>
    base.kind === "head" && base.name === "det" && Q.isOne(power);
  return tree.name === "mean" || (tree.name === "det" && node.factors.every(isDeterminant));
};

function lowerNode(scope: Scope, tree: NotationNode): Value {
  const { store } = scope;
  switch (tree.kind) {
    case "number":
      return scalar(number(store, Q.parseRational(tree.text)));
    case "name": {
      const value = lowerName(scope, tree.name);
      if (value.node.dims.length > 2)
        throw failure(
          scope,
          "UNSUPPORTED",
          `${tree.name} has ${value.node.dims.length} axes; matrix notation has scalars, vectors and matrices. Write the formula with indices, as in "[i] ${tree.name}[i,j,k]*A[j,k]".`,
          tree.span,
        );
      return value;
    }
    case "negate": {
      const { kind, node } = lower(scope, tree.operand);
      return { kind, node: elementwise(store, "neg", [node]) };
    }
    case "transpose":
      return applyTranspose(scope, lower(scope, tree.operand));
    case "binary":
      return applyBinary(scope, tree, lower(scope, tree.left), lower(scope, tree.right));
    case "call":
      return applyFunction(scope, tree, tree.operands.map((operand) => lower(scope, operand))); // prettier-ignore
    case "placeholder":
      throw failure(scope, "PARSE", "A text has no placeholders.", tree.span);
  }
}

/** The variable of this name with its declared shape; with more than two axes it stands in index notation only. */
export function lowerName(scope: Scope, name: string): Value {
  const dims = scope.shapes.get(name);
  if (dims === undefined && scope.dimensions.has(name)) return scalar(constant(scope.store, name));
  if (dims === undefined && name === "pi") return scalar(constant(scope.store, "pi"));
  const node = variable(scope.store, name, dims ?? [], scope.assumptions.get(name));
  return { kind: kindOf(node), node };
}
