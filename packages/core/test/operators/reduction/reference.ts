import fc from "fast-check";
import { expect } from "vitest";
import type { ReductionName } from "../../../src/operators/reduction/define.ts";
import type { Operator } from "../../../src/operators/operator.ts";
import type { ReductionOptions } from "../../../src/operators/reduction/define.ts";
import type { Numeric } from "../../../src/tensor/numeric.ts";
import { allAxes, type Shape } from "../../../src/tensor/shape.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { anyTensor, at, expectEntries, indicesOf, keeping } from "../entries.ts";
import { checkBatch, expectError, runs, tensorOf } from "../linear-algebra/tensors.ts";
import { zeros } from "../../../src/tensor/create.ts";

type Reduction = (x: Numeric, options?: ReductionOptions) => Tensor;

/** The entries that one result comes from, in row-major order, by its index with the reduced axes at any place. */
export function reducedEntries(
  x: Tensor,
  axes: readonly number[],
  index: readonly number[],
): readonly number[] {
  return indicesOf(axes.map((axis) => x.shape[axis]!)).map(
    (inner) =>
    at(x, index.map((i, axis) => (axes.includes(axis) ? inner[axes.indexOf(axis)]! : i))), // prettier-ignore
  );
}

/** A tensor, some of its axes in ascending order, and keepDims. */
export function reductions(
  entry: fc.Arbitrary<number>,
  shapes?: fc.Arbitrary<Shape>,
): fc.Arbitrary<{ readonly x: Tensor; readonly axes: readonly number[]; readonly keepDims: boolean }> {
  return anyTensor(shapes, entry).chain((x) =>
    fc.record({ x: fc.constant(x), axes: fc.subarray([...allAxes(x.rank)]), keepDims: fc.boolean() }),
  );
}

/** The reduction gives exactly what `reference` gives for the entries behind every result. */
export function checkAgainst(
  reduce: Reduction,
  entry: fc.Arbitrary<number>,
  reference: (entries: readonly number[]) => number,
  shapes?: fc.Arbitrary<Shape>,
): void {
  fc.assert(
    fc.property(reductions(entry, shapes), ({ x, axes, keepDims }) => {
      const y = keeping([x], () => reduce(x, { axes, keepDims }));
      const kept = x.shape.map((length, axis) => (axes.includes(axis) ? 1 : length));
      const wide = keepDims ? y : reduce(x, { axes, keepDims: true });
      if (!keepDims) {
        expect(y.shape).toEqual(x.shape.filter((_, axis) => !axes.includes(axis)));
        expect(Array.from(y.data)).toEqual(Array.from(wide.data));
      }
      expectEntries(wide, kept, (index) => reference(reducedEntries(x, axes, index)));
    }),
    { numRuns: 2 * runs },
  );
}

/** Axes are counted from either end, are all of them when not given, and wrong ones and wrong options are refused. */
export function checkOptions(name: string, reduce: Reduction): void {
  expect(reduce(zeros([2, 3, 4]), { axes: -1 }).shape).toEqual([2, 3]);
  expect(reduce(zeros([2, 3, 4]), { axes: [-1, 0] }).shape).toEqual([3]);
  expect(reduce(zeros([2, 3, 4])).shape).toEqual([]);
  expect(reduce(zeros([2, 3, 4]), { keepDims: true }).shape).toEqual([1, 1, 1]);
  expect(reduce(Float64Array.of(0)).shape).toEqual([]);
  expectError(
    () => reduce(zeros([2, 3]), { axes: 2 }),
    "ARGUMENT",
    new RegExp(`${name}: .*no axis 2.*rank 2`),
  );
  expectError(() => reduce(zeros([2, 3]), { axes: [0, -2] }), "ARGUMENT", /axis 0 is named twice/);
  expectError(() => reduce(1, { axes: 0 }), "ARGUMENT", /scalar has no axes/);
  expectError(
    () => reduce(zeros([2]), { axis: 0 } as never),
    "ARGUMENT",
    new RegExp(`${name} has no option "axis"`),
  );
  expectError(() => reduce(zeros([2]), 0 as never), "ARGUMENT", new RegExp(`${name}: the options .*found 0`));
  expectError(() => reduce([1, 2] as never), "ARGUMENT", /tensor\(\[…\]\)/);
}

/** The batch rule of a reduction gives what a loop gives. */
export function checkReductionBatch<N extends ReductionName>(operator: Operator<N>): void {
  fc.assert(
    fc.property(
      fc.array(tensorOf([2, 3, 2]), { minLength: 1, maxLength: 3 }),
      fc.subarray([0, 1, 2]),
      fc.boolean(),
      (xs, axes, keepDims) => checkBatch(operator, { axes, keepDims }, xs.map((x) => [x])), // prettier-ignore
    ),
    { numRuns: runs },
  );
}

/** An operator along one axis: the result's runs are what `reference` makes of the operand's. */
export function checkAlongAxis(
  apply: (x: Tensor, axis: number) => Tensor,
  entry: fc.Arbitrary<number>,
  reference: (entries: readonly number[]) => readonly number[],
): void {
  const drawn = anyTensor(fc.array(fc.nat(4), { minLength: 1, maxLength: 4 }), entry).chain((x) =>
    fc.tuple(fc.constant(x), fc.nat(x.rank - 1)),
  );
  fc.assert(
    fc.property(drawn, ([x, axis]) => {
      const y = keeping([x], () => apply(x, axis));
      expectEntries(y, x.shape, (index) => reference(reducedEntries(x, [axis], index))[index[axis]!]!);
    }),
    { numRuns: 2 * runs },
  );
}
