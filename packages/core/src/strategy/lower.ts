import { detached, isTensor, type Tensor } from "../tensor/tensor.ts";
import { isPlainObject } from "../tree/tree.ts";

/** The value under the levels that have been closed, or null where one of them has none. */
export function lower(x: Tensor): Tensor | null {
  let under: Tensor | null = x;
  while (under !== null && under.interpreter !== null && !under.interpreter.open) under = under.primal;
  return under;
}

/** What is nested deeper in aux stays as it is. */
const DEEPEST_AUX = 200;

interface Lowered {
  readonly value: unknown;
  readonly complete: boolean;
}

/** Every tensor in nested arrays and plain objects lowered; other values stay, and so does what contains itself. */
export function lowerAll(
  value: unknown,
  known: Map<unknown, Lowered> = new Map(),
  depth: number = 0,
): Lowered {
  if (isTensor(value)) {
    const lowered = lower(value);
    return { value: lowered === null ? null : detached(lowered), complete: lowered !== null };
  }
  const same = { value, complete: true };
  if (depth > DEEPEST_AUX || (!Array.isArray(value) && !isPlainObject(value))) return same;
  const before = known.get(value);
  if (before !== undefined) return before;
  known.set(value, same);
  const entries = Array.isArray(value) ? Array.from(value.entries()) : Object.entries(value);
  const parts = entries.map(([key, part]) => [key, lowerAll(part, known, depth + 1)] as const);
  const lowered = {
    value: Array.isArray(value)
      ? parts.map(([, part]) => part.value)
      : Object.fromEntries(parts.map(([key, part]) => [key, part.value])),
    complete: parts.every(([, part]) => part.complete),
  };
  known.set(value, lowered);
  return lowered;
}
