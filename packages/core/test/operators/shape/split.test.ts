import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { split } from "../../../src/operators/shape/split.ts";
import { concatenate } from "../../../src/operators/shape/concatenate.ts";
import { arange } from "../../../src/tensor/create.ts";
import { anyTensor, at, axisOf, expectEntries, shapeOfRank } from "../entries.ts";
import { expectError, runs } from "../linear-algebra/tensors.ts";

describe("split", () => {
  it("cuts equal or given parts, and concatenate undoes it", () => {
    fc.assert(
      fc.property(
        anyTensor(shapeOfRank(1, 3)).chain((x) => fc.tuple(fc.constant(x), axisOf(x.rank), fc.nat(4))),
        ([x, axis, cut]) => {
          const length = x.shape.at(axis)!;
          const first = Math.min(cut, length);
          const parts = split(x, [first, length - first], { axis });
          expect(parts.map((part) => part.shape.at(axis))).toEqual([first, length - first]);
          expectEntries(concatenate(parts, { axis }), x.shape, (index) => at(x, index));
          if (length > 0) expect(split(x, length, { axis }).length).toBe(length);
        },
      ),
      { numRuns: runs },
    );
    expect(split(arange(6), 3).map((part) => part.toArray())).toEqual([[0, 1], [2, 3], [4, 5]]); // prettier-ignore
  });

  it("refuses parts that don't add up", () => {
    expectError(() => split(arange(4), 3), "SHAPE_MISMATCH", /\[4\].*3 equal parts/);
    expectError(() => split(arange(4), [1, 2]), "SHAPE_MISMATCH", /\[4\].*\[1,2\]/);
    expectError(() => split(arange(4), [5, -1]), "SHAPE_MISMATCH", /\[5,-1\]/);
    expectError(() => split(1, 1), "ARGUMENT", /scalar has no axes/);
  });
});
