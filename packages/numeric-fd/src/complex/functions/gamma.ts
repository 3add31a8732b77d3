import { digamma as realDigamma, lgamma as realLgamma } from "@fluxion/core";
import {
  type Complex,
  add,
  complex,
  div,
  mul,
  ONE,
  reciprocal,
  rightHalf,
  scale,
  square,
  sub,
} from "./complex.ts";
import { log } from "./exponential.ts";
import { cos, sin, tan } from "./trigonometric.ts";

/** B₂, B₄, … B₂₄: the Bernoulli numbers of all asymptotic series here. */
export const bernoulli: readonly number[] = [
  1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6, -3617 / 510, 43867 / 798, -174611 / 330, 854513 / 138, -236364091 / 2730,
]; // prettier-ignore

/** From this real part on the asymptotic series are right to the last digit. */
const FAR = 12;

/** log Γ(z) = (z − ½) log z − z + ½ log 2π + Σ B₂ₖ / (2k (2k − 1) z^{2k−1}), for z far to the right. */
function stirling(z: Complex): Complex {
  const inverse = reciprocal(z);
  const inverseSquare = square(inverse);
  let power = inverse;
  let sum = complex(Math.log(2 * Math.PI) / 2, 0);
  bernoulli.forEach((number, i) => {
    const k = i + 1;
    sum = add(sum, scale(number / (2 * k * (2 * k - 1)), power));
    power = mul(power, inverseSquare);
  });
  return add(sub(mul(sub(z, complex(0.5, 0)), log(z)), z), sum);
}

/** log Γ(z) for Re z ≥ 0: Γ(z) = Γ(z + n) / (z (z + 1) … (z + n − 1)). */
function logGammaRight(z: Complex): Complex {
  let passed = complex(0, 0);
  let far = z;
  while (far.re < FAR) {
    passed = add(passed, log(far));
    far = add(far, ONE);
  }
  return sub(stirling(far), passed);
}

/** z less the integer next to it. */
function fractional({ re, im }: Complex): Complex {
  return complex(re - Math.round(re), im);
}

/** log|Γ| continued from the real axis: to the left by Γ(z) Γ(1 − z) = π / sin πz, where the sign of the sine is left out. */
function logGamma(z: Complex): Complex {
  if (z.re >= 0) return logGammaRight(z);
  const sine = rightHalf(sin(scale(Math.PI, fractional(z))));
  const logSine = log(sine);
  return sub(sub(complex(Math.log(Math.PI), 0), logSine), logGammaRight(sub(ONE, z)));
}

/** ψ(z) = log z − 1/2z − Σ B₂ₖ / (2k z^{2k}), for z far to the right. */
function digammaFar(z: Complex): Complex {
  const inverse = reciprocal(z);
  const inverseSquare = square(inverse);
  let power = inverseSquare;
  let sum = sub(log(z), scale(0.5, inverse));
  bernoulli.forEach((number, i) => {
    sum = sub(sum, scale(number / (2 * (i + 1)), power));
    power = mul(power, inverseSquare);
  });
  return sum;
}

/** ψ(z) = ψ(z + n) − 1/z − … − 1/(z + n − 1) to the right, ψ(1 − z) − π cot πz to the left. */
function psi(z: Complex): Complex {
  if (z.re < 0) {
    const angle = scale(Math.PI, fractional(z));
    // Next to the poles of the tangent the cotangent is a small number.
    const cotangent = Math.abs(angle.re) < 1 ? reciprocal(tan(angle)) : div(cos(angle), sin(angle));
    return sub(psi(sub(ONE, z)), scale(Math.PI, cotangent));
  }
  let passed = complex(0, 0);
  let far = z;
  while (far.re < FAR) {
    passed = add(passed, reciprocal(far));
    far = add(far, ONE);
  }
  return sub(digammaFar(far), passed);
}

/**
 * f(x) + (F(z) − F(x)): the value on the real axis keeps its digits next to a zero of f, and the difference is that of one
 * complex algorithm at two points.
 */
export function fromReal(f: (x: number) => number, F: (z: Complex) => Complex, z: Complex): Complex {
  const real = f(z.re);
  if (z.im === 0) return complex(real, 0);
  const there = F(z);
  const difference = there.re - F(complex(z.re, 0)).re;
  // Far from the axis, next to a pole on it, the two are nothing like each other.
  return Math.abs(difference) <= Math.abs(there.re) ? complex(real + difference, there.im) : there;
}

/** log|Γ| of real numbers, continued into the plane. */
export function lgamma(z: Complex): Complex {
  return fromReal((x) => realLgamma(x).item(), logGamma, z);
}

export function digamma(z: Complex): Complex {
  return fromReal((x) => realDigamma(x).item(), psi, z);
}
