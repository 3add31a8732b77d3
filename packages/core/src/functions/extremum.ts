/** The greater of x and y; NaN when either is NaN; maximum(-0, +0) = +0. */
export function maximum(x: number, y: number): number {
  return Math.max(x, y);
}

/** The lesser of x and y; NaN when either is NaN; minimum(-0, +0) = -0. */
export function minimum(x: number, y: number): number {
  return Math.min(x, y);
}

/** max(x, 0); keeps NaN and -0. */
export function relu(x: number): number {
  return x < 0 ? 0 : x;
}
