import { FluxionError, type NotationNode } from "@fluxion/core";
import { operationCount } from "./cost.ts";

/** Longest formula that is written out, in operations: shared parts are written as often as they occur. */
const LONGEST = 20_000;

/** The tree, unless it is too long to be written. Throws `LIMIT`. */
export function writable(tree: NotationNode): NotationNode {
  const count = operationCount(tree);
  if (count <= LONGEST) return tree;
  throw new FluxionError(
    "LIMIT",
    `The formula has ${count > 1e15 ? "more than 10^15" : count} operations when it is written out, more than ${LONGEST}. evaluate, toFunction and toTypeScript share its parts.`,
  );
}
