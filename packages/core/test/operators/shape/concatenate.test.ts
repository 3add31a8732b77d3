import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { concatenate, concatenateOperator } from "../../../src/operators/shape/concatenate.ts";
import { zeros } from "../../../src/tensor/create.ts";
import { at, axisOf, expectEntries, keeping, shapeOfRank, tensorWith } from "../entries.ts";
import { checkBatch, expectError, runs, tensorOf } from "../linear-algebra/tensors.ts";

describe("concatenate", () => {
  const parts = shapeOfRank(1, 4).chain((shape) =>
    axisOf(shape.length).chain((axis) =>
      fc.record({
        axis: fc.constant(axis),
        tensors: fc
          .array(fc.nat(3), { minLength: 1, maxLength: 4 })
          .chain((lengths) => fc.tuple(...lengths.map((length) => tensorWith(shape.with(axis, length))))),
      }),
    ),
  );

  it("joins along an axis, entry by entry", () => {
    fc.assert(
      fc.property(parts, ({ axis, tensors }) => {
        const y = keeping(tensors, () => concatenate(tensors, { axis }));
        const along = axis < 0 ? axis + y.rank : axis;
        const total = tensors.reduce((sum, x) => sum + x.shape[along]!, 0);
        expectEntries(y, tensors[0]!.shape.with(along, total), (index) => {
          let place = index[along]!;
          for (const x of tensors) {
            if (place < x.shape[along]!) return at(x, index.with(along, place));
            place -= x.shape[along]!;
          }
          return expect.unreachable();
        });
      }),
      { numRuns: runs },
    );
  });

  it("batches like a loop, whichever inputs are batched", () => {
    const examples = fc.array(fc.tuple(tensorOf([2, 1, 3]), tensorOf([2, 2, 3])), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(examples, (all) => checkBatch(concatenateOperator, { axis: 1 }, all)),
      { numRuns: runs },
    );
  });

  it("says which shapes don't fit", () => {
    expectError(
      () => concatenate([zeros([2, 3]), zeros([2, 4])]),
      "SHAPE_MISMATCH",
      /\[2,3\], \[2,4\].*axis 0/,
    );
    expectError(() => concatenate([zeros([2]), zeros([2, 4])]), "SHAPE_MISMATCH", /\[2\], \[2,4\]/);
    expectError(() => concatenate([]), "ARGUMENT", /at least one/);
    expectError(() => concatenate(zeros([2]) as never), "ARGUMENT", /concatenate\(\[a, b\]\)/);
    expectError(() => concatenate([1, 2]), "ARGUMENT", /scalar has no axes/);
    expectError(() => concatenate([zeros([2])], { axis: 1 }), "ARGUMENT", /no axis 1/);
    expectError(() => concatenate([zeros([2])], { axes: 0 } as never), "ARGUMENT", /no option "axes"/);
  });
});
