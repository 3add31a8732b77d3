import type { HandWritten } from "./hand-written.ts";

/** Sizes of a Gaussian mixture, and the hyperparameters γ and m of its Wishart prior. */
export interface MixtureSizes {
  readonly points: number;
  readonly dimensions: number;
  readonly components: number;
  readonly wishart: { readonly gamma: number; readonly m: number };
}

/**
 * Parameters, also the shape of a gradient: alphas [components] (log-weights up to a constant), means [components,
 * dimensions], factors [components, dimensions·(dimensions+1)/2].
 *
 * A row of `factors` is Q with QᵀQ = Σ⁻¹: first the logarithms of the diagonal, then the part below it, by columns.
 */
export interface MixtureParameters {
  readonly alphas: Float64Array;
  readonly means: Float64Array;
  readonly factors: Float64Array;
}

/** Per point: whitened and centred coordinates of each component, and the component's log-likelihood. */
interface Workspace {
  readonly scales: Float64Array; // exp of the log-diagonals, [components, dimensions]
  readonly logDeterminants: Float64Array; // Σ log-diagonals, [components]
  readonly centred: Float64Array; // x − μ, [components, dimensions]
  readonly whitened: Float64Array; // Q (x − μ), [components, dimensions]
  readonly terms: Float64Array; // [components]
}

/**
 * Log-likelihood of points x [points, dimensions] under the mixture, plus the log of the Wishart prior.
 *
 * Source: F. Srajer, Z. Kukelova, A. Fitzgibbon, A benchmark of selected algorithmic differentiation tools on some
 * problems in computer vision and machine learning, 2018 (ADBench, objective GMM).
 */
export function mixtureValue(
  x: Float64Array,
  parameters: MixtureParameters,
  sizes: MixtureSizes,
  workspace: Workspace,
): number {
  const { points, dimensions } = sizes;
  prepare(parameters.factors, sizes, workspace);
  let sum = 0;
  for (let i = 0; i < points; i++) {
    whiten(x, i * dimensions, parameters, sizes, workspace);
    sum += logSumExp(workspace.terms);
  }
  return sum + outsideTheSum(parameters, sizes, workspace);
}

/** Its gradient, written into `gradient`; returns the value. */
export function mixtureGradient(
  x: Float64Array,
  parameters: MixtureParameters,
  sizes: MixtureSizes,
  workspace: Workspace,
  gradient: MixtureParameters,
): number {
  const { points, dimensions, components, wishart } = sizes;
  const { scales, terms } = workspace;
  prepare(parameters.factors, sizes, workspace);
  gradient.alphas.fill(0);
  gradient.means.fill(0);
  gradient.factors.fill(0);
  let sum = 0;
  for (let i = 0; i < points; i++) {
    whiten(x, i * dimensions, parameters, sizes, workspace);
    const total = logSumExp(terms);
    sum += total;
    for (let k = 0; k < components; k++) {
      accumulate(k, Math.exp(terms[k]! - total), parameters.factors, dimensions, workspace, gradient);
    }
  }
  const total = logSumExp(parameters.alphas);
  const width = (dimensions * (dimensions + 1)) / 2;
  const square = wishart.gamma * wishart.gamma;
  for (let k = 0; k < components; k++) {
    const responsibility = gradient.alphas[k]!;
    gradient.alphas[k] = responsibility - points * Math.exp(parameters.alphas[k]! - total);
    for (let j = 0; j < dimensions; j++) {
      const scale = scales[k * dimensions + j]!;
      gradient.factors[k * width + j]! += responsibility + square * scale * scale - wishart.m;
    }
    for (let j = dimensions; j < width; j++) {
      gradient.factors[k * width + j]! += square * parameters.factors[k * width + j]!;
    }
  }
  return sum + outsideTheSum(parameters, sizes, workspace);
}

/** A Gaussian mixture on points x [points, dimensions], differentiated by alphas, means and factors. */
export function mixtureByHand(
  x: Float64Array,
  parameters: MixtureParameters,
  sizes: MixtureSizes,
): HandWritten {
  const each = sizes.components * sizes.dimensions;
  const workspace: Workspace = {
    scales: new Float64Array(each),
    logDeterminants: new Float64Array(sizes.components),
    centred: new Float64Array(each),
    whitened: new Float64Array(each),
    terms: new Float64Array(sizes.components),
  };
  const gradient: MixtureParameters = {
    alphas: new Float64Array(parameters.alphas.length),
    means: new Float64Array(parameters.means.length),
    factors: new Float64Array(parameters.factors.length),
  };
  const gradients = [gradient.alphas, gradient.means, gradient.factors];
  const value = new Float64Array(1);
  return {
    inputs: [parameters.alphas, parameters.means, parameters.factors],
    value() {
      value[0] = mixtureValue(x, parameters, sizes, workspace);
      return value;
    },
    derivative() {
      mixtureGradient(x, parameters, sizes, workspace, gradient);
      return gradients;
    },
  };
}

function prepare(factors: Float64Array, sizes: MixtureSizes, { scales, logDeterminants }: Workspace): void {
  const { dimensions, components } = sizes;
  const width = (dimensions * (dimensions + 1)) / 2;
  for (let k = 0; k < components; k++) {
    let sum = 0;
    for (let j = 0; j < dimensions; j++) {
      const log = factors[k * width + j]!;
      sum += log;
      scales[k * dimensions + j] = Math.exp(log);
    }
    logDeterminants[k] = sum;
  }
}

/** terms[k] = αₖ + log|Qₖ| − ½‖Qₖ (x − μₖ)‖² for the point that starts at `start`. */
function whiten(
  x: Float64Array,
  start: number,
  { alphas, means, factors }: MixtureParameters,
  { dimensions, components }: MixtureSizes,
  { scales, logDeterminants, centred, whitened, terms }: Workspace,
): void {
  const width = (dimensions * (dimensions + 1)) / 2;
  for (let k = 0; k < components; k++) {
    const row = k * dimensions;
    for (let j = 0; j < dimensions; j++) {
      const difference = x[start + j]! - means[row + j]!;
      centred[row + j] = difference;
      whitened[row + j] = scales[row + j]! * difference;
    }
    let entry = k * width + dimensions;
    for (let column = 0; column < dimensions; column++) {
      const difference = centred[row + column]!;
      for (let j = column + 1; j < dimensions; j++) whitened[row + j]! += factors[entry++]! * difference;
    }
    let squares = 0;
    for (let j = 0; j < dimensions; j++) squares += whitened[row + j]! * whitened[row + j]!;
    terms[k] = alphas[k]! + logDeterminants[k]! - 0.5 * squares;
  }
}

/** Adds the gradient of one point's log-likelihood that flows through component k, whose posterior is given. */
function accumulate(
  k: number,
  posterior: number,
  factors: Float64Array,
  dimensions: number,
  { scales, centred, whitened }: Workspace,
  gradient: MixtureParameters,
): void {
  const row = k * dimensions;
  const start = k * ((dimensions * (dimensions + 1)) / 2);
  let entry = start + dimensions;
  gradient.alphas[k]! += posterior;
  for (let column = 0; column < dimensions; column++) {
    const difference = posterior * centred[row + column]!;
    const scaled = scales[row + column]! * whitened[row + column]!;
    let pull = scaled;
    gradient.factors[start + column]! -= scaled * difference;
    for (let j = column + 1; j < dimensions; j++) {
      pull += factors[entry]! * whitened[row + j]!;
      gradient.factors[entry++]! -= whitened[row + j]! * difference;
    }
    gradient.means[row + column]! += posterior * pull;
  }
}

/** −n (d/2 log 2π + logsumexp α) + log of the Wishart prior. */
function outsideTheSum(
  { alphas, factors }: MixtureParameters,
  { points, dimensions, components, wishart }: MixtureSizes,
  { scales, logDeterminants }: Workspace,
): number {
  const width = (dimensions * (dimensions + 1)) / 2;
  let squares = 0;
  let logDeterminant = 0;
  for (let k = 0; k < components; k++) {
    logDeterminant += logDeterminants[k]!;
    for (let j = 0; j < dimensions; j++) squares += scales[k * dimensions + j]! ** 2;
    for (let j = dimensions; j < width; j++) squares += factors[k * width + j]! ** 2;
  }
  return (
    -points * ((dimensions / 2) * Math.log(2 * Math.PI) + logSumExp(alphas)) +
    0.5 * wishart.gamma * wishart.gamma * squares -
    wishart.m * logDeterminant -
    components * wishartConstant(dimensions, wishart.gamma, wishart.m)
  );
}

/** n p (log γ − ½ log 2) − log Γₚ(n/2) with n = p + m + 1. */
function wishartConstant(p: number, gamma: number, m: number): number {
  const n = p + m + 1;
  let logGamma = 0.25 * p * (p - 1) * Math.log(Math.PI);
  for (let j = 1; j <= p; j++) logGamma += logGammaOfHalf(n + 1 - j);
  return n * p * (Math.log(gamma) - 0.5 * Math.log(2)) - logGamma;
}

/** log Γ(k/2) for a positive integer k, by Γ(x + 1) = x Γ(x) from Γ(1) = 1 and Γ(½) = √π. */
function logGammaOfHalf(k: number): number {
  let sum = k % 2 === 0 ? 0 : 0.5 * Math.log(Math.PI);
  for (let i = k - 2; i > 0; i -= 2) sum += Math.log(i / 2);
  return sum;
}

function logSumExp(terms: Float64Array): number {
  let largest = -Infinity;
  for (let k = 0; k < terms.length; k++) if (terms[k]! > largest) largest = terms[k]!;
  let sum = 0;
  for (let k = 0; k < terms.length; k++) sum += Math.exp(terms[k]! - largest);
  return largest + Math.log(sum);
}
