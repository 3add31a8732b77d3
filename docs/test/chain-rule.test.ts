import {
  add,
  chain,
  einsum,
  exp,
  mul,
  norm,
  reshape,
  sin,
  sizeOf,
  sub,
  tanh,
  tensor,
  type Strategy,
  type Tensor,
} from "@fluxion/core";
import { forwardDual } from "@fluxion/forward-dual";
import { reverseTape } from "@fluxion/reverse-tape";
import { symbolic } from "@fluxion/symbolic";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const runs = Number(process.env["FLUXION_RUNS"] ?? 60);
const strategies: readonly Strategy[] = [forwardDual, reverseTape, symbolic];

type Map = (x: Tensor) => Tensor;
const entry = fc.double({ min: -1, max: 1, noNaN: true });
const shape = fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 });
const bend = fc.constantFrom<Map>(
  (x) => sin(x),
  (x) => tanh(x),
  (x) => exp(mul(0.3, x)),
  (x) => mul(x, x),
);

function tensorOf(size: readonly number[]): fc.Arbitrary<Tensor> {
  const count = sizeOf(size);
  return fc
    .array(entry, { minLength: count, maxLength: count })
    .map((values) => reshape(tensor(values), size));
}

/** x ↦ bend(M·x + c) between tensors of two shapes, every entry of the result depending on every entry of x. */
function mapBetween(from: readonly number[], to: readonly number[]): fc.Arbitrary<Map> {
  return fc
    .tuple(tensorOf([sizeOf(to), sizeOf(from)]), tensorOf([sizeOf(to)]), bend)
    .map(([matrix, shift, bendIt]) => (x) => {
      const product = einsum("ij,j->i", matrix, reshape(x, [sizeOf(from)]));
      return reshape(bendIt(add(product, shift)), to);
    });
}

/** w, a(w) and z(a) of random shapes. */
const composition = fc.tuple(shape, shape, shape).chain(([w, a, z]) =>
  fc.record({
    at: tensorOf(w),
    inner: mapBetween(w, a),
    outer: mapBetween(a, z),
    rank: fc.constant(a.length),
    direction: tensorOf(w),
  }),
);

describe.each(strategies.map((strategy) => [strategy.name, strategy] as const))(
  "(2-2) with %s",
  (_, strategy) => {
    it("the product of the Jacobians is the Jacobian of the composition", () => {
      fc.assert(
        fc.property(composition, ({ at, inner, outer, rank }) => {
          const dz_da = strategy.jacobian(outer)(inner(at));
          const da_dw = strategy.jacobian(inner)(at);
          const product = chain(dz_da, da_dw, { rank });
          const whole = strategy.jacobian((w: Tensor) => outer(inner(w)))(at);
          expect(product.shape).toEqual(whole.shape);
          // Rounding: a few ulp of the terms that were added up.
          const terms = chain(mapEntries(dz_da, Math.abs), mapEntries(da_dw, Math.abs), { rank });
          whole.data.forEach((value, i) =>
            expect(Math.abs(value - product.data[i]!)).toBeLessThanOrEqual(1e-14 * (terms.data[i]! + 1e-300)),
          );
        }),
        { numRuns: runs },
      );
    });

    it("(D): what the derivative leaves over falls with the square of the step", () => {
      fc.assert(
        fc.property(composition, ({ at, inner, outer, direction }) => {
          const f = (w: Tensor): Tensor => outer(inner(w));
          const remainder = (h: number): number => {
            const step = mul(h, direction);
            const { value, tangent } = strategy.jvp(f)(at)(step);
            return norm(sub(f(add(at, step)), add(value, tangent))).item();
          };
          const coarse = remainder(2 ** -6);
          const fine = remainder(2 ** -8);
          // A quarter of the step: a sixteenth of the remainder, up to the next order and rounding.
          expect(fine).toBeLessThanOrEqual(coarse / 12 + 1e-14);
        }),
        { numRuns: runs },
      );
    });
  },
);

function mapEntries(x: Tensor, f: (value: number) => number): Tensor {
  return reshape(tensor(Float64Array.from(x.data, f)), x.shape);
}
