import type { HandWritten } from "./hand-written.ts";
import { multiply, multiplyTransposedA, multiplyTransposedB } from "./matmul.ts";

/** Sizes of a perceptron with one hidden layer. */
export interface PerceptronSizes {
  readonly batch: number;
  readonly inputs: number;
  readonly hidden: number;
  readonly classes: number;
}

/** Weights: W1 [inputs, hidden], b1 [hidden], W2 [hidden, classes], b2 [classes]; also the shape of a gradient. */
export interface PerceptronWeights {
  readonly W1: Float64Array;
  readonly b1: Float64Array;
  readonly W2: Float64Array;
  readonly b2: Float64Array;
}

/** Intermediate results, overwritten by every pass. */
interface Workspace {
  readonly activations: Float64Array; // [batch, hidden]
  readonly logits: Float64Array; // [batch, classes]
  readonly cotangent: Float64Array; // [batch, hidden]
}

/** Mean softmax cross-entropy of tanh(X W1 + b1) W2 + b2 against labels Y [batch, classes] (rows sum to 1). */
export function perceptronValue(
  X: Float64Array,
  Y: Float64Array,
  weights: PerceptronWeights,
  { batch, inputs, hidden, classes }: PerceptronSizes,
  { activations, logits }: Workspace,
): number {
  multiply(X, weights.W1, activations, batch, inputs, hidden);
  addBiasAndTanh(activations, weights.b1);
  multiply(activations, weights.W2, logits, batch, hidden, classes);
  return crossEntropy(logits, weights.b2, Y, batch);
}

/** Backpropagation: the gradient by every weight, written into `gradient`; returns the loss. */
export function perceptronGradient(
  X: Float64Array,
  Y: Float64Array,
  weights: PerceptronWeights,
  sizes: PerceptronSizes,
  workspace: Workspace,
  gradient: PerceptronWeights,
): number {
  const { batch, inputs, hidden, classes } = sizes;
  const { activations, logits, cotangent } = workspace;
  const loss = perceptronValue(X, Y, weights, sizes, workspace);
  for (let i = 0; i < logits.length; i++) logits[i] = (logits[i]! - Y[i]!) / batch;
  multiplyTransposedA(activations, logits, gradient.W2, hidden, batch, classes);
  addColumns(logits, gradient.b2);
  multiplyTransposedB(logits, weights.W2, cotangent, batch, classes, hidden);
  for (let i = 0; i < cotangent.length; i++) cotangent[i]! *= 1 - activations[i]! * activations[i]!;
  multiplyTransposedA(X, cotangent, gradient.W1, inputs, batch, hidden);
  addColumns(cotangent, gradient.b1);
  return loss;
}

/** A perceptron on inputs X [batch, inputs] and labels Y [batch, classes], differentiated by W1, b1, W2, b2. */
export function perceptronByHand(
  X: Float64Array,
  Y: Float64Array,
  weights: PerceptronWeights,
  sizes: PerceptronSizes,
): HandWritten {
  const workspace: Workspace = {
    activations: new Float64Array(sizes.batch * sizes.hidden),
    logits: new Float64Array(sizes.batch * sizes.classes),
    cotangent: new Float64Array(sizes.batch * sizes.hidden),
  };
  const gradient: PerceptronWeights = {
    W1: new Float64Array(weights.W1.length),
    b1: new Float64Array(weights.b1.length),
    W2: new Float64Array(weights.W2.length),
    b2: new Float64Array(weights.b2.length),
  };
  const gradients = [gradient.W1, gradient.b1, gradient.W2, gradient.b2];
  const value = new Float64Array(1);
  return {
    inputs: [weights.W1, weights.b1, weights.W2, weights.b2],
    value() {
      value[0] = perceptronValue(X, Y, weights, sizes, workspace);
      return value;
    },
    derivative() {
      perceptronGradient(X, Y, weights, sizes, workspace, gradient);
      return gradients;
    },
  };
}

function addBiasAndTanh(activations: Float64Array, bias: Float64Array): void {
  const width = bias.length;
  for (let row = 0; row < activations.length; row += width) {
    for (let j = 0; j < width; j++) activations[row + j] = Math.tanh(activations[row + j]! + bias[j]!);
  }
}

/** Mean over rows of logsumexp(z) Σy − ⟨y, z⟩ with z = logits + bias; leaves softmax(z) in `logits`. */
function crossEntropy(logits: Float64Array, bias: Float64Array, Y: Float64Array, batch: number): number {
  const classes = bias.length;
  let total = 0;
  for (let row = 0; row < logits.length; row += classes) {
    let largest = -Infinity;
    for (let j = 0; j < classes; j++) {
      const z = logits[row + j]! + bias[j]!;
      logits[row + j] = z;
      if (z > largest) largest = z;
    }
    let sum = 0;
    for (let j = 0; j < classes; j++) {
      const z = logits[row + j]!;
      total -= Y[row + j]! * (z - largest);
      const weight = Math.exp(z - largest);
      logits[row + j] = weight;
      sum += weight;
    }
    total += Math.log(sum);
    for (let j = 0; j < classes; j++) logits[row + j]! /= sum;
  }
  return total / batch;
}

function addColumns(matrix: Float64Array, sums: Float64Array): void {
  const width = sums.length;
  sums.fill(0);
  for (let row = 0; row < matrix.length; row += width) {
    for (let j = 0; j < width; j++) sums[j]! += matrix[row + j]!;
  }
}
