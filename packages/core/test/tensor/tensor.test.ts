import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  add,
  arange,
  asTensor,
  broadcastTo,
  eye,
  isNumeric,
  isTensor,
  reshape,
  scalar,
  sizeOf,
  tensor,
  zeros,
} from "../../src/index.ts";
import { anyTensor } from "../operators/entries.ts";
import { codeOf, messageOf } from "../support/code-of.ts";

describe("a concrete tensor", () => {
  it("knows its shape, rank, size and numbers", () => {
    fc.assert(
      fc.property(anyTensor(), (x) => {
        expect([x.rank, x.size]).toEqual([x.shape.length, sizeOf(x.shape)]);
        expect(x.data).toHaveLength(x.size);
        expect(([x.toArray()] as unknown[]).flat(9)).toEqual(Array.from(x.data));
        expect(JSON.stringify(x)).toBe(JSON.stringify(x.toArray()));
      }),
    );
  });

  it("converts to a number only when it has one entry", () => {
    expect(Number(tensor(2)) + 1).toBe(3);
    expect(tensor([[5]]).item()).toBe(5);
    expect((tensor(2) as unknown as number) * 3).toBe(6);
    expect((tensor([1]) as unknown as number) < 3).toBe(true);
    expect(codeOf(() => tensor([1, 2]).item())).toBe("NOT_SCALAR");
    expect(codeOf(() => Number(tensor([1, 2])))).toBe("NOT_SCALAR");
    expect(messageOf(() => zeros([2, 3]).item())).toContain("[2,3]");
  });

  it("is told from everything else", () => {
    expect([tensor(1), scalar(2), eye(2)].every(isTensor)).toBe(true);
    expect([1, [1], Float64Array.of(1), null, undefined, {}, "x"].some(isTensor)).toBe(false);
    expect([1, Float64Array.of(1), tensor(1)].every(isNumeric)).toBe(true);
    expect([[1], null, undefined, {}, "1", 1n, new Float32Array(1)].some(isNumeric)).toBe(false);
  });

  it("refuses a plain array as an operand and says what to write", () => {
    expect(codeOf(() => add([1, 2] as never, 1))).toBe("ARGUMENT");
    expect(messageOf(() => add([1, 2] as never, 1))).toContain("tensor([…])");
    for (const wrong of [null, undefined, "1", {}, 1n, new Float32Array(2)])
      expect(codeOf(() => asTensor(wrong as never))).toBe("ARGUMENT");
  });
});

describe("printing", () => {
  it("shows nested brackets, one row a line", () => {
    expect(String(tensor(1.5))).toBe("1.5");
    expect(String(tensor([1, -0, NaN, Infinity]))).toBe("[1, -0, NaN, Infinity]");
    expect(String(tensor([[1, 2], [3, 4]]))).toBe("[[1, 2],\n [3, 4]]"); // prettier-ignore
    expect(String(reshape(arange(8), [2, 2, 2]))).toBe("[[[0, 1],\n  [2, 3]],\n\n [[4, 5],\n  [6, 7]]]");
    expect(String(zeros([0]))).toBe("[]");
    expect(String(zeros([2, 0]))).toBe("[[],\n []]");
  });

  it("abbreviates long axes", () => {
    expect(String(arange(8))).toBe("[0, 1, 2, 3, 4, 5, 6, 7]");
    expect(String(arange(1000))).toBe("[0, 1, 2, …, 997, 998, 999]");
    expect(String(broadcastTo(arange(2), [100, 2])).split("\n")).toHaveLength(7);
    expect(String(zeros([1000, 1000])).length).toBeLessThan(400);
  });

  it("is what template strings and console.log show", () => {
    expect(`${tensor([1, 2])}`).toBe("[1, 2]");
    expect(inspect(tensor([1, 2]))).toBe("[1, 2]");
  });

  it("reads back as the same numbers", () => {
    fc.assert(
      fc.property(anyTensor(fc.constantFrom([], [3], [2, 2])), (x) => {
        const read = JSON.parse(
          String(x).replace(/-?Infinity|NaN|-0(?![.\d])/g, (text) => `"${text}"`),
        ) as unknown;
        expect([read].flat(Infinity).map(Number)).toEqual(Array.from(x.data));
      }),
    );
  });
});
