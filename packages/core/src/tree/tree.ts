import { FluxionError } from "../errors.ts";
import { isNumeric, type Numeric } from "../tensor/numeric.ts";
import { checkVersion } from "../tensor/tensor.ts";

/** Tensors in nested arrays and plain objects: `{ W, b }`, `[A, x]`, or a single leaf. */
export type Tree<Leaf = Numeric> = Leaf | readonly Tree<Leaf>[] | { readonly [key: string]: Tree<Leaf> };

/** A tree without its leaves. */
export type TreeStructure =
  | { readonly kind: "leaf" }
  | { readonly kind: "array"; readonly children: readonly TreeStructure[] }
  | {
      readonly kind: "object";
      readonly keys: readonly string[];
      readonly children: readonly TreeStructure[];
    };

export const LEAF: TreeStructure = { kind: "leaf" };

/** Deeper trees are taken for cyclic ones. */
const DEEPEST = 200;

/** Leaves, arrays and objects of one tree; a part that occurs in several places counts in each. */
const MOST_PARTS = 1_000_000;

/** The leaves of a tree in order, pushed onto `leaves`, and its structure. Throws `TREE`, `ASYNC`, `LIMIT`. */
export function flatten(asked: string, tree: unknown, leaves: Numeric[]): TreeStructure {
  if (isNumeric(tree)) {
    leaves.push(tree);
    return LEAF;
  }
  return flattenPart(asked, tree, { leaves, parts: 0 }, 0);
}

interface Flattened {
  readonly leaves: Numeric[];
  parts: number;
}

function flattenPart(asked: string, tree: unknown, flattened: Flattened, depth: number): TreeStructure {
  if (++flattened.parts > MOST_PARTS)
    throw new FluxionError(
      "LIMIT",
      `${asked}: the tree has more than ${MOST_PARTS} parts (one that occurs in several places counts in each). Join numbers to tensors.`,
    );
  if (isNumeric(tree)) {
    flattened.leaves.push(tree);
    return LEAF;
  }
  if (depth > DEEPEST)
    throw new FluxionError(
      "TREE",
      `${asked}: the tree is more than ${DEEPEST} levels deep; it probably contains itself. Pass a finite tree.`,
    );
  if (Array.isArray(tree)) return flattenArray(asked, tree, flattened, depth);
  if (isPlainObject(tree)) return flattenObject(asked, tree, flattened, depth);
  checkVersion(tree);
  throw notATree(asked, tree);
}

function flattenArray(
  asked: string,
  tree: readonly unknown[],
  flattened: Flattened,
  depth: number,
): TreeStructure {
  const children: TreeStructure[] = [];
  for (let i = 0; i < tree.length; i++) {
    if (!(i in tree))
      throw new FluxionError(
        "TREE",
        `${asked}: the array has a hole at index ${i} (of ${tree.length}). Fill every place, or make it shorter.`,
      );
    children.push(flattenPart(asked, tree[i], flattened, depth + 1));
  }
  return { kind: "array", children };
}

function flattenObject(
  asked: string,
  tree: { readonly [key: string]: unknown },
  flattened: Flattened,
  depth: number,
): TreeStructure {
  const keys = Object.keys(tree);
  if (keys.includes("__proto__"))
    throw new FluxionError(
      "TREE",
      `${asked}: an object has the key "__proto__", which would change the prototype of the result. Use another key.`,
    );
  if (Reflect.ownKeys(tree).length > keys.length)
    throw new FluxionError(
      "TREE",
      `${asked}: an object has keys that are symbols or not enumerable, which would get lost. Use plain keys, or leave such objects out of the tree.`,
    );
  return {
    kind: "object",
    keys,
    children: keys.map((key) => flattenPart(asked, tree[key], flattened, depth + 1)),
  };
}

/** The tree of this structure with these leaves in order. */
export function unflatten<Leaf>(structure: TreeStructure, leaves: readonly Leaf[]): Tree<Leaf> {
  let position = 0;
  const build = (part: TreeStructure): Tree<Leaf> => {
    switch (part.kind) {
      case "leaf":
        return leaves[position++]!;
      case "array":
        return part.children.map(build);
      case "object":
        return Object.fromEntries(part.keys.map((key, i) => [key, build(part.children[i]!)]));
    }
  };
  return build(structure);
}

/** Flattens a tree that must have a known structure; keys may come in another order. Throws `TREE` and shows both. */
export function flattenAs(asked: string, structure: TreeStructure, tree: unknown): Numeric[] {
  const leaves: Numeric[] = [];
  const found = flatten(asked, inOrderOf(structure, tree), leaves);
  if (!sameStructure(structure, found))
    throw new FluxionError(
      "TREE",
      `${asked}: expected a tree like ${formatStructure(structure)}, found ${formatStructure(found)}. Give it the same keys and lengths.`,
    );
  return leaves;
}

/** The tree with the keys of its objects in the structure's order; what doesn't fit the structure stays as it is. */
function inOrderOf(structure: TreeStructure, tree: unknown): unknown {
  if (structure.kind === "array" && Array.isArray(tree) && tree.length === structure.children.length)
    return structure.children.map((child, i) => inOrderOf(child, tree[i]));
  if (structure.kind === "object" && isPlainObject(tree) && sameKeys(structure.keys, Object.keys(tree)))
    return Object.fromEntries(
      structure.keys.map((key, i) => [key, inOrderOf(structure.children[i]!, tree[key])]),
    );
  return tree;
}

function sameKeys(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((key) => b.includes(key));
}

export function sameStructure(a: TreeStructure, b: TreeStructure): boolean {
  if (a.kind === "leaf" || b.kind === "leaf") return a.kind === b.kind;
  if (a.kind === "object" && (b.kind !== "object" || a.keys.some((key, i) => key !== b.keys[i])))
    return false;
  return (
    a.kind === b.kind &&
    a.children.length === b.children.length &&
    a.children.every((child, i) => sameStructure(child, b.children[i]!))
  );
}

/** A structure as it is printed in messages: `{ W: ·, b: · }`. */
export function formatStructure(structure: TreeStructure): string {
  switch (structure.kind) {
    case "leaf":
      return "·";
    case "array":
      return `[${structure.children.map(formatStructure).join(", ")}]`;
    case "object":
      return `{ ${structure.keys.map((key, i) => `${key}: ${formatStructure(structure.children[i]!)}`).join(", ")} }`;
  }
}

export function isPlainObject(x: unknown): x is { readonly [key: string]: unknown } {
  if (typeof x !== "object" || x === null) return false;
  const prototype: unknown = Object.getPrototypeOf(x);
  return prototype === null || prototype === Object.prototype;
}

function notATree(asked: string, found: unknown): FluxionError {
  if (isThenable(found)) {
    // It will reject when it uses its traced arguments later; this error has said so already.
    found.then(undefined, () => undefined);
    return new FluxionError(
      "ASYNC",
      `${asked}: f returned a promise. Operators are synchronous; await the data before, and pass it as an argument.`,
    );
  }
  const what =
    found === null || found === undefined
      ? String(found)
      : ArrayBuffer.isView(found)
        ? `a ${found.constructor.name} (use Float64Array.from(…))`
        : typeof found === "object"
          ? `an instance of ${classNameOf(found)}`
          : `${typeof found} ${JSON.stringify(String(found).slice(0, 40))}`;
  return new FluxionError(
    "TREE",
    `${asked}: expected numbers, tensors or Float64Arrays in nested arrays and plain objects, found ${what}.`,
  );
}

function isThenable(x: unknown): x is PromiseLike<unknown> {
  return typeof x === "object" && x !== null && typeof (x as { then?: unknown }).then === "function";
}

function classNameOf(x: object): string {
  return typeof x.constructor === "function" ? x.constructor.name : "a class without a name";
}
