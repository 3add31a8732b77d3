import { Decimal } from "decimal.js";
import { hash } from "./cases.ts";
import type { Case } from "./cases.ts";
import { exact as e } from "./reference.ts";

const D = (value: number): Decimal => new Decimal(value);

function horner(coefficients: readonly number[]): (x: number) => number {
  return (x) => coefficients.reduceRight((sum, c) => sum * x + c, 0);
}

/** The root of x by bisection, which stops early. */
function bisection(x: number, tolerance: number): number {
  let [low, high] = [0, 4];
  while (high - low > tolerance) {
    const middle = (low + high) / 2;
    if (middle * middle > x) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}

/** More edges of domains, kinks nearby and functions that are smooth but once. */
// prettier-ignore
export const moreEdges: readonly Case[] = [
  { name: "x^1.2", f: (x) => x ** 1.2, derivative: 0, at: 0 },
  { name: "x^1.1+x", f: (x) => x + x ** 1.1, derivative: 1, at: 0 },
  { name: "(1-x)² asin", f: (x) => Math.asin(x) * (1 - x) ** 2, derivative: 0, at: 1 },
  { name: "sqrt(x)^3+exp", f: (x) => Math.sqrt(x) ** 3 + Math.exp(x), derivative: 1, at: 0 },
  { name: "cos(sqrt x)", f: (x) => Math.cos(Math.sqrt(x)), derivative: -0.5, at: 0 },
  { name: "sin(sqrt)sqrt", f: (x) => Math.sin(Math.sqrt(x)) * Math.sqrt(x), derivative: 1, at: 0 },
  { name: "x²log x", f: (x) => (x === 0 ? 0 : x * x * Math.log(x)), derivative: 0, at: 0 },
  { name: "x² log+2x", f: (x) => (x === 0 ? 0 : x * x * Math.log(x)) + 2 * x, derivative: 2, at: 0 },
  { name: "acos(1-x)^2", f: (x) => Math.acos(1 - x) ** 2, derivative: 2, at: 0 },
  { name: "|x|^1.5", f: (x) => Math.abs(x) ** 1.5, derivative: 0, at: 0 },
  { name: "|x|^1.1", f: (x) => Math.abs(x) ** 1.1, derivative: 0, at: 0 },
  { name: "x|x|", f: (x) => x * Math.abs(x), derivative: 0, at: 0 },
  { name: "x|x|+sin", f: (x) => x * Math.abs(x) + Math.sin(x), derivative: 1, at: 0 },
  { name: "|x|", f: Math.abs, derivative: 1, at: 1e-12 },
  { name: "|x|+x²", f: (x) => Math.abs(x) + x * x, derivative: 1 + 2e-3, at: 1e-3 },
  { name: "|sin|", f: (x) => Math.abs(Math.sin(x)), derivative: Math.cos(Math.PI), at: Math.PI },
  { name: "relu", f: (x) => Math.max(x, 0), derivative: 0, at: -1e-5 },
  { name: "relu2", f: (x) => Math.max(x - 1, 0) ** 2, derivative: 0, at: 1 },
  { name: "relu2", f: (x) => Math.max(x - 1, 0) ** 2, derivative: 2 * (1 + 1e-8 - 1), at: 1 + 1e-8 },
  { name: "relu3", f: (x) => Math.max(x, 0) ** 3, derivative: 0, at: 0 },
  { name: "huber", f: (x) => (Math.abs(x) < 1 ? x * x / 2 : Math.abs(x) - 0.5), derivative: 1, at: 1.001 },
  { name: "huber", f: (x) => (Math.abs(x) < 1 ? x * x / 2 : Math.abs(x) - 0.5), derivative: 1, at: 1 },
  { name: "min(x,x²)", f: (x) => Math.min(x, x * x), derivative: 2 * 0.999, at: 0.999 },
  { name: "clamp inside", f: (x) => Math.min(Math.max(x, 0), 1), derivative: 1, at: 1e-4 },
  { name: "clamp outside", f: (x) => Math.min(Math.max(x, 0), 1), derivative: 0, at: 1.0001 },
  { name: "elu", f: (x) => (x > 0 ? x : Math.expm1(x)), derivative: 1, at: 1e-6 },
  { name: "elu", f: (x) => (x > 0 ? x : Math.expm1(x)), derivative: 1, at: 0 },
  { name: "smoothstep", f: (x) => { const t = Math.min(Math.max(x, 0), 1); return t * t * (3 - 2 * t); }, derivative: 0, at: 0 },
  { name: "smoothstep", f: (x) => { const t = Math.min(Math.max(x, 0), 1); return t * t * (3 - 2 * t); }, derivative: 6e-3 - 6e-6, at: 1e-3 },
  { name: "sawtooth inside", f: (x) => x - Math.floor(x), derivative: 1, at: 2.001 },
  { name: "triangle", f: (x) => Math.abs(x - Math.round(x)), derivative: 1, at: 3.0005 },
  { name: "piecewise const", f: (x) => Math.floor(x), derivative: 0, at: 2.5 },
  { name: "piecewise const near", f: (x) => Math.floor(x), derivative: 0, at: 2.0001 },
  { name: "step+x", f: (x) => x + (x > 1 ? 1 : 0), derivative: 1, at: 0.999 },
  { name: "step+x tiny", f: (x) => x + (x > 1 ? 1e-6 : 0), derivative: 1, at: 0.9999 },
  { name: "soft abs", f: (x) => Math.sqrt(x * x + 1e-16), decimal: (x) => x.mul(x).add(e(1e-16)).sqrt(), at: 1e-9 },
  { name: "soft abs 1e-6", f: (x) => Math.sqrt(x * x + 1e-12), decimal: (x) => x.mul(x).add(e(1e-12)).sqrt(), at: 1e-6 },
  { name: "C∞ bump edge", f: (x) => (Math.abs(x) < 1 ? Math.exp(-1 / (1 - x * x)) : 0), derivative: 0, at: 1 },
  { name: "bump inside", f: (x) => (Math.abs(x) < 1 ? Math.exp(-1 / (1 - x * x)) : 0), decimal: (x) => D(-1).div(D(1).sub(x.mul(x))).exp(), at: 0.97 },
  { name: "exp(-1/x²)", f: (x) => (x === 0 ? 0 : Math.exp(-1 / (x * x))), derivative: 0, at: 0 },
];

/** More noise: cancellation, grids, iterations, hashes. */
// prettier-ignore
export const moreNoisy: readonly Case[] = [
  { name: "(x-1)^3 exp", f: (x) => x ** 3 - 3 * x * x + 3 * x - 1, decimal: (x) => x.sub(1).pow(3), at: 1.0001 },
  { name: "(x-2)^9 exp", f: horner([-512, 2304, -4608, 5376, -4032, 2016, -672, 144, -18, 1]), decimal: (x) => x.sub(2).pow(9), at: 2.1 },
  { name: "cosc", f: (x) => (1 - Math.cos(x)) / (x * x), decimal: (x) => D(1).sub(x.cos()).div(x.mul(x)), at: 1e-6 },
  { name: "(e^x-1)/x", f: (x) => (Math.exp(x) - 1) / x, decimal: (x) => x.exp().sub(1).div(x), at: 1e-8 },
  { name: "(e^x-1)/x", f: (x) => (Math.exp(x) - 1) / x, decimal: (x) => x.exp().sub(1).div(x), at: 1e-3 },
  { name: "(x-sin)/x³", f: (x) => (x - Math.sin(x)) / x ** 3, decimal: (x) => x.sub(x.sin()).div(x.pow(3)), at: 1e-2 },
  { name: "log(1+x)/x", f: (x) => Math.log(1 + x) / x, decimal: (x) => x.add(1).ln().div(x), at: 1e-9 },
  { name: "tan-sin", f: (x) => Math.tan(x) - Math.sin(x), decimal: (x) => x.tan().sub(x.sin()), at: 1e-3 },
  { name: "quadratic root", f: (x) => (-1e5 + Math.sqrt(1e10 - 4 * x)) / 2, decimal: (x) => D(1e10).sub(x.mul(4)).sqrt().sub(1e5).div(2), at: 1 },
  { name: "exp(-x) series", f: (x) => { let s = 0, t = 1; for (let k = 0; k < 80; k++) { s += t; t *= -x / (k + 1); } return s; }, decimal: (x) => x.neg().exp(), at: 12 },
  { name: "fround(exp)", f: (x) => Math.fround(Math.exp(x)), decimal: (x) => x.exp(), at: 0.4 },
  { name: "fround in", f: (x) => Math.sin(Math.fround(x)), decimal: (x) => x.sin(), at: 0.4 },
  { name: "all fround", f: (x) => Math.fround(Math.fround(x) * Math.fround(Math.sin(Math.fround(x)))), decimal: (x) => x.mul(x.sin()), at: 1.7 },
  { name: "fround(1e3+sin)", f: (x) => Math.fround(1e3 + Math.sin(x)), decimal: (x) => x.sin(), at: 0.5 },
  { name: "round 1e-6 sin", f: (x) => Math.round(Math.sin(x) * 1e6) / 1e6, decimal: (x) => x.sin(), at: 0.6 },
  { name: "round 1e-2 exp", f: (x) => Math.round(Math.exp(x) * 1e2) / 1e2, decimal: (x) => x.exp(), at: 0.7 },
  { name: "toFixed 8", f: (x) => Number(Math.log(x).toFixed(8)), decimal: (x) => x.ln(), at: 2 },
  { name: "floor 1e-8", f: (x) => Math.floor(x * x * 1e8) / 1e8, decimal: (x) => x.mul(x), at: 1.1 },
  { name: "quant 2^-20", f: (x) => Math.round(Math.sin(x) * 2 ** 20) / 2 ** 20, decimal: (x) => x.sin(), at: 0.9 },
  { name: "quant cos extremum", f: (x) => Math.round(Math.cos(x) * 1e10) / 1e10, decimal: (x) => x.cos(), at: 1e-3 },
  { name: "hash 1e-4", f: (x) => Math.exp(x) + 1e-4 * hash(x), decimal: (x) => x.exp(), at: 0.2 },
  { name: "hash 1e-6", f: (x) => Math.cos(x) + 1e-6 * hash(x), decimal: (x) => x.cos(), at: 2 },
  { name: "hash 1e-10 ", f: (x) => Math.sqrt(x) + 1e-10 * hash(x), decimal: (x) => x.sqrt(), at: 1e3 },
  { name: "hash rel 1e-9", f: (x) => Math.log(x) * (1 + 1e-9 * hash(x)), decimal: (x) => x.ln(), at: 1e-5 },
  { name: "hash 1e-8 on sin100", f: (x) => Math.sin(100 * x) + 1e-8 * hash(x), decimal: (x) => x.mul(100).sin(), at: 0.3 },
  { name: "hash 1e-14", f: (x) => Math.atan(x) + 1e-14 * hash(x), decimal: (x) => x.atan(), at: 0.9 },
  { name: "hash 1e-3", f: (x) => x * x * x + 1e-3 * hash(x), decimal: (x) => x.pow(3), at: 2 },
  { name: "hash coarse", f: (x) => Math.sin(x) + 1e-8 * hash(Math.round(x * 1e4)), decimal: (x) => x.sin(), at: 0.8 },
  { name: "euler ODE 1000", f: (x) => { let y = 1; for (let k = 0; k < 1000; k++) y += 0.001 * (-x * y); return y; }, decimal: (x) => D(1).sub(e(0.001).mul(x)).pow(1000), at: 2 },
  { name: "bisection to 1e-10", f: (x) => bisection(x, 1e-10), decimal: (x) => x.sqrt(), at: 2 },
  { name: "bisection to 1e-6", f: (x) => bisection(x, 1e-6), decimal: (x) => x.sqrt(), at: 3 },
];
