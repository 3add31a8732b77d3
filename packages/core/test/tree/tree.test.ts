import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  flatten,
  isTensor,
  type Numeric,
  sameStructure,
  tensor,
  type Tree,
  unflatten,
} from "../../src/index.ts";
import { flattenAs } from "../../src/tree/tree.ts";
import { codeOf, messageOf } from "../support/code-of.ts";

const leaf: fc.Arbitrary<Numeric> = fc.oneof(
  fc.integer(),
  fc.constant(tensor([1, 2])),
  fc.constant(Float64Array.of(3)),
);
const { tree: anyTree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.array(tie("tree"), { maxLength: 3 }),
    fc.dictionary(
      fc.string({ maxLength: 4 }).filter((key) => key !== "__proto__"),
      tie("tree"),
      { maxKeys: 3, noNullPrototype: false },
    ),
  ),
}));

function leavesOf(tree: unknown): Numeric[] {
  const leaves: Numeric[] = [];
  flatten("test", tree, leaves);
  return leaves;
}

describe("flatten and unflatten", () => {
  it("take a tree apart and put it together again", () => {
    fc.assert(
      fc.property(anyTree, (tree) => {
        const leaves: Numeric[] = [];
        const structure = flatten("test", tree, leaves);
        const again = unflatten(structure, leaves);
        expect(again).toEqual(tree);
        const leavesAgain: Numeric[] = [];
        expect(sameStructure(flatten("test", again, leavesAgain), structure)).toBe(true);
        expect(leavesAgain.every((x, i) => Object.is(x, leaves[i]))).toBe(true);
      }),
    );
  });

  it("keep the order of arrays and keys, and odd keys too", () => {
    const tree = { b: 1, a: [2, { "": 3, constructor: 4, toString: 5 }], hasOwnProperty: 6 };
    expect(leavesOf(tree)).toEqual([1, 2, 3, 4, 5, 6]);
    const leaves: Numeric[] = [];
    expect(unflatten(flatten("test", tree, leaves), leaves)).toEqual(tree);
  });

  it("take objects without a prototype", () => {
    expect(leavesOf(Object.assign(Object.create(null) as object, { a: 1 }))).toEqual([1]);
  });

  it("treat a tensor as a leaf, never as an object", () => {
    expect(leavesOf([tensor([1, 2, 3])]).map(isTensor)).toEqual([true]);
  });
});

class Model {
  readonly w = 1;
}

describe("what is no tree", () => {
  const cyclic: Record<string, unknown> = { x: 1 };
  cyclic["self"] = cyclic;
  const cyclicArray: unknown[] = [];
  cyclicArray.push(cyclicArray);
  const bushy: Record<string, unknown> = {};
  Object.assign(bushy, { a: bushy, b: bushy, c: [bushy, bushy] });

  it.each<readonly [string, unknown, string]>([
    ["an object that contains itself", cyclic, "contains itself"],
    ["an array that contains itself", cyclicArray, "contains itself"],
    ["an object that contains itself often", bushy, "contains itself"],
    ["a class instance", new Model(), "Model"],
    ["a Map", new Map(), "Map"],
    ["a Date", new Date(0), "Date"],
    [
      "an object whose class has no name",
      Object.create(Object.create(null) as object),
      "class without a name",
    ],
    ["a Float32Array", new Float32Array(2), "Float32Array"],
    ["null", null, "null"],
    ["undefined", [undefined], "undefined"],
    ["a string", { a: "text" }, "text"],
    ["a function", [() => 1], "function"],
    ["a symbol", [Symbol("s")], "symbol"],
    ["a bigint", 1n, "bigint"],
    ["a sparse array", [1, , 2], "hole at index 1"], // oxlint-disable-line no-sparse-arrays
    ["a symbol for a key", { a: 1, [Symbol("hidden")]: 2 }, "symbols"],
    [
      "a key that isn't enumerable",
      Object.defineProperty({ a: 1 }, "b", { value: 2, enumerable: false }),
      "enumerable",
    ],
    ["a __proto__ key", JSON.parse('{"__proto__": 1}'), "__proto__"],
  ])("is refused: %s", (_, tree, mentioned) => {
    expect(codeOf(() => leavesOf(tree))).toBe("TREE");
    expect(messageOf(() => leavesOf(tree))).toContain(mentioned);
  });

  it("is a promise: ASYNC, and its rejection isn't left unhandled", async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => void unhandled.push(reason);
    process.on("unhandledRejection", note);
    expect(codeOf(() => leavesOf(Promise.reject(new Error("later"))))).toBe("ASYNC");
    expect(codeOf(() => leavesOf({ a: [Promise.resolve(1)] }))).toBe("ASYNC");
    await new Promise((resolve) => setTimeout(resolve, 5));
    process.off("unhandledRejection", note);
    expect(unhandled).toEqual([]);
  });

  it("never pollutes a prototype", () => {
    codeOf(() => leavesOf(JSON.parse('{"__proto__": {"polluted": 1}}')));
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

describe("flattenAs", () => {
  const leaves: Numeric[] = [];
  const structure = flatten("test", { W: 1, b: [2, { x: 3, y: 4 }] }, leaves);

  it("takes keys in any order", () => {
    expect(flattenAs("test", structure, { b: [20, { y: 40, x: 30 }], W: 10 })).toEqual([10, 20, 30, 40]);
  });

  it.each<readonly [string, unknown]>([
    ["a missing key", { W: 1 }],
    ["a key too many", { W: 1, b: [2, { x: 3, y: 4 }], c: 5 }],
    ["another key", { W: 1, c: [2, { x: 3, y: 4 }] }],
    ["a longer array", { W: 1, b: [2, { x: 3, y: 4 }, 5] }],
    ["a leaf for a tree", 1],
    ["a tree for a leaf", { W: [1], b: [2, { x: 3, y: 4 }] }],
    ["an array for an object", [1, [2, { x: 3, y: 4 }]]],
  ])("refuses %s and shows both structures", (_, tree) => {
    expect(codeOf(() => flattenAs("test", structure, tree))).toBe("TREE");
    expect(messageOf(() => flattenAs("test", structure, tree))).toContain("{ W: ·, b: [·, { x: ·, y: · }] }");
  });
});
