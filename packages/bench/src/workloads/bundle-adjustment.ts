import { add, cos, div, fromData, mul, sin, slice, sqrt, square, stack, sub, sum } from "@fluxion/core";
import type { Tensor } from "@fluxion/core";
import { seeded } from "../data/index.ts";
import { observationWidth, reprojectionByHand } from "../reference/index.ts";
import type { Workload } from "./workload.ts";

/** ADBench's Jacobian of reprojection errors: a block of 2 × 15 for each of n observations. */
export const bundleAdjustment: Workload = {
  name: "bundle-adjustment",
  title: "bundle adjustment (ADBench)",
  latex: String.raw`\partial\, w_i \left(f_i\, d(\mathbf{R}_i(\mathbf{p}_i - \mathbf{c}_i)) + \mathbf{o}_i - \mathbf{m}_i\right) / \partial(\dots)`,
  operator: "jacobian",
  sizes: [10, 100, 1000],
  largeSizes: [10_000],
  growth: { value: 1, inputs: 1, outputs: 0 },
  problem: (n) => {
    const random = seeded(n);
    const parameters = random.normal(n * observationWidth, 0.3);
    for (let i = 0; i < n; i++) {
      // Points in front of the camera, and a focal length and a weight that are far from 0.
      for (const [column, shift] of [
        [6, 2],
        [13, 4],
        [14, 1],
      ] as const)
        parameters[i * observationWidth + column]! += shift;
    }
    const features = random.normal(2 * n);
    const seen = fromData(features, [n, 2]);
    return {
      label: `${n} observations`,
      f: (observations: Tensor) => reprojection(observations, seen),
      inputs: [fromData(parameters, [n, observationWidth])],
      byHand: reprojectionByHand(parameters, features),
    };
  },
};

/** Columns of the parameters as `reprojectionValue` lays them out; each is a vector over all observations. */
function reprojection(observations: Tensor, seen: Tensor): Tensor {
  const column = (index: number): Tensor => slice(observations, [[], index]);
  const three = (first: number): readonly Tensor[] => [column(first), column(first + 1), column(first + 2)];
  const [rotation, centre, point] = [three(0), three(3), three(11)];
  const centred = point.map((coordinate, j) => sub(coordinate, centre[j]!));
  const [x, y, depth] = rotate(rotation, centred);
  const [u, v] = [div(x!, depth!), div(y!, depth!)];
  const radius = add(square(u), square(v));
  const stretch = add(1, add(mul(column(9), radius), mul(column(10), square(radius))));
  const scale = mul(column(6), stretch);
  const errors = [u, v].map((coordinate, j) =>
    mul(column(14), sub(add(mul(scale, coordinate), column(7 + j)), slice(seen, [[], j]))),
  );
  return sum(stack(errors), { axes: 1 });
}

/** Rodrigues' formula. */
function rotate(rotation: readonly Tensor[], x: readonly Tensor[]): readonly Tensor[] {
  const squares = rotation.map((component) => square(component));
  const angle = sqrt(add(add(squares[0]!, squares[1]!), squares[2]!));
  const [sine, cosine] = [sin(angle), cos(angle)];
  const axis = rotation.map((component) => div(component, angle));
  const products = axis.map((component, j) => mul(component, x[j]!));
  const along = mul(add(add(products[0]!, products[1]!), products[2]!), sub(1, cosine));
  return x.map((coordinate, j) => {
    const [k, l] = [(j + 1) % 3, (j + 2) % 3];
    const cross = sub(mul(axis[k]!, x[l]!), mul(axis[l]!, x[k]!));
    return add(add(mul(coordinate, cosine), mul(cross, sine)), mul(axis[j]!, along));
  });
}
