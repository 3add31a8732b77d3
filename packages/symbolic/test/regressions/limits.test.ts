import { FluxionError, tensor } from "@fluxion/core";
import { describe, expect, it } from "vitest";
import { derive, expand, parse, simplify, substitute, type DeriveOptions } from "../../src/index.ts";

const shapes = { x: ["n"], u: ["m"], A: ["n", "n"], B: ["n", "n"], X: ["m", "n"], s: [] } as const;

function errorOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof FluxionError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return "nothing thrown";
}

const tower = (count: number, before: string, middle: string, after: string): string =>
  before.repeat(count) + middle + after.repeat(count);

describe("formulas that grow", () => {
  it.each([
    ["inverses, 6 deep, to order 2", tower(6, "inv(inv(A) + ", "inv(B)", ")"), "A", 2],
    ["determinants, 6 deep, to order 2", tower(6, "det(A + ", "det(A)", "*A)"), "A", 2],
    ["a chain of 33 matrices", tower(32, "A*", "A", ""), "A", 1],
    ["a product of 30 factors", Array.from({ length: 30 }, (_, k) => `(s + ${k + 1})`).join("*"), "s", 1],
    ["squares, 15 deep, to order 2", tower(15, "(", "s", " + 1)^2"), "s", 2],
    ["softmax, 40 deep", tower(40, "softmax(A*", "x", ")"), "A", 1],
    ["determinants of scaled matrices (LaTeX took 2^26 steps)", tower(26, "det(", "A", "*B)*A"), "A", 1],
    ["400 sines", tower(400, "sin(", "s", ")"), "s", 1],
    ["800 matrices (labelling took minutes)", tower(799, "A*", "A", ""), "A", 1],
    ["35 sines, to order 3 (comparing squares took 10 s)", tower(35, "sin(", "s", ")"), "s", 3],
    ["powers of powers", tower(60, "s^", "s", ""), "s", 1],
    ["an entrywise product of 800 (its steps took 25 s)", tower(799, "", "A", ".*A"), "A", 1],
    ["quotients, 200 deep, to order 2 (the view took 40 s)", tower(200, "s/(1 + ", "s", ")"), "s", 2],
    ["products of sums, 60 deep, to order 2", tower(60, "(", "s", " + 1)*s"), "s", 2],
  ] as const)("%s: a result or LIMIT, and soon", (_, text, wrt, order) => {
    const began = process.cpuUsage();
    const outcome = errorOf(() => {
      const derived = derive(text, { wrt, order, shapes });
      const all = [
        errorOf(() => derived.toString()),
        errorOf(() => derived.toLatex()),
        errorOf(() => derived.toKronecker()?.toString()),
        errorOf(() => derived.toDifferential()?.toLatex()),
        errorOf(() => derived.steps),
        errorOf(() => derived.conditions),
      ];
      expect(
        all.every((each) => /^nothing thrown|^LIMIT|^UNSUPPORTED/.test(each)),
        all.join(", "),
      ).toBe(true);
      derived.toTypeScript();
    });
    expect(outcome).toMatch(/^nothing thrown|^LIMIT/);
    expect(process.cpuUsage(began).user / 1e6).toBeLessThan(6);
  });

  it("are cut short in their simplification before they are refused", () => {
    const text = tower(12, "x/(1 + ", "x", ")");
    expect(errorOf(() => derive(text, { wrt: "x", order: 1 }).toString())).toBe("nothing thrown");
  });

  it("are refused when too long to write, and may still be evaluated", () => {
    const deep = derive(tower(12, "sqrt(x + ", "x", ")"), { wrt: "x", order: 3 });
    expect(Number.isFinite(deep.evaluate({ x: 2 }).item())).toBe(true);
  });

  it.each([
    [tower(15, "(1+", "s", ")^s"), 3],
    [tower(30, "sqrt(s + ", "s", ")"), 3],
    [tower(30, "s^(", "s", " + 1)"), 2],
  ] as const)("have no steps when the answer is too long to write (%# took seconds)", (text, order) => {
    const derived = derive(text, { wrt: "s", order, shapes });
    const began = process.cpuUsage();
    expect(errorOf(() => derived.steps)).toMatch(/^LIMIT: /);
    expect(process.cpuUsage(began).user / 1e6).toBeLessThan(1.5);
  });

  it("may be nested as deep as the parser allows", () => {
    expect(errorOf(() => parse(tower(5000, "(", "x", ")")))).toMatch(/^PARSE: .*nested more than 800 deep/);
    expect(errorOf(() => simplify(tower(350, "-(", "x", ")")).toLatex())).toBe("nothing thrown");
  });

  it("of numbers too long to be exact are LIMIT (a product of long powers took minutes)", () => {
    const long = Array.from({ length: 100 }, () => "7^2000").join("*");
    expect(errorOf(() => parse(long))).toMatch(/^LIMIT: /);
    expect(errorOf(() => parse("7^1e400"))).toMatch(/^LIMIT: /);
    expect(errorOf(() => parse("1e99999999999"))).toMatch(/^LIMIT: /);
  });
});

describe("what random formulas found", () => {
  it("a sum with an identity matrix in every term is not divided by it ((u + s).^3 by u was DOMAIN)", () => {
    const cube = derive("(u + s).^3", { wrt: "u", shapes });
    const value = cube.evaluate({ u: tensor([1, 2]), s: 1 });
    expect(value.toArray()).toEqual([[12, 0], [0, 27]]); // prettier-ignore
    expect(errorOf(() => derive("A*log(x) - diag(A')", { wrt: "x", shapes }))).toBe("nothing thrown");
  });

  it("a choice between scalars spreads over an array (the derivative of A + where(…) by s was a scalar)", () => {
    const derived = derive("A + where(greater(s, 2), s^2, s)", { wrt: "s", shapes });
    const at = (s: number): unknown => derived.evaluate({ A: tensor([[1, 2], [3, 4]]), s }).toArray(); // prettier-ignore
    expect([at(3), at(1)]).toEqual([[[6, 6], [6, 6]], [[1, 1], [1, 1]]]); // prettier-ignore
    const capped = derive("A + where(greater(s, 2), s^2, 3)", { wrt: "s", shapes });
    expect(capped.evaluate({ A: tensor([[1]]), s: 1 }).toArray()).toEqual([[0]]);
  });

  it("polygamma of an array in index notation has one number as its order (evaluation threw)", () => {
    const derived = derive("digamma(X)", { wrt: "X", shapes });
    const value = derived.evaluate({ X: tensor([[1, 2]]) });
    expect(value.data[0]).toBeCloseTo(Math.PI ** 2 / 6, 12);
    expect(value.data[3]).toBeCloseTo(Math.PI ** 2 / 6 - 1, 12);
    expect(derived.toTypeScript()).toMatch(/polygamma\(1, /);
  });

  it("indices have names when all usual letters are taken (they were called undefined)", () => {
    const text = derive(tower(24, "A*", "A", ""), { wrt: "A", shapes }).toString();
    expect(text).not.toContain("undefined");
    expect(text).not.toContain("NaN");
  });
});

describe("arguments that are nothing of the kind", () => {
  const odd = [null, 3, 1n, Symbol("odd"), [], () => 1, new Map([["x", ["n"]]]), [[]], { x: { y: 1 } }, new Date(0)]; // prettier-ignore
  const cyclic: Record<string, unknown> = {};
  cyclic["x"] = cyclic;

  it.each([...odd, cyclic].map((value) => [value]))("%o is refused in words", (value) => {
    const options = (part: object): DeriveOptions => ({ wrt: "x", ...part });
    for (const run of [
      () => parse(value as never),
      () => derive("x", options({ layout: value })),
      () => derive("x", options({ style: value })),
      () => derive("x", options({ shapes: { x: value } })),
      () => derive("x", options({ shapes: { x: [typeof value === "number" ? -value : value] } })),
      () => derive("x", options({ assume: { x: [value] } })),
    ])
      if (!(Array.isArray(value) && value.length === 0)) expect(errorOf(run)).toMatch(/^ARGUMENT: /);
    for (const run of [
      () => derive("x", value as never),
      () => derive("x", options({ wrt: value })),
      () => derive("x", options({ order: value })),
      () => parse("x", value as never),
      () => derive("x", options({ shapes: value })),
      () => derive("x", options({ assume: value })),
      () => derive("x", options({ assume: { x: value } })),
      () => substitute("x", value as never),
      () => substitute("x", { x: value } as never),
      () => expand("x", value as never),
      () => parse("x").evaluate(value as never),
      () => parse("x").evaluate({ x: value } as never),
    ])
      expect(errorOf(run)).toMatch(/^(ARGUMENT|nothing thrown|SHAPE_MISMATCH|TREE)/);
  });

  it("a Map of shapes is no object of shapes (it counted as none)", () => {
    expect(errorOf(() => parse("x", { shapes: new Map([["x", ["n"]]]) as never }))).toMatch(/^ARGUMENT: /);
  });
});
