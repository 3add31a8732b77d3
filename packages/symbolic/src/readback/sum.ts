import type { NotationNode } from "@fluxion/core";
import { cheapest, sumTree } from "../display/tree.ts";
import type { Sum, Term } from "../ir/node.ts";
import { compareTerms } from "../ir/order.ts";
import * as Q from "../ir/rational.ts";
import { readTerm } from "./product.ts";
import { turn, type Form, type Reader } from "./reader.ts";
import { isSpread } from "./spread.ts";

/** A sum in the order of a careful person; a row or a transpose may be one transpose outside. */
export function readSum(reader: Reader, node: Sum, form: Form): NotationNode | undefined {
  const direct = readTerms(reader, node, form, false);
  if (form !== "row" && form !== "transposed") return direct;
  const upright = readTerms(reader, node, form === "row" ? "column" : "matrix", false);
  return cheapest([upright === undefined ? undefined : turn(reader, upright, form), direct]);
}

/** −sum, with the sign given to every term. */
export const readNegatedSum = (reader: Reader, node: Sum, form: Form): NotationNode | undefined =>
  readTerms(reader, node, form, true);

function readTerms(reader: Reader, node: Sum, form: Form, negated: boolean): NotationNode | undefined {
  const ordered = [...node.terms].sort((a, b) => compareTerms(a.node, b.node));
  // A scalar spreads over an array only if there is one beside it.
  const mayspread = ordered.some((term) => !isSpread(term.node));
  const trees = ordered.map((term: Term) => {
    const coefficient = negated ? Q.negate(term.coefficient) : term.coefficient;
    const tree = readTerm(reader, Q.absolute(coefficient), term.node, form, mayspread);
    return tree === undefined ? undefined : { negative: Q.isNegative(coefficient), tree };
  });
  return trees.includes(undefined)
    ? undefined
    : sumTree(trees as { negative: boolean; tree: NotationNode }[]);
}
