import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expandDims } from "../../../src/operators/shape/expand-dims.ts";
import { squeeze } from "../../../src/operators/shape/squeeze.ts";
import { zeros } from "../../../src/tensor/create.ts";
import { anyTensor, at, axisOf, expectEntries } from "../entries.ts";
import { expectError, runs } from "../linear-algebra/tensors.ts";

describe("squeeze, expandDims", () => {
  it("undo each other", () => {
    fc.assert(
      fc.property(
        anyTensor().chain((x) => fc.tuple(fc.constant(x), axisOf(x.rank + 1))),
        ([x, axis]) => {
          const wide = expandDims(x, axis);
          expect(wide.shape.at(axis)).toBe(1);
          expectEntries(squeeze(wide, { axes: axis }), x.shape, (index) => at(x, index));
          expect(squeeze(x).shape).toEqual(x.shape.filter((length) => length !== 1));
        },
      ),
      { numRuns: runs },
    );
  });

  it("refuse axes of other lengths and places outside", () => {
    expectError(() => squeeze(zeros([2, 1]), { axes: [0, 1] }), "SHAPE_MISMATCH", /\[0,1\].*\[2,1\]/);
    expectError(() => expandDims(zeros([2]), 2), "ARGUMENT", /no axis 2/);
  });
});
