import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  acosh,
  asinh,
  atan2,
  atanh,
  cbrt,
  ceil,
  cos,
  cosh,
  digamma,
  erf,
  erfc,
  exp,
  expm1,
  floor,
  hypot,
  lgamma,
  log,
  log10,
  log1p,
  log2,
  maximum,
  minimum,
  polygamma,
  pow,
  reciprocal,
  relu,
  round,
  sigmoid,
  sign,
  abs,
  sin,
  sinh,
  softplus,
  sqrt,
  square,
  tan,
  tanh,
} from "../../src/functions/index.ts";

const RUNS = Number(process.env["FLUXION_RUNS"] ?? 500);
const EPSILON = Number.EPSILON;

const between = (min: number, max: number): fc.Arbitrary<number> => fc.double({ min, max, noNaN: true });

/** |a - b| ≤ tolerance · max(|a|, |b|, scale). */
function expectClose(a: number, b: number, tolerance: number, scale = 0): void {
  expect(Math.abs(a - b), `${a} against ${b}`).toBeLessThanOrEqual(
    tolerance * Math.max(Math.abs(a), Math.abs(b), scale),
  );
}

/** The law holds for every number drawn. */
function checkFor(arbitrary: fc.Arbitrary<number>, law: (x: number) => void): void {
  const property = fc.property(arbitrary, (x) => {
    law(x);
  });
  fc.assert(property, { numRuns: RUNS });
}

describe("trigonometric and hyperbolic", () => {
  test("sin² + cos² = 1", () =>
    checkFor(between(-1e300, 1e300), (x) => expectClose(square(sin(x)) + square(cos(x)), 1, 4 * EPSILON)));
  test("tan = sin/cos", () =>
    checkFor(between(-1e6, 1e6), (x) => expectClose(tan(x), sin(x) / cos(x), 8 * EPSILON)));
  test("cosh² - sinh² = 1", () =>
    checkFor(between(-5, 5), (x) =>
      expectClose(square(cosh(x)) - square(sinh(x)), 1, 8 * EPSILON, square(cosh(x))),
    ));
  test("tanh = sinh/cosh", () =>
    checkFor(between(-300, 300), (x) => expectClose(tanh(x), sinh(x) / cosh(x), 4 * EPSILON)));
  test("asinh sinh x = x", () =>
    checkFor(between(-700, 700), (x) => expectClose(asinh(sinh(x)), x, 4 * EPSILON)));
  test("acosh cosh x = x", () =>
    checkFor(between(1, 700), (x) => expectClose(acosh(cosh(x)), x, 8 * EPSILON)));
  test("atanh tanh x = x", () =>
    checkFor(between(-1, 1), (x) => expectClose(atanh(tanh(x)), x, 8 * EPSILON)));
  test("atan2 (sin x) (cos x) = x", () =>
    checkFor(between(-3.14, 3.14), (x) => expectClose(atan2(sin(x), cos(x)), x, 4 * EPSILON)));
});

describe("exponential and power", () => {
  test("exp log x = x", () =>
    checkFor(between(1e-300, 1e300), (x) =>
      expectClose(exp(log(x)), x, 4 * EPSILON * Math.max(1, abs(log(x)))),
    ));
  test("expm1 log1p x = x", () =>
    checkFor(between(-0.5, 1e10), (x) => expectClose(expm1(log1p(x)), x, 64 * EPSILON)));
  test("log₂ and log₁₀ are logarithms", () =>
    checkFor(between(1e-300, 1e300), (x) => {
      expectClose(log2(x), log(x) / Math.LN2, 4 * EPSILON);
      expectClose(log10(x), log(x) / Math.LN10, 4 * EPSILON);
    }));
  test("log₁₀ and log₂ are exact at powers", () => {
    for (let k = -307; k <= 308; k++) expect(log10(Number(`1e${k}`))).toBe(k);
    for (let k = -1074; k <= 1023; k++) expect(log2(2 ** k)).toBe(k);
  });
  test("pow is exact where the result is a float64", () => {
    for (let base = 2; base < 200; base++)
      for (let n = 1, product = base; product <= Number.MAX_SAFE_INTEGER; n++, product *= base) {
        expect(pow(base, n)).toBe(product);
        expect(pow(-base, n)).toBe(n % 2 === 1 ? -product : product);
      }
    for (let k = -1074; k <= 1023; k++) expect(pow(2, k)).toBe(2 ** k);
  });
  test("pow(x, y + z) = pow(x, y) pow(x, z)", () =>
    checkFor(between(0.01, 100), (x) => expectClose(pow(x, 7.75), pow(x, 5.5) * pow(x, 2.25), 4 * EPSILON)));
  test("cbrt and sqrt undo powers", () =>
    checkFor(between(1e-100, 1e100), (x) => {
      expectClose(cbrt(pow(x, 3)), x, 2 * EPSILON);
      expectClose(sqrt(pow(x, 2)), x, EPSILON);
      expectClose(pow(x, -1), reciprocal(x), EPSILON);
    }));
  test("hypot(x, x) = √2 x", () =>
    checkFor(between(1e-320, 1e308), (x) => expectClose(hypot(x, x), Math.SQRT2 * x, 2 * EPSILON, 1e-307)));
});

describe("logistic and piecewise", () => {
  test("sigmoid(x) + sigmoid(-x) = 1", () =>
    checkFor(between(-800, 800), (x) => expectClose(sigmoid(x) + sigmoid(-x), 1, 2 * EPSILON)));
  test("softplus(x) - softplus(-x) = x", () =>
    checkFor(between(-700, 700), (x) => expectClose(softplus(x) - softplus(-x), x, 4 * EPSILON, 1)));
  test("sigmoid(x) = ½(1 + tanh x/2)", () =>
    checkFor(between(-30, 30), (x) => expectClose(sigmoid(x), 0.5 * (1 + tanh(0.5 * x)), 4 * EPSILON, 1)));
  test("relu(x) = maximum(x, 0), abs = sign · x", () =>
    checkFor(between(-1e300, 1e300), (x) => {
      expect(relu(x) + 0).toBe(maximum(x, 0) + 0);
      expect(sign(x) * x + 0).toBe(abs(x));
      expect(minimum(x, 0) + maximum(x, 0)).toBe(x + 0);
    }));
  test("round is the even one of the nearest integers", () =>
    checkFor(between(-1e17, 1e17), (x) => {
      const candidates = [floor(x), ceil(x)].toSorted(
        (a, b) => abs(a - x) - abs(b - x) || abs(a % 2) - abs(b % 2),
      );
      expect(round(x)).toBe(candidates[0]);
    }));
});

describe("error function", () => {
  test("erf is odd", () => checkFor(between(-10, 10), (x) => expect(erf(-x)).toBe(-erf(x))));
  test("erf + erfc = 1", () =>
    checkFor(between(-10, 10), (x) => expectClose(erf(x) + erfc(x), 1, 2 * EPSILON, 2)));
  test("erfc(-x) = 2 - erfc(x)", () =>
    checkFor(between(-30, 30), (x) => expectClose(erfc(-x), 2 - erfc(x), 2 * EPSILON, 1)));
});

describe("gamma functions", () => {
  const away = between(-50, 50).filter((x) => abs(x - round(x)) > 1e-3);
  test("lgamma(x + 1) = lgamma(x) + log|x|", () =>
    checkFor(away, (x) => expectClose(lgamma(x + 1), lgamma(x) + log(abs(x)), 1e-13, abs(lgamma(x)) + 1)));
  test("lgamma(x) + lgamma(1 - x) = log π/|sin πx|", () =>
    checkFor(
      between(-1, 1).filter((x) => abs(x - round(x)) > 1e-3),
      (x) => expectClose(lgamma(x) + lgamma(1 - x), log(Math.PI / abs(sin(Math.PI * x))), 1e-12, 1),
    ));
  test("lgamma(n + 1) = log n!", () => {
    let factorial = 1;
    for (let n = 1; n <= 170; n++) expectClose(lgamma(n + 1), log((factorial *= n)), 8 * EPSILON);
  });
  test("digamma(x + 1) = digamma(x) + 1/x", () =>
    checkFor(away, (x) =>
      expectClose(digamma(x + 1), digamma(x) + 1 / x, 1e-12, abs(1 / x) + abs(digamma(x))),
    ));
  test("digamma(1 - x) - digamma(x) = π cot πx", () =>
    checkFor(between(0.01, 0.99), (x) =>
      expectClose(digamma(1 - x) - digamma(x), Math.PI / tan(Math.PI * x), 1e-13, abs(digamma(x))),
    ));
  test("polygamma(0, x) = digamma(x)", () =>
    checkFor(between(-50, 50), (x) => expect(polygamma(0, x)).toBe(digamma(x))));
  test("polygamma(n, x + 1) = polygamma(n, x) + (-1)ⁿ n!/xⁿ⁺¹", () =>
    checkFor(away, (x) => {
      let factorial = 1;
      for (let n = 1; n <= 6; n++) {
        factorial *= n;
        const step = ((n % 2 === 0 ? 1 : -1) * factorial) / pow(x, n + 1);
        expectClose(polygamma(n, x + 1), polygamma(n, x) + step, 1e-12, abs(polygamma(n, x)) + abs(step));
      }
    }));
  test("closed forms", () => {
    const ZETA_3 = 1.2020569031595942;
    const EULER = 0.5772156649015329;
    expectClose(lgamma(0.5), log(Math.PI) / 2, 2 * EPSILON);
    expectClose(digamma(1), -EULER, 2 * EPSILON);
    expectClose(digamma(0.5), -EULER - 2 * Math.LN2, 2 * EPSILON);
    expectClose(polygamma(1, 1), Math.PI ** 2 / 6, 4 * EPSILON);
    expectClose(polygamma(1, 0.5), Math.PI ** 2 / 2, 4 * EPSILON);
    expectClose(polygamma(2, 1), -2 * ZETA_3, 4 * EPSILON);
    expectClose(polygamma(3, 1), Math.PI ** 4 / 15, 4 * EPSILON);
    expectClose(polygamma(5, 1), (8 * Math.PI ** 6) / 63, 8 * EPSILON);
  });
});
