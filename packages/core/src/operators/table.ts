import type { Tensor } from "../tensor/tensor.ts";
import type { Shape } from "../tensor/shape.ts";

type None = Readonly<Record<never, never>>;
interface Unary {
  readonly inputs: readonly [x: Tensor];
  readonly attributes: None;
}
interface Binary {
  readonly inputs: readonly [a: Tensor, b: Tensor];
  readonly attributes: None;
}
interface Reduction {
  readonly inputs: readonly [x: Tensor];
  /** Axes are non-negative and sorted. */
  readonly attributes: { readonly axes: readonly number[]; readonly keepDims: boolean };
}
interface UnaryWith<Attributes> {
  readonly inputs: readonly [x: Tensor];
  readonly attributes: Readonly<Attributes>;
}
interface BinaryWith<Attributes> {
  readonly inputs: readonly [a: Tensor, b: Tensor];
  readonly attributes: Readonly<Attributes>;
}
interface Variadic<Attributes> {
  readonly inputs: readonly Tensor[];
  readonly attributes: Readonly<Attributes>;
}

/**
 * Every primitive operator with its inputs and attributes. Each table of the project (evaluation, rules, domains, …) is
 * typed over the keys of this interface, so adding a line here makes the compiler list what is missing.
 */
export interface Operators {
  // Elementwise, one operand.
  readonly neg: Unary;
  readonly abs: Unary;
  readonly sign: Unary;
  readonly square: Unary;
  readonly sqrt: Unary;
  readonly cbrt: Unary;
  readonly reciprocal: Unary;
  readonly exp: Unary;
  readonly expm1: Unary;
  readonly log: Unary;
  readonly log1p: Unary;
  readonly log2: Unary;
  readonly log10: Unary;
  readonly sin: Unary;
  readonly cos: Unary;
  readonly tan: Unary;
  readonly asin: Unary;
  readonly acos: Unary;
  readonly atan: Unary;
  readonly sinh: Unary;
  readonly cosh: Unary;
  readonly tanh: Unary;
  readonly asinh: Unary;
  readonly acosh: Unary;
  readonly atanh: Unary;
  readonly sigmoid: Unary;
  readonly softplus: Unary;
  readonly relu: Unary;
  readonly erf: Unary;
  readonly erfc: Unary;
  readonly lgamma: Unary;
  readonly digamma: Unary;
  readonly polygamma: UnaryWith<{ order: number }>;
  readonly floor: Unary;
  readonly ceil: Unary;
  readonly round: Unary;
  readonly stopGradient: Unary;
  // Elementwise, two operands, broadcasting.
  readonly add: Binary;
  readonly sub: Binary;
  readonly mul: Binary;
  readonly strongMul: Binary;
  readonly div: Binary;
  readonly pow: Binary;
  readonly atan2: Binary;
  readonly hypot: Binary;
  readonly maximum: Binary;
  readonly minimum: Binary;
  readonly equal: Binary;
  readonly notEqual: Binary;
  readonly less: Binary;
  readonly lessEqual: Binary;
  readonly greater: Binary;
  readonly greaterEqual: Binary;
  readonly where: {
    readonly inputs: readonly [condition: Tensor, a: Tensor, b: Tensor];
    readonly attributes: None;
  };
  // Reductions and scans.
  readonly sum: Reduction;
  readonly max: Reduction;
  readonly min: Reduction;
  readonly logsumexp: Reduction;
  readonly norm: Reduction;
  readonly cumsum: UnaryWith<{ axis: number; reverse: boolean }>;
  readonly softmax: UnaryWith<{ axis: number }>;
  readonly argmax: UnaryWith<{ axis: number }>;
  // Linear algebra, batched over leading axes. Strong: an exact 0 annihilates ±∞ and NaN in every product, as in strongMul.
  readonly matmul: BinaryWith<{ transposeA: boolean; transposeB: boolean; strong: boolean }>;
  readonly matvec: BinaryWith<{ transpose: boolean; strong: boolean }>;
  readonly dot: Binary;
  readonly outer: Binary;
  readonly trace: Unary;
  readonly diagonal: Unary;
  readonly diagonalMatrix: Unary;
  readonly det: Unary;
  readonly logdet: Unary;
  readonly inverse: Unary;
  readonly solve: Binary;
  readonly triangularSolve: BinaryWith<{ lower: boolean; transpose: boolean; unitDiagonal: boolean }>;
  readonly cholesky: Unary;
  readonly einsum: Variadic<{ subscripts: string; strong: boolean }>;
  // Shape.
  readonly reshape: UnaryWith<{ shape: Shape }>;
  readonly permute: UnaryWith<{ axes: readonly number[] }>;
  readonly broadcastTo: UnaryWith<{ shape: Shape }>;
  readonly slice: UnaryWith<{
    starts: readonly number[];
    stops: readonly number[];
    steps: readonly number[];
  }>;
  readonly concatenate: Variadic<{ axis: number }>;
  readonly stack: Variadic<{ axis: number }>;
  readonly pad: UnaryWith<{ before: readonly number[]; after: readonly number[] }>;
  readonly take: UnaryWith<{ axis: number; indices: readonly number[] }>;
  readonly scatterAdd: UnaryWith<{ axis: number; indices: readonly number[]; size: number }>;
  readonly flip: UnaryWith<{ axes: readonly number[] }>;
  readonly tril: UnaryWith<{ k: number }>;
  readonly triu: UnaryWith<{ k: number }>;
}

/** The names in a fixed order; the position is the operator's id. */
// prettier-ignore
export const operatorNames: readonly (keyof Operators)[] = [
  "neg", "abs", "sign", "square", "sqrt", "cbrt", "reciprocal", "exp", "expm1", "log", "log1p", "log2", "log10",
  "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh",
  "sigmoid", "softplus", "relu", "erf", "erfc", "lgamma", "digamma", "polygamma", "floor", "ceil", "round", "stopGradient",
  "add", "sub", "mul", "strongMul", "div", "pow", "atan2", "hypot", "maximum", "minimum",
  "equal", "notEqual", "less", "lessEqual", "greater", "greaterEqual", "where",
  "sum", "max", "min", "logsumexp", "norm", "cumsum", "softmax", "argmax",
  "matmul", "matvec", "dot", "outer", "trace", "diagonal", "diagonalMatrix", "det", "logdet", "inverse", "solve",
  "triangularSolve", "cholesky", "einsum",
  "reshape", "permute", "broadcastTo", "slice", "concatenate", "stack", "pad", "take", "scatterAdd", "flip", "tril", "triu",
];
