import { permute, type Attributes } from "@fluxion/core";
import { asTensor, at, type ComplexArray, empty, fromParts, put } from "../array.ts";
import { type Complex, add, complex, div, mul, scale, sub } from "../functions/complex.ts";
import { exp, log1p, sqrt } from "../functions/exponential.ts";
import type { ComplexEvaluation } from "./evaluation.ts";

/** A number from a run of numbers. */
function reduction(reduce: (run: readonly Complex[]) => Complex): ComplexEvaluation<Attributes<"sum">> {
  return {
    rounding: "steps",
    evaluate: ([x], { operator, attributes }) => {
      const out = empty(operator.shape([x!.shape], attributes as never));
      const length = attributes.axes.reduce((product, axis) => product * x!.shape[axis]!, 1);
      const last = withAxesLast(x!, attributes.axes);
      for (let i = 0; i < out.re.length; i++) put(out, i, reduce(runAt(last, i * length, length, 1)));
      return out;
    },
  };
}

function runAt(x: ComplexArray, start: number, length: number, step: number): Complex[] {
  return Array.from({ length }, (_, i) => at(x, start + i * step));
}

/** The numbers with some axes behind all others. */
function withAxesLast(x: ComplexArray, axes: readonly number[]): ComplexArray {
  const order = [...x.shape.keys()].filter((axis) => !axes.includes(axis)).concat(axes);
  const turned = (part: Float64Array) => permute(asTensor(part, x.shape), order);
  return order.every((axis, i) => axis === i) ? x : fromParts(turned(x.re), turned(x.im));
}

/** The position of the largest real part. */
function leader(run: readonly Complex[]): number {
  return run.reduce((best, z, i) => (z.re > run[best]!.re || Number.isNaN(z.re) ? i : best), 0);
}

/** zₘ + log(1 + Σ e^(z − zₘ)) over the others, with m the largest real part */
export const logsumexp: ComplexEvaluation<Attributes<"sum">> = reduction((run) => {
  const first = leader(run);
  const largest = run[first] ?? complex(-Infinity, 0);
  if (!Number.isFinite(largest.re)) return complex(largest.re, run.every(({ im }) => im === 0) ? 0 : NaN);
  let others = complex(0, 0);
  run.forEach((z, i) => {
    if (i !== first) others = add(others, exp(sub(z, largest)));
  });
  return add(largest, log1p(others));
});

/** √Σz², scaled by a power of two; NaN, with no derivative, where all real parts are 0 */
export const norm: ComplexEvaluation<Attributes<"sum">> = reduction((run) => {
  const size = run.reduce((most, { re, im }) => Math.max(most, Math.abs(re), Math.abs(im)), 0);
  const isConstant = run.every(({ im }) => im === 0);
  if (run.every(({ re }) => re === 0)) return complex(0, isConstant ? 0 : NaN);
  if (!Number.isFinite(size)) return complex(size, isConstant ? 0 : NaN);
  const factor = 2 ** -Math.max(-1000, Math.min(1000, Math.floor(Math.log2(size))));
  const squares = run.reduce(
    (total, z) => {
      const scaled = scale(factor, z);
      return add(total, mul(scaled, scaled));
    },
    complex(0, 0),
  );
  return scale(1 / factor, sqrt(squares));
});

/** e^(z − zₘ) / Σ e^(z − zₘ), with m the largest real part along the axis */
export const softmax: ComplexEvaluation<Attributes<"softmax">> = {
  rounding: "steps",
  evaluate: ([x], { attributes: { axis } }) => {
    const out = empty(x!.shape);
    const length = x!.shape[axis]!;
    const inner = x!.shape.slice(axis + 1).reduce((product, count) => product * count, 1);
    for (let start = 0; start < out.re.length; start += length * inner) {
      for (let p = start; p < start + inner; p++) {
        const run = runAt(x!, p, length, inner);
        const largest = run[leader(run)]!;
        const powers = run.map((z) => exp(sub(z, largest)));
        const total = powers.reduce(add);
        powers.forEach((power, i) => put(out, p + i * inner, div(power, total)));
      }
    }
    return out;
  },
};
