import { parseNotation, type NotationNode } from "@fluxion/core";
import { expect, it } from "vitest";
import { childrenOf, cost, operationCount } from "../../src/display/cost.ts";
import { toText } from "../../src/display/text.ts";
import { derive } from "../../src/index.ts";
import { read } from "../../src/readback/reader.ts";
import { matrixCases } from "../support/matrix-cases/all.ts";

const partsOf = (tree: NotationNode): readonly NotationNode[] => [tree, ...childrenOf(tree).flatMap(partsOf)];

/** Some of the matrix suite, from everywhere in it. */
const cases = matrixCases.flatMap(({ shapes, rows }) =>
  rows
    .filter((_, k) => k % 6 === 0)
    .map(([text, wrt, , { order = 1, assume = {}, shapes: own = {} } = {}]) => ({
      text,
      options: { wrt, shapes: { ...shapes, ...own }, assume, ...(typeof wrt === "string" && { order }) },
    })),
);

it("every part of a formula knows what is counted in its text", () => {
  let known = 0;
  for (const { text, options } of cases) {
    const { reader, node, form } = derive(text, options).parts;
    const tree = read(reader, node, form);
    if (tree === undefined) continue;
    // What the parser makes does not know what it costs, so that it is counted.
    const counted = partsOf(parseNotation(toText(tree)));
    const parts = partsOf(tree);
    known += parts.filter((part) => "cost" in part).length;
    const wrong = parts.filter(
      (part, k) =>
        operationCount(part) !== operationCount(counted[k]!) ||
        Math.abs(cost(part) - cost(counted[k]!)) > 1e-9,
    );
    expect(wrong.map(toText)).toEqual([]);
  }
  expect(known).toBeGreaterThan(500);
});
