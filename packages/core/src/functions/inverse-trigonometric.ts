/** The inverse of sin, in [-π/2, π/2]; NaN beyond ±1. */
export function asin(x: number): number {
  return Math.asin(x);
}

/** The inverse of cos, in [0, π]; NaN beyond ±1. */
export function acos(x: number): number {
  return Math.acos(x);
}

/** The inverse of tan, in [-π/2, π/2]. */
export function atan(x: number): number {
  return Math.atan(x);
}

/** The angle of the point (x, y), in [-π, π]; the signs of zeros choose the side, as in IEEE 754. */
export function atan2(y: number, x: number): number {
  return Math.atan2(y, x);
}
