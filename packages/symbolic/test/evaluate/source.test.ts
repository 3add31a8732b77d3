import type { Tensor } from "@fluxion/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { derive, type Expression, parse } from "../../src/index.ts";
import { expectClose, randomNumbers, randomValue, runSource } from "../support/numeric.ts";
import { wideFormula, wideShapes } from "../support/wide.ts";

const runs = Number(process.env["FLUXION_RUNS"] ?? 150);

/** Names that mean something else in TypeScript, in core or in the generated module. */
const hostile = [
  "class", "await", "arguments", "eval", "let", "static", "yield", "new", "this", "undefined", "NaN", "Math", "sin", "matmul", "tensor",
  "asTensor", "einsum", "eye", "values", "v1", "v2", "length_n", "shape", "Tensor", "Numeric", "f", "__proto__", "constructor",
  "toString", "hasOwnProperty", "valueOf", "prototype", "x", "n", "pi", "delta", "sum", "i", "d",
]; // prettier-ignore

const own = (entries: readonly (readonly [string, unknown])[]): Record<string, never> => {
  const record = {};
  for (const [name, value] of entries) Object.defineProperty(record, name, { value, enumerable: true });
  return record;
};

function expectSameValue(expression: Expression, values: Record<string, Tensor>): void {
  const source = expression.toTypeScript("formula");
  const [wanted, found] = [expression.evaluate(values), runSource(source, values)];
  expect(found.shape, source).toEqual(wanted.shape);
  const finite = wanted.data.map((entry, k) => (Number.isFinite(entry) ? found.data[k]! : 0));
  expectClose(finite, wanted.data.map((entry) => (Number.isFinite(entry) ? entry : 0)), 1e-11, source); // prettier-ignore
}

describe("the generated module", () => {
  it("is right whatever variables and axes are called", () => {
    const formulas = [
      ["(X*w)'*(X*w)/n", 2], ["exp(X)*w", 1], ["inv(X'*X + eye(n))*w", 1], ["X + ones(m, n)", 1], ["diag(w)*X'", 1], ["s^2*norm2(w)", 1],
    ] as const; // prettier-ignore
    const names = fc.uniqueArray(fc.constantFrom(...hostile), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(names, fc.constantFrom(...formulas), fc.constantFrom(0, 1), (five, [formula], order) => {
        fc.pre(!five.slice(3).includes("pi"));
        const [X, w, s, m, n] = five as [string, string, string, string, string];
        const renamed: Record<string, string> = { X, w, s, m, n };
        const text = formula.replaceAll(/\b[Xwsmn]\b/g, (name) => renamed[name]!);
        const shapes = own([[X, [m, n]], [w, [n]], [s, []]]); // prettier-ignore
        const expression = derive(text, { wrt: w, order, shapes });
        const random = randomNumbers(formula.length);
        const value = (dims: readonly number[]): Tensor => randomValue(dims, {}, random, "unit");
        expectSameValue(expression, own([[X, value([3, 2])], [w, value([2])], [s, value([])]])); // prettier-ignore
      }),
      { numRuns: runs },
    );
  });

  it("computes what the expression computes, for every function", () => {
    const lengths = { m: 2, n: 3, k: 2 };
    fc.assert(
      fc.property(wideFormula, (text) => {
        let expression: Expression;
        try {
          expression = parse(text, { shapes: wideShapes });
        } catch {
          return;
        }
        const random = randomNumbers(text.length);
        const entries = Object.entries(wideShapes).map(([name, dims]) => [name, randomValue(dims, lengths, random, "positive")]); // prettier-ignore
        let evaluated = true;
        try {
          expression.evaluate(Object.fromEntries(entries));
        } catch {
          evaluated = false;
        }
        if (evaluated) expectSameValue(expression, Object.fromEntries(entries));
      }),
      { numRuns: runs },
    );
  });

  it("names what is shared, once", () => {
    const source = derive("logdet(A'*A + B)*tr(inv(A'*A + B))", {
      wrt: "A",
      shapes: { A: ["n", "n"], B: ["n", "n"] },
    }).toTypeScript();
    expect(source.match(/= inverse\(/g)).toHaveLength(1);
    expect(source.match(/= logdet\(/g)).toHaveLength(1);
    expect(parse("s*s").toFunction()({ s: 3 }).item()).toBe(9);
  });

  it.each(["class", "", "a-b", "a}", "Tensor", "Math", "undefined", "1x", "asTensor", "mul"])(
    "refuses the name %j",
    (name) => {
      expect(() => parse("2*x").toTypeScript(name)).toThrow(/name/);
    },
  );
  it("takes any other", () => expect(parse("2*x").toTypeScript("$loss_2")).toContain("function $loss_2("));
});
