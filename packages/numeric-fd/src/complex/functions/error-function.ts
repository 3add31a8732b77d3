import { erf as realErf, erfc as realErfc } from "@fluxion/core";
import { type Complex, complex } from "./complex.ts";

/** e^{-x²} with the rounding of x² taken back: x = h + l with h² exact. */
function gaussian(x: number): number {
  const high = Math.fround(x);
  return Math.exp(-high * high) * Math.exp(-(x - high) * (x + high));
}

/** Beyond the largest term of the sum at n = 2|y| its terms shrink like e^{-(n/2 - |y|)²}. */
const TERMS = 14;

/**
 * erf(x + iy) − erf(x), by the trapezoidal rule of step 1/2 for the integral that defines it, whose error is below 10⁻¹⁶ of
 * |erf|. For a small y all parts of its imaginary part have one sign.
 *
 * Source: H. E. Salzer, Mathematical Tables and other Aids to Computation 5 (1951) 67; Abramowitz and Stegun 7.1.29.
 */
function increment(x: number, y: number): Complex {
  const angle = 2 * x * y;
  const [sine, cosine, half] = [Math.sin(angle), Math.cos(angle), Math.sin(x * y)];
  // 1 − cos 2xy = 2 sin² xy, and both quotients by x have limits at x = 0.
  let re = x === 0 ? 0 : (half * half) / x / Math.PI;
  let im = angle === 0 ? y / Math.PI : sine / (2 * Math.PI * x);
  const last = Math.ceil(2 * Math.abs(y)) + TERMS;
  for (let n = 1; n <= last; n++) {
    const up = Math.exp((y - n / 4) * n) / 2;
    const down = Math.exp((-y - n / 4) * n) / 2;
    const weight = 2 / (Math.PI * (n * n + 4 * x * x));
    const sinh = n * Math.abs(y) < 1 ? Math.sinh(n * y) * Math.exp((-n * n) / 4) : up - down;
    const bell = Math.exp((-n * n) / 4);
    const coshMinusOne = n * Math.abs(y) < 1 ? 2 * Math.sinh((n * y) / 2) ** 2 * bell : up + down - bell;
    // 1 − cosh·cos = 2 sin² xy − (cosh − 1) cos 2xy
    re += weight * (2 * x * (2 * half * half * bell - coshMinusOne * cosine) + n * sinh * sine);
    im += weight * (2 * x * (up + down) * sine + n * sinh * cosine);
  }
  const factor = gaussian(x);
  return complex(factor === 0 && !Number.isFinite(re) ? 0 : factor * re, factor * im);
}

export function erf({ re, im }: Complex): Complex {
  const real = realErf(re).item();
  if (im === 0 || !Number.isFinite(re)) return complex(real, 0);
  const step = increment(re, im);
  return complex(real + step.re, step.im);
}

export function erfc({ re, im }: Complex): Complex {
  const real = realErfc(re).item();
  if (im === 0 || !Number.isFinite(re)) return complex(real, 0);
  const step = increment(re, im);
  return complex(real - step.re, -step.im);
}
