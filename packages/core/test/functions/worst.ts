import type { Case } from "./cases/index.ts";
import { big } from "./reference/big.ts";
import { uniform } from "./reference/sampling.ts";
import { relativeError, ulps } from "./reference/ulp.ts";

/** The greatest error seen and the point it was seen at. */
export type Worst = { readonly error: number; readonly at: readonly number[] };

export type Measurement = {
  readonly points: number;
  readonly ulps: Worst;
  /** Relative to max(|exact|, floor), where the case has such a limit. */
  readonly relative: Worst;
  /** In ulps, of the engine's function at the same points. */
  readonly engine: Worst;
};

/** Compares a function with its reference at every adversarial point and at `runs` drawn ones. */
export function measure(of: Case, runs: number, seed: number): Measurement {
  const random = uniform(seed);
  const floor = "floor" in of.limit ? of.limit.floor : 0;
  let inUlps: Worst = { error: 0, at: [] };
  let relative: Worst = { error: 0, at: [] };
  let engine: Worst = { error: 0, at: [] };
  let points = 0;
  const worse = (than: Worst, error: number, at: readonly number[]): Worst =>
    error > than.error ? { error, at } : than;
  const look = (at: readonly number[]): void => {
    const exact = of.exact(...at.map(big));
    const value = of.computed(...at);
    points += 1;
    inUlps = worse(inUlps, ulps(value, exact), at);
    relative = worse(relative, relativeError(value, exact, floor), at);
    if (of.engine) engine = worse(engine, ulps(of.engine(...at), exact), at);
  };
  of.adversarial.forEach(look);
  for (let n = 0; n < runs; n++) look(of.draw(random));
  return { points, ulps: inUlps, relative, engine };
}
