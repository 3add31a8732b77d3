import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  arange,
  eye,
  fromData,
  full,
  linspace,
  type NestedArray,
  ones,
  stack,
  tensor,
  zeros,
} from "../../src/index.ts";
import { anyTensor } from "../operators/entries.ts";
import { codeOf, messageOf } from "../support/code-of.ts";

/** What untyped JavaScript may pass. */
function unchecked(value: unknown): never {
  return value as never;
}

describe("tensor", () => {
  it("keeps shape and numbers through toArray", () => {
    fc.assert(
      fc.property(anyTensor(), (x) => {
        fc.pre(!x.shape.slice(0, -1).includes(0));
        const again = tensor(x.toArray());
        expect(again.shape).toEqual(x.shape);
        expect(Array.from(again.data, String)).toEqual(Array.from(x.data, String));
      }),
    );
  });

  it("takes a number, an empty array, a Float64Array and a tensor", () => {
    expect(tensor(2).shape).toEqual([]);
    expect(tensor([]).shape).toEqual([0]);
    expect(tensor([[], []]).shape).toEqual([2, 0]);
    expect(tensor(Float64Array.of(1, 2)).toArray()).toEqual([1, 2]);
    expect(tensor(tensor([1, 2])).toArray()).toEqual([1, 2]);
  });

  it("copies what it is given", () => {
    const data = Float64Array.of(1, 2);
    const nested = [[1, 2]];
    const [a, b, c] = [tensor(data), fromData(data, [2, 1]), tensor(nested)];
    data.fill(7);
    nested[0]![0] = 7;
    expect([a.toArray(), b.toArray(), c.toArray()]).toEqual([[1, 2], [[1], [2]], [[1, 2]]]);
  });

  it.each<readonly [string, unknown]>([
    ["a short row", [[1, 2], [3]]],
    ["a long row", [[1], [2, 3]]],
    ["an array among numbers", [1, [2]]],
    ["a number among arrays", [[1], 2]],
    ["an empty row", [[1], []]],
    ["a deep one", [[[1, 2]], [[3]]]],
  ])("refuses ragged arrays: %s", (_, nested) => {
    expect(codeOf(() => tensor(nested as NestedArray))).toBe("SHAPE_MISMATCH");
    expect(messageOf(() => tensor(nested as NestedArray))).toContain("ragged");
  });

  it.each<readonly [string, unknown, string]>([
    ["a string", "123", "string"],
    ["strings", ["1", "2"], "string"],
    ["null", null, "null"],
    ["undefined", undefined, "undefined"],
    ["a sparse array", [1, , 3], "hole"], // oxlint-disable-line no-sparse-arrays
    ["a hole in front", [, 1], "hole"], // oxlint-disable-line no-sparse-arrays
    ["a hole for a row", [[1], , [2]], "hole"], // oxlint-disable-line no-sparse-arrays
    ["booleans", [true], "boolean"],
    ["a bigint", [1n], "bigint"],
    ["a symbol", [Symbol("s")], "symbol"],
    ["an object", [{}], "object"],
    ["a Float32Array", new Float32Array(2), "typed array"],
    ["a list of Float64Arrays", [Float64Array.of(1)], "typed array"],
    ["a list of tensors", [tensor(1), tensor(2)], "stack"],
  ])("refuses %s", (_, value, mentioned) => {
    expect(codeOf(() => tensor(unchecked(value)))).toBe("ARGUMENT");
    expect(messageOf(() => tensor(unchecked(value)))).toContain(mentioned);
  });

  it("refuses an array that contains itself instead of looping for ever", () => {
    const cyclic: unknown[] = [];
    cyclic.push(cyclic);
    expect(codeOf(() => tensor(unchecked(cyclic)))).toBe("ARGUMENT");
    const behind: unknown[] = [1];
    behind.push(behind);
    expect(codeOf(() => tensor(unchecked(behind)))).toBe("SHAPE_MISMATCH");
  });
});

describe("other ways to make a tensor", () => {
  it("gives what it says", () => {
    expect(zeros([2, 1]).toArray()).toEqual([[0], [0]]);
    expect(ones([]).item()).toBe(1);
    expect(full([2], -0).toArray()).toEqual([-0, -0]);
    expect(eye(2).toArray()).toEqual([[1, 0], [0, 1]]); // prettier-ignore
    expect(eye(0).shape).toEqual([0, 0]);
    expect(arange(3).toArray()).toEqual([0, 1, 2]);
    expect(arange(3, 0, -1).toArray()).toEqual([3, 2, 1]);
    expect(arange(0, 1, 0.25).toArray()).toEqual([0, 0.25, 0.5, 0.75]);
    expect(arange(1, 0).shape).toEqual([0]);
    expect(linspace(0, 1, 3).toArray()).toEqual([0, 0.5, 1]);
    expect(linspace(5, 9, 1).toArray()).toEqual([5]);
    expect(linspace(0, 1, 0).shape).toEqual([0]);
    expect(fromData(Float64Array.of(1, 2, 3, 4), [2, 2]).toArray()).toEqual([[1, 2], [3, 4]]); // prettier-ignore
    expect(fromData(Float64Array.of(9), []).item()).toBe(9);
  });

  it("ends exactly where linspace is told to", () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, min: -1e9, max: 1e9 }),
        fc.double({ noNaN: true, min: -1e9, max: 1e9 }),
        fc.integer({ min: 2, max: 50 }),
        (start, stop, count) => {
          const { data } = linspace(start, stop, count);
          expect([data[0]! + 0, data[count - 1]! + 0, data.length]).toEqual([start + 0, stop + 0, count]);
        },
      ),
    );
  });

  it.each<readonly [string, () => unknown, string]>([
    ["a number for a shape", () => zeros(unchecked(3)), "ARGUMENT"],
    ["no shape", () => zeros(unchecked(undefined)), "ARGUMENT"],
    ["a negative length", () => zeros([2, -1]), "ARGUMENT"],
    ["a fraction", () => eye(2.5), "ARGUMENT"],
    ["a string for a value", () => full([2], unchecked("1")), "ARGUMENT"],
    ["a step of 0", () => arange(0, 1, 0), "ARGUMENT"],
    ["an endless range", () => arange(0, Infinity), "ARGUMENT"],
    ["a NaN", () => arange(NaN), "ARGUMENT"],
    ["sizes that differ", () => fromData(new Float64Array(3), [2]), "SHAPE_MISMATCH"],
    ["a plain array for data", () => fromData(unchecked([1, 2]), [2]), "ARGUMENT"],
    ["more than fits", () => zeros([1e6, 1e6]), "LIMIT"],
    ["a range that is too long", () => arange(1e12), "LIMIT"],
    ["an identity that is too large", () => eye(1e6), "LIMIT"],
    ["tensors of two shapes", () => stack([zeros([2]), zeros([3])]), "SHAPE_MISMATCH"],
  ])("refuses %s", (_, run, code) => {
    expect(codeOf(run)).toBe(code);
  });
});
