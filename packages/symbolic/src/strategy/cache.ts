import type { Graph } from "@fluxion/core";
import type { Derivation } from "./derivation.ts";
import { keyOf } from "./simplify-graph.ts";

/** Derivations kept, and nodes in all of them; the one unused for longest goes first, the newest one stays. */
const MOST_DERIVATIONS = 256;
const MOST_NODES = 500_000;
const derivations = new Map<string, Derivation>();
let nodes = 0;

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
  if (known) derivations.delete(key);
  else nodes += derivation.graph.nodes.length;
  derivations.set(key, derivation);
  while (derivations.size > 1 && (derivations.size > MOST_DERIVATIONS || nodes > MOST_NODES)) forgetOldest();
  return derivation;
}

function forgetOldest(): void {
  const [key, derivation] = derivations.entries().next().value!;
  derivations.delete(key);
  nodes -= derivation.graph.nodes.length;
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
