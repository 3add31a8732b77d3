import { parseNotation } from "@fluxion/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { areEqual } from "../../src/display/equal.ts";
import { toText } from "../../src/display/text.ts";
import { binary, nameTree } from "../../src/display/tree.ts";
import { scalarFormula } from "../support/arbitrary.ts";

const runs = Number(process.env["FLUXION_RUNS"] ?? 500);

describe("trees", () => {
  it("are equal where their texts are", () => {
    const replacements = fc.constantFrom(["x", "y"], ["+", "-"], ["*", "/"], ["sin", "cos"], ["2", "3"]);
    fc.assert(
      fc.property(scalarFormula, replacements, (text, [from, to]) => {
        const [a, b, again] = [text, text.replace(from, to), text].map((source) => parseNotation(source));
        expect(areEqual(a!, again!)).toBe(true);
        expect(areEqual(a!, b!)).toBe(toText(a!) === toText(b!));
      }),
      { numRuns: runs },
    );
  });

  it("with very many operations are equal only if they are one tree", () => {
    const long = (): ReturnType<typeof nameTree> => {
      let tree = nameTree("x");
      // 2^60 operations, in 60 nodes.
      for (let k = 0; k < 60; k++) tree = binary("+", tree, tree);
      return tree;
    };
    const tree = long();
    expect(areEqual(tree, tree)).toBe(true);
    expect(areEqual(tree, long())).toBe(false);
  });
});
