/**
 * Neville's step on Taylor coefficients at 0: those of [(s − far) here(s) − (s − near) before(s)] / (near − far), the
 * polynomial through the nodes of both.
 */
export function combine(
  here: readonly number[],
  before: readonly number[],
  far: number,
  near: number,
): number[] {
  return here.map((value, i) => {
    const shift = i === 0 ? 0 : here[i - 1]! - before[i - 1]!;
    return value + (shift - near * (value - before[i]!)) / (near - far);
  });
}

/** The same step for bounds of the errors of the coefficients: all terms add. */
export function amplify(
  here: readonly number[],
  before: readonly number[],
  far: number,
  near: number,
): number[] {
  return here.map((error, i) => {
    const shift = i === 0 ? 0 : here[i - 1]! + before[i - 1]!;
    return (shift + Math.abs(far) * error + Math.abs(near) * before[i]!) / Math.abs(near - far);
  });
}
