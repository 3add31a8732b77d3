import { describe, expect, it } from "vitest";
import { derive, type Shapes } from "../src/index.ts";
import { balance } from "./support/numeric.ts";

const shapes: Shapes = { X: ["m", "n"], w: ["n"], y: ["m"] };

describe("example 1, by components", () => {
  const { steps } = derive("(x'*w - y)^2", { wrt: "w", shapes: { x: ["n"], w: ["n"], y: [] } });
  it("(1) the formula in components", () => {
    expect(steps[0]).toMatchObject({
      rule: "components",
      before: "(x'*w - y)^2",
      after: "(sum[j](w[j]*x[j]) - y)^2",
    });
  });
  it("(2) one component of the derivative", () => {
    expect(steps[1]).toMatchObject({ before: "dz/dw[i]", after: "2*(x'*w - y)*x[i]" });
    expect(steps[1]!.latex).toBe(
      "\\frac{\\partial z}{\\partial w_{i}} = 2 \\left(\\mathbf{x}^{\\top} \\mathbf{w} - y\\right) x_{i}",
    );
  });
  it("(3) back to vectors", () => {
    expect(steps[2]).toMatchObject({ rule: "back to arrays", after: "2*(x'*w - y)*x'" });
    expect(steps).toHaveLength(3);
  });
});

describe("example 2, by differentials", () => {
  const { steps } = derive("norm2(X*w - y)^2", { wrt: "w", shapes });
  const rules = Object.fromEntries(steps.map((step) => [step.rule, step]));
  it.each([
    ["name the inner part", "norm2(X*w - y)^2", "norm2(a)^2 with a = X*w - y"],
    ["total differential", "dz", "sum[i,j](dz/da[i] * da[i]/dw[j] * dw[j])"],
    ["chain rule", "dz/dw", "dz/da * da/dw"], // (2-2)
    ["component of the outer derivative", "dz/da[i]", "2*a[i]"], // (2-3)
    ["outer derivative", "dz/da", "2*a'"], // (2-4)
    ["component of the inner derivative", "da[i]/dw[j]", "X[i,j]"], // (2-5)
    ["inner derivative", "da/dw", "X"], // (2-6)
    ["multiply", "dz/da * da/dw", "2*a'*X"], // (2-7)
    ["put the inner part back", "2*a'*X", "2*(X*w - y)'*X"],
  ])("%s", (rule, before, after) => expect(rules[rule]).toMatchObject({ before, after }));

  it("(2-3) shows the sum that is differentiated", () => {
    expect(rules["component of the outer derivative"]!.latex).toBe(
      "\\frac{\\partial z}{\\partial a_{i}} = \\frac{\\partial}{\\partial a_{i}} \\left(\\sum_{j} {a_{j}}^{2}\\right) = 2 a_{i}",
    );
  });
});

describe("rule by rule, for scalars", () => {
  it("names the rules that the engine applied", () => {
    const { steps } = derive("x*sin(x^2 + 1)", { wrt: "x" });
    expect(steps.map((step) => step.rule)).toEqual([
      "power rule",
      "sum rule",
      "derivative of sin",
      "product rule",
    ]);
    expect(steps.at(-1)!.after).toBe(derive("x*sin(x^2 + 1)", { wrt: "x" }).toString());
  });
});

describe("every derivation", () => {
  const cases: readonly (readonly [string, string, Shapes])[] = [
    ["norm2(X*w - y)^2", "w", shapes],
    ["sum(log(1 + exp(-y.*(X*w))))", "w", shapes],
    ["X*w - y", "w", shapes],
    ["tr(A*X*B)", "X", { A: ["p", "m"], X: ["m", "n"], B: ["n", "p"] }],
    ["x'*A*x", "x", { A: ["n", "n"], x: ["n"] }],
    ["inv(A)", "A", { A: ["n", "n"] }],
    ["(a'*x)*exp(a'*x)", "a", { a: ["n"], x: ["n"] }],
    ["log(x)/x", "x", {}],
  ];
  it.each(cases)(
    "%s by %s ends in the answer, in balanced LaTeX, and changes nothing",
    (text, wrt, declared) => {
      const plain = derive(text, { wrt, shapes: declared }).toString();
      for (const style of ["components", "differentials"] as const) {
        const derived = derive(text, { wrt, shapes: declared, style });
        const { steps } = derived;
        expect(steps.length).toBeGreaterThan(0);
        for (const step of steps) expect(balance(step.latex), step.latex).toBe(0);
        if (derived.notation === "matrix" && derived.shape.length > 0)
          expect(steps.at(-1)!.after).toBe(plain);
        expect(derived.toString()).toBe(plain);
      }
    },
  );

  it("names of the user's are avoided", () => {
    const { steps } = derive("norm2(z*a - f)^2", { wrt: "a", shapes: { z: ["m", "n"], a: ["n"], f: ["m"] } });
    expect(steps[0]!.after).toBe("norm2(u)^2 with u = z*a - f");
    expect(steps.some((step) => step.before === "dg/da")).toBe(true);
  });
});
