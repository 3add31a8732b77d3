import { type Attributes, broadcastTo, type OperatorName, operatorOf, permute, reshape, type Tensor } from "@fluxion/core";

/** How far the operands are from where the operator has a kink, a pole or the edge of its domain. */
type Distance<N extends OperatorName> = (operands: readonly Tensor[], attributes: Attributes<N>, value: Tensor) => number;

/** One that needs no attributes. */
type PlainDistance = (operands: readonly Tensor[], attributes: object, value: Tensor) => number;

/** The nearest entry. */
function entries(distance: (x: number) => number): PlainDistance {
  return ([x]) => least(x!.data, distance);
}

function least(data: Readonly<Float64Array>, distance: (x: number) => number): number {
  return data.reduce((nearest, x) => Math.min(nearest, distance(x)), Infinity);
}

const magnitude = entries(Math.abs);
const positive = entries((x) => x);
const insideOne = entries((x) => 1 - Math.abs(x));
const fraction = entries((x) => Math.min(x - Math.floor(x), Math.ceil(x) - x) || 0);
const ofValue: PlainDistance = (_, __, value) => least(value.data, Math.abs);

/** Entry by entry of two operands and the value that they broadcast to. */
function pairs(distance: (a: number, b: number) => number): PlainDistance {
  return ([a, b], _, value) => {
    const [left, right] = [broadcastTo(a!, value.shape).data, broadcastTo(b!, value.shape).data];
    return left.reduce((nearest, x, i) => Math.min(nearest, distance(x, right[i]!)), Infinity);
  };
}

const apart = pairs((a, b) => Math.abs(a - b));

/** The gap between the two greatest, or two least, of the entries that are reduced together. */
function gap<N extends OperatorName>(sign: 1 | -1, axesOf: (attributes: Attributes<N>) => readonly number[]): Distance<N> {
  return ([x], attributes) => {
    const axes = axesOf(attributes);
    const rest = x!.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
    const length = axes.reduce((product, axis) => product * x!.shape[axis]!, 1);
    const rows = reshape(permute(x!, [...rest, ...axes]), [x!.size / length, length]).data;
    let nearest = Infinity;
    for (let row = 0; row < rows.length; row += length) {
      const [first, second] = Array.from(rows.subarray(row, row + length), (entry) => sign * entry).sort((p, q) => q - p);
      if (second !== undefined) nearest = Math.min(nearest, first! - second);
    }
    return nearest;
  };
}

/** Matrices, or the worst of a stack, must be far from singular. */
const conditioned: PlainDistance = ([a]) => (greatest(a!) * greatest(operatorOf("inverse").evaluate([a!], {})) < 100 ? Infinity : 0);

function greatest(x: Tensor): number {
  return -least(x.data, (entry) => -Math.abs(entry));
}

function pivots(a: Tensor): number {
  return least(operatorOf("diagonal").evaluate([a], {}).data, Math.abs);
}

/** Operators that aren't listed are smooth wherever their value is finite. */
export const distances: { readonly [N in OperatorName]?: Distance<N> } = {
  abs: magnitude,
  sign: magnitude,
  relu: magnitude,
  reciprocal: magnitude,
  cbrt: magnitude,
  sqrt: positive,
  log: positive,
  log2: positive,
  log10: positive,
  lgamma: positive,
  digamma: positive,
  polygamma: positive,
  log1p: entries((x) => 1 + x),
  asin: insideOne,
  acos: insideOne,
  atanh: insideOne,
  acosh: entries((x) => x - 1),
  tan: entries((x) => Math.abs(Math.cos(x))),
  floor: fraction,
  ceil: fraction,
  round: entries((x) => 0.5 - Math.abs(x - Math.round(x))),
  div: pairs((_, b) => Math.abs(b)),
  // A negative base has whole powers only; that the exponent is a constant then is the builder's care.
  pow: pairs((a, b) => (Number.isInteger(b) && b >= 0 ? Infinity : a)),
  atan2: pairs((y, x) => (x < 0 ? Math.abs(y) : Math.hypot(y, x))),
  hypot: ofValue,
  norm: ofValue,
  maximum: apart,
  minimum: apart,
  equal: apart,
  notEqual: apart,
  less: apart,
  lessEqual: apart,
  greater: apart,
  greaterEqual: apart,
  where: ([condition]) => (condition!.data.every((entry) => entry === 0 || entry === 1) ? Infinity : 0),
  max: gap(1, ({ axes }: Attributes<"max">) => axes),
  min: gap(-1, ({ axes }: Attributes<"min">) => axes),
  argmax: gap(1, ({ axis }: Attributes<"argmax">) => [axis]),
  det: conditioned,
  logdet: conditioned,
  inverse: conditioned,
  solve: conditioned,
  triangularSolve: ([a], { unitDiagonal }) => (unitDiagonal ? Infinity : pivots(a!)),
  cholesky: (_, __, value) => pivots(value),
};
