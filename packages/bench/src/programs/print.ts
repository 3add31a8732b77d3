import { type Tensor, toTypeScript } from "@fluxion/core";
import type { Program } from "./program.ts";

/** The program and its inputs as a few lines of TypeScript. */
export function programText({ graph, inputs }: Pick<Program, "graph" | "inputs">): string {
  return `${toTypeScript(graph)}// differentiated at f(${inputs.map(tensorText).join(", ")})`;
}

/** How a tensor is written: a number, or nested arrays. */
export function tensorText(x: Tensor): string {
  return x.rank === 0 ? String(x.item()) : `tensor(${JSON.stringify(x.toArray())})`;
}
