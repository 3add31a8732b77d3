import { Decimal } from "decimal.js";
import { difficult, noisy, plain, scaled } from "./cases.ts";
import type { Case } from "./cases.ts";
import { exact as e } from "./reference.ts";

const D = (value: number): Decimal => new Decimal(value);

function humps(x: number): number {
  return 1 / ((x - 0.3) ** 2 + 0.01) + 1 / ((x - 0.9) ** 2 + 0.04) - 6;
}

function humpsDecimal(x: Decimal): Decimal {
  const hump = (centre: number, width: number): Decimal => D(1).div(x.sub(e(centre)).pow(2).add(e(width)));
  return hump(0.3, 0.01).add(hump(0.9, 0.04)).sub(6);
}

const mixture = (x: number): number => 0.25 / (1 + Math.exp(-x)) + 0.75 / (1 + Math.exp(-2 * x - 1));

function mixtureDecimal(x: Decimal): Decimal {
  const logistic = (z: Decimal): Decimal => D(1).div(z.neg().exp().add(1));
  return logistic(x)
    .div(4)
    .add(logistic(x.mul(2).add(1)).mul(3).div(4));
}

/** (x − 1)(x − 2) … (x − 10), multiplied out. */
const wilkinson = [3628800, -10628640, 12753576, -8409500, 3416930, -902055, 157773, -18150, 1320, -55, 1];

/** E = M + sin(E) / 2, by an iteration that stops early. */
function kepler(M: number): { readonly E: number; readonly steps: number } {
  let E = M;
  for (let steps = 1; ; steps++) {
    const next = M + 0.5 * Math.sin(E);
    const change = Math.abs(next - E);
    E = next;
    if (change < 1e-7) return { E, steps };
  }
}

/** As many steps of the iteration as are taken at 1: what is differentiated is the function that is computed. */
function keplerDecimal(M: Decimal): Decimal {
  let E = M;
  for (let k = 0; k < kepler(1).steps; k++) E = M.add(E.sin().div(2));
  return E;
}

const own: readonly Case[] = [
  { name: "logistic-mix", f: mixture, decimal: mixtureDecimal, at: -3 },
  { name: "humps", f: humps, decimal: humpsDecimal, at: 0.3 },
  { name: "humps, beside", f: humps, decimal: humpsDecimal, at: 0.42 },
  { name: "sin(1e6x)", f: (x) => Math.sin(1e6 * x), decimal: (x) => x.mul(1e6).sin(), at: 0.1 },
  { name: "sin(1/x)", f: (x) => Math.sin(1 / x), decimal: (x) => D(1).div(x).sin(), at: 0.01 },
  { name: "1/(x-1)", f: (x) => 1 / (x - 1), decimal: (x) => D(1).div(x.sub(1)), at: 1 + 1e-6 },
  { name: "(1-x) asin", f: (x) => (1 - x) * Math.asin(x), derivative: -Math.PI / 2, at: 1 },
  {
    name: "wilkinson10",
    f: (x) => wilkinson.reduce((sum, c, i) => sum + c * x ** i, 0),
    decimal: (x) => wilkinson.reduce((product, _, i) => (i === 0 ? product : product.mul(x.sub(i))), D(1)),
    at: 5.5,
  },
  { name: "kepler", f: (M) => kepler(M).E, decimal: keplerDecimal, at: 1 },
];

const all = [...own, ...plain, ...scaled, ...difficult, ...noisy];

/** The names of the published table, and the case of ours that each stands for: its name, and the point. */
const names: readonly (readonly [published: string, name: string, at: number])[] = [
  ["exp@1", "exp", 1],
  ["sin@1", "sin", 1],
  ["squire-trapp-2@1.5", "exp/(sin³+cos³) (Squire, Trapp)", 1.5],
  ["pow4.5@1.5", "x^4.5", 1.5],
  ["runge@0.2", "Runge", 0.2],
  ["tanh@2", "tanh", 2],
  ["logistic-mix@-3", "logistic-mix", -3],
  ["humps@0.3", "humps", 0.3],
  ["humps@0.42", "humps, beside", 0.42],
  ["atan-sqrt@3.7", "atan(sqrt)", 3.7],
  ["sin@0", "sin", 0],
  ["cos@0", "cos", 0],
  ["exp@0", "exp", 0],
  ["gauss@0", "gaussian", 0],
  ["x^3@0", "x³", 0],
  ["x^2-2x@1", "x²-2x", 1],
  ["const-offset@0", "1e6+sin", 0],
  ["sin@1e-8", "sin", 1e-8],
  ["exp@1e-8", "exp", 1e-8],
  ["x^2@1e-8", "x²", 1e-8],
  ["sqrt@1e-8", "sqrt", 1e-8],
  ["log@1e-8", "log", 1e-8],
  ["xlogx@1e-8", "x log x", 1e-8],
  ["1/x@1e-6", "1/x", 1e-6],
  ["sqrt@1e-4", "sqrt", 1e-4],
  ["log@1e-3", "log", 1e-3],
  ["sqrt@1e-100", "sqrt", 1e-100],
  ["sin@1e8", "sin", 1e8],
  ["x^2@1e8", "x²", 1e8],
  ["log@1e8", "log", 1e8],
  ["sqrt@1e8", "sqrt", 1e8],
  ["exp(-x/1e8)@1e8", "exp(-x/1e8)", 1e8],
  ["1/x@1e8", "1/x", 1e8],
  ["x^3@1e20", "x³", 1e20],
  ["log@1e200", "log", 1e200],
  ["exp100@0.5", "exp(100x)", 0.5],
  ["exp100@0", "exp(100x)", 0],
  ["atan1e4@0", "atan(1e4x)", 0],
  ["atan1e4@1e-4", "atan(1e4x)", 1e-4],
  ["atan1e4@1", "atan(1e4x)", 1],
  ["tanh1e3@1.0005", "tanh(1e3(x-1))", 1.0005],
  ["gauss-spike@1e-4", "narrow gaussian", 1e-4],
  ["tiny-f@1", "1e-200 sin", 1],
  ["huge-f@1", "1e200 exp", 1],
  ["offset1e10+sin@1", "1e10+sin", 1],
  ["steep-trend@1", "1e6x+sin", 1],
  ["softplus-sharp@0.001", "softplus(1000x)/1000", 0.001],
  ["sin1e3@1", "sin(1e3x)", 1],
  ["sin1e3@0", "sin(1e3x)", 0],
  ["sin1e6@0.1", "sin(1e6x)", 0.1],
  ["cos50decay@2", "exp(-x)cos(50x)", 2],
  ["sin-x2@30", "sin(x²)", 30],
  ["sin-inv@0.01", "sin(1/x)", 0.01],
  ["ripple@1", "x+sin(1e4x)/1e4", 1],
  ["sin2pi*16@0.25", "sin(32πx)", 0.25],
  ["1/(x-1)@1.001", "1/(x-1)", 1.001],
  ["1/(x-1)@1+1e-6", "1/(x-1)", 1 + 1e-6],
  ["tan@1.57", "tan", 1.57],
  ["asin@0.9999", "asin", 0.9999],
  ["sqrt(1-x)@1-1e-8", "sqrt(1-x)", 1 - 1e-8],
  ["log(1-x)@0.999", "log(1-x)", 0.999],
  ["(1-x^2)^1.5@0.99", "(1-x²)^1.5", 0.99],
  ["x^2.5+3x@0 edge", "x^2.5+3x", 0],
  ["x*sqrt(x)@0 edge", "x sqrt(x)", 0],
  ["asin-edge-poly@1 edge", "(1-x) asin", 1],
  ["exp(x)+x^3.5@0 edge", "exp+x^3.5", 0],
  ["(x-1)^7 expanded@1.05", "(x-1)^7 expanded", 1.05],
  ["(x-1)^7 expanded@1.001", "(x-1)^7 expanded", 1.001],
  ["wilkinson10 expanded@5.5", "wilkinson10", 5.5],
  ["(1-cos)/x^2@1e-4", "(1-cos x)/x²", 1e-4],
  ["exp-sinh diff@2", "exp-2sinh", 2],
  ["sqrt diff@1e6", "sqrt(x+1)-sqrt(x)", 1e6],
  ["abs(x)@1e-6", "|x| near its kink", 1e-6],
  ["abs(x)^3@0", "|x|³", 0],
  ["relu2@1.0001", "relu² near its kink", 1.0001],
  ["huber@0.999", "Huber", 0.999],
  ["fround(sin)@1", "single precision sin", 1],
  ["quantized cos 1e-10@1", "cos to 10 places", 1],
  ["quantized exp 1e-4@0.7", "exp to 4 places", 0.7],
  ["kepler fixed-point tol1e-7@1", "kepler", 1],
  ["hash-noise 1e-8@0.8", "hashed noise 1e-8", 0.8],
];

/** The cases on which published methods were measured, by the names of that table. */
export const published: readonly Case[] = names.map(([name, ours, at]) => {
  const found = all.find((each) => each.name === ours && each.at === at);
  if (found === undefined) throw new Error(`no case ${ours} at ${at}`);
  return { ...found, name };
});

/** Those of them that the other groups do not have. */
export const ownOfPublished: readonly Case[] = own;
