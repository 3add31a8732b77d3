/** ψ(x) = Γ′(x)/Γ(x); ∓∞ at ±0, NaN at the negative integers. */
export function digamma(x: number): number {
  if (x === 0) return -1 / x;
  if (x < 0) {
    const r = x - Math.floor(x);
    return r === 0 || x === -Infinity ? NaN : digamma(1 - x) - Math.PI / Math.tan(Math.PI * r);
  }
  let sum = 0;
  let z = x;
  while (z < 10) {
    sum -= 1 / z;
    z += 1;
  }
  if (z === Infinity) return z;
  const w = 1 / (z * z);
  return (
    sum +
    Math.log(z) -
    0.5 / z -
    w * (1 / 12 - w * (1 / 120 - w * (1 / 252 - w * (1 / 240 - w * (1 / 132 - w * (691 / 32760 - w / 12))))))
  );
}
