import { polygamma as realPolygamma } from "@fluxion/core";
import { type Complex, add, complex, div, mul, neg, ONE, reciprocal, scale, sub } from "./complex.ts";
import { bernoulli, fromReal } from "./gamma.ts";

/** Products smaller than this take the largest factors that are left. */
const SMALL = 1e-200;

/** n! / zⁿ, factor by factor, so that it overflows only if the result does. */
function factorialOverPower(n: number, z: Complex): Complex {
  const inverse = reciprocal(z);
  let product = ONE;
  for (let low = 1, high = n; low <= high;) {
    const size = Math.abs(product.re) + Math.abs(product.im);
    if (size === 0 || !Number.isFinite(size)) break;
    product = mul(product, scale(size < SMALL ? high-- : low++, inverse));
  }
  return product;
}

/** n! Σ (z + k)⁻ⁿ⁻¹ for Re z > 0: the first terms one by one, the rest by Euler and Maclaurin. */
function series(n: number, z: Complex): Complex {
  let sum = complex(0, 0);
  let far = z;
  while (far.re < 12 + n) {
    const term = div(factorialOverPower(n, far), far);
    sum = add(sum, term);
    if (Math.abs(term.re) <= Math.abs(sum.re) * 1e-20 && Math.abs(term.im) <= Math.abs(sum.im) * 1e-20)
      return sum;
    far = add(far, ONE);
  }
  if (far.re === Infinity) return complex(0, 0);
  const inverse = reciprocal(far);
  let factor = ONE;
  let rest = add(ONE, scale(n / 2, inverse));
  bernoulli.forEach((number, k) => {
    const next = mul(scale(n + 2 * k, inverse), scale(n + 2 * k + 1, inverse));
    factor = scale(1 / ((2 * k + 1) * (2 * k + 2)), mul(factor, next));
    rest = add(rest, scale(number, factor));
  });
  return add(sum, mul(scale(1 / n, factorialOverPower(n, far)), rest));
}

/** The series for any z: left of 0 it runs over integers on both sides of the one next to z. */
function lattice(n: number, z: Complex): Complex {
  if (z.re >= 0.5) return series(n, z);
  const r = complex(z.re - Math.round(z.re), z.im);
  const pole = div(factorialOverPower(n, r), r);
  const right = add(pole, series(n, add(ONE, r)));
  if (Math.round(z.re) >= 0) return right;
  const left = sub(series(n, sub(ONE, r)), series(n, sub(ONE, z)));
  return n % 2 === 0 ? sub(right, left) : add(right, left);
}

/** ψ⁽ⁿ⁾(z) = (−1)ⁿ⁺¹ n! Σ (z + k)⁻ⁿ⁻¹ */
export function polygamma(order: number, z: Complex): Complex {
  const continued = (w: Complex): Complex => (order % 2 === 0 ? neg(lattice(order, w)) : lattice(order, w));
  return fromReal((x) => realPolygamma(order, x).item(), continued, z);
}
