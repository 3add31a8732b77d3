import { FluxionError } from "../errors.ts";
import { found } from "../tensor/found.ts";
import type { Graph } from "./graph.ts";

/** Throws `ARGUMENT` for what no `trace` gave. */
export function checkGraph(asked: string, graph: Graph): void {
  const parts = (typeof graph === "object" && graph !== null ? graph : {}) as Partial<Graph>;
  if (!Array.isArray(parts.nodes) || !Array.isArray(parts.outputs) || parts.inputStructure === undefined)
    throw new FluxionError(
      "ARGUMENT",
      `${asked} takes a graph, as trace(f)(x) gives it; found ${found(graph)}${typeof graph === "function" ? ": call trace(f) with examples of f's arguments" : ""}.`,
    );
}
