import type { FlatFunction } from "@fluxion/core";
import type { Settings } from "../options.ts";
import type { Start } from "../point/begin.ts";
import { split } from "../point/blocks.ts";
import * as differences from "../point/estimates.ts";
import { places, type SecondOrder } from "../point/estimates.ts";
import type { Direction } from "../point/lines.ts";
import { Numbers } from "../point/numbers.ts";
import { Point } from "../point/point.ts";
import { givenGradient } from "../sparse/given-gradient.ts";
import { hessianOfGradient } from "../sparse/hessian.ts";
import type { LineEstimate } from "../types.ts";
import { along, combined, direct, type Purpose, refuted, speedOf, unit } from "./along.ts";
import { lanesFor } from "./lanes.ts";
import { complexValues, stepFor } from "./slopes.ts";
import { sparseJacobian } from "./sparse.ts";

/** The Jacobian, with the pattern that the options know of. */
export function jacobianOf(start: Start, purpose: Purpose): Numbers {
  const { sparsity } = start;
  return (sparsity === undefined ? null : sparseJacobian(start, sparsity)) ?? jacobian(start, purpose);
}

/** The Jacobian, `[output entry][input entry]`: one call of f with complex numbers for each entry of the inputs. */
export function jacobian(start: Start, purpose: Purpose): Numbers {
  const { point } = start;
  const columns = places(point.inputs);
  const result = new Numbers(point.centre.length * columns.length);
  const directions = columns.map((place) => unit(point.inputs, place));
  const found = directions.map((direction, column) =>
    along(start, direction, column === 0 ? "bounds" : purpose),
  );
  const speeds = columns.map((place, column) => speedOf(start, place, column));
  const rows = point.centre.length;
  const claims = Array.from({ length: rows }, (_, row) =>
    combined(
      found.map(({ estimates }) => estimates[row]!),
      speeds,
      found[0]?.noise[row] ?? 0,
    ),
  );
  const wrong = refuted(start, direct(point.inputs, columns, speeds), claims);
  found.forEach(({ estimates }, column) => {
    estimates.forEach((estimate, row) =>
      result.put(row * columns.length + column, wrong.get(row) ?? estimate),
    );
  });
  return result;
}

/** The directional derivative of every output entry. */
export function directional(start: Start, direction: Direction): Numbers {
  const result = new Numbers(start.point.centre.length);
  if (!direction.some((speeds) => speeds?.some((speed) => speed !== 0))) return result;
  slopes(start, direction).forEach((estimate, row) => result.put(row, estimate));
  return result;
}

/** The derivatives of all outputs along a direction, from one call of f with complex numbers. */
export function slopes(start: Start, direction: Direction): LineEstimate[] {
  const { estimates, noise } = along(start, direction, "bounds");
  const claims = estimates.map((estimate, row) => combined([estimate], [1], noise[row]!));
  const wrong = refuted(start, direction, claims);
  return estimates.map((estimate, row) => wrong.get(row) ?? estimate);
}

/**
 * Gradient and Hessian of a scalar. From a gradient that the options give, the Hessian is its Jacobian by complex steps;
 * otherwise the Jacobian, by adaptive differences, of gradients by complex steps, with the pattern that the options know of.
 */
export function hessianOf(start: Start, purpose: Purpose): SecondOrder {
  if (start.gradient !== null)
    return givenGradient(start, start.gradient, (gradient) => ({
      gradient: exactly(gradient.point.centre),
      hessian: symmetric(jacobianOf(gradient, purpose), gradient.point.centre.length),
    }));
  const gradient = jacobian(start, purpose);
  const around = gradients(start, gradient);
  const hessian =
    start.sparsity === undefined
      ? symmetric(differences.jacobian(around), gradient.values.length)
      : hessianOfGradient(
          around,
          start.sparsity,
          "f has no gradient by complex steps that agrees with itself",
        );
  return { gradient, hessian };
}

/** H·v of a scalar: the derivative along v of gradients, by complex steps of one that the options give. */
export function hessianVectorOf(start: Start, vector: Direction): Numbers {
  if (start.gradient !== null)
    return givenGradient(start, start.gradient, (gradient) => directional(gradient, vector));
  return differences.directional(gradients(start, jacobian(start, "numbers")), vector);
}

/** The settings for differences of gradients: the noise of f is not theirs. */
function smooth(settings: Settings): Settings {
  return { ...settings, method: "adaptive", noise: 0 };
}

function exactly(values: Float64Array): Numbers {
  const numbers = new Numbers(values.length);
  numbers.values.set(values);
  return numbers;
}

/** A matrix that must be symmetric: of each two entries that are equal, the one that is better known. */
function symmetric(matrix: Numbers, size: number): Numbers {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) {
      const [at, across] = [i * size + j, j * size + i];
      if (matrix.errors[at]! <= matrix.errors[across]!) matrix.set(across, matrix.entry(at));
      else matrix.set(at, matrix.entry(across));
    }
  }
  return matrix;
}

/** The gradient as a function of its own, at the point, for adaptive differences. */
export function gradients(start: Start, at: Pick<Numbers, "values">): Start {
  const { point, coordinates, settings } = start;
  const f: FlatFunction = (inputs) => {
    const gradient = new Float64Array(at.values.length).fill(NaN);
    // Where real numbers leave the domain of f, complex ones may not. A NaN among the inputs tells who depends on it.
    const isProbe = inputs.some(({ data }) => data.some(Number.isNaN));
    if (isProbe || point.evaluate([inputs])[0]!.every(Number.isFinite)) {
      places(inputs).forEach((place, i) => {
        const direction = unit(inputs, place);
        const step = stepFor(inputs, coordinates, direction);
        const [first] = complexValues(
          point.call, inputs, direction, step, lanesFor.numbers, point.outputs,
        ); // prettier-ignore
        gradient[i] = first!.im[0]! / step;
      });
    }
    return split(gradient, inputs);
  };
  return {
    point: new Point(f, point.inputs, split(at.values, point.inputs)),
    coordinates,
    settings: smooth(settings),
    sparsity: undefined,
    gradient: null,
    gradientBatch: null,
  };
}
