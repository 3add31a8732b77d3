import { FluxionError } from "@fluxion/core";
import type { Strategy } from "@fluxion/core";
import { allStrategies } from "../agreement/strategies.ts";

/** The strategies that a list like `reverse-tape,symbolic` names; all of them for none. Throws `ARGUMENT`. */
export function selectStrategies(names: string | undefined): readonly Strategy[] {
  return select("strategy", allStrategies, names);
}

/** The items with the names in a list that is separated by commas; all of them for none. Throws `ARGUMENT`. */
export function select<Item extends { readonly name: string }>(
  kind: string,
  items: readonly Item[],
  names: string | undefined,
): readonly Item[] {
  if (names === undefined) return items;
  return names.split(",").map((name) => {
    const item = items.find((candidate) => candidate.name === name.trim());
    if (item) return item;
    const known = items.map((candidate) => candidate.name).join(", ");
    throw new FluxionError("ARGUMENT", `there is no ${kind} "${name}". Choose from ${known}.`);
  });
}
