import { type Complex, complex, ONE, add, sub } from "./complex.ts";
import { sqrt } from "./exponential.ts";

/** sin x cosh y + i cos x sinh y */
export function sin({ re, im }: Complex): Complex {
  return complex(Math.sin(re) * Math.cosh(im), Math.cos(re) * Math.sinh(im));
}

/** cos x cosh y − i sin x sinh y */
export function cos({ re, im }: Complex): Complex {
  return complex(Math.cos(re) * Math.cosh(im), -Math.sin(re) * Math.sinh(im));
}

/** sinh x cos y + i cosh x sin y */
export function sinh({ re, im }: Complex): Complex {
  return complex(Math.sinh(re) * Math.cos(im), im === 0 ? 0 : Math.cosh(re) * Math.sin(im));
}

/** cosh x cos y + i sinh x sin y */
export function cosh({ re, im }: Complex): Complex {
  return complex(Math.cosh(re) * Math.cos(im), im === 0 ? 0 : Math.sinh(re) * Math.sin(im));
}

/** The addition theorem with tan(iy) = i tanh y: (t + i h) / (1 − i t h) = (t (1 − h²) + i h (1 + t²)) / (1 + t² h²) */
export function tan({ re, im }: Complex): Complex {
  const { re: up, im: across } = tanh(complex(-im, re));
  return complex(across, -up);
}

/** The addition theorem with tanh(iy) = i tan y: (h + i t) / (1 + i h t) = (h (1 + t²) + i t (1 − h²)) / (1 + h² t²) */
export function tanh({ re, im }: Complex): Complex {
  const h = Math.tanh(re);
  const t = Math.tan(im);
  const c = Math.cosh(re);
  const divisor = 1 + h * t * (h * t);
  // 1 − h² = 1/cosh² cancels in the difference, and underflows where the quotient does.
  return complex((h * (1 + t * t)) / divisor, t / c / c / divisor);
}

/** Re and Im of what asin and acos are made of: √(1 − z) and √(1 + z). */
function roots(z: Complex): readonly [minus: Complex, plus: Complex] {
  return [sqrt(sub(ONE, z)), sqrt(add(ONE, z))];
}

/** Source: W. Kahan, "Branch cuts for complex elementary functions", in The State of the Art in Numerical Analysis (1987). */
export function asin(z: Complex): Complex {
  const [minus, plus] = roots(z);
  return complex(
    Math.atan2(z.re, minus.re * plus.re - minus.im * plus.im),
    Math.asinh(minus.re * plus.im - minus.im * plus.re),
  );
}

/** Source: Kahan, as for asin. */
export function acos(z: Complex): Complex {
  const [minus, plus] = roots(z);
  return complex(2 * Math.atan2(minus.re, plus.re), Math.asinh(plus.re * minus.im - plus.im * minus.re));
}

/** −i atanh(iz) */
export function atan({ re, im }: Complex): Complex {
  const { re: up, im: across } = atanh(complex(-im, re));
  return complex(across, -up);
}

/** −i asin(iz) */
export function asinh({ re, im }: Complex): Complex {
  const { re: up, im: across } = asin(complex(-im, re));
  return complex(across, -up);
}

/** Source: Kahan, as for asin. */
export function acosh(z: Complex): Complex {
  const minus = sqrt(sub(z, ONE));
  const plus = sqrt(add(z, ONE));
  return complex(Math.asinh(minus.re * plus.re + minus.im * plus.im), 2 * Math.atan2(minus.im, plus.re));
}

/** log(1 + 4x / ((1 − x)² + y²)) / 4 + i arg((1 − z²) + 2iy) / 2, odd in both parts. Source: Kahan, as for asin. */
export function atanh({ re, im }: Complex): Complex {
  const x = Math.abs(re);
  const size = Math.hypot(1 - x, im);
  const up = x / size / size;
  const real = Math.log1p(4 * up) / 4;
  return complex(re < 0 ? -real : real, Math.atan2(2 * im, (1 - x) * (1 + x) - im * im) / 2);
}
