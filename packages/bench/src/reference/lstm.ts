import type { HandWritten } from "./hand-written.ts";

/** Sizes of a stack of LSTM cells that reads a sequence of vectors. */
export interface LstmSizes {
  readonly layers: number;
  readonly width: number;
  /** Vectors in the sequence; every one but the last predicts the next. */
  readonly length: number;
}

/**
 * Parameters, also the shape of a gradient: gates [layers, 2, 4, width] (weights, then biases, of the forget gate, the
 * input gate, the output gate and the change) and ends [3, width] (weights of the input, weights and biases of the
 * output).
 */
export interface LstmParameters {
  readonly gates: Float64Array;
  readonly ends: Float64Array;
}

/** What a step of one layer leaves for the way back, each [width]. */
const kept = {
  input: 0,
  hidden: 1,
  cell: 2,
  forget: 3,
  ingate: 4,
  outgate: 5,
  change: 6,
  squashed: 7,
} as const;
const keptCount = 8;

interface Workspace {
  /** [length − 1, layers, keptCount, width] */
  readonly tape: Float64Array;
  /** [layers, width] each: hidden and cell state on the way there, their cotangents on the way back. */
  readonly hidden: Float64Array;
  readonly cell: Float64Array;
  /** Predictions, later their cotangents, [length − 1, width]. */
  readonly predictions: Float64Array;
  /** What the layer above asks of its input, [width]. */
  readonly carried: Float64Array;
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/**
 * Mean negative log-likelihood of a sequence [length, width] under the predictions of the stack, from state zero.
 *
 * Source: ADBench (see `mixtureValue`), objective LSTM: elementwise weights, and 2 added to the sum of exponentials.
 */
export function lstmValue(
  sequence: Float64Array,
  { gates, ends }: LstmParameters,
  { layers, width, length }: LstmSizes,
  { tape, hidden, cell, predictions }: Workspace,
): number {
  hidden.fill(0);
  cell.fill(0);
  let total = 0;
  for (let t = 0; t + 1 < length; t++) {
    for (let layer = 0; layer < layers; layer++) {
      stepForward(sequence, t, layer, gates, ends, layers, width, tape, hidden, cell);
    }
    let exponentials = 2;
    let gold = 0;
    const top = (layers - 1) * width;
    for (let j = 0; j < width; j++) {
      const prediction = hidden[top + j]! * ends[width + j]! + ends[2 * width + j]!;
      predictions[t * width + j] = prediction;
      exponentials += Math.exp(prediction);
      const wanted = sequence[(t + 1) * width + j]!;
      gold += wanted;
      total += wanted * prediction;
    }
    total -= gold * Math.log(exponentials);
  }
  return -total / ((length - 1) * width);
}

/** Backpropagation through time, written into `gradient`; returns the loss. */
export function lstmGradient(
  sequence: Float64Array,
  parameters: LstmParameters,
  sizes: LstmSizes,
  workspace: Workspace,
  gradient: LstmParameters,
): number {
  const loss = lstmValue(sequence, parameters, sizes, workspace);
  const { layers, width, length } = sizes;
  const { tape, hidden, cell, predictions, carried } = workspace;
  const { gates, ends } = parameters;
  gradient.gates.fill(0);
  gradient.ends.fill(0);
  const topState = hidden.slice((layers - 1) * width);
  hidden.fill(0);
  cell.fill(0);
  for (let t = length - 2; t >= 0; t--) {
    lossBackward(sequence, t, width, length, predictions);
    for (let j = 0; j < width; j++) {
      const cotangent = predictions[t * width + j]!;
      gradient.ends[width + j]! += cotangent * topState[j]!;
      gradient.ends[2 * width + j]! += cotangent;
      carried[j] = cotangent * ends[width + j]!;
    }
    for (let layer = layers - 1; layer >= 0; layer--) {
      stepBackward(t, layer, gates, layers, width, tape, hidden, cell, carried, gradient.gates);
    }
    for (let j = 0; j < width; j++) gradient.ends[j]! += carried[j]! * sequence[t * width + j]!;
    // The top layer's hidden state before this step is the one after the step before.
    const top = (t * layers + layers - 1) * keptCount * width + kept.hidden * width;
    for (let j = 0; j < width; j++) topState[j] = tape[top + j]!;
  }
  return loss;
}

/** A stack of LSTM cells on a sequence [length, width], differentiated by gates and ends. */
export function lstmByHand(
  sequence: Float64Array,
  parameters: LstmParameters,
  sizes: LstmSizes,
): HandWritten {
  const { layers, width, length } = sizes;
  const workspace: Workspace = {
    tape: new Float64Array((length - 1) * layers * keptCount * width),
    hidden: new Float64Array(layers * width),
    cell: new Float64Array(layers * width),
    predictions: new Float64Array((length - 1) * width),
    carried: new Float64Array(width),
  };
  const gradient: LstmParameters = {
    gates: new Float64Array(parameters.gates.length),
    ends: new Float64Array(parameters.ends.length),
  };
  const gradients = [gradient.gates, gradient.ends];
  const value = new Float64Array(1);
  return {
    inputs: [parameters.gates, parameters.ends],
    value() {
      value[0] = lstmValue(sequence, parameters, sizes, workspace);
      return value;
    },
    derivative() {
      lstmGradient(sequence, parameters, sizes, workspace, gradient);
      return gradients;
    },
  };
}

/** One layer's step; the layer below, or the sequence, is its input. */
function stepForward(
  sequence: Float64Array,
  t: number,
  layer: number,
  gates: Float64Array,
  ends: Float64Array,
  layers: number,
  width: number,
  tape: Float64Array,
  hidden: Float64Array,
  cell: Float64Array,
): void {
  const state = layer * width;
  const weights = layer * 8 * width;
  const biases = weights + 4 * width;
  const entry = (t * layers + layer) * keptCount * width;
  for (let j = 0; j < width; j++) {
    const input = layer === 0 ? sequence[t * width + j]! * ends[j]! : hidden[state - width + j]!;
    const before = hidden[state + j]!;
    const forget = sigmoid(input * gates[weights + j]! + gates[biases + j]!);
    const ingate = sigmoid(before * gates[weights + width + j]! + gates[biases + width + j]!);
    const outgate = sigmoid(input * gates[weights + 2 * width + j]! + gates[biases + 2 * width + j]!);
    const change = Math.tanh(before * gates[weights + 3 * width + j]! + gates[biases + 3 * width + j]!);
    const remembered = cell[state + j]!;
    const next = remembered * forget + ingate * change;
    const squashed = Math.tanh(next);
    tape[entry + kept.input * width + j] = input;
    tape[entry + kept.hidden * width + j] = before;
    tape[entry + kept.cell * width + j] = remembered;
    tape[entry + kept.forget * width + j] = forget;
    tape[entry + kept.ingate * width + j] = ingate;
    tape[entry + kept.outgate * width + j] = outgate;
    tape[entry + kept.change * width + j] = change;
    tape[entry + kept.squashed * width + j] = squashed;
    cell[state + j] = next;
    hidden[state + j] = outgate * squashed;
  }
}

/** The predictions of step t become the cotangents of the loss by them. */
function lossBackward(
  sequence: Float64Array,
  t: number,
  width: number,
  length: number,
  predictions: Float64Array,
): void {
  let exponentials = 2;
  let gold = 0;
  for (let j = 0; j < width; j++) {
    exponentials += Math.exp(predictions[t * width + j]!);
    gold += sequence[(t + 1) * width + j]!;
  }
  const scale = 1 / ((length - 1) * width);
  for (let j = 0; j < width; j++) {
    const share = Math.exp(predictions[t * width + j]!) / exponentials;
    predictions[t * width + j] = scale * (gold * share - sequence[(t + 1) * width + j]!);
  }
}

/** One layer's step backwards: `carried` comes as the cotangent of its output, and leaves as that of its input. */
function stepBackward(
  t: number,
  layer: number,
  gates: Float64Array,
  layers: number,
  width: number,
  tape: Float64Array,
  hidden: Float64Array,
  cell: Float64Array,
  carried: Float64Array,
  gradient: Float64Array,
): void {
  const state = layer * width;
  const weights = layer * 8 * width;
  const biases = weights + 4 * width;
  const entry = (t * layers + layer) * keptCount * width;
  for (let j = 0; j < width; j++) {
    const input = tape[entry + kept.input * width + j]!;
    const before = tape[entry + kept.hidden * width + j]!;
    const forget = tape[entry + kept.forget * width + j]!;
    const ingate = tape[entry + kept.ingate * width + j]!;
    const outgate = tape[entry + kept.outgate * width + j]!;
    const change = tape[entry + kept.change * width + j]!;
    const squashed = tape[entry + kept.squashed * width + j]!;
    const output = carried[j]! + hidden[state + j]!;
    const next = cell[state + j]! + output * outgate * (1 - squashed * squashed);
    const byForget = next * tape[entry + kept.cell * width + j]! * forget * (1 - forget);
    const byIngate = next * change * ingate * (1 - ingate);
    const byOutgate = output * squashed * outgate * (1 - outgate);
    const byChange = next * ingate * (1 - change * change);
    gradient[weights + j]! += byForget * input;
    gradient[weights + width + j]! += byIngate * before;
    gradient[weights + 2 * width + j]! += byOutgate * input;
    gradient[weights + 3 * width + j]! += byChange * before;
    gradient[biases + j]! += byForget;
    gradient[biases + width + j]! += byIngate;
    gradient[biases + 2 * width + j]! += byOutgate;
    gradient[biases + 3 * width + j]! += byChange;
    hidden[state + j] = byIngate * gates[weights + width + j]! + byChange * gates[weights + 3 * width + j]!;
    cell[state + j] = next * forget;
    carried[j] = byForget * gates[weights + j]! + byOutgate * gates[weights + 2 * width + j]!;
  }
}
