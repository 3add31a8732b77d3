import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as Q from "../../src/ir/rational.ts";

const runs = Number(process.env["FLUXION_RUNS"] ?? 200);
const rational = fc
  .tuple(fc.integer({ min: -999, max: 999 }), fc.integer({ min: 1, max: 999 }))
  .map(([n, d]) => Q.rational(n, d));

describe("fractions", () => {
  it("obey the laws of a field", () => {
    fc.assert(
      fc.property(rational, rational, rational, (a, b, c) => {
        expect(Q.add(a, b)).toEqual(Q.add(b, a));
        expect(Q.multiply(a, Q.add(b, c))).toEqual(Q.add(Q.multiply(a, b), Q.multiply(a, c)));
        expect(Q.subtract(a, a)).toEqual(Q.zero);
        if (!Q.isZero(b)) expect(Q.multiply(Q.divide(a, b), b)).toEqual(a);
      }),
      { numRuns: runs },
    );
  });

  it("are in lowest terms with a positive denominator", () => {
    expect(Q.rational(6, -4)).toEqual({ numerator: -3n, denominator: 2n });
    expect(() => Q.rational(1, 0)).toThrow(/Division of 1 by zero/);
  });

  it("compare as numbers do", () => {
    fc.assert(
      fc.property(rational, rational, (a, b) => {
        expect(Math.sign(Q.compare(a, b))).toBe(Math.sign(Q.toNumber(Q.subtract(a, b))));
      }),
      { numRuns: runs },
    );
  });
});

describe("decimal literals", () => {
  it.each([
    ["0.1", Q.rational(1, 10)],
    ["1e-3", Q.rational(1, 1000)],
    ["2.50", Q.rational(5, 2)],
    [".5", Q.half],
    ["3.", Q.rational(3)],
    ["1.5e2", Q.rational(150)],
  ])("%s", (text, value) => expect(Q.parseRational(text)).toEqual(value));
  it("too long a number is refused", () =>
    expect(() => Q.parseRational("1e9999")).toThrow(/more than 2000 digits/));
});

describe("roots", () => {
  it.each([
    [12n, Q.half, 2n, 3n],
    [16n, Q.half, 4n, 1n],
    [54n, Q.rational(1, 3), 3n, 2n],
    [7n, Q.half, 1n, 7n],
    [4n, Q.rational(2, 3), 1n, 4n],
    [1_000_003n ** 2n, Q.half, 1_000_003n, 1n],
  ])("%s to the power", (n, exponent, outside, inside) => {
    expect(Q.extractRoot(n, exponent)).toEqual({ outside, inside });
  });

  it("outside · inside^exponent is the power", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 1_000_000 }),
        fc.constantFrom(Q.half, Q.rational(1, 3), Q.rational(2, 3)),
        (n, exponent) => {
          const { outside, inside } = Q.extractRoot(BigInt(n), exponent);
          const power = Q.toNumber(exponent);
          expect(Number(outside) * Number(inside) ** power).toBeCloseTo(n ** power, 6);
        },
      ),
      { numRuns: runs },
    );
  });
});

describe("large numbers", () => {
  it("keep their ratio when neither part fits a float", () => {
    const big = 10n ** 400n;
    expect(Q.toNumber({ numerator: 3n * big, denominator: 2n * big })).toBeCloseTo(1.5, 12);
  });
  it("powers that would run away are refused", () => {
    expect(Q.power(Q.rational(9), 100_000n)).toBeUndefined();
    expect(Q.power(Q.minusOne, 10n ** 30n)).toEqual(Q.one);
  });
});
