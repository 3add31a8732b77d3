import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { slice, sliceOperator } from "../../../src/operators/shape/slice.ts";
import { arange, tensor, zeros } from "../../../src/tensor/create.ts";
import { anyTensor, at, expectEntries, keeping } from "../entries.ts";
import { checkBatch, expectError, runs, tensorOf } from "../linear-algebra/tensors.ts";

/** Python's slice.indices, spelled out: the positions that a range names. */
function positionsOf(
  length: number,
  [first, end, by]: readonly [First?: End, End?: End, By?: End],
): number[] {
  const step = by ?? 1;
  const [low, high] = step > 0 ? [0, length] : [-1, length - 1];
  const place = (x: End, missing: number): number =>
    x == null ? missing : Math.min(high, Math.max(low, x < 0 ? x + length : x));
  const stop = place(end, step > 0 ? high : low);
  const positions: number[] = [];
  for (let i = place(first, step > 0 ? low : high); step > 0 ? i < stop : i > stop; i += step)
    positions.push(i);
  return positions;
}

type End = number | null | undefined;

const end = fc.oneof(fc.constantFrom(null, undefined), fc.integer({ min: -6, max: 6 }));

const step = fc.oneof(fc.constantFrom(null, undefined), fc.constantFrom(-3, -2, -1, 1, 2, 3));

const triple = fc.tuple(end, end, step);

describe("slice", () => {
  it("reads what Python's slices name, on every axis", () => {
    fc.assert(
      fc.property(
        anyTensor().chain((x) => fc.tuple(fc.constant(x), fc.array(triple, { maxLength: x.rank }))),
        ([x, ranges]) => {
          const y = keeping([x], () => slice(x, ranges));
          const positions = x.shape.map((length, axis) => positionsOf(length, ranges[axis] ?? []));
          expectEntries(
            y,
            positions.map((list) => list.length),
            (index) => at(x, index.map((i, axis) => positions[axis]![i]!)), // prettier-ignore
          );
        },
      ),
      { numRuns: 3 * runs },
    );
  });

  it("drops the axis of an index", () => {
    const x = tensor([[1, 2, 3], [4, 5, 6]]); // prettier-ignore
    expect(slice(x, [1]).toArray()).toEqual([4, 5, 6]);
    expect(slice(x, [null, -1]).toArray()).toEqual([3, 6]);
    expect(slice(x, [-2, 0]).item()).toBe(1);
    expect(slice(x, [[], 1]).toArray()).toEqual([2, 5]);
    expect(slice(x, [[null, null, -1], 1]).toArray()).toEqual([5, 2]);
  });

  it("gives x itself where everything is kept", () => {
    const x = arange(4);
    expect(slice(x, [])).toBe(x);
    expect(slice(x, [null])).toBe(x);
    expect(slice(x, [[0, 9]])).toBe(x);
    expect(slice(2.5, []).item()).toBe(2.5);
  });

  it("batches like a loop", () => {
    const attributes = { starts: [1, 0, 2], stops: [3, 0, 3], steps: [2, 1, 3] };
    fc.assert(
      fc.property(fc.array(tensorOf([4, 2, 3]), { minLength: 1, maxLength: 3 }), (xs) => {
        checkBatch(sliceOperator, attributes, xs.map((x) => [x])); // prettier-ignore
        checkBatch(sliceOperator, { ...attributes, stops: [3, 2, 3] }, xs.map((x) => [x])); // prettier-ignore
      }),
      { numRuns: runs },
    );
  });

  it("refuses what is outside, and what is not a range", () => {
    expectError(() => slice(zeros([2, 3]), [null, null, null]), "ARGUMENT", /2 axes.*\[2,3\].*found 3/);
    expectError(() => slice(zeros([2, 3]), [2]), "ARGUMENT", /index 2 in axis 0.*length 2/);
    expectError(() => slice(zeros([2, 3]), [-3]), "ARGUMENT", /index -3/);
    expectError(() => slice(zeros([2, 3]), [[0, 1, 0]]), "ARGUMENT", /\[0,1,0\].*axis 0.*step not 0/);
    expectError(() => slice(zeros([2, 3]), [[0.5]]), "ARGUMENT", /\[0\.5\]/);
    expectError(() => slice(zeros([2, 3]), [[0, 1, 1, 1] as never]), "ARGUMENT", /\[0,1,1,1\]/);
    expectError(() => slice(zeros([2, 3]), 1 as never), "ARGUMENT", /array.*found number/);
    expectError(
      () => sliceOperator.evaluate([zeros([2])], { starts: [0], stops: [3], steps: [1] }),
      "SHAPE_MISMATCH",
      /\[3\].*\[2\]/,
    );
  });
});
