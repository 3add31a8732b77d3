import { fromData, type Shape, sizeOf, type Tensor } from "@fluxion/core";

/** Uniform 32-bit integers from a seed: the same ones on every machine. Source: G. Marsaglia, "Xorshift RNGs" (2003). */
export function randomIntegers(seed: number): () => number {
  // A multiplicative hash spreads small seeds; a zero state would stay zero.
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

/** A direction whose entries are away from 0 and short to print: ±0.5, ±0.6, … ±1.5. */
export function randomDirection(next: () => number, shape: Shape): Tensor {
  const entries = Float64Array.from({ length: sizeOf(shape) }, () => {
    const integer = next();
    return ((integer & 1) === 0 ? 1 : -1) * (5 + ((integer >>> 8) % 11)) * 0.1;
  });
  return fromData(entries, shape);
}
