/** -x. */
export function neg(x: number): number {
  return -x;
}

/** |x|. */
export function abs(x: number): number {
  return Math.abs(x);
}

/** -1, 0 or 1; keeps ±0 and NaN. */
export function sign(x: number): number {
  return x > 0 ? 1 : x < 0 ? -1 : x;
}

/** x². */
export function square(x: number): number {
  return x * x;
}

/** √x; NaN below 0, √-0 = -0. */
export function sqrt(x: number): number {
  return Math.sqrt(x);
}

/** 1/x; ±∞ at ±0. */
export function reciprocal(x: number): number {
  return 1 / x;
}
