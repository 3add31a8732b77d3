import { constant, type Domains, entriesIn, piecewise, smooth } from "./domain.ts";
import { nearestEntry, nearestPair } from "./distance.ts";
import { between, NONZERO, ofMagnitude, onlyAt, POSITIVE, REALS } from "./interval.ts";

const everyday = entriesIn(REALS, between(-2, 2));
const wide = entriesIn(REALS, between(-4, 4));
const positive = entriesIn(POSITIVE, between(0.3, 4));
const nonzero = entriesIn(NONZERO, ofMagnitude(0.4, 3));
/** Defined at 0, but with a kink there. */
const besideZero = entriesIn(REALS, ofMagnitude(0.3, 2));
const insideOne = entriesIn(between(-1, 1), between(-0.8, 0.8));

const toZero = nearestEntry(Math.abs);
const aboveZero = nearestEntry((x) => x);
const belowOne = nearestEntry((x) => 1 - Math.abs(x));
const toInteger = nearestEntry((x) => Math.abs(x - Math.round(x)));
/** Γ has poles at 0, -1, -2, … */
const toPole = nearestEntry((x) => (x > 0 ? x : Math.abs(x - Math.round(x))));
const apart = nearestPair((a, b) => Math.abs(a - b));

const pair = [everyday, everyday];
const comparison = constant(pair, "a = b", apart);

/** Domains of the operators that work entry by entry. */
export const elementwiseDomains: Domains<
  | "neg" | "abs" | "sign" | "square" | "sqrt" | "cbrt" | "reciprocal" | "exp" | "expm1" | "log" | "log1p" | "log2" | "log10"
  | "sin" | "cos" | "tan" | "asin" | "acos" | "atan" | "sinh" | "cosh" | "tanh" | "asinh" | "acosh" | "atanh"
  | "sigmoid" | "softplus" | "relu" | "erf" | "erfc" | "lgamma" | "digamma" | "polygamma" | "floor" | "ceil" | "round" | "stopGradient"
  | "add" | "sub" | "mul" | "strongMul" | "div" | "pow" | "atan2" | "hypot" | "maximum" | "minimum"
  | "equal" | "notEqual" | "less" | "lessEqual" | "greater" | "greaterEqual" | "where"
> = {
  neg: smooth([everyday]),
  abs: piecewise([besideZero], "x = 0", toZero),
  sign: constant([besideZero], "x = 0", toZero),
  square: smooth([everyday]),
  sqrt: smooth([positive], "x = 0", aboveZero),
  cbrt: piecewise([besideZero], "x = 0", toZero),
  reciprocal: smooth([nonzero], "x = 0", toZero),
  exp: smooth([everyday]),
  expm1: smooth([everyday]),
  log: smooth([positive], "x = 0", aboveZero),
  log1p: smooth([entriesIn([{ low: -1, high: Infinity }], between(-0.6, 4))], "x = -1", nearestEntry((x) => 1 + x)),
  log2: smooth([positive], "x = 0", aboveZero),
  log10: smooth([positive], "x = 0", aboveZero),
  sin: smooth([wide]),
  cos: smooth([wide]),
  tan: smooth([entriesIn(between(-Math.PI / 2, Math.PI / 2), between(-1.1, 1.1))], "cos x = 0", nearestEntry((x) => Math.abs(Math.asin(Math.cos(x))))),
  asin: smooth([insideOne], "|x| = 1", belowOne),
  acos: smooth([insideOne], "|x| = 1", belowOne),
  atan: smooth([wide]),
  sinh: smooth([everyday]),
  cosh: smooth([everyday]),
  tanh: smooth([everyday]),
  asinh: smooth([wide]),
  acosh: smooth([entriesIn([{ low: 1, high: Infinity }], between(1.3, 4))], "x = 1", nearestEntry((x) => x - 1)),
  atanh: smooth([insideOne], "|x| = 1", belowOne),
  sigmoid: smooth([wide]),
  softplus: smooth([wide]),
  relu: piecewise([besideZero], "x = 0", toZero),
  erf: smooth([everyday]),
  erfc: smooth([everyday]),
  lgamma: smooth([positive], "x = 0, -1, -2, …", toPole),
  digamma: smooth([positive], "x = 0, -1, -2, …", toPole),
  polygamma: smooth([entriesIn(POSITIVE, between(0.5, 5))], "x = 0, -1, -2, …", toPole),
  floor: constant([wide], "x an integer", toInteger),
  ceil: constant([wide], "x an integer", toInteger),
  round: constant([wide], "x half an odd integer", nearestEntry((x) => 0.5 - Math.abs(x - Math.round(x)))),
  stopGradient: { operands: [everyday], regularity: "stopped", analytic: false, kinks: null, kinkDistance: () => Infinity },
  add: smooth(pair),
  sub: smooth(pair),
  mul: smooth(pair),
  strongMul: smooth(pair),
  div: smooth([everyday, nonzero], "b = 0", ([, b]) => toZero([b!])),
  // A power with a whole exponent ≥ 0 is a polynomial, for any base; the exponent counts as a constant then.
  pow: smooth([entriesIn(POSITIVE, between(0.3, 3)), everyday], "a = 0, unless b = 0, 1, 2, …", nearestPair((a, b) => (Number.isInteger(b) && b >= 0 ? Infinity : a))),
  atan2: piecewise(pair, "a = 0 and b ≤ 0", nearestPair((a, b) => (b < 0 ? Math.abs(a) : Math.hypot(a, b))), true),
  hypot: piecewise(pair, "a = b = 0", nearestPair((a, b) => Math.hypot(a, b)), true),
  maximum: piecewise(pair, "a = b", apart),
  minimum: piecewise(pair, "a = b", apart),
  equal: comparison,
  notEqual: comparison,
  less: comparison,
  lessEqual: comparison,
  greater: comparison,
  greaterEqual: comparison,
  // The condition is not differentiated: as 0s and 1s it is what comparisons give.
  where: piecewise([entriesIn(onlyAt(0, 1), onlyAt(0, 1)), everyday, everyday], "a condition that varies around 0", nearestEntry((c) => (c === 0 || c === 1 ? Infinity : Math.abs(c)))),
}; // prettier-ignore
