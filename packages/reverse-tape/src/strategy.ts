import {
  defineStrategy,
  type FlatFunction,
  type FlatGradient,
  type FlatVjp,
  ones,
  type Strategy,
  type Tensor,
  withLevel,
} from "@fluxion/core";
import { sweep } from "./sweep.ts";
import type { Entry } from "./entry.ts";
import { Tape } from "./tape.ts";

interface Recording {
  readonly values: readonly Tensor[];
  /** Positions of the outputs' entries. */
  readonly outputs: readonly number[];
  readonly entries: Entry[];
}

/** Runs f once and keeps what its sweep needs. */
function record(f: FlatFunction, inputs: readonly Tensor[]): Recording {
  return withLevel(
    (level) => new Tape(level),
    (tape) => {
      const results = f(inputs.map((input) => tape.input(input)));
      return {
        values: results.map((y) => tape.primal(y)),
        outputs: results.map((y) => tape.position(y)),
        entries: tape.entries,
      };
    },
  );
}

/** The tape lives as long as its pullback is reachable. */
function vjpOfTape(f: FlatFunction, inputs: readonly Tensor[]): FlatVjp {
  const { values, outputs, entries } = record(f, inputs);
  return { values, pullback: (cotangents) => sweep(entries, inputs.length, outputs, cotangents, false) };
}

/** One sweep, which frees the tape as it goes. */
function gradientOfTape(f: FlatFunction, inputs: readonly Tensor[]): FlatGradient {
  const { values, outputs, entries } = record(f, inputs);
  return { value: values[0]!, gradient: sweep(entries, inputs.length, outputs, [ones([])], true) };
}

/**
 * Reverse mode on a tape: f runs once and is recorded, one sweep backwards gives the derivative by every input. A
 * gradient costs a few times f whatever the number of inputs; memory grows with the number of operators that ran.
 *
 * Source: A. Griewank, A. Walther, "Evaluating Derivatives" (2nd ed., SIAM 2008), §3.2.
 *
 * @example
 * import { dot, tensor, type Tensor } from "@fluxion/core";
 * import { reverseTape } from "@fluxion/reverse-tape";
 * String(reverseTape.gradient((x: Tensor) => dot(x, x))(tensor([1, 2]))); // => [2, 4]
 */
export const reverseTape: Strategy = defineStrategy({
  name: "reverse-tape",
  mode: "reverse",
  exact: true,
  vjp: vjpOfTape,
  gradient: gradientOfTape,
});
