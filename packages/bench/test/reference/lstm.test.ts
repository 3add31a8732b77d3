import { describe, expect, test } from "vitest";
import { seeded } from "../../src/data/index.ts";
import { lstmByHand } from "../../src/reference/index.ts";
import { expectDerivative } from "./differences.ts";

describe.each([
  { layers: 1, width: 1, length: 2 },
  { layers: 1, width: 3, length: 6 },
  { layers: 2, width: 4, length: 9 },
  { layers: 3, width: 2, length: 5 },
])("$layers layers of width $width, sequence of $length", (sizes) => {
  const random = seeded(sizes.length);
  const { layers, width, length } = sizes;
  const parameters = { gates: random.normal(layers * 8 * width), ends: random.normal(3 * width) };
  const sequence = random.normal(length * width).map((draw) => (draw > 0 ? 1 : 0));
  const hand = lstmByHand(sequence, parameters, sizes);

  test("gradients by gates and ends", () => expectDerivative(hand, { tolerance: 1e-7 }));

  test("without weights every prediction is 0", () => {
    const zero = { gates: new Float64Array(parameters.gates.length), ends: new Float64Array(3 * width) };
    const ones = sequence.slice(width).reduce((sum, value) => sum + value, 0);
    // Each 1 costs log(2 + width), averaged over all predicted entries.
    const expected = (ones * Math.log(2 + width)) / ((length - 1) * width);
    expect(lstmByHand(sequence, zero, sizes).value()[0]).toBeCloseTo(expected, 13);
  });
});
