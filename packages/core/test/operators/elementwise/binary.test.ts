import { describe, expect, it } from "vitest";
import * as functions from "../../../src/functions/index.ts";
import * as elementwise from "../../../src/operators/elementwise/index.ts";
import { operators } from "../../../src/operators/registry.ts";
import { tensor, zeros } from "../../../src/tensor/create.ts";
import { expectError } from "../linear-algebra/tensors.ts";
import { checkBroadcast, checkBroadcastBatch } from "./operands.ts";

const truth = (holds: boolean): number => (holds ? 1 : 0);

/** Every elementwise operator of two operands and what it is for two numbers. */
const pairs = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  // 0 wins over what 0·±∞ and 0·NaN would be.
  strongMul: (a, b) => ((a === 0 || b === 0) && Number.isNaN(a * b) ? 0 : a * b),
  div: (a, b) => a / b,
  pow: functions.pow,
  atan2: functions.atan2,
  hypot: functions.hypot,
  maximum: functions.maximum,
  minimum: functions.minimum,
  equal: (a, b) => truth(a === b),
  notEqual: (a, b) => truth(a !== b),
  less: (a, b) => truth(a < b),
  lessEqual: (a, b) => truth(a <= b),
  greater: (a, b) => truth(a > b),
  greaterEqual: (a, b) => truth(a >= b),
} as const satisfies Record<string, (a: number, b: number) => number>;
const names = Object.keys(pairs) as (keyof typeof pairs)[];

describe("elementwise operators of two operands", () => {
  it.each(names)("%s is its function of the entries that meet", (name) => {
    checkBroadcast(elementwise[name], 2, pairs[name]);
  });

  it.each(names)("%s batches like a loop", (name) => {
    checkBroadcastBatch<"add">(operators[name] as never, 2);
  });

  it.each(names)("%s names the shapes that don't broadcast", (name) => {
    const message = new RegExp(`^${name}: .*\\[2,3\\] and \\[2\\].*3 against 2`);
    expectError(() => elementwise[name](zeros([2, 3]), zeros([2])), "SHAPE_MISMATCH", message);
    expectError(() => operators[name].shape([[2, 3], [2]], {}), "SHAPE_MISMATCH", message); // prettier-ignore
    expectError(() => elementwise[name](zeros([0]), zeros([2])), "SHAPE_MISMATCH", /\[0\] and \[2\]/);
    expectError(() => elementwise[name](1, [2] as never), "ARGUMENT", /an array/);
    expect(elementwise[name](zeros([0]), 1).shape).toEqual([0]);
  });
});

describe("special values", () => {
  it("strongMul: an exact zero annihilates, a tiny number doesn't", () => {
    const edges = tensor([Infinity, -Infinity, NaN]);
    expect(elementwise.strongMul(0, edges).toArray()).toEqual([0, 0, 0]);
    expect(elementwise.strongMul(edges, -0).toArray()).toEqual([0, 0, 0]);
    expect(elementwise.strongMul(5e-324, edges).toArray()).toEqual([Infinity, -Infinity, NaN]);
    expect(elementwise.strongMul(-0, 3).item()).toBe(-0);
    expect(elementwise.strongMul(NaN, 3).item()).toBe(NaN);
  });

  it("comparisons with NaN are false, but for notEqual; zeros are equal", () => {
    for (const name of ["equal", "less", "lessEqual", "greater", "greaterEqual"] as const)
      expect([elementwise[name](NaN, 1).item(), elementwise[name](NaN, NaN).item()]).toEqual([0, 0]);
    expect(elementwise.notEqual(NaN, NaN).item()).toBe(1);
    expect(elementwise.equal(-0, 0).item()).toBe(1);
    expect(elementwise.less(-0, 0).item()).toBe(0);
  });

  it("maximum and minimum pass NaN on and put +0 above -0", () => {
    expect(elementwise.maximum(NaN, Infinity).item()).toBe(NaN);
    expect(elementwise.minimum(-Infinity, NaN).item()).toBe(NaN);
    expect(elementwise.maximum(-0, 0).item()).toBe(0);
    expect(elementwise.minimum(0, -0).item()).toBe(-0);
  });

  it("pow(x, 0) is 1 for every x, and whole powers of negative numbers exist", () => {
    expect(elementwise.pow(tensor([NaN, 0, Infinity, -2]), 0).toArray()).toEqual([1, 1, 1, 1]);
    expect(elementwise.pow(-2, tensor([3, 2, -1, 0.5])).toArray()).toEqual([-8, 4, -0.5, NaN]);
  });
});
