/** The middle value; of an even count, the mean of the two in the middle. NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** How far apart the values are, (largest − smallest) / median. */
export function relativeSpread(values: readonly number[]): number {
  return (Math.max(...values) - Math.min(...values)) / median(values);
}

/** time ≈ factor · sizeᵉˣᵖᵒⁿᵉⁿᵗ. */
export interface PowerLaw {
  readonly factor: number;
  readonly exponent: number;
}

/** The power law through the points, by least squares on logarithms; needs two different sizes, else null. */
export function fitPowerLaw(points: readonly { size: number; time: number }[]): PowerLaw | null {
  const logs = points.map(({ size, time }) => ({ x: Math.log(size), y: Math.log(time) }));
  const meanX = mean(logs.map(({ x }) => x));
  const meanY = mean(logs.map(({ y }) => y));
  let covariance = 0;
  let variance = 0;
  for (const { x, y } of logs) {
    covariance += (x - meanX) * (y - meanY);
    variance += (x - meanX) ** 2;
  }
  if (logs.length < 2 || variance === 0) return null;
  const exponent = covariance / variance;
  return { exponent, factor: Math.exp(meanY - exponent * meanX) };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Where two curves through the same sizes cross: log-log interpolation between the sizes at which the order changes. */
export function crossing(
  sizes: readonly number[],
  first: readonly number[],
  second: readonly number[],
): number | null {
  const gap = sizes.map((_, i) => Math.log(first[i]! / second[i]!));
  for (let i = 0; i + 1 < sizes.length; i++) {
    const [before, after] = [gap[i]!, gap[i + 1]!];
    if (before === 0 || Math.sign(before) === Math.sign(after)) continue;
    const share = before / (before - after);
    return Math.exp(Math.log(sizes[i]!) * (1 - share) + Math.log(sizes[i + 1]!) * share);
  }
  return null;
}
