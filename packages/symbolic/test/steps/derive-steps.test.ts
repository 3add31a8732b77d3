import { describe, expect, it } from "vitest";
import { derive, type Shapes } from "../../src/index.ts";
import { balance } from "../support/numeric.ts";

const shapes: Shapes = { X: ["m", "n"], w: ["n"], y: ["m"] };

describe("example 1, by components", () => {
  const { steps } = derive("(x'*w - y)^2", { wrt: "w", shapes: { x: ["n"], w: ["n"], y: [] } });
  it("(1) the formula in components", () => {
    expect(steps[0]).toMatchObject({
      rule: "write it in components",
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
    ["one component of the outer derivative: differential of a sum of squares", "dz/da[i]", "2*a[i]"], // (2-3)
    ["outer derivative", "dz/da", "2*a'"], // (2-4)
    ["one component of the inner derivative: linearity", "da[i]/dw[j]", "X[i,j]"], // (2-5)
    ["inner derivative", "da/dw", "X"], // (2-6)
    ["multiply", "dz/da * da/dw", "2*a'*X"], // (2-7)
    ["put the inner part back", "2*a'*X", "2*(X*w - y)'*X"],
  ])("%s", (rule, before, after) => expect(rules[rule]).toMatchObject({ before, after }));

  it("(2-3) shows the sum that is differentiated", () => {
    expect(rules["one component of the outer derivative: differential of a sum of squares"]!.latex).toBe(
      "\\frac{\\partial z}{\\partial a_{i}} = \\frac{\\partial}{\\partial a_{i}} \\left(\\sum_{j} {a_{j}}^{2}\\right) = 2 a_{i}",
    );
  });
});

describe("rule by rule, for scalars", () => {
  it("names the rules that the engine applied", () => {
    const { steps } = derive("x*sin(x^2 + 1)", { wrt: "x" });
    expect(steps.map(({ rule, before, after }) => [rule, before, after])).toEqual([
      ["power rule", "d(x^2)/dx", "2*x"],
      ["derivative of sin, chain rule", "d(sin(x^2 + 1))/dx", "2*x*cos(x^2 + 1)"],
      ["product rule", "d(x*sin(x^2 + 1))/dx", "2*x^2*cos(x^2 + 1) + sin(x^2 + 1)"],
    ]);
    expect(steps.at(-1)!.after).toBe(derive("x*sin(x^2 + 1)", { wrt: "x" }).toString());
  });
});

describe("with differentials, for whatever is not a scalar of one vector", () => {
  const lines = (text: string, wrt: string, declared: Shapes): readonly (readonly string[])[] =>
    derive(text, { wrt, shapes: declared, style: "differentials" }).steps.map(({ rule, before, after }) => [
      rule,
      before,
      after,
    ]);

  it("a linear trace", () => {
    const declared: Shapes = { A: ["p", "m"], X: ["m", "n"], B: ["n", "p"] };
    expect(lines("tr(A*X*B)", "X", declared)).toEqual([
      ["linearity", "d(tr(A*X*B))", "tr(A*dX*B)"],
      ["write it as a trace", "tr(A*dX*B)", "tr(B*A*dX)"],
      ["read off the derivative", "dz/dX", "(B*A)'"],
    ]);
  });

  it("a factor model, with a name for the residual", () => {
    const declared: Shapes = { A: ["m", "n"], U: ["m", "k"], V: ["n", "k"] };
    expect(lines("norm2(A - U*V')^2", "U", declared)).toEqual([
      ["name the inner part", "norm2(A - U*V')^2", "norm2(M)^2 with M = A - U*V'"],
      ["differential of a sum of squares", "d(norm2(M)^2)", "2*sum(M.*dM)"],
      ["linearity", "d(A - U*V')", "-dU*V'"],
      ["substitute", "2*sum(M.*dM)", "-tr(2*(M*V)'*dU)"],
      ["read off the derivative", "dz/dU", "-2*M*V"],
      ["put the inner part back", "-2*M*V", "2*(U*V' - A)*V"],
    ]);
  });

  it("an inverse in a quadratic form", () => {
    expect(lines("a'*inv(X)*b", "X", { X: ["n", "n"], a: ["n"], b: ["n"] })).toEqual([
      ["differential of the inverse", "d(a'*inv(X)*b)", "-a'*inv(X)*dX*inv(X)*b"],
      ["write it as a trace", "-a'*inv(X)*dX*inv(X)*b", "-tr(inv(X)*b*a'*inv(X)*dX)"],
      ["read off the derivative", "dz/dX", "-inv(X)'*a*b'*inv(X)'"],
    ]);
  });

  it("a quadratic form: the product rule, then what is the same is collected", () => {
    expect(lines("x'*A*x", "x", { x: ["n"], A: ["n", "n"] })).toEqual([
      ["product rule", "d(x'*A*x)", "dx'*A*x + x'*A*dx"],
      ["collect the terms", "dx'*A*x + x'*A*dx", "x'*(A + A')*dx"],
      ["read off the derivative", "dz/dx", "x'*(A + A')"],
    ]);
  });

  it("a composition of scalars", () => {
    expect(lines("sin(x^2)*exp(x)", "x", {})).toEqual([
      ["name the inner part", "sin(x^2)*exp(x)", "sin(u)*exp(x) with u = x^2"],
      [
        "product rule, derivative of the exponential function, derivative of sin",
        "d(sin(u)*exp(x))",
        "exp(x)*sin(u)*dx + cos(u)*exp(x)*du",
      ],
      ["power rule", "d(x^2)", "2*x*dx"],
      ["substitute", "exp(x)*sin(u)*dx + cos(u)*exp(x)*du", "exp(x)*(2*x*cos(u) + sin(u))*dx"],
      ["read off the derivative", "dz/dx", "exp(x)*(2*x*cos(u) + sin(u))"],
      ["put the inner part back", "exp(x)*(2*x*cos(u) + sin(u))", "exp(x)*(2*x*cos(x^2) + sin(x^2))"],
    ]);
  });

  it("differentials stay apart from the user's names, in text and in LaTeX", () => {
    const declared: Shapes = { X: ["n", "n"], dX: ["n", "n"] };
    const { steps } = derive("tr(dX*X*X)", { wrt: "X", shapes: declared, style: "differentials" });
    expect(steps[0]!.after).toBe("tr(dX*dX_*X) + tr(dX*X*dX_)");
    expect(steps[0]!.latex).toContain("\\mathbf{dX} \\,\\mathrm{d}\\mathbf{X}");
    const scalar = derive("sin(u*du)*v", { wrt: "u", style: "differentials" }).steps;
    expect(scalar[0]!.after).toBe("sin(s)*v with s = u*du");
  });

  it("a transposed layout is read off as it is written", () => {
    const options = { wrt: "X", shapes: { A: ["n", "m"], X: ["m", "n"] }, style: "differentials" } as const;
    expect(derive("tr(A*X)", { ...options, layout: "numerator" }).steps.at(-1)!.after).toBe("A");
    expect(derive("tr(A*X)", options).steps.at(-1)!.after).toBe("A'");
  });

  it("what does not contain the variable needs one line", () => {
    expect(lines("a'*a", "x", { a: ["n"], x: ["n"] })).toEqual([
      ["a constant does not change", "d(a'*a)/dx", "zeros(n)'"],
    ]);
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
        expect(steps.at(-1)!.after).toBe(plain);
        expect(derived.toString()).toBe(plain);
      }
    },
  );

  it("an inner part that the variable falls out of has no differential (TypeError)", () => {
    const text = "atan2(atan2(max(y, x), where(greater(x, 0), y, y)^2 + 1/2), log1p(x)^2 + 2)";
    const { steps } = derive(text, { wrt: ["x", "w"], style: "differentials" });
    expect(steps.at(-1)!.after).toBe("0");
  });

  it("names of the user's are avoided", () => {
    const { steps } = derive("norm2(z*a - f)^2", { wrt: "a", shapes: { z: ["m", "n"], a: ["n"], f: ["m"] } });
    expect(steps[0]!.after).toBe("norm2(u)^2 with u = z*a - f");
    expect(steps.some((step) => step.before === "dg/da")).toBe(true);
  });
});
