import { fromData, type Tensor } from "@fluxion/core";

/** Every number, or the one at a position, rounded to so many decimals. */
export function round(value: Tensor, decimals: number, position: number | null = null): Tensor {
  if (decimals === Infinity) return value;
  const scale = 10 ** decimals;
  const rounded = value.data.map((entry, i) =>
    position === null || position === i ? Math.round(entry * scale) / scale : entry,
  );
  return fromData(rounded, value.shape);
}

/** How much there is to read: the digits of all numbers, a little less for 1. */
export function decimalsOf(value: Tensor): number {
  return value.data.reduce((total, entry) => total + (entry === 1 ? 0 : String(entry).length), 0);
}
