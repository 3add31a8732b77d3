import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { softmax, softmaxOperator } from "../../../src/operators/reduction/softmax.ts";
import { sum } from "../../../src/operators/reduction/sum.ts";
import { tensor, zeros } from "../../../src/tensor/create.ts";
import { anyTensor, exactNumber } from "../entries.ts";
import { checkBatch, expectClose, expectError, runs, tensorOf } from "../linear-algebra/tensors.ts";
import { checkAlongAxis } from "./reference.ts";

const withInfinities = fc.oneof(
  { weight: 4, arbitrary: exactNumber },
  { weight: 1, arbitrary: fc.constantFrom(-Infinity, Infinity, 1e308, -1e308) },
);

describe("softmax", () => {
  it("is eˣ/Σeˣ along every axis", () => {
    checkAlongAxis((x, axis) => softmax(x, { axis }), withInfinities, (entries) => {
      const largest = Math.max(...entries);
      const weights = entries.map((x) => Math.exp(x - largest));
      return weights.map((weight) => weight / weights.reduce((total, other) => total + other, 0));
    }); // prettier-ignore
  });

  it("sums to 1, doesn't overflow, and gives -∞ no weight", () => {
    expect(softmax(tensor([1e308, 0])).toArray()).toEqual([1, 0]);
    expect(softmax(tensor([-1e308, -1e308])).toArray()).toEqual([0.5, 0.5]);
    expect(softmax(tensor([-Infinity, 2])).toArray()).toEqual([0, 1]);
    expect(softmax(tensor([NaN, 2])).toArray()).toEqual([NaN, NaN]);
    expect(softmax(tensor([Infinity, 2])).toArray()).toEqual([NaN, NaN]);
    expect(softmax(zeros([2, 0])).shape).toEqual([2, 0]);
    fc.assert(
      fc.property(anyTensor(fc.constant([4]), exactNumber), (x) => expectClose(sum(softmax(x)), [1], 1e-15)),
      { numRuns: runs },
    );
  });

  it("batches like a loop, and refuses a scalar", () => {
    fc.assert(
      fc.property(
        fc.array(tensorOf([2, 3]), { minLength: 1, maxLength: 3 }),
        fc.nat(1),
        (xs, axis) =>
        checkBatch(softmaxOperator, { axis }, xs.map((x) => [x])), // prettier-ignore
      ),
      { numRuns: runs },
    );
    expect(softmax(zeros([2, 4]), { axis: -2 }).toArray()).toEqual(new Array(2).fill(new Array(4).fill(0.5)));
    expectError(() => softmax(1), "ARGUMENT", /softmax: .*scalar has no axes/);
    expectError(() => softmax(zeros([2]), { axes: 0 } as never), "ARGUMENT", /no option "axes"/);
  });
});
