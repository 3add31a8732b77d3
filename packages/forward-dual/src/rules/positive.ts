import { maximum, type Tensor } from "@fluxion/core";

/**
 * A radius to divide by: itself, but the smallest number there is instead of 0, so that 0/0 becomes 0 with an infinite
 * slope. Dividing is exact where the reciprocal of a subnormal radius would overflow.
 */
export function positive(radius: Tensor): Tensor {
  return maximum(radius, Number.MIN_VALUE);
}
