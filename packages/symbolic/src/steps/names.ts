import type { NotationNode } from "@fluxion/core";
import { childrenOf } from "../display/cost.ts";

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

/** Names that are in use, with the names of their differentials. */
export class NameBook {
  readonly #taken: Set<string>;

  constructor(taken: Iterable<string>) {
    this.#taken = new Set(taken);
  }

  /** The first of the candidates of which neither it nor its differential is in use. */
  fresh(candidates: string): string {
    const all = [...candidates, ...[...candidates].map((letter) => `${letter}_1`)];
    let name = all.find((candidate) => this.#isFree(candidate) && this.#isFree(`d${candidate}`));
    for (let k = 2; name === undefined; k++) {
      const numbered = `${candidates[0]!}_${k}`;
      if (this.#isFree(numbered) && this.#isFree(`d${numbered}`)) name = numbered;
    }
    this.#taken.add(name).add(`d${name}`);
    return name;
  }

  /** What the differential of a variable of the user's is called: dX, or d_X where that is a variable too. */
  differentialOf(name: string): string {
    let made = `d${name}`;
    while (this.#taken.has(made)) made = `${made}_`;
    this.#taken.add(made);
    return made;
  }

  #isFree(name: string): boolean {
    return !this.#taken.has(name);
  }
}

/** ∂over/∂under in LaTeX. */
export const partialLatex = (over: string, under: string): string =>
  `\\frac{\\partial ${over}}{\\partial ${under}}`;

/** What z is called in the first derivation, and what its derivatives are called in those after it. */
export const RESULT_NAMES: readonly string[] = ["zfghq", "gfhqz", "hfqgz"];
