import { describe, expect, it } from "vitest";
import { max } from "../../../src/operators/reduction/extremum.ts";
import { argmax, argmaxOperator } from "../../../src/operators/reduction/argmax.ts";
import { tensor, zeros } from "../../../src/tensor/create.ts";
import fc from "fast-check";
import { anyTensor, at, expectEntries, keeping } from "../entries.ts";
import { checkBatch, expectError, runs, tensorOf } from "../linear-algebra/tensors.ts";
import { reducedEntries } from "./reference.ts";

describe("argmax", () => {
  it("is the first index of the largest entry, NaN counting as largest", () => {
    const drawn = anyTensor(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 })).chain(
      (x) => fc.tuple(fc.constant(x), fc.integer({ min: 0, max: x.rank - 1 })),
    );
    fc.assert(
      fc.property(drawn, ([x, axis]) => {
        const y = keeping([x], () => argmax(x, { axis }));
        expectEntries(y, x.shape.toSpliced(axis, 1), (index) => {
          const entries = reducedEntries(x, [axis], index.toSpliced(axis, 0, 0));
          const nan = entries.findIndex(Number.isNaN);
          return nan >= 0 ? nan : entries.findIndex((entry) => entry === Math.max(...entries));
        });
        // The same number; -0 and +0 tie.
        const origin = y.shape.map(() => 0);
        const attained = at(x, origin.toSpliced(axis, 0, y.data[0]!));
        expect(attained + 0).toBe(at(max(x, { axes: axis }), origin) + 0);
      }),
      { numRuns: runs },
    );
  });

  it("takes the last axis unless told, and batches like a loop", () => {
    expect(argmax(tensor([[1, 2], [4, 3]])).toArray()).toEqual([1, 0]); // prettier-ignore
    expect(argmax(tensor([[1, 2], [4, 3]]), { axis: -2 }).toArray()).toEqual([1, 1]); // prettier-ignore
    expect(argmax(tensor([2, 2, 1])).item()).toBe(0);
    expect(argmax(tensor([-Infinity, -Infinity])).item()).toBe(0);
    fc.assert(
      fc.property(
        fc.array(tensorOf([2, 3]), { minLength: 1, maxLength: 3 }),
        fc.nat(1),
        (xs, axis) =>
        checkBatch(argmaxOperator, { axis }, xs.map((x) => [x])), // prettier-ignore
      ),
      { numRuns: runs },
    );
  });

  it("is undefined of nothing and of a scalar", () => {
    expectError(() => argmax(zeros([2, 0])), "DOMAIN", /argmax: .*\[2,0\]/);
    expect(argmax(zeros([0, 2])).shape).toEqual([0]);
    expectError(() => argmax(1), "ARGUMENT", /scalar has no axes/);
    expectError(() => argmax(zeros([2]), { axes: 0 } as never), "ARGUMENT", /no option "axes"/);
  });
});
