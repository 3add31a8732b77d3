import type { NotationNode } from "@fluxion/core";
import { childrenOf } from "../display/tree.ts";

/** The names in a formula. */
export function namesIn(tree: NotationNode): ReadonlySet<string> {
  const names = new Set<string>();
  const pending = [tree];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.kind === "name") names.add(next.name);
    pending.push(...childrenOf(next));
  }
  return names;
}

/** The first of the candidates that is not taken. */
export const freshName = (candidates: string, taken: ReadonlySet<string>): string =>
  [...candidates].find((letter) => !taken.has(letter)) ?? `${candidates[0]}_0`;

/** ∂over/∂under in LaTeX. */
export const partialLatex = (over: string, under: string): string =>
  `\\frac{\\partial ${over}}{\\partial ${under}}`;
