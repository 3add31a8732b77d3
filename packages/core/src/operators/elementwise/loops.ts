import { allocate, allocateShape } from "../../tensor/allocate.ts";
import { broadcastShapes, sameShape, type Shape, stridesOf } from "../../tensor/shape.ts";
import { concrete, scalar, type Tensor } from "../../tensor/tensor.ts";

/** out[i] = f(a[i]). */
export type UnaryLoop = (out: Float64Array, a: Float64Array) => void;

/**
 * out[o + i] = f(a[p + i·aStep], b[q + i·bStep]) for i < n. A step of 0 repeats one entry, so one loop serves equal
 * shapes, scalars on either side and the innermost axis of every broadcast.
 */
export type BinaryLoop = (
  out: Float64Array,
  o: number,
  n: number,
  a: Float64Array,
  p: number,
  aStep: number,
  b: Float64Array,
  q: number,
  bStep: number,
) => void;

/** A loop around a function that is dear enough for the call not to matter. */
export function unaryLoop(f: (a: number) => number): UnaryLoop {
  return (out, a) => {
    for (let i = 0; i < out.length; i++) out[i] = f(a[i]!);
  };
}

export function binaryLoop(f: (a: number, b: number) => number): BinaryLoop {
  return (out, o, n, a, p, aStep, b, q, bStep) => {
    for (let i = 0; i < n; i++, p += aStep, q += bStep) out[o + i] = f(a[p]!, b[q]!);
  };
}

/** Evaluates an elementwise operator of one operand. */
export function evaluateUnary(x: Tensor, f: (a: number) => number, loop: UnaryLoop): Tensor {
  if (x.store === null) return scalar(f(x.value));
  const out = allocate(x.store.length);
  loop(out, x.store);
  return concrete(out, x.shape);
}

/** Evaluates an elementwise operator of two operands, broadcasting them. Throws `SHAPE_MISMATCH`. */
export function evaluateBinary(
  asked: string,
  a: Tensor,
  b: Tensor,
  f: (a: number, b: number) => number,
  loop: BinaryLoop,
): Tensor {
  if (a.store === null && b.store === null) return scalar(f(a.value, b.value));
  const shape = broadcastShapes(asked, a.shape, b.shape);
  const aData = a.store ?? Float64Array.of(a.value);
  const bData = b.store ?? Float64Array.of(b.value);
  const out = allocateShape(shape);
  const size = out.length;
  const aWhole = sameShape(a.shape, shape);
  const bWhole = sameShape(b.shape, shape);
  if ((aWhole || aData.length === 1) && (bWhole || bData.length === 1))
    loop(out, 0, size, aData, 0, aWhole ? 1 : 0, bData, 0, bWhole ? 1 : 0);
  else if (size > 0)
    broadcastLoop(
      out,
      shape,
      aData,
      broadcastStrides(a.shape, shape),
      bData,
      broadcastStrides(b.shape, shape),
      loop,
    );
  return concrete(out, shape);
}

/** Strides of an operand along the axes of the broadcast shape: 0 where it stretches. */
export function broadcastStrides(from: Shape, to: Shape): readonly number[] {
  const strides = stridesOf(from);
  const offset = to.length - from.length;
  return to.map((_, axis) => (axis < offset || from[axis - offset] === 1 ? 0 : strides[axis - offset]!));
}

function broadcastLoop(
  out: Float64Array,
  shape: Shape,
  a: Float64Array,
  aStrides: readonly number[],
  b: Float64Array,
  bStrides: readonly number[],
  loop: BinaryLoop,
): void {
  const last = shape.length - 1;
  const n = shape[last]!;
  const index = new Array<number>(last).fill(0);
  let p = 0;
  let q = 0;
  for (let o = 0; o < out.length; o += n) {
    loop(out, o, n, a, p, aStrides[last]!, b, q, bStrides[last]!);
    for (let axis = last - 1; axis >= 0; axis--) {
      p += aStrides[axis]!;
      q += bStrides[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      index[axis] = 0;
      p -= aStrides[axis]! * shape[axis]!;
      q -= bStrides[axis]! * shape[axis]!;
    }
  }
}
