import type { BinaryOperator, NotationNode } from "@fluxion/core";
import { binary, call, nameTree, sumTree } from "../display/tree.ts";
import { namesIn } from "./names.ts";

/** Functions that are linear in each of their operands. */
export const LINEAR_CALLS: ReadonlySet<string> = new Set([
  "sum", "mean", "tr", "trace", "diag", "vec", "kron", "dot", "outer", "neg",
]); // prettier-ignore

/** A differential in the words of the formula itself, and whether two factors moved at once. */
export interface Phrase {
  readonly tree: NotationNode;
  /** One for each occurrence, without signs. */
  readonly terms: readonly NotationNode[];
  readonly isProductRule: boolean;
}

/** Occurrences of moving names beyond which words of the formula's own would hide what it is: A.*A.* … .*A, 400 times. */
const MOST_TERMS = 32;

interface Term {
  readonly negative: boolean;
  readonly tree: NotationNode;
}

/**
 * tr(A*X*B) → tr(A*dX*B), x'*A*x → dx'*A*x + x'*A*dx: every moving name in turn replaced by its differential; undefined
 * where the formula is not linear in each occurrence, or has many. It only proposes words; the engine decides whether they are true.
 */
export function phraseDifferential(
  tree: NotationNode,
  differentials: ReadonlyMap<string, string>,
): Phrase | undefined {
  let isProductRule = false;
  const moves = (part: NotationNode): boolean => [...namesIn(part)].some((name) => differentials.has(name));
  const wrap = (terms: readonly Term[] | undefined, make: (inner: NotationNode) => NotationNode) =>
    terms?.map(({ negative, tree: inner }): Term => ({ negative, tree: make(inner) }));

  const visit = (part: NotationNode): readonly Term[] | undefined => {
    if (!moves(part)) return [];
    switch (part.kind) {
      case "name":
        return [{ negative: false, tree: nameTree(differentials.get(part.name)!) }];
      case "negate":
        return visit(part.operand)?.map((term) => ({ ...term, negative: !term.negative }));
      case "transpose":
        return wrap(visit(part.operand), (operand) => ({ ...part, operand }));
      case "binary":
        return visitBinary(part.operator, part.left, part.right);
      case "call": {
        if (!LINEAR_CALLS.has(part.name)) return undefined;
        const all = part.operands.map((operand, k) =>
          wrap(visit(operand), (own) => call(part.name, ...part.operands.with(k, own))),
        );
        if (part.operands.filter(moves).length > 1) isProductRule = true;
        return joined(all);
      }
      default:
        return undefined;
    }
  };

  const visitBinary = (
    operator: BinaryOperator,
    left: NotationNode,
    right: NotationNode,
  ): readonly Term[] | undefined => {
    switch (operator) {
      case "+":
        return joined([visit(left), visit(right)]);
      case "-":
        return joined([visit(left), visit(right)?.map((term) => ({ ...term, negative: !term.negative }))]);
      case "*":
      case ".*":
        if (moves(left) && moves(right)) isProductRule = true;
        return joined([
          wrap(visit(left), (own) => binary(operator, own, right)),
          wrap(visit(right), (own) => binary(operator, left, own)),
        ]);
      case "/":
      case "./":
        return moves(right) ? undefined : wrap(visit(left), (own) => binary(operator, own, right));
      default:
        return undefined;
    }
  };

  const terms = visit(tree);
  if (terms === undefined || terms.length === 0) return undefined;
  return { tree: sumTree(terms), terms: terms.map((term) => term.tree), isProductRule };
}

function joined(parts: readonly (readonly Term[] | undefined)[]): readonly Term[] | undefined {
  if (parts.includes(undefined)) return undefined;
  const terms = (parts as readonly (readonly Term[])[]).flat();
  return terms.length > MOST_TERMS ? undefined : terms;
}

/** A term with a leading minus taken out. */
export function splitSign(tree: NotationNode): Term {
  if (tree.kind === "negate") return { negative: true, tree: tree.operand };
  if (tree.kind !== "binary" || !FACTORED.has(tree.operator)) return { negative: false, tree };
  const left = splitSign(tree.left);
  return left.negative
    ? { negative: true, tree: binary(tree.operator, left.tree, tree.right) }
    : { negative: false, tree };
}

const FACTORED: ReadonlySet<BinaryOperator> = new Set<BinaryOperator>(["*", "/", ".*", "./"]);

/** slope*dx, or dx where the slope is 1. */
export const timesDifferential = (slope: NotationNode, name: string): NotationNode =>
  slope.kind === "number" && slope.text === "1" ? nameTree(name) : binary("*", slope, nameTree(name));
