import { broadcastTo, sameShape, type Shape, Tensor, zeros } from "@fluxion/core";
import type { Complex } from "./functions/complex.ts";

/** Complex numbers of a shape, as the arrays of their real and imaginary parts in row-major order. */
export interface ComplexArray {
  readonly shape: Shape;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** One part as a concrete tensor, for operators that do to both parts what they do to real numbers. */
export function asTensor(part: Float64Array, shape: Shape): Tensor {
  return shape.length === 0
    ? new Tensor(zeros([]).shape, part[0]!, null, 0, null, null, null)
    : new Tensor(shape, NaN, part, 0, null, null, null);
}

/** Two concrete tensors of one shape as the parts of complex numbers. */
export function fromParts(re: Tensor, im: Tensor): ComplexArray {
  return { shape: re.shape, re: re.data, im: im.data };
}

/** The imaginary parts of all constants, which nobody writes to; replaced by a longer one when it is needed. */
let zeroParts = new Float64Array(64);

/** Real numbers. */
export function fromReal(x: Tensor): ComplexArray {
  if (x.size > zeroParts.length) zeroParts = new Float64Array(2 * x.size);
  return { shape: x.shape, re: x.data, im: zeroParts.subarray(0, x.size) };
}

export function empty(shape: Shape): ComplexArray {
  const size = shape.reduce((product, length) => product * length, 1);
  return { shape, re: new Float64Array(size), im: new Float64Array(size) };
}

export function at({ re, im }: ComplexArray, index: number): Complex {
  return { re: re[index]!, im: im[index]! };
}

export function put(into: ComplexArray, index: number, { re, im }: Complex): void {
  into.re[index] = re;
  into.im[index] = im;
}

/** True where all numbers are real: a constant. */
export function isReal({ im }: ComplexArray): boolean {
  return im.buffer === zeroParts.buffer || im.every((part) => part === 0);
}

/** The numbers repeated along the axes that a shape adds or lengthens. */
export function stretched(x: ComplexArray, shape: Shape): ComplexArray {
  if (sameShape(x.shape, shape)) return x;
  const stretch = (part: Float64Array): Tensor => broadcastTo(asTensor(part, x.shape), shape);
  return fromParts(stretch(x.re), stretch(x.im));
}
