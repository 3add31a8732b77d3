import { Decimal } from "decimal.js";
import type { Case } from "./cases.ts";
import { exact as e } from "./reference.ts";

const D = (value: number): Decimal => new Decimal(value);

function horner(coefficients: readonly number[]): (x: number) => number {
  return (x) => coefficients.reduceRight((sum, c) => sum * x + c, 0);
}

/** J₀ by its series. */
function bessel(x: number): number {
  let [term, sum] = [1, 1];
  for (let k = 1; k < 60; k++) sum += term *= -(x * x) / 4 / (k * k);
  return sum;
}

function besselDecimal(x: Decimal): Decimal {
  let [term, sum] = [D(1), D(1)];
  for (let k = 1; k < 200; k++)
    sum = sum.add(
      (term = term.mul(
        x
          .mul(x)
          .neg()
          .div(4 * k * k),
      )),
    );
  return sum;
}

/** More analytic functions at ordinary points, and in their flat ends. */
// prettier-ignore
export const morePlain: readonly Case[] = [
  { name: "squire-trapp-2", f: (x) => Math.exp(x) / Math.sqrt(Math.sin(x) ** 3 + Math.cos(x) ** 3), decimal: (x) => x.exp().div(x.sin().pow(3).add(x.cos().pow(3)).sqrt()), at: 1.5 },
  { name: "ripple", f: (x) => x + 0.001 * Math.sin(1000 * x), decimal: (x) => x.add(e(0.001).mul(x.mul(1000).sin())), at: 1 },
  { name: "cos50decay", f: (x) => Math.exp(-x * x / 10) * Math.cos(50 * x), decimal: (x) => x.mul(x).div(-10).exp().mul(x.mul(50).cos()), at: 2 },
  { name: "sin", f: Math.sin, decimal: (x) => x.sin(), at: 1e-100 },
  { name: "sin(cos(exp))", f: (x) => Math.sin(Math.cos(Math.exp(x))), decimal: (x) => x.exp().cos().sin(), at: 0.9 },
  { name: "x^x", f: (x) => x ** x, decimal: (x) => x.mul(x.ln()).exp(), at: 2.3 },
  { name: "x^x tiny", f: (x) => x ** x, decimal: (x) => x.mul(x.ln()).exp(), at: 1e-5 },
  { name: "J0", f: bessel, decimal: besselDecimal, at: 3 },
  { name: "J0", f: bessel, decimal: besselDecimal, at: 10 },
  { name: "poly7", f: horner([1, -2, 0.5, 3, -1, 0.25, 2, -0.125]), decimal: (x) => [1, -2, 0.5, 3, -1, 0.25, 2, -0.125].reduceRight((a, c) => a.mul(x).add(c), D(0)), at: -1.3 },
  { name: "log1p(exp)", f: (x) => Math.log1p(Math.exp(x)), decimal: (x) => x.exp().add(1).ln(), at: 0.3 },
  { name: "sqrt(1+x^2)", f: (x) => Math.sqrt(1 + x * x), decimal: (x) => x.mul(x).add(1).sqrt(), at: -4 },
  { name: "atan", f: Math.atan, decimal: (x) => x.atan(), at: 0.5 },
  { name: "cosh", f: Math.cosh, decimal: (x) => x.cosh(), at: 12 },
  { name: "cbrt", f: Math.cbrt, decimal: (x) => x.cbrt(), at: 5 },
  { name: "exp(exp)", f: (x) => Math.exp(Math.exp(x)), decimal: (x) => x.exp().exp(), at: 1.5 },
  { name: "x e^-x^2", f: (x) => x * Math.exp(-x * x), decimal: (x) => x.mul(x.mul(x).neg().exp()), at: 0.7 },
  { name: "sec", f: (x) => 1 / Math.cos(x), decimal: (x) => D(1).div(x.cos()), at: 1 },
  { name: "acosh", f: Math.acosh, decimal: (x) => x.acosh(), at: 1.25 },
  { name: "atanh", f: Math.atanh, decimal: (x) => x.atanh(), at: -0.75 },
  { name: "sin^2 extremum", f: (x) => Math.sin(x) ** 2, decimal: (x) => x.sin().pow(2), at: Math.PI / 2 },
  { name: "x^4 at 0", f: (x) => x ** 4, decimal: (x) => x.pow(4), at: 0 },
  { name: "x^5+x at 0", f: (x) => x ** 5 + x, decimal: (x) => x.pow(5).add(x), at: 0 },
  { name: "1-cos at 0", f: (x) => 1 - Math.cos(x), decimal: (x) => D(1).sub(x.cos()), at: 0 },
  { name: "exp(-20x)", f: (x) => Math.exp(-20 * x), decimal: (x) => x.mul(-20).exp(), at: 3 },
  { name: "exp(-x) deep", f: (x) => Math.exp(-x), decimal: (x) => x.neg().exp(), at: 40 },
  { name: "exp(-x) deeper", f: (x) => Math.exp(-x), decimal: (x) => x.neg().exp(), at: 600 },
  { name: "gauss tail", f: (x) => Math.exp(-x * x), decimal: (x) => x.mul(x).neg().exp(), at: 6 },
  { name: "1+gauss tail", f: (x) => 1 + Math.exp(-x * x), decimal: (x) => x.mul(x).neg().exp().add(1), at: 5 },
  { name: "sigmoid sat", f: (x) => 1 / (1 + Math.exp(-x)), decimal: (x) => D(1).div(x.neg().exp().add(1)), at: 30 },
  { name: "tanh sat", f: Math.tanh, decimal: (x) => x.tanh(), at: 15 },
];

/** More scales: x from 1e-300 to 1e308. */
// prettier-ignore
export const moreScaled: readonly Case[] = [
  { name: "sin", f: Math.sin, decimal: (x) => x.sin(), at: 1e-300 },
  { name: "x²", f: (x) => x * x, decimal: (x) => x.mul(x), at: 1e-100 },
  { name: "1/x", f: (x) => 1 / x, decimal: (x) => D(1).div(x), at: 1e-100 },
  { name: "log", f: Math.log, decimal: (x) => x.ln(), at: 1e-100 },
  { name: "log", f: Math.log, decimal: (x) => x.ln(), at: 1e-300 },
  { name: "sqrt", f: Math.sqrt, decimal: (x) => x.sqrt(), at: 1e-300 },
  { name: "cbrt", f: Math.cbrt, decimal: (x) => x.cbrt(), at: 1e-30 },
  { name: "x log x", f: (x) => x * Math.log(x), decimal: (x) => x.mul(x.ln()), at: 1e-50 },
  { name: "exp(1e5x)", f: (x) => Math.exp(1e5 * x), decimal: (x) => x.mul(1e5).exp(), at: 1e-5 },
  { name: "exp(-1e10x)", f: (x) => Math.exp(-1e10 * x), decimal: (x) => x.mul(-1e10).exp(), at: 1e-10 },
  { name: "1/(1+(1e6x)²)", f: (x) => 1 / (1 + (1e6 * x) ** 2), decimal: (x) => D(1).div(x.mul(1e6).pow(2).add(1)), at: 1e-6 },
  { name: "tanh(1e8x)", f: (x) => Math.tanh(1e8 * x), decimal: (x) => x.mul(1e8).tanh(), at: 0 },
  { name: "tanh(1e8x)", f: (x) => Math.tanh(1e8 * x), decimal: (x) => x.mul(1e8).tanh(), at: 1e-9 },
  { name: "cos", f: Math.cos, decimal: (x) => x.cos(), at: 1e6 },
  { name: "sin", f: Math.sin, decimal: (x) => x.sin(), at: 1e12 },
  { name: "x^1.5", f: (x) => x ** 1.5, decimal: (x) => x.mul(x.sqrt()), at: 1e8 },
  { name: "x^-2", f: (x) => x ** -2, decimal: (x) => x.pow(-2), at: 1e-20 },
  { name: "log1p", f: Math.log1p, decimal: (x) => x.add(1).ln(), at: 1e-12 },
  { name: "expm1", f: Math.expm1, decimal: (x) => x.exp().sub(1), at: 1e-12 },
  { name: "log(1+x) naive", f: (x) => Math.log(1 + x), decimal: (x) => x.add(1).ln(), at: 1e-12 },
  { name: "(x-1e8)²", f: (x) => (x - 1e8) ** 2, decimal: (x) => x.sub(1e8).pow(2), at: 1e8 + 3 },
  { name: "sin(x-1e8)", f: (x) => Math.sin(x - 1e8), decimal: (x) => x.sub(1e8).sin(), at: 1e8 },
  { name: "exp(x-700)", f: (x) => Math.exp(x), decimal: (x) => x.exp(), at: 700 },
  { name: "exp near overflow", f: (x) => Math.exp(x), decimal: (x) => x.exp(), at: 709.7 },
  { name: "1e-300 x²", f: (x) => 1e-300 * x * x, decimal: (x) => x.mul(x).mul(e(1e-300)), at: 2 },
  { name: "1e300 atan", f: (x) => 1e300 * Math.atan(x), decimal: (x) => x.atan().mul(e(1e300)), at: 2 },
  { name: "1e15+x²", f: (x) => 1e15 + x * x, decimal: (x) => x.mul(x).add(1e15), at: 1 },
  { name: "1e12+sin", f: (x) => 1e12 + Math.sin(x), decimal: (x) => x.sin().add(1e12), at: 1 },
  { name: "x+1e-9 sin(1e6x)", f: (x) => x + 1e-9 * Math.sin(1e6 * x), decimal: (x) => x.add(e(1e-9).mul(x.mul(1e6).sin())), at: 1 },
  { name: "x+1e-6 sin(1e3x)", f: (x) => x + 1e-6 * Math.sin(1e3 * x), decimal: (x) => x.add(e(1e-6).mul(x.mul(1e3).sin())), at: 0.3 },
  { name: "step tanh(1e6(x-1))", f: (x) => Math.tanh(1e6 * (x - 1)), decimal: (x) => x.sub(1).mul(1e6).tanh(), at: 1 + 2e-7 },
  { name: "gauss(1e10)", f: (x) => Math.exp(-1e10 * x * x), decimal: (x) => x.mul(x).mul(-1e10).exp(), at: 5e-6 },
  { name: "x+gauss spike off", f: (x) => x + Math.exp(-1e8 * (x - 0.5) ** 2), decimal: (x) => x.add(x.sub(0.5).pow(2).mul(-1e8).exp()), at: 0.5 + 1e-4 },
  { name: "lorentz", f: (x) => 1e-8 / ((x - 1) ** 2 + 1e-8), decimal: (x) => e(1e-8).div(x.sub(1).pow(2).add(e(1e-8))), at: 1 + 5e-5 },
  { name: "x^3", f: (x) => x ** 3, decimal: (x) => x.pow(3), at: 1e100 },
  { name: "sqrt", f: Math.sqrt, decimal: (x) => x.sqrt(), at: 1e300 },
  { name: "1/x", f: (x) => 1 / x, decimal: (x) => D(1).div(x), at: 1e200 },
  { name: "x", f: (x) => x, decimal: (x) => x, at: 1e308 },
];

/** More waves, poles and edges next to x. */
// prettier-ignore
export const moreDifficult: readonly Case[] = [
  { name: "sin1e4", f: (x) => Math.sin(1e4 * x), decimal: (x) => x.mul(1e4).sin(), at: 0.7 },
  { name: "sin1e5", f: (x) => Math.sin(1e5 * x), decimal: (x) => x.mul(1e5).sin(), at: -2 },
  { name: "cos1e7", f: (x) => Math.cos(1e7 * x), decimal: (x) => x.mul(1e7).cos(), at: 0 },
  { name: "sin1e8", f: (x) => Math.sin(1e8 * x), decimal: (x) => x.mul(1e8).sin(), at: 0.3 },
  { name: "sin2pi64", f: (x) => Math.sin(128 * Math.PI * x), decimal: (x) => x.mul(e(128 * Math.PI)).sin(), at: 0.5 },
  { name: "sin x³", f: (x) => Math.sin(x ** 3), decimal: (x) => x.pow(3).sin(), at: 20 },
  { name: "chirp", f: (x) => Math.cos(Math.exp(x)), decimal: (x) => x.exp().cos(), at: 6 },
  { name: "sin(1/x)", f: (x) => Math.sin(1 / x), decimal: (x) => D(1).div(x).sin(), at: 1e-3 },
  { name: "x² sin(1/x)", f: (x) => x * x * Math.sin(1 / x), decimal: (x) => x.mul(x).mul(D(1).div(x).sin()), at: 0.05 },
  { name: "beats", f: (x) => Math.sin(100 * x) + Math.sin(101 * x), decimal: (x) => x.mul(100).sin().add(x.mul(101).sin()), at: 1.5 },
  { name: "gauss*cos", f: (x) => Math.exp(-100 * (x - 1) ** 2) * Math.cos(300 * x), decimal: (x) => x.sub(1).pow(2).mul(-100).exp().mul(x.mul(300).cos()), at: 1.05 },
  { name: "tan", f: Math.tan, decimal: (x) => x.tan(), at: 1.5707 },
  { name: "1/x²", f: (x) => 1 / (x * x), decimal: (x) => x.pow(-2), at: 1e-3 },
  { name: "1/sin", f: (x) => 1 / Math.sin(x), decimal: (x) => D(1).div(x.sin()), at: 1e-6 },
  { name: "log|x-1|", f: (x) => Math.log(Math.abs(x - 1)), decimal: (x) => x.sub(1).abs().ln(), at: 1.0001 },
  { name: "exp(-1/x)", f: (x) => Math.exp(-1 / x), decimal: (x) => D(-1).div(x).exp(), at: 0.02 },
  { name: "exp(1/x)", f: (x) => Math.exp(1 / x), decimal: (x) => D(1).div(x).exp(), at: 0.01 },
  { name: "acos", f: Math.acos, decimal: (x) => x.acos(), at: 1 - 1e-12 },
  { name: "asin", f: Math.asin, decimal: (x) => x.asin(), at: -0.999999 },
  { name: "atanh", f: Math.atanh, decimal: (x) => x.atanh(), at: 1 - 1e-9 },
  { name: "sqrt(x-1)", f: (x) => Math.sqrt(x - 1), decimal: (x) => x.sub(1).sqrt(), at: 1 + 1e-10 },
  { name: "log", f: (x) => Math.log(x - 2), decimal: (x) => x.sub(2).ln(), at: 2.00001 },
  { name: "acosh", f: Math.acosh, decimal: (x) => x.acosh(), at: 1 + 1e-8 },
  { name: "sqrt(4-x²)", f: (x) => Math.sqrt(4 - x * x), decimal: (x) => D(4).sub(x.mul(x)).sqrt(), at: 2 - 1e-6 },
  { name: "(x-1)^(7/3)", f: (x) => (x - 1) ** (7 / 3), decimal: (x) => x.sub(1).ln().mul(e(7 / 3)).exp(), at: 1.01 },
  { name: "1/(x²-2) near", f: (x) => 1 / (x * x - 2), decimal: (x) => D(1).div(x.mul(x).sub(2)), at: 1.4143 },
  { name: "gamma-like", f: (x) => Math.exp(x * Math.log(x) - x) / Math.sqrt(x), decimal: (x) => x.mul(x.ln()).sub(x).exp().div(x.sqrt()), at: 0.01 },
];
