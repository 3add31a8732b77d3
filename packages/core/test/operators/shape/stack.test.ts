import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stack, stackOperator } from "../../../src/operators/shape/stack.ts";
import { tensor, zeros } from "../../../src/tensor/create.ts";
import { anyShape, at, axisOf, expectEntries, keeping, tensorWith } from "../entries.ts";
import { checkBatch, expectError, runs, tensorOf } from "../linear-algebra/tensors.ts";

describe("stack", () => {
  const equalShapes = anyShape.chain((shape) =>
    fc.tuple(axisOf(shape.length + 1), fc.array(tensorWith(shape), { minLength: 1, maxLength: 4 })),
  );

  it("puts tensors side by side along a new axis", () => {
    fc.assert(
      fc.property(equalShapes, ([axis, tensors]) => {
        const y = keeping(tensors, () => stack(tensors, { axis }));
        const along = axis < 0 ? axis + y.rank : axis;
        expectEntries(y, tensors[0]!.shape.toSpliced(along, 0, tensors.length), (index) =>
          at(tensors[index[along]!]!, index.toSpliced(along, 1)),
        );
      }),
      { numRuns: runs },
    );
    expect(stack([1, tensor(2), 3]).toArray()).toEqual([1, 2, 3]);
  });

  it("batches like a loop, whichever inputs are batched", () => {
    const examples = fc.array(fc.tuple(tensorOf([2, 3]), tensorOf([2, 3]), tensorOf([2, 3])), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(examples, fc.nat(2), (all, axis) => checkBatch(stackOperator, { axis }, all)),
      { numRuns: runs },
    );
  });

  it("says which shapes differ", () => {
    expectError(() => stack([zeros([2]), zeros([3])]), "SHAPE_MISMATCH", /\[2\], \[3\].*concatenate/);
    expectError(() => stack([]), "ARGUMENT", /at least one/);
    expectError(() => stack([1], { axis: 1 }), "ARGUMENT", /no axis 1/);
  });
});
