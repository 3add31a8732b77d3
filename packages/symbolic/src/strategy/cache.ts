import type { Graph } from "@fluxion/core";
import type { Derivation } from "./derivation.ts";
import { keyOf } from "./simplify-graph.ts";

/** Derivations kept; the one unused for longest goes first. */
const CAPACITY = 256;
const derivations = new Map<string, Derivation>();

/**
 * The derivation for graphs of this structure, made once. Captured tensors are inputs of a derivation, so their numbers
 * are no part of the key; a function with rules of its own has no key, and nothing that contains one is kept.
 */
export function cached(
  kind: string,
  graph: Graph,
  seeded: readonly boolean[],
  derive: () => Derivation,
): Derivation {
  const key = structureKey(kind, graph, seeded);
  if (key === null) return derive();
  const known = derivations.get(key);
  const derivation = known ?? derive();
  derivations.delete(key);
  derivations.set(key, derivation);
  if (derivations.size > CAPACITY) derivations.delete(derivations.keys().next().value!);
  return derivation;
}

function structureKey(kind: string, graph: Graph, seeded: readonly boolean[]): string | null {
  const parts = [kind, seeded.join(), graph.outputs.join()];
  for (const node of graph.nodes) {
    const key = node.operator === "constant" ? "constant" : keyOf(node);
    if (key === null) return null;
    parts.push(`${key} [${node.shape.join()}]`);
  }
  return parts.join("\n");
}
