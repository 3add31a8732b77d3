import { digamma } from "./digamma.ts";

const BERNOULLI = [1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6, -3617 / 510, 43867 / 798, -174611 / 330];

/** ψ⁽ⁿ⁾(x), the derivative of the given order of digamma; order 0 is digamma. */
export function polygamma(order: number, x: number): number {
  if (order === 0) return digamma(x);
  if (x === Infinity) return order % 2 === 1 ? 0 : -0;
  if (x === -Infinity || x !== x) return NaN;
  let factorial = 1;
  for (let k = 2; k < order; k++) factorial *= k;
  let sum = 0;
  let z = x;
  while (z < 15 + order) {
    sum += order * Math.pow(z, -order - 1);
    z += 1;
  }
  let tail = Math.pow(z, -order) * (1 + order / (2 * z));
  let term = Math.pow(z, -order) * order;
  for (let k = 1; k <= BERNOULLI.length; k++) {
    term *= k === 1 ? (order + 1) / (2 * z * z) : ((order + 2 * k - 2) * (order + 2 * k - 1)) / (2 * k * (2 * k - 1) * z * z);
    tail += BERNOULLI[k - 1]! * term;
  }
  return (order % 2 === 1 ? 1 : -1) * factorial * (sum + tail);
}
