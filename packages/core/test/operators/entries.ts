import fc from "fast-check";
import { expect } from "vitest";
import { type Shape, sizeOf } from "../../src/tensor/shape.ts";
import { concrete, type Tensor } from "../../src/tensor/tensor.ts";

/** Numbers of every kind: ±0, ±∞, NaN, subnormals, huge, tiny and everyday ones. */
export const anyNumber: fc.Arbitrary<number> = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom(0, -0, Infinity, -Infinity, NaN, 5e-324, -2.5e-310, 1.7e308) },
  { weight: 3, arbitrary: fc.integer({ min: -40, max: 40 }).map((x) => x / 8) },
  { weight: 1, arbitrary: fc.double() },
);

/** Multiples of 1/8, whose sums are exact, so that the order of additions doesn't show. */
export const exactNumber: fc.Arbitrary<number> = fc.integer({ min: -40, max: 40 }).map((x) => x / 8);

/** Ranks from 0 to 4 with axes from 0 to 4 long. */
export const anyShape: fc.Arbitrary<Shape> = shapeOfRank(0, 4);

export function shapeOfRank(least: number, most: number): fc.Arbitrary<Shape> {
  return fc.array(fc.nat(4), { minLength: least, maxLength: most });
}

export function tensorWith(shape: Shape, entry: fc.Arbitrary<number> = anyNumber): fc.Arbitrary<Tensor> {
  const size = sizeOf(shape);
  return fc
    .array(entry, { minLength: size, maxLength: size })
    .map((entries) => concrete(Float64Array.from(entries), shape));
}

/** A tensor of any shape with numbers of every kind, or of a given kind. */
export function anyTensor(
  shapes: fc.Arbitrary<Shape> = anyShape,
  entry: fc.Arbitrary<number> = anyNumber,
): fc.Arbitrary<Tensor> {
  return shapes.chain((shape) => tensorWith(shape, entry));
}

/** An axis of a rank as users name it, counted from either end. */
export function axisOf(rank: number): fc.Arbitrary<number> {
  return fc.integer({ min: -rank, max: rank - 1 });
}

/** Every multi-index of a shape in row-major order. */
export function indicesOf(shape: Shape): readonly (readonly number[])[] {
  return shape.reduce<readonly (readonly number[])[]>(
    (all, length) => all.flatMap((index) => Array.from({ length }, (_, i) => [...index, i])),
    [[]],
  );
}

/** The entry at a multi-index, by the definition of row-major order. */
export function at(x: Tensor, index: readonly number[]): number {
  return x.data[index.reduce((position, i, axis) => position * x.shape[axis]! + i, 0)]!;
}

/** The tensor must have this shape, and at every multi-index exactly this number: -0 is not +0, NaN is NaN. */
export function expectEntries(
  found: Tensor,
  shape: Shape,
  entry: (index: readonly number[]) => number,
): void {
  expect(found.shape).toEqual(shape);
  const wanted = indicesOf(shape).map(entry);
  if (!wanted.every((x, i) => Object.is(found.data[i], x))) expect(Array.from(found.data)).toEqual(wanted);
  expect(found.size).toBe(wanted.length);
}

/** Runs on tensors and checks that none of them has changed. */
export function keeping<Result>(inputs: readonly Tensor[], run: () => Result): Result {
  const before = inputs.map((x) => [x.shape.join(), Array.from(x.data)]);
  const result = run();
  inputs.forEach((x, i) => expect([x.shape.join(), Array.from(x.data)]).toEqual(before[i]));
  return result;
}
