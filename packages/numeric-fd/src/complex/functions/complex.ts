/** A complex number. */
export interface Complex {
  readonly re: number;
  readonly im: number;
}

/** A function of complex numbers that takes real values at real ones. */
export type ComplexFunction = (z: Complex) => Complex;

export function complex(re: number, im: number): Complex {
  return { re, im };
}

export const ONE: Complex = complex(1, 0);

export function add(a: Complex, b: Complex): Complex {
  return complex(a.re + b.re, a.im + b.im);
}

export function sub(a: Complex, b: Complex): Complex {
  return complex(a.re - b.re, a.im - b.im);
}

export function neg(a: Complex): Complex {
  return complex(-a.re, -a.im);
}

/** A real multiple. */
export function scale(factor: number, a: Complex): Complex {
  return complex(factor * a.re, product(factor, a.im));
}

/** The product with an imaginary part: a number without one is real, even when it multiplies an infinite one. */
function product(a: number, im: number): number {
  return im === 0 ? 0 : a * im;
}

export function mul(a: Complex, b: Complex): Complex {
  const crossed = a.im === 0 || b.im === 0 ? 0 : a.im * b.im;
  return complex(a.re * b.re - crossed, product(a.re, b.im) + product(b.re, a.im));
}

/** The product in which an exact 0 annihilates ∞ and NaN. */
export function strongMul(a: Complex, b: Complex): Complex {
  const isZero = (a.re === 0 && a.im === 0) || (b.re === 0 && b.im === 0);
  return isZero ? complex(0, 0) : mul(a, b);
}

export function square(a: Complex): Complex {
  return complex((a.re - a.im) * (a.re + a.im), product(2 * a.re, a.im));
}

/** a / b; neither overflows nor underflows on the way. Source: R. L. Smith, Algorithm 116, CACM 5 (1962) 435. */
export function div(a: Complex, b: Complex): Complex {
  if (b.im === 0) return complex(a.re / b.re, a.im === 0 && b.re !== 0 ? 0 : a.im / b.re);
  if (Math.abs(b.re) >= Math.abs(b.im)) {
    const ratio = b.im / b.re;
    const divisor = b.re + b.im * ratio;
    return complex((a.re + a.im * ratio) / divisor, (a.im - a.re * ratio) / divisor);
  }
  const ratio = b.re / b.im;
  const divisor = b.re * ratio + b.im;
  return complex((a.re * ratio + a.im) / divisor, (a.im * ratio - a.re) / divisor);
}

export function reciprocal(a: Complex): Complex {
  return div(ONE, a);
}

/** |a|, without overflow. */
export function modulus(a: Complex): number {
  return Math.hypot(a.re, a.im);
}

/** −a where the real part is negative: what makes |x| of a real x. */
export function rightHalf(a: Complex): Complex {
  return a.re < 0 ? neg(a) : a;
}
