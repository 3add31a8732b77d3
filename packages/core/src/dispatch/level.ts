import { FluxionError } from "../errors.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Interpreter } from "./interpreter.ts";

/** One counter for all copies of core in a process, so that two copies can't open the same level. */
interface Counter {
  level: number;
  /** Levels that are open now. */
  open: number;
}

const COUNTER_KEY: unique symbol = Symbol.for("fluxion") as never;
const shared = globalThis as { [COUNTER_KEY]?: Counter };
const counter: Counter = (shared[COUNTER_KEY] ??= { level: 0, open: 0 });

/**
 * Runs body with an interpreter at a fresh level, above every level that is open, and closes the level afterwards.
 * Levels are never used twice, so a value that leaks out of body is recognised for ever.
 */
export function withLevel<I extends Interpreter, Result>(
  create: (level: number) => I,
  body: (interpreter: I) => Result,
): Result {
  const interpreter = create(++counter.level);
  counter.open++;
  try {
    return body(interpreter);
  } finally {
    counter.open--;
    interpreter.open = false;
  }
}

/** True while a function runs under an interpreter. */
export function anyLevelOpen(): boolean {
  return counter.open > 0;
}

/** The error for a value whose level has been closed. */
export function escaped(interpreter: Interpreter): FluxionError {
  return new FluxionError(
    "ESCAPED",
    `a value that ${interpreter.name} traced was used after the function it belongs to had returned ` +
      "(it was stored outside, or used in a callback that ran later). Return what you need from f (with { aux: true } beside the result), " +
      "or store primal(x), the number under it.",
  );
}

/** x itself, for what a function returns. Throws `ESCAPED` when the level of x has been closed. */
export function stillOpen(x: Tensor): Tensor {
  if (x.interpreter !== null && !x.interpreter.open) throw escaped(x.interpreter);
  return x;
}
