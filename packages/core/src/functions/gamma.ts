/** log|Γ(x)|; +∞ at 0, -1, -2, … and at ±∞. */
export function lgamma(x: number): number {
  if (x < 0.5) {
    const r = x - Math.floor(x);
    return r === 0 || x === -Infinity ? Infinity : Math.log(Math.PI / Math.sin(Math.PI * r)) - lgamma(1 - x);
  }
  let product = 1;
  let z = x;
  while (z < 10) {
    product *= z;
    z += 1;
  }
  if (z === Infinity) return z;
  const w = 1 / (z * z);
  const series = (1 / 12 - w * (1 / 360 - w * (1 / 1260 - w * (1 / 1680 - w * (1 / 1188 - (w * 691) / 360360))))) / z;
  return (z - 0.5) * (Math.log(z) - 1) + (0.5 * Math.log(2 * Math.PI) - 0.5) + series - Math.log(product);
}
