import { FluxionError } from "@fluxion/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { printFormula } from "../src/index-notation/print.ts";
import { textStyle } from "../src/index-notation/style.ts";
import { derive, type Expression, parse, simplify } from "../src/index.ts";
import { expectEqual, expectReadsBack } from "./support/numeric.ts";
import { wideFormula, wideShapes } from "./support/wide.ts";

const runs = Number(process.env["FLUXION_RUNS"] ?? 150);
const shapes = wideShapes;

/** The expression, or undefined where there is none: a division by an exact 0, or too large. */
function attempt(make: () => Expression): Expression | undefined {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof FluxionError)) throw error;
    expect(["DOMAIN", "LIMIT", "UNSUPPORTED"], error.message).toContain(error.code);
    return undefined;
  }
}

function expectReadsBackFromIndices(parsed: Expression): void {
  const { node, reader } = parsed.parts;
  expectEqual(parsed, parse(printFormula(textStyle, reader, node, Object.keys(shapes)), { shapes }));
}

describe("matrix notation", () => {
  it("is read as what was printed, with its conditions", () => {
    fc.assert(
      fc.property(wideFormula, (text) => {
        const simple = attempt(() => simplify(text, { shapes }));
        if (simple !== undefined) expectReadsBack(simple);
      }),
      { numRuns: runs },
    );
  });

  it("is read as what was printed where powers of a comparison are equal to it", () => {
    expectReadsBack(simplify("4/lessEqual(2, pi)^2 + lessEqual(x, 0)'*(lessEqual(x, 0).^(1/2))", { shapes }));
  });

  it("is read as what was printed for derivatives too, whichever notation they need", () => {
    fc.assert(
      fc.property(wideFormula, fc.constantFrom("x", "A", "X", "s", "u"), (text, wrt) => {
        const derived = attempt(() => derive(text, { wrt, shapes }));
        if (derived !== undefined) expectReadsBack(derived);
      }),
      { numRuns: runs },
    );
  });
});

describe("index notation", () => {
  it("is read as what was printed, whatever the formula", () => {
    fc.assert(
      fc.property(wideFormula, (text) => {
        const parsed = attempt(() => parse(text, { shapes }));
        if (parsed === undefined) return;
        expectReadsBackFromIndices(parsed);
      }),
      { numRuns: runs },
    );
  });

  it.each([
    "X*(B ./ A).^(1/2)",
    "X*((A*B).^(1/2))'",
    "sum(X*(B ./ A').^(-1/2))",
    "A*(A ./ (X'*X))",
    "X'*sin(ones(m, n) - X)",
  ])("is read as what was printed where an array stands crosswise: %s", (text) => {
    expectReadsBackFromIndices(parse(text, { shapes }));
  });

  it("is read as what was printed where a sum of three axes has a factor (it hung)", () => {
    expectReadsBackFromIndices(parse("[k] sum[j,l](x[l]/3 + softmax(x)[j] - x[k])", { shapes }));
  });

  it("is read as what was printed where axes of a factor look alike", () => {
    expectReadsBack(derive("inv(A^2 - A)", { wrt: "A", shapes }));
  });

  it("is read as what was printed where axes of a factor look alike", () => {
    expectReadsBack(derive("inv(A^2 - A)", { wrt: "A", shapes }));
  });

  it("is read as what was printed where a root of a number is an array", () => {
    const text = "A*(2*ones(n)).^(1/2)";
    expectReadsBackFromIndices(parse(text, { shapes }));
  });
});
