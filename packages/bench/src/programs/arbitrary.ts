import { Arbitrary, type Random, Stream, Value } from "fast-check";
import { generateProgram } from "./generate.ts";
import type { Program } from "./program.ts";
import { shrinkProgram } from "./shrink.ts";

export interface ProgramOptions {
  /** Operators in a program, at most; 12 unless given. */
  readonly maximumNodes?: number;
}

class ProgramArbitrary extends Arbitrary<Program> {
  readonly #maximumNodes: number;

  constructor(maximumNodes: number) {
    super();
    this.#maximumNodes = maximumNodes;
  }

  generate(random: Random): Value<Program> {
    return new Value(generateProgram(random, this.#maximumNodes), undefined);
  }

  canShrinkWithoutContext(value: unknown): value is Program {
    return typeof value === "object" && value !== null && "graph" in value && "inputs" in value;
  }

  shrink(program: Program): Stream<Value<Program>> {
    return new Stream(shrinkProgram(program)).map((simpler) => new Value(simpler, undefined));
  }
}

/**
 * Random programs as fast-check generates and shrinks them: every operator of core, broadcasting, sharing, and inputs
 * where the program is defined and smooth.
 *
 * @example
 * import { programFunction, programs } from "@fluxion/bench";
 * import { sample } from "fast-check";
 * const [program] = sample(programs({ maximumNodes: 4 }), { numRuns: 1, seed: 1 });
 * const value = program && programFunction(program)(program.inputs);
 * value?.data.every(Number.isFinite); // => true
 */
export function programs(options: ProgramOptions = {}): Arbitrary<Program> {
  return new ProgramArbitrary(options.maximumNodes ?? 12);
}
