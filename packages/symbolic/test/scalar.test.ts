import { describe, expect, it } from "vitest";
import { derive, parse, simplify } from "../src/index.ts";
import { checkCase, type Kind } from "./support/numeric.ts";

const P = { x: "positive", y: "positive" } as const;
const U = { x: "unit", y: "unit" } as const;

/** Text, kinds of the variables, what is printed (if fixed), order. */
const cases: readonly (readonly [
  text: string,
  kinds?: Readonly<Record<string, Kind>>,
  prints?: string | undefined,
  order?: number,
])[] = [
  // Polynomials and quotients.
  ["4*x^3 + x^2 + 3", {}, "12*x^2 + 2*x"],
  ["4*x^3 + x^2 + 3", {}, "24*x + 2", 2],
  ["7", {}, "0"],
  ["x", {}, "1"],
  ["(x + 1)^2", {}, "2*(x + 1)"],
  ["x*y + y^2", {}, "y"],
  ["x/(1 + x^2)", {}, "(1 - x^2)/(x^2 + 1)^2"],
  ["(x^2 + 1)/(x - 5)", {}],
  ["1/x", P, "-1/x^2"],
  ["1/x^3", P, "-3/x^4"],
  ["1/x", P, "2/x^3", 2],
  ["x/y + y/x", P],
  ["((x + y)^3 - y)^2", {}],
  ["0.1*x^2", {}, "x/5"],
  ["1e-3*x", {}, "1/1000"],
  ["x^2*(x + 1)^3", {}],
  // Roots.
  ["sqrt(x)", P, "1/(2*sqrt(x))"],
  ["sqrt(1 + x^2)", {}, "x/sqrt(x^2 + 1)"],
  ["sqrt(x + sqrt(x))", P],
  ["sqrt(x + sqrt(x + sqrt(x)))", P],
  ["x^(3/2)", P, "3*sqrt(x)/2"],
  ["x*sqrt(x)", P, "3*sqrt(x)/2"],
  ["cbrt(x)", P, "1/(3*cbrt(x)^2)"],
  ["sqrt(8)*x", {}, "2*sqrt(2)"],
  ["sqrt(x^2)", {}, "sign(x)"],
  ["1/sqrt(2*pi)*exp(-x^2/2)", {}],
  // Exponentials and logarithms.
  ["exp(x)", {}, "exp(x)"],
  ["x^2*exp(x)", {}, "x*exp(x)*(x + 2)"],
  ["exp(-x^2/2)", {}, "-x*exp(-x^2/2)"],
  ["exp(x)/exp(x)", {}, "0"],
  ["2^x", {}, "log(2)*2^x"],
  ["log(x)", P, "1/x"],
  ["log(x)/x", P, "(1 - log(x))/x^2"],
  ["x*log(x) - x", P, "log(x)"],
  ["log(x^2 + 1)", {}, "2*x/(x^2 + 1)"],
  ["log(log(x + 2))", P],
  ["x^x", P, "x^x*(log(x) + 1)"],
  ["x^y", P],
  ["y^x", P],
  ["x^x^x", P],
  ["x^x", P, undefined, 2],
  ["expm1(x)/x", P],
  ["log1p(x^2)", {}, "2*x/(x^2 + 1)"],
  ["log2(x) + log10(x)", P],
  // Trigonometric and hyperbolic functions.
  ["sin(x)", {}, "cos(x)"],
  ["cos(x)", {}, "-sin(x)"],
  ["sin(x)", {}, "-sin(x)", 2],
  ["sin(x)", {}, "sin(x)", 4],
  ["tan(x)", U, "tan(x)^2 + 1"],
  ["sin(x)*cos(x)", {}],
  ["sin(x)^2 + cos(x)^2", {}, "0"],
  ["sin(x^2 + 1)", {}, "2*x*cos(x^2 + 1)"],
  ["x^2*sin(1/x)", P],
  ["exp(sin(cos(x)))", {}],
  ["asin(x) + acos(x)", U, "0"],
  ["asin(x)", U, "1/sqrt(1 - x^2)"],
  ["atan(x)", {}, "1/(x^2 + 1)"],
  ["atan(1/x)", P, "-1/(x^2 + 1)"],
  ["sinh(x)*cosh(x)", {}],
  ["tanh(x)", {}, "1 - tanh(x)^2"],
  ["tanh(x)", {}, undefined, 3],
  ["asinh(x)", {}, "1/sqrt(x^2 + 1)"],
  ["acosh(x + 2)", P],
  ["atanh(x)", U, "1/(1 - x^2)"],
  // Functions of machine learning and of statistics.
  ["1/(1 + exp(-x))", {}],
  ["sigmoid(x)", {}],
  ["softplus(x)", {}, "sigmoid(x)"],
  ["log(1 + exp(x))", {}, "sigmoid(x)"],
  ["relu(x)", {}, "where(greater(x, 0), 1, 0)"],
  ["relu(x)^2", {}],
  ["erf(x)", {}, "2*exp(-x^2)/sqrt(pi)"],
  ["erfc(x) + erf(x)", {}, "0"],
  ["x*erf(x)", {}],
  ["lgamma(x + 1)", P, "digamma(x + 1)"],
  ["digamma(x)", P, "polygamma(1, x)"],
  ["polygamma(1, x + 1)", P, "polygamma(2, x + 1)"],
  // Pieces.
  ["abs(x)", {}, "sign(x)"],
  ["x*abs(x)", {}, "2*abs(x)"],
  ["abs(x)^3", {}, "3*x*abs(x)"],
  ["abs(x^2 - 4)", {}],
  ["max(x, y)", {}, "where(greater(x, y), 1, 0)"],
  ["min(x^2, x)", { x: "positive" }],
  ["where(greater(x, 0), x^2, -x)", {}, "where(greater(x, 0), 2*x, -1)"],
  ["where(greater(x, 0), sqrt(abs(x)), 0)", {}],
  ["floor(x) + x", {}, "1"],
  ["sign(x)*x", {}, "sign(x)"],
  ["hypot(x, y)", P, "x/hypot(x, y)"],
  ["atan2(y, x)", P, "-y/(x^2 + y^2)"],
  ["atan2(x, y)", P, "y/(x^2 + y^2)"],
  ["square(x) + reciprocal(x)", P],
];

describe("derivatives by x", () => {
  for (const [text, kinds, prints, order] of cases) {
    it(`${text}, order ${order ?? 1}`, () => {
      checkCase({
        text,
        wrt: "x",
        ...(kinds && { kinds }),
        ...(prints !== undefined && { prints }),
        ...(order && { order }),
      });
    });
  }

  it("stopGradient is a constant to the derivative", () => {
    expect(derive("stopGradient(x)*x", { wrt: "x" }).toString()).toBe("stopGradient(x)");
  });
});

describe("mixed partial derivatives", () => {
  it("do not depend on the order", () => {
    for (const text of ["sin(x*y)", "x^y", "exp(x/y)", "log(x + y^2)"]) {
      const [xy, yx] = [["x", "y"], ["y", "x"]].map((wrt) => derive(text, { wrt }).evaluate({ x: 0.7, y: 1.3 }).item()); // prettier-ignore
      expect(xy).toBeCloseTo(yx!, 12);
    }
  });
  it("sin(x*y)", () =>
    expect(derive("sin(x*y)", { wrt: ["x", "y"] }).toString()).toBe("cos(x*y) - x*y*sin(x*y)"));
});

describe("simplification", () => {
  it.each([
    ["x + x", "2*x"],
    ["x - x", "0"],
    ["x*x", "x^2"],
    ["2*3*x", "6*x"],
    ["x/2 + x/3", "5*x/6"],
    ["0.1*x + 0.2*x", "3*x/10"],
    ["sin(x)^2 + cos(x)^2 + x + x", "2*x + 1"],
    ["cosh(x)^2 - sinh(x)^2", "1"],
    ["sqrt(x^2)", "abs(x)"],
    ["sqrt(x)^2", "x"],
    ["x*(x + 1) - x^2", "x"],
    ["(x + 1)*(x - 1)", "x^2 - 1"],
    ["1/x + 1/x^2", "(x + 1)/x^2"],
    ["exp(x)*exp(-x)", "1"],
    ["exp(x)*exp(y)", "exp(x + y)"],
    ["log(exp(x))", "x"],
    ["exp(log(x))", "x"],
    ["2^3", "8"],
    ["2^-2", "1/4"],
    ["8^(1/3)", "2"],
    ["sqrt(12)", "2*sqrt(3)"],
    ["sqrt(1/2)", "sqrt(2)/2"],
    ["x^2*x^-2", "1"],
    ["-(x - 1)", "1 - x"],
    ["(-x)^3", "-x^3"],
    ["(-x)^4", "x^4"],
    ["abs(-2*x)", "2*abs(x)"],
    ["sin(-x)", "-sin(x)"],
    ["cos(y - x) - cos(x - y)", "0"],
    ["abs(x)*sign(x)", "x"],
    ["3 + x^2 + x", "x^2 + x + 3"],
    ["y*x*2", "2*x*y"],
    ["a*x + b*x", "x*(a + b)"],
    ["max(2, 3)*x", "3*x"],
    ["where(greater(2, 1), x, y)", "x"],
    ["0*sin(x)", "0"],
    ["x^0", "1"],
  ])("%s is %s", (text, printed) => expect(simplify(text).toString()).toBe(printed));

  it("says what a shorter form forgets", () => {
    expect(simplify("x/x").conditions).toEqual(["x ~= 0"]);
    expect(simplify("exp(log(x))").conditions).toEqual(["x > 0"]);
    expect(simplify("sqrt(x)^2").conditions).toEqual(["x >= 0"]);
    expect(derive("abs(x)", { wrt: "x" }).conditions).toEqual(["x ~= 0"]);
    expect(derive("log(x)", { wrt: "x" }).conditions).toEqual(["x > 0"]);
    expect(derive("max(x, y)", { wrt: "x" }).conditions).toEqual(["x ~= y"]);
    expect(derive("where(greater(x, y), x, y^2)", { wrt: "x" }).conditions).toEqual(["x ~= y"]);
    expect(derive("x^2", { wrt: "x" }).conditions).toEqual([]);
  });

  it("keeps numbers exact", () => {
    expect(simplify("1/3 + 1e-1").toString()).toBe("13/30");
    expect(simplify("2^200").toString()).toBe(`${2n ** 200n}`);
  });
});

describe("limits and refusals", () => {
  const codeOf = (make: () => unknown): string => {
    try {
      make();
    } catch (error) {
      return (error as { code: string }).code;
    }
    return "nothing thrown";
  };
  it.each([
    ["a root of a negative number", () => simplify("sqrt(-1)"), "DOMAIN"],
    ["division by zero", () => simplify("1/0"), "DOMAIN"],
    ["a number with too many digits", () => parse("1e99999"), "LIMIT"],
    ["a power with too many digits", () => parse("9^9^9"), "LIMIT"],
    ["a name that is no name", () => derive("x", { wrt: "x}" }), "ARGUMENT"],
    ["the order of polygamma", () => derive("polygamma(n, x)", { wrt: "n" }), "UNSUPPORTED"],
    ["no formula", () => derive(undefined as unknown as string, { wrt: "x" }), "ARGUMENT"],
    ["no options", () => derive("x", undefined as unknown as { wrt: "x" }), "ARGUMENT"],
    ["shapes that are no record", () => derive("x", { wrt: "x", shapes: null as never }), "ARGUMENT"],
    ["an unknown layout", () => derive("x", { wrt: "x", layout: "sideways" as never }), "ARGUMENT"],
    ["an unknown style", () => derive("x", { wrt: "x", style: "terse" as never }), "ARGUMENT"],
    ["no variable", () => derive("x", { wrt: [] }), "ARGUMENT"],
    ["a negative order", () => derive("x", { wrt: "x", order: -1 }), "ARGUMENT"],
    ["an unknown function", () => derive("foo(x)", { wrt: "x" }), "UNSUPPORTED"],
    ["a value that is missing", () => parse("x*y").evaluate({ x: 1 }), "ARGUMENT"],
    ["a value of another shape", () => parse("x").evaluate({ x: Float64Array.of(1, 2) }), "SHAPE_MISMATCH"],
    ["wrt the length of an axis", () => derive("sum(x)/n", { wrt: "n", shapes: { x: ["n"] } }), "ARGUMENT"],
  ] as const)("%s", (_, make, code) => expect(codeOf(make)).toBe(code));

  it("a deep radical stays small, because parts are shared", () => {
    const text = Array.from({ length: 12 }).reduce<string>((inner) => `sqrt(x + ${inner})`, "x");
    const second = derive(text, { wrt: "x", order: 2 });
    expect(second.parts.store.nodes.size).toBeLessThan(20_000);
    const h = 1e-4;
    const first = derive(text, { wrt: "x" });
    const slope = (first.evaluate({ x: 2 + h }).item() - first.evaluate({ x: 2 - h }).item()) / (2 * h);
    expect(second.evaluate({ x: 2 }).item()).toBeCloseTo(slope, 6);
  });

  it("a long sum does not overflow the stack", () => {
    const text = Array.from({ length: 700 }, (_, k) => `sin(${k + 1}*x)`).join(" + ");
    expect(derive(text, { wrt: "x" }).evaluate({ x: 0 }).item()).toBe((700 * 701) / 2);
  });
});
