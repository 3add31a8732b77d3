import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stencil } from "@fluxion/numeric-fd";
import type { Stencil } from "@fluxion/numeric-fd";
import { product, rational, sum } from "../../src/stencil/rational.ts";
import type { Rational } from "../../src/stencil/rational.ts";
import { runs } from "../support/runs.ts";

const text = ({ exactWeights }: Stencil): string[] =>
  exactWeights.map(({ numerator, denominator }) =>
    denominator === 1n ? `${numerator}` : `${numerator}/${denominator}`,
  );

describe("the tables of Fornberg (1988)", () => {
  test.each([
    ["central", 1, 2, [-1, 1], ["-1/2", "1/2"]],
    ["central", 1, 4, [-2, -1, 1, 2], ["1/12", "-2/3", "2/3", "-1/12"]],
    [
      "central",
      1,
      8,
      [-4, -3, -2, -1, 1, 2, 3, 4],
      ["1/280", "-4/105", "1/5", "-4/5", "4/5", "-1/5", "4/105", "-1/280"],
    ],
    ["central", 2, 4, [-2, -1, 0, 1, 2], ["-1/12", "4/3", "-5/2", "4/3", "-1/12"]],
    ["central", 3, 2, [-2, -1, 1, 2], ["-1/2", "1", "-1", "1/2"]],
    ["central", 4, 2, [-2, -1, 0, 1, 2], ["1", "-4", "6", "-4", "1"]],
    ["forward", 1, 1, [0, 1], ["-1", "1"]],
    ["forward", 1, 2, [0, 1, 2], ["-3/2", "2", "-1/2"]],
    ["forward", 2, 2, [0, 1, 2, 3], ["2", "-5", "4", "-1"]],
    ["backward", 1, 2, [0, -1, -2], ["3/2", "-2", "1/2"]],
  ] as const)("%s, derivative %i, accuracy %i", (side, derivativeOrder, accuracyOrder, offsets, weights) => {
    const found = stencil(side, derivativeOrder, accuracyOrder);
    expect(found.offsets).toEqual(offsets);
    expect(text(found)).toEqual(weights);
  });

  test("error constants", () => {
    expect(stencil("central", 1, 2).truncation).toBeCloseTo(1 / 6, 15);
    expect(stencil("central", 1, 8).truncation).toBeCloseTo(1 / 630, 15);
    expect(stencil("central", 2, 8).truncation).toBeCloseTo(1 / 3150, 15);
    expect(stencil("central", 4, 2).amplification).toBe(16);
  });
});

test("every stencil differentiates polynomials exactly up to its degree, and not beyond", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("central", "forward", "backward"),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 12 }),
      (side, q, p) => {
        const accuracyOrder = side === "central" ? 2 * Math.ceil(p / 2) : p;
        const { offsets, exactWeights } = stencil(side, q, accuracyOrder);
        const power = (k: number): Rational =>
          offsets.reduce(
            (total, offset, i) =>
              sum(total, product(exactWeights[i]!, rational(BigInt(offset) ** BigInt(k)))),
            rational(0n),
          );
        let factorial = 1n;
        for (let k = 0; k < q + accuracyOrder; k++) {
          if (k > 0) factorial *= BigInt(k);
          expect(power(k)).toEqual(rational(k === q ? factorial : 0n));
        }
        expect(power(q + accuracyOrder)).not.toEqual(rational(0n));
      },
    ),
    { numRuns: runs(100) },
  );
});
