import type { NoAttributes, OperatorName, Operators } from "@fluxion/core";
import { domains } from "@fluxion/core/domains";
import type { Builder } from "../builder.ts";
import { firstOf, type Maker, maker, type Makers } from "./maker.ts";

/** Operators without attributes. */
type Plain = {
  [N in OperatorName]: NoAttributes extends Operators[N]["attributes"] ? N : never;
}[OperatorName];

/** Applied to any node; where that is refused, to the node squashed into an interval where the operator is smooth. */
function unary(name: Plain): Maker {
  return maker(3, (b) => {
    const x = b.any();
    const { low, high } = domains[name].operands[0]!.sample.at(-1)!;
    return firstOf(
      b,
      () => b.add(name, [x], {}),
      () => b.add(name, [b.within(x, low, high)], {}),
    );
  });
}

/** Applied to any node and one that broadcasts with it, on either side. */
function binary(name: Plain, weight: number): Maker {
  return maker(weight, (b) => b.add(name, pair(b), {}));
}

function pair(b: Builder): readonly [number, number] {
  const x = b.any();
  const y = b.choice.chance(8) ? x : b.partner(x);
  return b.choice.chance(50) ? [x, y] : [y, x];
}

/** A comparison chooses between two nodes; now and then its 0s and 1s are used as they are. */
function comparison(name: Plain): Maker {
  return maker(2, (b) => {
    const condition = b.add(name, pair(b), {});
    return b.choice.chance(15) ? condition : choose(b, condition);
  });
}

function choose(b: Builder, condition: number): number {
  const branch = b.partner(condition);
  const other = b.choice.chance(20) ? b.number(b.choice.number(-1, 1)) : b.partner(condition);
  return b.add("where", b.choice.chance(50) ? [condition, branch, other] : [condition, other, branch], {});
}

/** What has no derivative of its own is multiplied by something that has. */
function step(name: Plain): Maker {
  return maker(2, (b) => {
    const x = b.any();
    const y = b.add(name, [x], {});
    return b.choice.chance(20) ? y : b.add("mul", [y, b.partner(x)], {});
  });
}

/** A whole power of anything, or any power of a positive base. */
function power(b: Builder): number {
  const base = b.any();
  if (b.choice.chance(40)) return b.add("pow", [base, b.number(b.choice.one([0, 1, 2, 3, 4]))], {});
  const exponent = b.choice.chance(40)
    ? b.number(b.choice.one([-2, -1, 0.5, 1.5, 2.5]))
    : b.within(b.partner(base), -3, 3);
  return b.add("pow", [b.within(base, 0.3, 3), exponent], {});
}

function quotient(b: Builder): number {
  const [x, y] = pair(b);
  return firstOf(
    b,
    () => b.add("div", [x, y], {}),
    () => b.add("div", [x, b.within(y, 0.4, 3)], {}),
  );
}

export const elementwiseMakers: Makers<
  | "neg" | "abs" | "sign" | "square" | "sqrt" | "cbrt" | "reciprocal" | "exp" | "expm1" | "log" | "log1p" | "log2" | "log10"
  | "sin" | "cos" | "tan" | "asin" | "acos" | "atan" | "sinh" | "cosh" | "tanh" | "asinh" | "acosh" | "atanh"
  | "sigmoid" | "softplus" | "relu" | "erf" | "erfc" | "lgamma" | "digamma" | "polygamma" | "floor" | "ceil" | "round" | "stopGradient"
  | "add" | "sub" | "mul" | "strongMul" | "div" | "pow" | "atan2" | "hypot" | "maximum" | "minimum"
  | "equal" | "notEqual" | "less" | "lessEqual" | "greater" | "greaterEqual" | "where"
> = {
  neg: unary("neg"),
  abs: unary("abs"),
  sign: step("sign"),
  square: unary("square"),
  sqrt: unary("sqrt"),
  cbrt: unary("cbrt"),
  reciprocal: unary("reciprocal"),
  exp: unary("exp"),
  expm1: unary("expm1"),
  log: unary("log"),
  log1p: unary("log1p"),
  log2: unary("log2"),
  log10: unary("log10"),
  sin: unary("sin"),
  cos: unary("cos"),
  tan: unary("tan"),
  asin: unary("asin"),
  acos: unary("acos"),
  atan: unary("atan"),
  sinh: unary("sinh"),
  cosh: unary("cosh"),
  tanh: unary("tanh"),
  asinh: unary("asinh"),
  acosh: unary("acosh"),
  atanh: unary("atanh"),
  sigmoid: unary("sigmoid"),
  softplus: unary("softplus"),
  relu: unary("relu"),
  erf: unary("erf"),
  erfc: unary("erfc"),
  lgamma: unary("lgamma"),
  digamma: unary("digamma"),
  polygamma: maker(2, (b) => b.add("polygamma", [b.within(b.any(), 0.5, 5)], { order: b.choice.integer(1, 2) })),
  floor: step("floor"),
  ceil: step("ceil"),
  round: step("round"),
  stopGradient: step("stopGradient"),
  add: binary("add", 5),
  sub: binary("sub", 5),
  mul: binary("mul", 8),
  strongMul: binary("strongMul", 2),
  div: maker(5, quotient),
  pow: maker(5, power),
  atan2: binary("atan2", 3),
  hypot: binary("hypot", 3),
  maximum: binary("maximum", 3),
  minimum: binary("minimum", 3),
  equal: comparison("equal"),
  notEqual: comparison("notEqual"),
  less: comparison("less"),
  lessEqual: comparison("lessEqual"),
  greater: comparison("greater"),
  greaterEqual: comparison("greaterEqual"),
  where: maker(3, (b) => choose(b, b.add(b.choice.one(["less", "greater"]), pair(b), {}))),
}; // prettier-ignore
