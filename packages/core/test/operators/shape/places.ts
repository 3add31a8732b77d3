import fc from "fast-check";
import { allAxes, type Shape } from "../../../src/tensor/shape.ts";
import { axisOf, shapeOfRank } from "../entries.ts";

/** A shape, one of its axes, and positions along that axis (which may repeat, and count from the end). */
export interface Place {
  readonly shape: Shape;
  readonly axis: number;
  readonly indices: readonly number[];
}

export const places: fc.Arbitrary<Place> = shapeOfRank(1, 4).chain((shape) =>
  axisOf(shape.length).chain((axis) => {
    const length = shape.at(axis)!;
    return fc.record({
      shape: fc.constant(shape),
      axis: fc.constant(axis),
      indices: fc.array(fc.integer({ min: -length, max: Math.max(length - 1, 0) }), {
        maxLength: length > 0 ? 5 : 0,
      }),
    });
  }),
);

/** The axis, counted from the first. */
export const along = (shape: Shape, axis: number): number => allAxes(shape.length).at(axis)!;
