import { differentiate } from "@fluxion/numeric-fd";
import type { Case } from "./cases.ts";
import { exact, reference } from "./reference.ts";

/** What an estimate is worth: its error against the reference, absolute and relative, and what it claimed. */
export interface Outcome {
  readonly error: number;
  /** The error itself where the derivative is 0. */
  readonly relative: number;
  readonly claimed: number;
  readonly evaluations: number;
}

export function outcomeOf({ f, decimal, derivative, at }: Case, order: number): Outcome {
  const right = order === 1 && derivative !== undefined ? exact(derivative) : reference(decimal!, at, order);
  const { value, error: claimed, evaluations } = differentiate(f, at, { derivativeOrder: order });
  const error = Number.isFinite(value) ? exact(value).sub(right).abs().toNumber() : Infinity;
  // At 0 the reference is a difference with a step of 1e-40: less than its square is 0.
  const size = at === 0 && right.abs().lt("1e-70") ? 0 : right.abs().toNumber();
  return { error, relative: error === 0 || size === 0 ? error : error / size, claimed, evaluations };
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
