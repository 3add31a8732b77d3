import type { OperatorName } from "@fluxion/core";

/** The operators that act on whole arrays. */
type ArrayOperatorName =
  | "sum" | "max" | "min" | "logsumexp" | "norm" | "cumsum" | "softmax" | "argmax"
  | "matmul" | "matvec" | "dot" | "outer" | "trace" | "diagonal" | "diagonalMatrix" | "det" | "logdet" | "inverse" | "solve"
  | "triangularSolve" | "cholesky" | "einsum"
  | "reshape" | "permute" | "broadcastTo" | "slice" | "concatenate" | "stack" | "pad" | "take" | "scatterAdd" | "flip"
  | "tril" | "triu"; // prettier-ignore

/** The operators that act on each element by itself: all others, so that a new one does not compile without a rule. */
export type ElementwiseName = Exclude<OperatorName, ArrayOperatorName>;

/** The names of an operator's operands in its rule: `x`; `x, y`; for `where` `c, x, y`; for `polygamma` `n, x`. */
export const operandNames = (name: ElementwiseName): readonly string[] =>
  name === "where"
    ? ["c", "x", "y"]
    : name === "polygamma"
      ? ["n", "x"]
      : ["x", "y"].slice(0, elementwiseRules[name].length);

/**
 * The derivative of each elementwise operator by each of its operands, in the text notation.
 *
 * The rules hold at kinks and edges too, by the one convention of the project: abs'(0) = relu'(0) = 0, a tie of maximum
 * and minimum is shared evenly, hypot and atan2 have derivative 0 at the origin, and `strongMul` is the product in which
 * an exact 0 annihilates an infinity.
 */
export const elementwiseRules: { readonly [N in ElementwiseName]: readonly string[] } = {
  neg: ["-1"],
  abs: ["sign(x)"],
  sign: ["0"],
  square: ["2*x"],
  sqrt: ["1/(2*sqrt(x))"],
  cbrt: ["1/(3*cbrt(x)^2)"],
  reciprocal: ["-1/x^2"],
  exp: ["exp(x)"],
  expm1: ["exp(x)"],
  log: ["1/x"],
  log1p: ["1/(1 + x)"],
  log2: ["1/(x*log(2))"],
  log10: ["1/(x*log(10))"],
  sin: ["cos(x)"],
  cos: ["-sin(x)"],
  tan: ["1 + tan(x)^2"],
  asin: ["1/sqrt(1 - x^2)"],
  acos: ["-1/sqrt(1 - x^2)"],
  atan: ["1/(1 + x^2)"],
  sinh: ["cosh(x)"],
  cosh: ["sinh(x)"],
  tanh: ["1 - tanh(x)^2"],
  asinh: ["1/sqrt(x^2 + 1)"],
  acosh: ["1/sqrt(x^2 - 1)"],
  atanh: ["1/(1 - x^2)"],
  sigmoid: ["sigmoid(x)*(1 - sigmoid(x))"],
  softplus: ["sigmoid(x)"],
  relu: ["where(greater(x, 0), 1, 0)"],
  erf: ["2/sqrt(pi)*exp(-x^2)"],
  erfc: ["-2/sqrt(pi)*exp(-x^2)"],
  lgamma: ["digamma(x)"],
  digamma: ["polygamma(1, x)"],
  polygamma: ["0", "polygamma(n + 1, x)"], // the order n is an integer, never differentiated
  floor: ["0"],
  ceil: ["0"],
  round: ["0"],
  stopGradient: ["0"],

  add: ["1", "1"],
  sub: ["1", "-1"],
  mul: ["y", "x"],
  strongMul: ["y", "x"],
  div: ["1/y", "-x/y^2"],
  pow: ["strongMul(y, pow(x, y - 1))", "strongMul(pow(x, y), log(x))"],
  atan2: [
    "where(equal(hypot(x, y), 0), 0, y/(x^2 + y^2))",
    "where(equal(hypot(x, y), 0), 0, -x/(x^2 + y^2))",
  ],
  hypot: ["where(equal(hypot(x, y), 0), 0, x/hypot(x, y))", "where(equal(hypot(x, y), 0), 0, y/hypot(x, y))"],
  maximum: [
    "where(equal(x, y), 1/2, where(greater(x, y), 1, 0))",
    "where(equal(x, y), 1/2, where(greater(y, x), 1, 0))",
  ],
  minimum: [
    "where(equal(x, y), 1/2, where(less(x, y), 1, 0))",
    "where(equal(x, y), 1/2, where(less(y, x), 1, 0))",
  ],

  equal: ["0", "0"],
  notEqual: ["0", "0"],
  less: ["0", "0"],
  lessEqual: ["0", "0"],
  greater: ["0", "0"],
  greaterEqual: ["0", "0"],
  where: ["0", "where(c, 1, 0)", "where(c, 0, 1)"],
};

/** A condition without which a rule does not hold. */
export interface Kink {
  /** Text of the condition; `~=` means "differs from". */
  readonly condition: string;
  /** The operand whose movement makes the condition matter; any of them unless given. */
  readonly operand?: number;
}

/** Operators whose derivative exists under conditions only; closed forms list them. */
export const kinks: { readonly [N in ElementwiseName]?: readonly Kink[] } = {
  abs: [{ condition: "x ~= 0" }],
  sign: [{ condition: "x ~= 0" }],
  relu: [{ condition: "x ~= 0" }],
  sqrt: [{ condition: "x > 0" }],
  cbrt: [{ condition: "x ~= 0" }],
  log: [{ condition: "x > 0" }],
  log2: [{ condition: "x > 0" }],
  log10: [{ condition: "x > 0" }],
  log1p: [{ condition: "x > -1" }],
  acosh: [{ condition: "x > 1" }],
  atanh: [{ condition: "abs(x) < 1" }],
  asin: [{ condition: "abs(x) < 1" }],
  acos: [{ condition: "abs(x) < 1" }],
  // At x = 0 the power x^(y − 1) is infinite for y < 1: times y = 0, or times a derivative of x that is 0, it is no number.
  pow: [
    { condition: "x ~= 0", operand: 0 },
    { condition: "x > 0", operand: 1 },
  ],
  floor: [{ condition: "floor(x) ~= x" }],
  ceil: [{ condition: "ceil(x) ~= x" }],
  round: [{ condition: "floor(x + 1/2) ~= x + 1/2" }],
  atan2: [{ condition: "hypot(x, y) ~= 0" }],
  hypot: [{ condition: "hypot(x, y) ~= 0" }],
  equal: [{ condition: "x ~= y" }],
  notEqual: [{ condition: "x ~= y" }],
  less: [{ condition: "x ~= y" }],
  lessEqual: [{ condition: "x ~= y" }],
  greater: [{ condition: "x ~= y" }],
  greaterEqual: [{ condition: "x ~= y" }],
  maximum: [{ condition: "x ~= y" }],
  minimum: [{ condition: "x ~= y" }],
};

/** Derivatives that are shorter away from the kinks, which is where closed forms hold. */
export const smoothRules: { readonly [N in ElementwiseName]?: readonly string[] } = {
  atan2: ["y/(x^2 + y^2)", "-x/(x^2 + y^2)"],
  hypot: ["x/hypot(x, y)", "y/hypot(x, y)"],
  maximum: ["where(greater(x, y), 1, 0)", "where(greater(x, y), 0, 1)"],
  minimum: ["where(less(x, y), 1, 0)", "where(less(x, y), 0, 1)"],
};
