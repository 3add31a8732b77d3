import {
  acos, acosh, add, asin, asinh, atan, atan2, atanh, cbrt, cos, cosh, div, exp, expm1, hypot, log, log10, log1p, log2, mul,
  neg, type Numeric, pow, reciprocal, sigmoid, sin, sinh, softplus, sqrt, square, strongMul, sub, tan, tanh, type Tensor,
} from "@fluxion/core"; // prettier-ignore
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { conjugate, expectSame, onComplex, one } from "../support/complex.ts";
import { runs } from "../support/runs.ts";

type Unary = (z: Tensor) => Numeric;

const size: fc.Arbitrary<number> = fc.double({ min: 1e-3, max: 2, noNaN: true });
const part: fc.Arbitrary<number> = fc
  .tuple(size, fc.boolean())
  .map(([x, isNegative]) => (isNegative ? -x : x));
/** Off both axes, on which the cuts lie. */
const plane = fc.tuple(part, part).map(([re, im]) => one(re, im));
/** Right of the imaginary axis, away from 0. */
const right = fc.tuple(fc.double({ min: 0.05, max: 3, noNaN: true }), part).map(([re, im]) => one(re, im));

function expectEqual(left: Unary, same: Unary, numbers = plane, tolerance = 1e-13): void {
  fc.assert(
    fc.property(numbers, (z) => {
      const [found, expected] = [onComplex(left, z), onComplex(same, z)];
      const size = Math.hypot(expected.re[0]!, expected.im[0]!);
      fc.pre(size < 1e6);
      expectSame(found, expected, tolerance, 0.1);
    }),
    { numRuns: runs(30) },
  );
}

describe("identities in the plane", () => {
  const i = Math.PI / 2;
  test.each<[string, Unary, Unary, fc.Arbitrary<ReturnType<typeof one>>?]>([
    ["exp(log z) = z", (z) => exp(log(z)), (z) => z],
    ["log(exp z) = z", (z) => log(exp(z)), (z) => z],
    ["exp z = 1 + expm1 z", exp, (z) => add(1, expm1(z))],
    ["log(1 + z) = log1p z", (z) => log(add(1, z)), log1p, right],
    ["2^(log2 z) = z", (z) => exp(mul(Math.LN2, log2(z))), (z) => z],
    ["10^(log10 z) = z", (z) => exp(mul(Math.LN10, log10(z))), (z) => z],
    ["sin² + cos² = 1", (z) => add(square(sin(z)), square(cos(z))), () => 1],
    ["sin 2z", (z) => sin(mul(2, z)), (z) => mul(2, mul(sin(z), cos(z)))],
    ["cos z = sin(z + π/2)", cos, (z) => sin(add(z, i))],
    ["tan = sin/cos", tan, (z) => div(sin(z), cos(z))],
    ["cosh² = 1 + sinh²", (z) => square(cosh(z)), (z) => add(1, square(sinh(z)))],
    ["exp = cosh + sinh", exp, (z) => add(cosh(z), sinh(z))],
    ["tanh = sinh/cosh", tanh, (z) => div(sinh(z), cosh(z))],
    ["sin(asin z) = z", (z) => sin(asin(z)), (z) => z],
    ["cos(acos z) = z", (z) => cos(acos(z)), (z) => z],
    ["asin + acos = π/2", (z) => add(asin(z), acos(z)), () => i],
    ["tan(atan z) = z", (z) => tan(atan(z)), (z) => z, right],
    ["sinh(asinh z) = z", (z) => sinh(asinh(z)), (z) => z],
    ["cosh(acosh z) = z", (z) => cosh(acosh(z)), (z) => z],
    ["tanh(atanh z) = z", (z) => tanh(atanh(z)), (z) => z],
    ["sqrt(z)² = z", (z) => square(sqrt(z)), (z) => z],
    ["cbrt(z)³ = z", (z) => pow(cbrt(z), 3), (z) => z],
    ["1/(1/z) = z", (z) => reciprocal(reciprocal(z)), (z) => z],
    ["sigmoid = 1/(1 + exp(−z))", sigmoid, (z) => reciprocal(add(1, exp(neg(z))))],
    ["exp(softplus) = 1 + exp", (z) => exp(softplus(z)), (z) => add(1, exp(z))],
    ["z^2.5 = exp(2.5 log z)", (z) => pow(z, 2.5), (z) => exp(mul(2.5, log(z)))],
    ["z^5", (z) => pow(z, 5), (z) => mul(z, square(square(z)))],
    ["z^-3", (z) => pow(z, -3), (z) => reciprocal(mul(z, square(z)))],
    ["3^z = exp(z log 3)", (z) => pow(3, z), (z) => exp(mul(Math.log(3), z))],
    ["z^z", (z) => pow(z, z), (z) => exp(mul(z, log(z))), right],
    ["strongMul is mul", (z) => strongMul(z, sin(z)), (z) => mul(z, sin(z))],
    ["hypot²", (z) => square(hypot(z, 3)), (z) => add(square(z), 9)],
    ["z − z³ + z³ = z", (z) => add(sub(z, pow(z, 3)), pow(z, 3)), (z) => z],
    ["atan2(z, 1) = atan z", (z) => atan2(z, 1), atan, right],
    ["tan(atan2(2, z)) = 2/z", (z) => tan(atan2(2, z)), (z) => div(2, z), right],
  ])("%s", (_, left, same, numbers) => expectEqual(left, same, numbers));

  const all: Readonly<Record<string, Unary>> = {
    exp, expm1, log, log1p, log2, log10, sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, asinh, acosh, atanh, sigmoid, softplus,
    sqrt, cbrt, reciprocal, square,
  }; // prettier-ignore
  test.each(Object.entries(all))("%s takes conjugates to conjugates", (_, f) => {
    fc.assert(
      fc.property(plane, (z) => {
        expectSame(onComplex(f, conjugate(z)), conjugate(onComplex(f, z)), 1e-15);
      }),
      { numRuns: runs(30) },
    );
  });
});

describe("imaginary parts of 1e-20", () => {
  const points = [1e-100, 1e-8, 0.3, 0.75, 0.999999, 1.000001, 1.57, 2, 5.5, 20, 300, 1e8];
  const slopes: Readonly<Record<string, readonly [Unary, (x: number) => number]>> = {
    exp: [exp, Math.exp],
    expm1: [expm1, Math.exp],
    log: [log, (x) => 1 / x],
    log1p: [log1p, (x) => 1 / (1 + x)],
    sin: [sin, Math.cos],
    tan: [tan, (x) => 1 / Math.cos(x) / Math.cos(x)],
    atan: [atan, (x) => 1 / x / (x + 1 / x)],
    asin: [asin, (x) => 1 / Math.sqrt((1 - x) * (1 + x))],
    acos: [acos, (x) => -1 / Math.sqrt((1 - x) * (1 + x))],
    sinh: [sinh, Math.cosh],
    cosh: [cosh, Math.sinh],
    tanh: [tanh, (x) => 1 / Math.cosh(x) / Math.cosh(x)],
    asinh: [asinh, (x) => 1 / Math.hypot(1, x)],
    acosh: [acosh, (x) => 1 / Math.sqrt((x - 1) * (x + 1))],
    atanh: [atanh, (x) => (x < 1 ? 1 / ((1 - x) * (1 + x)) : NaN)],
    sigmoid: [sigmoid, (x) => Math.exp(-x) / (1 + Math.exp(-x)) ** 2],
    softplus: [softplus, (x) => 1 / (1 + Math.exp(-x))],
    sqrt: [sqrt, (x) => 1 / (2 * Math.sqrt(x))],
    cbrt: [cbrt, (x) => Math.cbrt(x) / (3 * x)],
    reciprocal: [reciprocal, (x) => -1 / x / x],
    "pow 3.5": [(z) => pow(z, 3.5), (x) => 3.5 * x ** 2.5],
    "atan2(z, 3)": [(z) => atan2(z, 3), (x) => 3 / (9 + x * x)],
    "atan2(3, z)": [(z) => atan2(3, z), (x) => -3 / (9 + x * x)],
    "hypot(z, 3)": [(z) => hypot(z, 3), (x) => x / Math.hypot(x, 3)],
  };
  test.each(Object.entries(slopes))("%s keeps their digits", (_, [f, slope]) => {
    for (const x of points) {
      const right = slope(x);
      const y = x * 2 ** -66;
      if (!(Math.abs(right) * y > 1e-290 && Math.abs(right) < 1e300)) continue;
      const { im } = onComplex(f, one(x, y));
      expect(Math.abs(im[0]! / y / right - 1), `at ${x}`).toBeLessThan(1e-14);
    }
  });
});
