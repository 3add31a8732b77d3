import { Decimal } from "decimal.js";
import { exact } from "./reference.ts";

/** A function in float64 and the same function in decimals of any length, at a point. */
export interface Case {
  readonly name: string;
  readonly f: (x: number) => number;
  /** The same function in decimals; the reference derivative is a difference of it with a step of 1e-40. */
  readonly decimal?: (x: Decimal) => Decimal;
  /** The derivative where the point is an edge of the domain, or f is not what it stands for. */
  readonly derivative?: number;
  readonly at: number;
}

const e = exact;
const D = (value: string): Decimal => new Decimal(value);

function gaussian(x: number): number {
  return Math.exp(-x * x);
}

/** Analytic functions at ordinary points. */
export const plain: readonly Case[] = [
  { name: "exp", f: Math.exp, decimal: (x) => x.exp(), at: 1 },
  { name: "sin", f: Math.sin, decimal: (x) => x.sin(), at: 1 },
  {
    name: "exp/(sin³+cos³) (Squire, Trapp)",
    f: (x) => Math.exp(x) / (Math.sin(x) ** 3 + Math.cos(x) ** 3),
    decimal: (x) => x.exp().div(x.sin().pow(3).add(x.cos().pow(3))),
    at: 1.5,
  },
  { name: "x^4.5", f: (x) => x ** 4.5, decimal: (x) => x.pow(4).mul(x.sqrt()), at: 1.5 },
  {
    name: "Runge",
    f: (x) => 1 / (1 + 25 * x * x),
    decimal: (x) => D("1").div(x.mul(x).mul(25).add(1)),
    at: 0.2,
  },
  { name: "tanh", f: Math.tanh, decimal: (x) => x.tanh(), at: 2 },
  {
    name: "logistic",
    f: (x) => 1 / (1 + Math.exp(-x)),
    decimal: (x) => D("1").div(x.neg().exp().add(1)),
    at: -3,
  },
  { name: "humps", f: humps, decimal: humpsDecimal, at: 0.3125 },
  { name: "humps", f: humps, decimal: humpsDecimal, at: 0.42 },
  { name: "atan(sqrt)", f: (x) => Math.atan(Math.sqrt(x)), decimal: (x) => x.sqrt().atan(), at: 3.7 },
  { name: "sin", f: Math.sin, decimal: (x) => x.sin(), at: 0 },
  { name: "cos", f: Math.cos, decimal: (x) => x.cos(), at: 0 },
  { name: "exp", f: Math.exp, decimal: (x) => x.exp(), at: 0 },
  { name: "gaussian", f: gaussian, decimal: (x) => x.mul(x).neg().exp(), at: 0 },
  { name: "x³", f: (x) => x ** 3, decimal: (x) => x.pow(3), at: 0 },
  { name: "x²-2x", f: (x) => x * x - 2 * x, decimal: (x) => x.mul(x).sub(x.mul(2)), at: 1 },
  { name: "1e6+sin", f: (x) => 1e6 + Math.sin(x), decimal: (x) => x.sin().add(1e6), at: 0 },
  { name: "log(1+x²)", f: (x) => Math.log1p(x * x), decimal: (x) => x.mul(x).add(1).ln(), at: 0.75 },
  { name: "x exp(-x)", f: (x) => x * Math.exp(-x), decimal: (x) => x.mul(x.neg().exp()), at: 5 },
  { name: "sinh", f: Math.sinh, decimal: (x) => x.sinh(), at: -2 },
  { name: "asinh", f: Math.asinh, decimal: (x) => x.asinh(), at: 4 },
  { name: "sin(x)/x", f: (x) => Math.sin(x) / x, decimal: (x) => x.sin().div(x), at: 2.5 },
  { name: "constant", f: () => 3, decimal: () => D("3"), at: 1 },
  { name: "linear", f: (x) => 3 * x - 7, decimal: (x) => x.mul(3).sub(7), at: 2 },
];

/** Analytic functions whose scale is far from 1: in x, in f, or in between. */
export const scaled: readonly Case[] = [
  { name: "sin", f: Math.sin, decimal: (x) => x.sin(), at: 1e-8 },
  { name: "exp", f: Math.exp, decimal: (x) => x.exp(), at: 1e-8 },
  { name: "x²", f: (x) => x * x, decimal: (x) => x.mul(x), at: 1e-8 },
  { name: "sqrt", f: Math.sqrt, decimal: (x) => x.sqrt(), at: 1e-8 },
  { name: "log", f: Math.log, decimal: (x) => x.ln(), at: 1e-8 },
  { name: "x log x", f: (x) => x * Math.log(x), decimal: (x) => x.mul(x.ln()), at: 1e-8 },
  { name: "1/x", f: (x) => 1 / x, decimal: (x) => D("1").div(x), at: 1e-6 },
  { name: "sqrt", f: Math.sqrt, decimal: (x) => x.sqrt(), at: 1e-4 },
  { name: "log", f: Math.log, decimal: (x) => x.ln(), at: 1e-3 },
  { name: "sqrt", f: Math.sqrt, decimal: (x) => x.sqrt(), at: 1e-100 },
  { name: "sin", f: Math.sin, decimal: (x) => x.sin(), at: 1e8 },
  { name: "x²", f: (x) => x * x, decimal: (x) => x.mul(x), at: 1e8 },
  { name: "log", f: Math.log, decimal: (x) => x.ln(), at: 1e8 },
  { name: "sqrt", f: Math.sqrt, decimal: (x) => x.sqrt(), at: 1e8 },
  { name: "exp(-x/1e8)", f: (x) => Math.exp(-x / 1e8), decimal: (x) => x.neg().div(1e8).exp(), at: 1e8 },
  { name: "1/x", f: (x) => 1 / x, decimal: (x) => D("1").div(x), at: 1e8 },
  { name: "x³", f: (x) => x * x * x, decimal: (x) => x.pow(3), at: 1e20 },
  { name: "log", f: Math.log, decimal: (x) => x.ln(), at: 1e200 },
  { name: "exp(100x)", f: (x) => Math.exp(100 * x), decimal: (x) => x.mul(100).exp(), at: 0.5 },
  { name: "exp(100x)", f: (x) => Math.exp(100 * x), decimal: (x) => x.mul(100).exp(), at: 0 },
  { name: "atan(1e4x)", f: (x) => Math.atan(1e4 * x), decimal: (x) => x.mul(1e4).atan(), at: 0 },
  { name: "atan(1e4x)", f: (x) => Math.atan(1e4 * x), decimal: (x) => x.mul(1e4).atan(), at: 1e-4 },
  { name: "atan(1e4x)", f: (x) => Math.atan(1e4 * x), decimal: (x) => x.mul(1e4).atan(), at: 1 },
  {
    name: "tanh(1e3(x-1))",
    f: (x) => Math.tanh(1e3 * (x - 1)),
    decimal: (x) => x.sub(1).mul(1e3).tanh(),
    at: 1.0005,
  },
  {
    name: "narrow gaussian",
    f: (x) => Math.exp(-1e6 * x * x),
    decimal: (x) => x.mul(x).mul(-1e6).exp(),
    at: 1e-4,
  },
  {
    name: "odd spike",
    f: (x) => 1 + x * Math.exp(-1e6 * x * x),
    decimal: (x) => x.mul(x.mul(x).mul(-1e6).exp()).add(1),
    at: 0,
  },
  { name: "1e-200 sin", f: (x) => 1e-200 * Math.sin(x), decimal: (x) => x.sin().mul(e(1e-200)), at: 1 },
  { name: "1e200 exp", f: (x) => 1e200 * Math.exp(x), decimal: (x) => x.exp().mul(e(1e200)), at: 1 },
  { name: "1e10+sin", f: (x) => 1e10 + Math.sin(x), decimal: (x) => x.sin().add(1e10), at: 1 },
  { name: "1e6x+sin", f: (x) => 1e6 * x + Math.sin(x), decimal: (x) => x.mul(1e6).add(x.sin()), at: 1 },
  {
    name: "softplus(1000x)/1000",
    f: (x) => Math.log1p(Math.exp(1000 * x)) / 1000,
    decimal: (x) => x.mul(1000).exp().add(1).ln().div(1000),
    at: 0.001,
  },
];

/** Waves, poles and edges of the domain next to x. */
export const difficult: readonly Case[] = [
  { name: "sin(1e3x)", f: (x) => Math.sin(1e3 * x), decimal: (x) => x.mul(1e3).sin(), at: 1 },
  { name: "sin(1e3x)", f: (x) => Math.sin(1e3 * x), decimal: (x) => x.mul(1e3).sin(), at: 0 },
  { name: "sin(2^20 x)", f: (x) => Math.sin(2 ** 20 * x), decimal: (x) => x.mul(2 ** 20).sin(), at: 0.1 },
  {
    name: "exp(-x)cos(50x)",
    f: (x) => Math.exp(-x) * Math.cos(50 * x),
    decimal: (x) => x.neg().exp().mul(x.mul(50).cos()),
    at: 2,
  },
  { name: "sin(x²)", f: (x) => Math.sin(x * x), decimal: (x) => x.mul(x).sin(), at: 30 },
  { name: "sin(1/x)", f: (x) => Math.sin(1 / x), decimal: (x) => D("1").div(x).sin(), at: 2 ** -7 },
  {
    name: "x+sin(1e4x)/1e4",
    f: (x) => x + Math.sin(1e4 * x) / 1e4,
    decimal: (x) => x.add(x.mul(1e4).sin().div(1e4)),
    at: 1,
  },
  {
    name: "sin(32πx)",
    f: (x) => Math.sin(32 * Math.PI * x),
    decimal: (x) => x.mul(e(32 * Math.PI)).sin(),
    at: 0.25,
  },
  { name: "1/(x-1)", f: (x) => 1 / (x - 1), decimal: (x) => D("1").div(x.sub(1)), at: 1.001 },
  { name: "1/(x-1)", f: (x) => 1 / (x - 1), decimal: (x) => D("1").div(x.sub(1)), at: 1 + 2 ** -20 },
  { name: "tan", f: Math.tan, decimal: (x) => x.tan(), at: 1.57 },
  { name: "asin", f: Math.asin, decimal: (x) => x.asin(), at: 0.9999 },
  { name: "sqrt(1-x)", f: (x) => Math.sqrt(1 - x), decimal: (x) => D("1").sub(x).sqrt(), at: 1 - 1e-8 },
  { name: "log(1-x)", f: (x) => Math.log(1 - x), decimal: (x) => D("1").sub(x).ln(), at: 0.999 },
  {
    name: "(1-x²)^1.5",
    f: (x) => (1 - x * x) ** 1.5,
    decimal: (x) => D("1").sub(x.mul(x)).sqrt().pow(3),
    at: 0.99,
  },
  { name: "x^2.5+3x", f: (x) => x ** 2.5 + 3 * x, derivative: 3, at: 0 },
  { name: "x sqrt(x)", f: (x) => x * Math.sqrt(x), derivative: 0, at: 0 },
  { name: "(1-x)^1.5", f: (x) => (1 - x) ** 1.5, derivative: 0, at: 1 },
  { name: "exp+x^3.5", f: (x) => Math.exp(x) + x ** 3.5, derivative: 1, at: 0 },
  { name: "|x| near its kink", f: Math.abs, derivative: 1, at: 1e-6 },
  { name: "|x|³", f: (x) => Math.abs(x) ** 3, derivative: 0, at: 0 },
  {
    name: "relu² near its kink",
    f: (x) => Math.max(x - 1, 0) ** 2,
    derivative: 2 * (1.0001 - 1),
    at: 1.0001,
  },
  {
    name: "Huber",
    f: (x) => (Math.abs(x) < 1 ? (x * x) / 2 : Math.abs(x) - 0.5),
    derivative: 0.999,
    at: 0.999,
  },
];

/** Functions that float64 evaluates with more error than their last digit. */
export const noisy: readonly Case[] = [
  { name: "(x-1)^7 expanded", f: seventh, decimal: (x) => x.sub(1).pow(7), at: 1.05 },
  { name: "(x-1)^7 expanded", f: seventh, decimal: (x) => x.sub(1).pow(7), at: 1.001 },
  {
    name: "(1-cos x)/x²",
    f: (x) => (1 - Math.cos(x)) / (x * x),
    decimal: (x) => D("1").sub(x.cos()).div(x.mul(x)),
    at: 1e-4,
  },
  { name: "exp-2sinh", f: (x) => Math.exp(x) - 2 * Math.sinh(x), decimal: (x) => x.neg().exp(), at: 2 },
  {
    name: "sqrt(x+1)-sqrt(x)",
    f: (x) => Math.sqrt(x + 1) - Math.sqrt(x),
    decimal: (x) => x.add(1).sqrt().sub(x.sqrt()),
    at: 1e6,
  },
  { name: "single precision sin", f: (x) => Math.fround(Math.sin(x)), decimal: (x) => x.sin(), at: 1 },
  {
    name: "cos to 10 places",
    f: (x) => Math.round(Math.cos(x) * 1e10) / 1e10,
    decimal: (x) => x.cos(),
    at: 1,
  },
  {
    name: "exp to 4 places",
    f: (x) => Math.round(Math.exp(x) * 1e4) / 1e4,
    decimal: (x) => x.exp(),
    at: 0.7,
  },
  { name: "hashed noise 1e-8", f: (x) => Math.sin(x) + 1e-8 * hash(x), decimal: (x) => x.sin(), at: 0.8 },
  {
    name: "hashed noise 1e-12",
    f: (x) => Math.exp(x) * (1 + 1e-12 * hash(x)),
    decimal: (x) => x.exp(),
    at: 0.3,
  },
];

function humps(x: number): number {
  return 1 / ((x - 0.3125) ** 2 + 0.015625) + 1 / ((x - 0.875) ** 2 + 0.0390625) - 6;
}

function humpsDecimal(x: Decimal): Decimal {
  const hump = (centre: number, width: number): Decimal => D("1").div(x.sub(centre).pow(2).add(width));
  return hump(0.3125, 0.015625).add(hump(0.875, 0.0390625)).sub(6);
}

function seventh(x: number): number {
  return x ** 7 - 7 * x ** 6 + 21 * x ** 5 - 35 * x ** 4 + 35 * x ** 3 - 21 * x ** 2 + 7 * x - 1;
}

/** A number between -1 and 1 that depends on every bit of x. */
export function hash(x: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  let state = view.getUint32(0) ^ Math.imul(view.getUint32(4), 0x9e3779b1);
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return ((state ^ (state >>> 16)) >>> 0) / 2 ** 31 - 1;
}
