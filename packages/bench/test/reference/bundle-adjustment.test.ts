import { describe, expect, test } from "vitest";
import { seeded } from "../../src/data/index.ts";
import { observationWidth, reprojectionByHand } from "../../src/reference/index.ts";
import { expectDerivative } from "./differences.ts";

/** One observation: no rotation to speak of, camera at the origin, point (x, y, z), focal length 2, weight 1. */
function observation(x: number, y: number, z: number): Float64Array {
  const parameters = new Float64Array(observationWidth);
  parameters.set([0, 0, 1e-9], 0);
  parameters[6] = 2;
  parameters.set([x, y, z, 1], 11);
  return parameters;
}

describe.each([1, 3, 20])("%i observations", (n) => {
  const random = seeded(n);
  const parameters = random.normal(n * observationWidth, 0.3);
  for (let i = 0; i < n; i++) {
    parameters[i * observationWidth + 6]! += 2;
    parameters[i * observationWidth + 13]! += 4;
  }

  test("Jacobian", () =>
    expectDerivative(reprojectionByHand(parameters, random.normal(2 * n)), { tolerance: 1e-7 }));
});

test("a point is seen at focal length times x/z, y/z", () => {
  const [u, v] = reprojectionByHand(observation(1, 3, 4), new Float64Array(2)).value();
  expect(u).toBeCloseTo(0.5, 8);
  expect(v).toBeCloseTo(1.5, 8);
});

test("a quarter turn about z takes x to y, and distortion grows with the radius", () => {
  const parameters = observation(1, 0, 1);
  parameters[2] = Math.PI / 2;
  parameters.set([0.1, 0.01], 9);
  const [u, v] = reprojectionByHand(parameters, new Float64Array(2)).value();
  expect(u).toBeCloseTo(0, 12);
  expect(v).toBeCloseTo(2 * 1.11, 12);
});
