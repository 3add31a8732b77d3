import { add, sumTo, type Tangents, type Tensor } from "@fluxion/core";
import type { Entry } from "./entry.ts";

/**
 * One reverse sweep: the cotangents of the first `inputs` entries from those seeded at `outputs`. A value that was used
 * twice accumulates. With `release` every entry is dropped once it has been passed, so that memory falls as the sweep
 * goes; a tape that is to be swept again keeps them.
 */
export function sweep(
  entries: Entry[],
  inputs: number,
  outputs: readonly number[],
  seeds: Tangents,
  release: boolean,
): Tangents {
  const cotangents = new Array<Tensor | null>(entries.length).fill(null);
  const accumulate = (position: number, cotangent: Tensor): void => {
    const sofar = cotangents[position]!;
    cotangents[position] = sofar === null ? cotangent : add(sofar, cotangent);
  };
  // One function for the whole sweep: a closure for each entry would be most of its garbage.
  const give = (entry: Entry, operand: number, cotangent: Tensor): void =>
    accumulate(entry.parents[operand]!, sumTo(cotangent, entry.shapeOf(operand)));
  outputs.forEach((position, i) => {
    const seed = seeds[i] ?? null;
    if (position >= 0 && seed !== null) accumulate(position, seed);
  });
  for (let position = entries.length - 1; position >= inputs; position--) {
    const cotangent = cotangents[position]!;
    if (cotangent !== null) {
      const entry = entries[position]!;
      entry.pullback!(cotangent, entry, give);
      cotangents[position] = null;
    }
    if (release) entries.pop();
  }
  return cotangents.slice(0, inputs);
}
