import type { CaseGroup } from "./case.ts";
import { compositions, curves } from "./compositions.ts";
import { determinants, forms, inverses, norms, traces } from "./cookbook.ts";
import { hessians, mixed } from "./hessians.ts";
import { entropies, gaussians, layers, leastSquares, logistic, quotients, softmaxes } from "./statistics.ts";

/** Derivatives with vectors and matrices, written down before anything here could derive them. */
export const matrixCases: readonly CaseGroup[] = [
  determinants,
  inverses,
  forms,
  traces,
  norms,
  leastSquares,
  logistic,
  softmaxes,
  gaussians,
  quotients,
  layers,
  entropies,
  compositions,
  curves,
  hessians,
  mixed,
];
