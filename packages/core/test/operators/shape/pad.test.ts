import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pad, padOperator } from "../../../src/operators/shape/pad.ts";
import { slice } from "../../../src/operators/shape/slice.ts";
import { tensor, zeros } from "../../../src/tensor/create.ts";
import { anyTensor, at, expectEntries, keeping } from "../entries.ts";
import { checkBatch, expectError, runs, tensorOf } from "../linear-algebra/tensors.ts";

describe("pad", () => {
  const padded = anyTensor().chain((x) =>
    fc.tuple(
      fc.constant(x),
      fc.array(fc.tuple(fc.nat(2), fc.nat(2)), { minLength: x.rank, maxLength: x.rank }),
    ),
  );

  it("puts zeros around, and slice takes them away", () => {
    fc.assert(
      fc.property(padded, ([x, widths]) => {
        const y = keeping([x], () => pad(x, widths));
        const shape = x.shape.map((length, axis) => widths[axis]![0] + length + widths[axis]![1]);
        expectEntries(y, shape, (index) => {
          const inside = index.map((i, axis) => i - widths[axis]![0]);
          return inside.every((i, axis) => 0 <= i && i < x.shape[axis]!) ? at(x, inside) : 0;
        });
        const back = slice(y, x.shape.map((length, axis) => [widths[axis]![0], widths[axis]![0] + length])); // prettier-ignore
        expectEntries(back, x.shape, (index) => at(x, index));
      }),
      { numRuns: runs },
    );
  });

  it("takes one width for every side", () => {
    expect(pad(tensor([[7]]), 1).toArray()).toEqual([[0, 0, 0], [0, 7, 0], [0, 0, 0]]); // prettier-ignore
  });

  it("batches like a loop", () => {
    fc.assert(
      fc.property(
        fc.array(tensorOf([2, 3]), { minLength: 1, maxLength: 3 }),
        (xs) =>
        checkBatch(padOperator, { before: [1, 0], after: [0, 2] }, xs.map((x) => [x])), // prettier-ignore
      ),
      { numRuns: runs },
    );
  });

  it("refuses widths that don't fit", () => {
    expectError(() => pad(zeros([2, 3]), [[1, 1]]), "ARGUMENT", /1 pairs.*\[2,3\]/);
    expectError(() => pad(zeros([2]), [[0, 0], [0, 0]]), "ARGUMENT", /2 pairs.*\[2\]/); // prettier-ignore
    expectError(() => pad(zeros([2]), [[-1, 0]]), "ARGUMENT", /\[-1\].*slice/);
    expectError(() => pad(zeros([2]), 0.5), "ARGUMENT", /0\.5/);
  });
});
