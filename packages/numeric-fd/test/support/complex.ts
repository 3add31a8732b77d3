import { type Numeric, asTensor, type Shape, type Tensor, withLevel } from "@fluxion/core";
import fc from "fast-check";
import { expect } from "vitest";
import type { ComplexArray } from "../../src/complex/array.ts";
import { ComplexNumbers } from "../../src/complex/interpreter.ts";
import type { Lane } from "../../src/complex/lanes.ts";
import { tensor, reshape } from "@fluxion/core";

const single: readonly Lane[] = [{ pace: 1, isPerturbed: false }];

/** f on complex numbers of any size, as complexStep runs it on tiny ones. */
export function onComplex(f: (...zs: Tensor[]) => Numeric, ...args: readonly ComplexArray[]): ComplexArray {
  return withLevel(
    (level) => new ComplexNumbers(level, single),
    (numbers) => {
      const zs = args.map(({ re, im, shape }) => numbers.step(shaped(re, shape), im, 1));
      return numbers.numbers(asTensor(f(...zs)))[0]!;
    },
  );
}

function shaped(values: Float64Array, shape: Shape): Tensor {
  return reshape(tensor(Array.from(values)), shape);
}

export function complexArray(re: readonly number[], im: readonly number[], shape: Shape): ComplexArray {
  return { re: Float64Array.from(re), im: Float64Array.from(im), shape };
}

export function one(re: number, im: number): ComplexArray {
  return complexArray([re], [im], []);
}

export function conjugate({ re, im, shape }: ComplexArray): ComplexArray {
  return { re, im: im.map((part) => -part), shape };
}

/** Complex arrays of a shape with parts between −1 and 1. */
export function arrays(shape: Shape): fc.Arbitrary<ComplexArray> {
  const size = shape.reduce((product, length) => product * length, 1);
  const part = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: size, maxLength: size });
  return fc.tuple(part, part).map(([re, im]) => complexArray(re, im, shape));
}

/** Two complex arrays agree in all parts, relative to their largest entry, or to a size that cancelled. */
export function expectSame(
  found: ComplexArray,
  right: ComplexArray,
  tolerance: number,
  least = 1e-300,
): void {
  expect(found.shape).toEqual(right.shape);
  const size = Math.max(least, ...[...right.re, ...right.im].map(Math.abs));
  for (let i = 0; i < right.re.length; i++) {
    expect(Math.abs(found.re[i]! - right.re[i]!) / size).toBeLessThanOrEqual(tolerance);
    expect(Math.abs(found.im[i]! - right.im[i]!) / size).toBeLessThanOrEqual(tolerance);
  }
}
