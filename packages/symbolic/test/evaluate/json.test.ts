import { expect, it } from "vitest";
import { derive } from "../../src/index.ts";

it("JSON.stringify writes the formula, its shape and where it holds", () => {
  const derived = derive("norm2(x)", { wrt: "x", shapes: { x: ["n"] } });
  expect(JSON.parse(JSON.stringify({ derived }))).toEqual({
    derived: {
      text: "x'/norm2(x)",
      latex: derived.toLatex(),
      shape: ["n"],
      notation: "matrix",
      conditions: derived.conditions,
      operationCount: derived.operationCount,
    },
  });
});
