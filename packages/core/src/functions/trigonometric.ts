/** Sine of an angle in radians. */
export function sin(x: number): number {
  return Math.sin(x);
}

/** Cosine of an angle in radians. */
export function cos(x: number): number {
  return Math.cos(x);
}

/** Tangent of an angle in radians. */
export function tan(x: number): number {
  return Math.tan(x);
}
