import type { HandWritten } from "./hand-written.ts";

/**
 * −20 exp(−0.2 √(Σxᵢ²/n)) − exp(Σcos(2πxᵢ)/n) + 20 + e.
 *
 * Source: D. H. Ackley, A connectionist machine for genetic hillclimbing, Kluwer 1987.
 */
export function ackleyValue(x: Float64Array): number {
  const n = x.length;
  let squares = 0;
  let cosines = 0;
  for (let i = 0; i < n; i++) {
    squares += x[i]! * x[i]!;
    cosines += Math.cos(2 * Math.PI * x[i]!);
  }
  return -20 * Math.exp(-0.2 * Math.sqrt(squares / n)) - Math.exp(cosines / n) + 20 + Math.E;
}

/** Its gradient away from the origin, written into `gradient` [n]; returns the value. */
export function ackleyGradient(x: Float64Array, gradient: Float64Array): number {
  const n = x.length;
  let squares = 0;
  let cosines = 0;
  for (let i = 0; i < n; i++) {
    squares += x[i]! * x[i]!;
    cosines += Math.cos(2 * Math.PI * x[i]!);
  }
  const radius = Math.sqrt(squares / n);
  const bowl = 20 * Math.exp(-0.2 * radius);
  const ripple = Math.exp(cosines / n);
  const pull = (0.2 * bowl) / (n * radius);
  const swing = (2 * Math.PI * ripple) / n;
  for (let i = 0; i < n; i++) gradient[i] = pull * x[i]! + swing * Math.sin(2 * Math.PI * x[i]!);
  return -bowl - ripple + 20 + Math.E;
}

/** Ackley's function and its gradient at x [n]. */
export function ackleyByHand(x: Float64Array): HandWritten {
  const value = new Float64Array(1);
  const gradient = new Float64Array(x.length);
  return {
    inputs: [x],
    value() {
      value[0] = ackleyValue(x);
      return value;
    },
    derivative() {
      ackleyGradient(x, gradient);
      return [gradient];
    },
  };
}
