import {
  abs, add, asTensor, cbrt, cos, cosh, digamma, div, equal, exp, FluxionError, greater, hypot, less, log, mul, neg,
  type NotationNode, type Numeric, parseNotation, polygamma, pow, relu, sameShape, sigmoid, sign, sin, sinh, sqrt, square, strongMul,
  sub, tan, type Tensor, where,
} from "@fluxion/core"; // prettier-ignore
import { type ElementwiseName, elementwiseRules, operandNames } from "../rules/elementwise.ts";
import { compose, type LinearMap, negate, scale, stretch } from "./linear-map.ts";

/**
 * Rules of the table written so that no digits cancel and no squares overflow: the same in closed form, better in
 * numbers.
 */
const forNumbers: { readonly [N in ElementwiseName]?: readonly string[] } = {
  sqrt: ["1/(2*(sqrt(x) + 0))"], // +∞ at -0 as at 0
  asin: ["1/(sqrt(1 - x)*sqrt(1 + x))"],
  acos: ["-1/(sqrt(1 - x)*sqrt(1 + x))"],
  asinh: ["1/hypot(1, x)"],
  tanh: ["1/cosh(x)^2"],
  acosh: ["1/(sqrt(x - 1)*sqrt(x + 1))"],
  atanh: ["1/((1 - x)*(1 + x))"],
  sigmoid: ["sigmoid(x)*sigmoid(-x)"],
  div: ["1/y", "-(x/y)/y"],
  reciprocal: ["-(1/x)^2"],
  log2: ["1/log(2)/x"],
  log10: ["1/log(10)/x"],
  // At a radius of 0 a strong product, which is 0 with an infinite slope; far out the strong zero is the factor 1/∞.
  hypot: [overRadius("x"), overRadius("y")],
  atan2: [`strongMul(${overRadius("y")}, 1/hypot(x, y))`, `-strongMul(${overRadius("x")}, 1/hypot(x, y))`],
  // NaN where there is nothing to compare.
  relu: ["sign(relu(x))"],
  maximum: [chosen("greater", "less"), chosen("less", "greater")],
  minimum: [chosen("less", "greater"), chosen("greater", "less")],
};

/** A coordinate over √(x² + y²). */
function overRadius(coordinate: string): string {
  return `where(equal(hypot(x, y), 0), strongMul(${coordinate}, 1/hypot(x, y)), ${coordinate}/hypot(x, y))`;
}

/** 1 where an operand is the one chosen, 0 where the other is, a half at a tie, else NaN. */
function chosen(own: string, other: string): string {
  return `where(${own}(x, y), 1, where(${other}(x, y), 0, where(equal(x, y), 1/2, 0/0)))`;
}

/** The functions that the rules' texts call. */
const functions: { readonly [name: string]: (...operands: readonly Numeric[]) => Tensor } = {
  abs: (x) => abs(x),
  cbrt: (x) => cbrt(x),
  cos: (x) => cos(x),
  cosh: (x) => cosh(x),
  digamma: (x) => digamma(x),
  equal: (x, y) => equal(x, y),
  exp: (x) => exp(x),
  greater: (x, y) => greater(x, y),
  hypot: (x, y) => hypot(x, y),
  less: (x, y) => less(x, y),
  log: (x) => log(x),
  polygamma: (n, x) => polygamma(n as number, x),
  pow: (x, y) => pow(x, y),
  relu: (x) => relu(x),
  sigmoid: (x) => sigmoid(x),
  sign: (x) => sign(x),
  sin: (x) => sin(x),
  sinh: (x) => sinh(x),
  sqrt: (x) => sqrt(x),
  strongMul: (x, y) => strongMul(x, y),
  tan: (x) => tan(x),
  where: (c, x, y) => where(c, x, y),
};

/** The values of the names in a text; the order of polygamma stays a number. */
type Scope = { readonly [name: string]: Numeric };

/** The parsed partial derivatives of an operator, one for each operand. */
function partials(name: ElementwiseName): readonly NotationNode[] {
  const known = parsed.get(name);
  if (known) return known;
  const nodes = (forNumbers[name] ?? elementwiseRules[name]).map((text) => parseNotation(text));
  parsed.set(name, nodes);
  return nodes;
}
const parsed = new Map<ElementwiseName, readonly NotationNode[]>();

/** The derivative of an elementwise operator by each operand, null where it is zero everywhere. */
export function elementwiseMaps(
  name: ElementwiseName,
  inputs: readonly Tensor[],
  output: Tensor,
  attributes: object,
): readonly (LinearMap | null)[] {
  const names = operandNames(name);
  const order = name === "polygamma" ? [(attributes as { readonly order: number }).order] : [];
  const operands: readonly Numeric[] = [...order, ...inputs];
  const scope: Scope = Object.fromEntries(names.map((operand, i) => [operand, operands[i]!]));
  return partials(name)
    .slice(order.length)
    .map((partial, i) => {
      const from = inputs[i]!.shape;
      const whole = sameShape(from, output.shape) ? null : stretch(from, output.shape);
      const factor = factorMap(partial, scope);
      return factor && whole ? compose(whole, factor) : factor;
    });
}

/** Multiplication by a partial derivative; 0, 1 and -1 need none. */
function factorMap(partial: NotationNode, scope: Scope): LinearMap | null {
  if (isNumber(partial, "0")) return null;
  if (isNumber(partial, "1")) return { apply: (t) => t, transpose: (g) => g };
  if (partial.kind === "negate" && isNumber(partial.operand, "1")) return negate;
  return scale(asTensor(evaluateEntries(partial, scope)));
}

function isNumber(node: NotationNode, text: string): boolean {
  return node.kind === "number" && node.text === text;
}

/** A text read entry by entry: every operator is the elementwise one. */
function evaluateEntries(node: NotationNode, scope: Scope): Numeric {
  switch (node.kind) {
    case "number":
      return Number(node.text);
    case "name":
      return node.name === "pi" ? Math.PI : scope[node.name]!;
    case "negate":
      return neg(evaluateEntries(node.operand, scope));
    case "call":
      return functions[node.name]!(...node.operands.map((operand) => evaluateEntries(operand, scope)));
    case "binary":
      return combine(node.operator, evaluateEntries(node.left, scope), evaluateEntries(node.right, scope));
    case "placeholder":
    case "transpose":
      throw new FluxionError(
        "UNSUPPORTED",
        `symbolic: the rule of an elementwise operator can't contain a ${node.kind}.`,
      );
  }
}

function combine(operator: string, a: Numeric, b: Numeric): Numeric {
  const bothNumbers = typeof a === "number" && typeof b === "number";
  switch (operator) {
    case "+":
      return bothNumbers ? a + b : add(a, b);
    case "-":
      return bothNumbers ? a - b : sub(a, b);
    case "/":
      return bothNumbers ? a / b : div(a, b);
    case "^":
      return b === 2 ? square(a) : pow(a, b);
    default:
      return bothNumbers ? a * b : mul(a, b);
  }
}
