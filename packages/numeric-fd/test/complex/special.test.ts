import {
  add,
  cos,
  digamma,
  div,
  erf,
  erfc,
  exp,
  lgamma,
  log,
  mul,
  neg,
  type Numeric,
  polygamma,
  pow,
  sin,
  sub,
  type Tensor,
} from "@fluxion/core";
import { Decimal } from "decimal.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { conjugate, expectSame, onComplex, one } from "../support/complex.ts";
import { runs } from "../support/runs.ts";

type Unary = (z: Tensor) => Numeric;

const region = (low: number, high: number, up: number): fc.Arbitrary<ReturnType<typeof one>> =>
  fc
    .tuple(
      fc.double({ min: low, max: high, noNaN: true }),
      fc.double({ min: 1e-3, max: up, noNaN: true }),
      fc.boolean(),
    )
    .map(([re, im, isBelow]) => one(re, isBelow ? -im : im));

function expectEqual(
  left: Unary,
  same: Unary,
  numbers: fc.Arbitrary<ReturnType<typeof one>>,
  tolerance: number,
): void {
  fc.assert(
    fc.property(numbers, (z) => {
      expectSame(onComplex(left, z), onComplex(same, z), tolerance);
    }),
    { numRuns: runs(40) },
  );
}

/** erf of a complex number by its power series, with the digits that cancel in float64. */
function erfSeries(re: number, im: number): { readonly re: number; readonly im: number } {
  const D = Decimal.clone({ precision: 120 });
  const times = (
    a: readonly [Decimal, Decimal],
    b: readonly [Decimal, Decimal],
  ): readonly [Decimal, Decimal] => [a[0].mul(b[0]).sub(a[1].mul(b[1])), a[0].mul(b[1]).add(a[1].mul(b[0]))];
  const z = [new D(re), new D(im)] as const;
  const square = times(z, z);
  let power: readonly [Decimal, Decimal] = z;
  let sum = [new D(0), new D(0)] as [Decimal, Decimal];
  for (let n = 0; n < 250; n++) {
    sum = [sum[0].add(power[0].div(2 * n + 1)), sum[1].add(power[1].div(2 * n + 1))];
    const next = times(power, square);
    power = [next[0].div(-(n + 1)), next[1].div(-(n + 1))];
  }
  const factor = new D(2).div(D.acos(-1).sqrt());
  return { re: sum[0].mul(factor).toNumber(), im: sum[1].mul(factor).toNumber() };
}

describe("erf and erfc", () => {
  test.each([
    [0.5, 0.5], [1, 1], [2, 1], [-1.5, 2], [3, 0.25], [0, 1.5], [1e-3, 2], [0.1, 3], [4, 3], [5, 1e-3],
  ])("erf(%d + %di) against its power series in 120 digits", (re, im) => {
    const found = onComplex(erf, one(re, im));
    const right = erfSeries(re, im);
    expectSame(found, one(right.re, right.im), 2e-15 * 10);
  }); // prettier-ignore

  test("erf + erfc = 1, erf is odd, conjugates go to conjugates", () => {
    const numbers = region(-4, 4, 3);
    expectEqual(
      (z) => add(erf(z), erfc(z)),
      () => 1,
      region(-2, 2, 1),
      1e-14,
    );
    expectEqual(
      (z) => erf(neg(z)),
      (z) => neg(erf(z)),
      numbers,
      1e-14,
    );
    fc.assert(
      fc.property(numbers, (z) =>
        expectSame(onComplex(erf, conjugate(z)), conjugate(onComplex(erf, z)), 1e-15),
      ),
    );
  });

  test.each([1e-8, 0.3, 1, 2.5, 5, 10, 20, 25])("imaginary parts of 1e-20 at %d", (x) => {
    const y = x * 2 ** -66;
    const D = Decimal.clone({ precision: 60 });
    const right = new D(x).pow(2).neg().exp().mul(2).div(D.acos(-1).sqrt()).toNumber();
    expect(Math.abs(onComplex(erf, one(x, y)).im[0]! / y / right - 1)).toBeLessThan(3e-15);
    expect(Math.abs(onComplex(erfc, one(-x, y)).im[0]! / y / right + 1)).toBeLessThan(3e-15);
  });
});

describe("the gamma function and its derivatives", () => {
  const gamma: Unary = (z) => exp(lgamma(z));
  const right = region(0.1, 8, 3);

  test("Γ(z + 1) = z Γ(z)", () =>
    expectEqual(
      (z) => gamma(add(z, 1)),
      (z) => mul(z, gamma(z)),
      right,
      1e-13,
    ));
  test("Γ(z) Γ(1 − z) = π / sin πz", () =>
    expectEqual(
      (z) => mul(gamma(z), gamma(sub(1, z))),
      (z) => div(Math.PI, sin(mul(Math.PI, z))),
      region(0.1, 0.9, 2),
      1e-13,
    ));
  test("Legendre's duplication", () =>
    expectEqual(
      (z) => mul(gamma(z), gamma(add(z, 0.5))),
      (z) => mul(mul(Math.sqrt(Math.PI), pow(2, sub(1, mul(2, z)))), gamma(mul(2, z))),
      right,
      1e-12,
    ));
  test("left of 0, up to its sign, Γ(z) = Γ(z + n) / (z … (z + n − 1))", () =>
    expectEqual(
      (z) => add(9, mul(2, lgamma(z))),
      (z) => sub(add(9, mul(2, lgamma(add(z, 3)))), log(pow(mul(mul(z, add(z, 1)), add(z, 2)), 2))),
      region(-2.9, -2.1, 0.05),
      1e-12,
    ));
  test("ψ(z) = ψ(z + 1) − 1/z", () =>
    expectEqual(digamma, (z) => sub(digamma(add(z, 1)), div(1, z)), region(-6, 8, 3), 1e-12));
  test("ψ(1 − z) − ψ(z) = π cot πz", () =>
    expectEqual(
      (z) => sub(digamma(sub(1, z)), digamma(z)),
      (z) => div(mul(Math.PI, cos(mul(Math.PI, z))), sin(mul(Math.PI, z))),
      region(0.05, 0.95, 1),
      1e-12,
    ));
  test.each([1, 2, 3, 6, 11])("ψ⁽ⁿ⁾(z) = ψ⁽ⁿ⁾(z + 1) − (−1)ⁿ n! / zⁿ⁺¹, n = %d", (n) => {
    let factorial = n % 2 === 0 ? 1 : -1;
    for (let k = 2; k <= n; k++) factorial *= k;
    expectEqual(
      (z) => polygamma(n, z),
      (z) => sub(polygamma(n, add(z, 1)), div(factorial, pow(z, n + 1))),
      region(-5, 6, 2),
      1e-11,
    );
  });
  test("ψ′ duplicates: 4 ψ′(2z) = ψ′(z) + ψ′(z + ½)", () =>
    expectEqual(
      (z) => mul(4, polygamma(1, mul(2, z))),
      (z) => add(polygamma(1, z), polygamma(1, add(z, 0.5))),
      region(0.2, 20, 4),
      1e-13,
    ));

  test.each([-7.3, -3.75, -0.4, 1e-8, 0.3, 1, 1.5, 2, 4.25, 11.9, 30, 1e4, 1e8])(
    "imaginary parts of 1e-20 at %d are those of the next in line",
    (x) => {
      const y = Math.abs(x) * 2 ** -66;
      const chain = [
        lgamma,
        digamma,
        (z: Tensor) => polygamma(1, z),
        (z: Tensor) => polygamma(2, z),
        (z: Tensor) => polygamma(3, z),
      ];
      for (let n = 0; n + 1 < chain.length; n++) {
        const next = onComplex(chain[n + 1]!, one(x, 0)).re[0]!;
        expect(Math.abs(onComplex(chain[n]!, one(x, y)).im[0]! / y - next)).toBeLessThan(
          2e-14 * Math.max(1e-6, Math.abs(next)),
        );
      }
    },
  );

  test.each(["lgamma", "digamma", "trigamma"])("%s takes conjugates to conjugates", (name) => {
    const f = { lgamma, digamma, trigamma: (z: Tensor) => polygamma(1, z) }[name]!;
    fc.assert(fc.property(region(-4, 8, 3), (z) => {
      expectSame(onComplex(f, conjugate(z)), conjugate(onComplex(f, z)), 1e-14);
    }), { numRuns: runs(40) }); // prettier-ignore
  });
});
