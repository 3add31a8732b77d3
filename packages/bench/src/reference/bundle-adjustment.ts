import type { HandWritten } from "./hand-written.ts";

/** Parameters of one observation: rotation 3, centre 3, focal length, principal point 2, distortion 2, point 3, weight. */
export const observationWidth = 15;

/** Intermediate results of one observation, overwritten by the next. */
interface Workspace {
  readonly axis: Float64Array; // unit vector of the rotation, [3]
  readonly centred: Float64Array; // point − centre, [3]
  readonly turned: Float64Array; // the same in the camera's frame, [3]
  readonly byAxis: Float64Array; // ∂turned/∂rotation, [3, 3]
  readonly rotation: Float64Array; // ∂turned/∂point, [3, 3]
}

/**
 * Sum over observations of the weighted reprojection errors, [2]: pinhole camera, rotation by Rodrigues' formula, two
 * coefficients of radial distortion. parameters is [n, 15], features (what was seen) is [n, 2].
 *
 * Source: ADBench (see `mixtureValue`), objective BA. As the sum's terms have no parameters in common, its Jacobian
 * [2, n, 15] is ADBench's: one 2 × 15 block for each observation.
 */
export function reprojectionValue(
  parameters: Float64Array,
  features: Float64Array,
  workspace: Workspace,
  sums: Float64Array,
): void {
  sums.fill(0);
  const n = features.length / 2;
  for (let i = 0; i < n; i++) {
    const start = i * observationWidth;
    turn(parameters, start, workspace);
    const { turned } = workspace;
    const [u, v] = [turned[0]! / turned[2]!, turned[1]! / turned[2]!];
    const square = u * u + v * v;
    const stretch = 1 + parameters[start + 9]! * square + parameters[start + 10]! * square * square;
    const scale = parameters[start + 6]! * stretch;
    const weight = parameters[start + 14]!;
    sums[0]! += weight * (scale * u + parameters[start + 7]! - features[2 * i]!);
    sums[1]! += weight * (scale * v + parameters[start + 8]! - features[2 * i + 1]!);
  }
}

/** Its Jacobian, written into `jacobian` [2, n, 15]. */
export function reprojectionJacobian(
  parameters: Float64Array,
  features: Float64Array,
  workspace: Workspace,
  jacobian: Float64Array,
): void {
  const n = features.length / 2;
  const { turned, byAxis, rotation } = workspace;
  for (let i = 0; i < n; i++) {
    const start = i * observationWidth;
    turn(parameters, start, workspace);
    turnDerivative(parameters, start, workspace);
    const depth = turned[2]!;
    const [u, v] = [turned[0]! / depth, turned[1]! / depth];
    const square = u * u + v * v;
    const focal = parameters[start + 6]!;
    const [first, second] = [parameters[start + 9]!, parameters[start + 10]!];
    const stretch = 1 + first * square + second * square * square;
    const slope = 2 * (first + 2 * second * square);
    const weight = parameters[start + 14]!;
    for (let row = 0; row < 2; row++) {
      const own = row === 0 ? u : v;
      // The derivative of the distorted coordinate by u and by v, then by the turned point.
      const byU = weight * focal * (slope * own * u + (row === 0 ? stretch : 0));
      const byV = weight * focal * (slope * own * v + (row === 1 ? stretch : 0));
      const byX = byU / depth;
      const byY = byV / depth;
      const byZ = -(byU * u + byV * v) / depth;
      const out = (row * n + i) * observationWidth;
      for (let j = 0; j < 3; j++) {
        jacobian[out + j] = byX * byAxis[j]! + byY * byAxis[3 + j]! + byZ * byAxis[6 + j]!;
        const byPoint = byX * rotation[j]! + byY * rotation[3 + j]! + byZ * rotation[6 + j]!;
        jacobian[out + 3 + j] = -byPoint;
        jacobian[out + 11 + j] = byPoint;
      }
      jacobian[out + 6] = weight * stretch * own;
      jacobian[out + 7] = row === 0 ? weight : 0;
      jacobian[out + 8] = row === 1 ? weight : 0;
      jacobian[out + 9] = weight * focal * own * square;
      jacobian[out + 10] = weight * focal * own * square * square;
      jacobian[out + 14] = focal * stretch * own + parameters[start + 7 + row]! - features[2 * i + row]!;
    }
  }
}

/** Reprojection errors of parameters [n, 15] and features [n, 2], differentiated by the parameters. */
export function reprojectionByHand(parameters: Float64Array, features: Float64Array): HandWritten {
  const workspace: Workspace = {
    axis: new Float64Array(3),
    centred: new Float64Array(3),
    turned: new Float64Array(3),
    byAxis: new Float64Array(9),
    rotation: new Float64Array(9),
  };
  const sums = new Float64Array(2);
  const jacobian = new Float64Array(2 * parameters.length);
  return {
    inputs: [parameters],
    value() {
      reprojectionValue(parameters, features, workspace, sums);
      return sums;
    },
    derivative() {
      reprojectionJacobian(parameters, features, workspace, jacobian);
      return [jacobian];
    },
  };
}

/** turned = x cos θ + (w × x) sin θ + w (w·x)(1 − cos θ) with x = point − centre and rotation vector θw, θ > 0. */
function turn(parameters: Float64Array, start: number, { axis, centred, turned }: Workspace): void {
  const angle = Math.hypot(parameters[start]!, parameters[start + 1]!, parameters[start + 2]!);
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  let inner = 0;
  for (let j = 0; j < 3; j++) {
    axis[j] = parameters[start + j]! / angle;
    centred[j] = parameters[start + 11 + j]! - parameters[start + 3 + j]!;
    inner += axis[j]! * centred[j]!;
  }
  for (let j = 0; j < 3; j++) {
    const [k, l] = [(j + 1) % 3, (j + 2) % 3];
    const cross = axis[k]! * centred[l]! - axis[l]! * centred[k]!;
    turned[j] = centred[j]! * cosine + cross * sine + axis[j]! * inner * (1 - cosine);
  }
}

/** ∂turned/∂rotation = a wᵀ + B (I − w wᵀ)/θ with a = ∂turned/∂θ, B = ∂turned/∂w; and the rotation matrix itself. */
function turnDerivative(
  parameters: Float64Array,
  start: number,
  { axis, centred, byAxis, rotation }: Workspace,
): void {
  const angle = Math.hypot(parameters[start]!, parameters[start + 1]!, parameters[start + 2]!);
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  const inner = axis[0]! * centred[0]! + axis[1]! * centred[1]! + axis[2]! * centred[2]!;
  for (let j = 0; j < 3; j++) {
    const [k, l] = [(j + 1) % 3, (j + 2) % 3];
    const cross = axis[k]! * centred[l]! - axis[l]! * centred[k]!;
    const byAngle = (axis[j]! * inner - centred[j]!) * sine + cross * cosine;
    // Row j of B, and its product with w.
    const own = (1 - cosine) * (inner + axis[j]! * centred[j]!);
    const next = sine * centred[l]! + (1 - cosine) * axis[j]! * centred[k]!;
    const last = -sine * centred[k]! + (1 - cosine) * axis[j]! * centred[l]!;
    const along = own * axis[j]! + next * axis[k]! + last * axis[l]!;
    byAxis[3 * j + j] = byAngle * axis[j]! + (own - along * axis[j]!) / angle;
    byAxis[3 * j + k] = byAngle * axis[k]! + (next - along * axis[k]!) / angle;
    byAxis[3 * j + l] = byAngle * axis[l]! + (last - along * axis[l]!) / angle;
    rotation[3 * j + j] = cosine + (1 - cosine) * axis[j]! * axis[j]!;
    rotation[3 * j + k] = (1 - cosine) * axis[j]! * axis[k]! - sine * axis[l]!;
    rotation[3 * j + l] = (1 - cosine) * axis[j]! * axis[l]! + sine * axis[k]!;
  }
}
