import { expect } from "vitest";
import type { HandWritten } from "../../src/reference/index.ts";

/** What the derivative is the derivative of: f itself, or another function of the same inputs (a gradient). */
type Observed = () => Float64Array;

/**
 * Central differences at steps h and h/2, extrapolated (Richardson), of `observe` along one coordinate of `inputs`.
 * The error is of order h⁴ and rounding: about 1e-11 of the largest value observed.
 */
function difference(observe: Observed, input: Float64Array, index: number): Float64Array {
  const original = input[index]!;
  const h = 2e-3 * Math.max(1, Math.abs(original));
  const at = (offset: number) => {
    input[index] = original + offset;
    return observe().slice();
  };
  const [far, farBack, near, nearBack] = [at(h), at(-h), at(h / 2), at(-h / 2)];
  input[index] = original;
  return near.map((_, i) => {
    const coarse = (far[i]! - farBack[i]!) / (2 * h);
    const fine = (near[i]! - nearBack[i]!) / h;
    return (4 * fine - coarse) / 3;
  });
}

/** Every `stride`-th coordinate of every input is moved, and the whole column of the derivative compared. */
export function expectDerivative(
  hand: HandWritten,
  {
    observe = hand.value,
    stride = 1,
    tolerance = 1e-8,
  }: { observe?: Observed; stride?: number; tolerance?: number } = {},
): void {
  const derivatives = hand.derivative().map((leaf) => leaf.slice());
  const scale = Math.max(
    ...derivatives.map((leaf) => leaf.reduce((m, v) => Math.max(m, Math.abs(v)), 0)),
    1e-300,
  );
  expect(derivatives).toHaveLength(hand.inputs.length);
  let compared = 0;
  hand.inputs.forEach((input, leaf) => {
    for (let index = 0; index < input.length; index += stride) {
      const column = difference(observe, input, index);
      expect(derivatives[leaf]).toHaveLength(column.length * input.length);
      column.forEach((expected, output) => {
        const found = derivatives[leaf]![output * input.length + index]!;
        expect(
          Math.abs(found - expected) / scale,
          `leaf ${leaf}, output ${output}, input ${index}`,
        ).toBeLessThan(tolerance);
        compared++;
      });
    }
  });
  expect(compared).toBeGreaterThan(0);
}
