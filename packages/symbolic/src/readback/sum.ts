import type { NotationNode } from "@fluxion/core";
import { TRANSPOSE_COST, cheapest, cost } from "../display/cost.ts";
import { binary, integer, rememberTranspose, sumTree } from "../display/tree.ts";
import type { Sum, Term } from "../ir/node.ts";
import { compareTerms } from "../ir/order.ts";
import * as Q from "../ir/rational.ts";
import { size } from "../ir/sum.ts";
import { readTerm } from "./product.ts";
import { turn, type Form, type Reader } from "./reader.ts";
import { isSpread } from "../ir/varying.ts";

/** A sum in the order of a careful person; a row or a transpose may be one transpose outside. */
export function readSum(reader: Reader, node: Sum, form: Form): NotationNode | undefined {
  const direct = preferMultiple(node)
    ? cheapest([readMultiple(reader, node, form), readTerms(reader, node, form, Q.one)])
    : cheapest([readTerms(reader, node, form, Q.one), readMultiple(reader, node, form)]);
  if (form !== "row" && form !== "transposed") return direct;
  const upright = readSum(reader, node, form === "row" ? "column" : "matrix");
  return cheapest([direct, upright === undefined ? undefined : turn(reader, upright, form)]);
}

/** −sum, with the sign given to every term. */
export function readNegatedSum(reader: Reader, node: Sum, form: Form): NotationNode | undefined {
  const tree = readTerms(reader, node, form, Q.minusOne);
  if (tree === undefined || form !== "matrix") return tree;
  rememberTranspose(tree, () => {
    const transposed = readTerms(reader, node, "transposed", Q.minusOne);
    return transposed !== undefined && cost(transposed) <= cost(tree) + TRANSPOSE_COST ? transposed : undefined; // prettier-ignore
  });
  return tree;
}

/** Whether every coefficient is the same but for signs: 2*(x + 1) is as short as 2*x + 2, and clearer. */
const preferMultiple = (node: Sum): boolean =>
  node.terms.every((term) => Q.equals(Q.absolute(term.coefficient), Q.absolute(node.terms[0]!.coefficient)));

/** 2*(x + y) where that is shorter than 2*x + 2*y. */
function readMultiple(reader: Reader, node: Sum, form: Form): NotationNode | undefined {
  const divisor = size(node);
  if (Q.isOne(divisor)) return undefined;
  const inner = readTerms(reader, node, form, Q.divide(Q.one, divisor));
  if (inner === undefined) return undefined;
  const over = divisor.numerator === 1n ? inner : binary("*", integer(divisor.numerator), inner);
  return Q.isInteger(divisor) ? over : binary("/", over, integer(divisor.denominator));
}

/** The sum times a number, term by term. */
function readTerms(reader: Reader, node: Sum, form: Form, multiplier: Q.Rational): NotationNode | undefined {
  const ordered = [...node.terms].sort((a, b) => compareTerms(a.node, b.node));
  // A scalar spreads over an array only if there is one beside it.
  const maySpread = ordered.some((term) => !isSpread(term.node));
  const trees = ordered.map((term: Term) => {
    const coefficient = Q.multiply(term.coefficient, multiplier);
    const tree = readTerm(reader, Q.absolute(coefficient), term.node, form, maySpread);
    return tree === undefined ? undefined : { negative: Q.isNegative(coefficient), tree };
  });
  return trees.includes(undefined)
    ? undefined
    : sumTree(trees as { negative: boolean; tree: NotationNode }[]);
}
