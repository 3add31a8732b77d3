import type { OperatorName } from "../../src/operators/operator.ts";
import { tensor } from "../../src/tensor/create.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";

/** Operands at a place where an operator isn't smooth, and a direction in which that shows. */
export interface Kink {
  readonly name: OperatorName;
  readonly attributes?: object;
  readonly operands: readonly Tensor[];
  readonly direction: readonly Tensor[];
}

function of(name: OperatorName, ...places: readonly number[]): readonly Kink[] {
  return places.map((x) => ({ name, operands: [tensor([1.25, x])], direction: [tensor([0, 1])] }));
}

function pairs(name: OperatorName, ...places: readonly (readonly [a: number, b: number])[]): readonly Kink[] {
  return places.map(([a, b]) => ({
    name,
    operands: [tensor(a), tensor(b)],
    direction: [tensor(1), tensor(0)],
  }));
}

const singular = tensor([[1, 2], [2, 4]]); // prettier-ignore
const turn = tensor([[0, 1], [-1, 0]]); // prettier-ignore
const right = tensor([[1], [1]]);
const still = tensor([[0], [0]]);
const ties = tensor([0.5, 2, 2]);
const apart = tensor([0, 1, 0]);
const overAll = { axes: [0], keepDims: false };

/** At least one for every operator that has any. */
export const kinks: readonly Kink[] = [
  ...of("abs", 0),
  ...of("sign", 0),
  ...of("sqrt", 0),
  ...of("cbrt", 0),
  ...of("reciprocal", 0),
  ...of("log", 0),
  ...of("log1p", -1),
  ...of("log2", 0),
  ...of("log10", 0),
  ...of("tan", Math.PI / 2, -Math.PI / 2, 1.5 * Math.PI),
  { name: "asin", operands: [tensor(1)], direction: [tensor(1)] },
  { name: "acos", operands: [tensor(-1)], direction: [tensor(1)] },
  { name: "acosh", operands: [tensor(1)], direction: [tensor(1)] },
  { name: "atanh", operands: [tensor(1)], direction: [tensor(1)] },
  ...of("relu", 0),
  ...of("lgamma", 0, -1, -2),
  ...of("digamma", 0, -1),
  { name: "polygamma", attributes: { order: 2 }, operands: [tensor(-1)], direction: [tensor(1)] },
  ...of("floor", 0, 1, -2),
  ...of("ceil", 0, 3),
  ...of("round", 0.5, 1.5, -2.5),
  { name: "div", operands: [tensor(1), tensor(0)], direction: [tensor(0), tensor(1)] },
  ...pairs("pow", [0, 0.5], [0, -1]),
  ...pairs("atan2", [0, -1], [0, 0]),
  ...pairs("hypot", [0, 0]),
  ...pairs("maximum", [1, 1], [-3, -3]),
  ...pairs("minimum", [1, 1]),
  ...pairs("equal", [1, 1]),
  ...pairs("notEqual", [1, 1]),
  ...pairs("less", [1, 1]),
  ...pairs("lessEqual", [1, 1]),
  ...pairs("greater", [1, 1]),
  ...pairs("greaterEqual", [1, 1]),
  { name: "max", attributes: overAll, operands: [ties], direction: [apart] },
  { name: "min", attributes: overAll, operands: [tensor([-1, 2, -1])], direction: [tensor([1, 0, 0])] },
  { name: "argmax", attributes: { axis: 0 }, operands: [ties], direction: [tensor([0, 0, 1])] },
  { name: "norm", attributes: overAll, operands: [tensor([0, 0])], direction: [tensor([1, 1])] },
  { name: "logdet", operands: [singular], direction: [turn] },
  { name: "inverse", operands: [singular], direction: [turn] },
  { name: "solve", operands: [singular, right], direction: [turn, still] },
  {
    name: "triangularSolve",
    attributes: { lower: true, transpose: false, unitDiagonal: false },
    operands: [tensor([[1, 0], [2, 0]]), right], // prettier-ignore
    direction: [tensor([[0, 0], [0, 1]]), still], // prettier-ignore
  },
  { name: "cholesky", operands: [singular], direction: [tensor([[0, 0], [0, 1]])] }, // prettier-ignore
];
