import * as complex from "../complex/estimates.ts";
import type { Purpose } from "../complex/estimates.ts";
import type { Settings } from "../options.ts";
import type { Coordinates } from "./coordinates.ts";
import * as differences from "./estimates.ts";
import type { Numbers } from "./estimates.ts";
import type { Direction } from "./lines.ts";
import type { Point } from "./point.ts";

/** What the strategy computes at a point of numbers. */
export interface Estimates {
  jacobian(point: Point, coordinates: readonly Coordinates[], settings: Settings): Numbers;
  directional(
    point: Point,
    coordinates: readonly Coordinates[],
    direction: Direction,
    settings: Settings,
  ): Numbers;
  hessian(
    point: Point,
    coordinates: readonly Coordinates[],
    settings: Settings,
  ): { readonly gradient: Numbers; readonly hessian: Numbers };
  hessianVector(
    point: Point,
    coordinates: readonly Coordinates[],
    vector: Direction,
    settings: Settings,
  ): Numbers;
}

/** Estimates by the method that the settings name; complex steps cost less where nobody looks at the bounds. */
export function estimatesFor(purpose: Purpose): Estimates {
  const isComplex = ({ method }: Settings): boolean => method === "complexStep";
  return {
    jacobian: (point, coordinates, settings) =>
      isComplex(settings)
        ? complex.jacobian(point, coordinates, purpose)
        : differences.jacobian(point, coordinates, settings),
    directional: (point, coordinates, direction, settings) =>
      isComplex(settings)
        ? complex.directional(point, coordinates, direction)
        : differences.directional(point, coordinates, direction, settings),
    hessian: (point, coordinates, settings) =>
      isComplex(settings)
        ? complex.hessian(point, coordinates, settings, purpose)
        : differences.hessian(point, coordinates, settings),
    hessianVector: (point, coordinates, vector, settings) =>
      isComplex(settings)
        ? complex.hessianVector(point, coordinates, vector, settings)
        : differences.hessianVector(point, coordinates, vector, settings),
  };
}
