import { bundleAdjustment } from "./bundle-adjustment.ts";
import { gaussianMixture } from "./gaussian-mixture.ts";
import { logistic, logisticCurvature } from "./logistic.ts";
import { lstm } from "./lstm.ts";
import { matrixChain, tanhLayer } from "./matrices.ts";
import { innerProduct, leastSquares } from "./notes.ts";
import { perceptron } from "./perceptron.ts";
import { ackley, rosenbrock, rosenbrockCurvature } from "./test-functions.ts";
import type { Workload } from "./workload.ts";

/**
 * The workloads of the comparison, in the order in which they are reported.
 *
 * @example
 * import { workloads } from "@fluxion/bench";
 * workloads[1]!.title; // => ‖Xw − y‖²
 */
export const workloads: readonly Workload[] = [
  innerProduct,
  leastSquares,
  logistic,
  gaussianMixture,
  perceptron,
  lstm,
  rosenbrock,
  ackley,
  matrixChain,
  tanhLayer,
  bundleAdjustment,
  rosenbrockCurvature,
  logisticCurvature,
];
