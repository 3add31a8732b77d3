import type { NotationNode } from "@fluxion/core";
import { binary, call, chainTree, flattenChain, integer } from "../display/tree.ts";
import type { Factor } from "../ir/node.ts";
import { numberOf } from "../ir/product.ts";
import * as Q from "../ir/rational.ts";

/** A scalar factor as it is written, without the sign of its power. */
export interface Entry {
  readonly factor: Factor;
  readonly base: NotationNode;
  readonly tree: NotationNode;
  readonly under: boolean;
}

/** What stands over and under the fraction bar. */
export interface Fraction {
  readonly coefficient: Q.Rational;
  readonly over: readonly NotationNode[];
  readonly under: readonly NotationNode[];
}

/**
 * Ways to write a product with √n: c·√n or c·n/√n, with √n by itself or joined to another root, as in sqrt(2*pi). n is
 * positive, so √(n·u) exists where √u does.
 */
export function fractions(coefficient: Q.Rational, entries: readonly Entry[]): readonly Fraction[] {
  const plain = fraction(coefficient, entries);
  const surd = entries.find(
    ({ factor }) => Q.equals(factor.power, Q.half) && numberOf(factor.node) !== undefined,
  );
  if (surd === undefined) return [plain];
  const radicand = numberOf(surd.factor.node)!;
  const forms = [plain];
  for (const under of [true, false]) {
    const outside = under ? Q.multiply(coefficient, radicand) : coefficient;
    const place = (tree: NotationNode, below: boolean, joined?: Entry): Fraction =>
      fraction(
        outside,
        entries
          .filter((entry) => entry !== joined)
          .map((entry) => (entry === surd ? { tree, under: below } : entry)),
      );
    if (under) forms.push(place(surd.tree, true));
    for (const entry of entries) {
      const { base } = entry;
      const isRoot = entry !== surd && Q.equals(Q.absolute(entry.factor.power), Q.half);
      if (!isRoot || (base.kind === "binary" && base.operator === "/")) continue;
      if (entry.under === under) {
        const product = chainTree("*", [integer(radicand.numerator), ...flattenChain("*", base)]);
        forms.push(place(call("sqrt", product), under, entry));
      } else {
        const [top, bottom] = under ? [base, surd.base] : [surd.base, base];
        forms.push(place(call("sqrt", binary("/", top, bottom)), false, entry));
      }
    }
  }
  return forms;
}

const fraction = (coefficient: Q.Rational, entries: readonly Pick<Entry, "tree" | "under">[]): Fraction => ({
  coefficient,
  over: entries.filter((entry) => !entry.under).map((entry) => entry.tree),
  under: entries.filter((entry) => entry.under).map((entry) => entry.tree),
});
