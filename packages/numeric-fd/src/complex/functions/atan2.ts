import { type Complex, add, complex, div } from "./complex.ts";
import { atan } from "./trigonometric.ts";

/**
 * The angle of (x, y): that of the real parts, and the angle by which the imaginary parts turn it.
 *
 * In axes along the real parts, of length r, the point is (r + i q, i t): its angle is atan(i t / (r + i q)). NaN, with no
 * derivative, where both real parts are 0.
 */
export function atan2(y: Complex, x: Complex): Complex {
  const angle = Math.atan2(y.re, x.re);
  if (x.im === 0 && y.im === 0) return complex(angle, 0);
  const r = Math.hypot(x.re, y.re);
  if (r === 0) return complex(angle, NaN);
  const [c, s] = [x.re / r, y.re / r];
  const along = x.im * c + y.im * s;
  const across = y.im * c - x.im * s;
  return add(complex(angle, 0), atan(div(complex(0, across), complex(r, along))));
}
