import { evaluateNotation, parseNotation, type NotationNode } from "@fluxion/core";
import { derive } from "@fluxion/symbolic";
import type { ScalarQuestion } from "./cases.ts";
import { withoutReciprocals } from "./infix.ts";

/** right: the value is that of the expected form; wrong: another one; none: an error, an unevaluated derivative, no answer in time. */
export type Verdict = "right" | "wrong" | "none";

/** An answer as it was given, judged. */
export interface Judged {
  readonly verdict: Verdict;
  /** Operators and functions of the answer, where it is right. */
  readonly operations?: number;
  readonly answer: string;
}

/** The variables to differentiate by, one for each order. */
export const variablesOf = ({ wrt, order = 1 }: ScalarQuestion): readonly string[] =>
  typeof wrt === "string" ? Array.from({ length: order }, () => wrt) : wrt;

/** Operators, signs and functions. */
export function countOperations(text: string): number {
  const count = (tree: NotationNode): number => {
    switch (tree.kind) {
      case "binary":
        return 1 + count(tree.left) + count(tree.right);
      case "negate":
        return 1 + count(tree.operand);
      case "transpose":
        return count(tree.operand);
      case "call":
        return 1 + tree.operands.reduce((total, operand) => total + count(operand), 0);
      default:
        return 0;
    }
  };
  return count(parseNotation(text));
}

/** Fluxion's answer. */
export const askFluxion = (question: ScalarQuestion): Judged =>
  judge(question, derive(question.text, { wrt: variablesOf(question) }).toString());

/** Compares an answer with the expected form at random points. */
export function judge(question: ScalarQuestion, answer: string): Judged {
  const random = generator(question.text.length * 977 + question.expected.length);
  const [least, most] = question.domain ?? [-1.6, 1.6];
  const names = [...new Set(question.text.match(/[A-Za-z_]\w*(?![\w(])/g) ?? []), ...variablesOf(question)];
  let compared = 0;
  for (let trial = 0; trial < 24 && compared < 8; trial++) {
    const point = new Map(
      names.filter((name) => name !== "pi").map((name) => [name, least + (most - least) * random()]),
    );
    const wanted = valueOf(question.expected, point);
    if (!Number.isFinite(wanted)) continue;
    let found: number;
    try {
      found = valueOf(withoutReciprocals(answer), point);
    } catch {
      return { verdict: "none", answer };
    }
    // A cube root that had to be written as a power has no value below 0; that says nothing about the derivative.
    if (Number.isNaN(found)) continue;
    compared++;
    if (!(Math.abs(found - wanted) <= 1e-7 * Math.max(1, Math.abs(wanted))))
      return { verdict: "wrong", answer };
  }
  if (compared === 0) return { verdict: "wrong", answer };
  return { verdict: "right", operations: countOperations(answer), answer };
}

function valueOf(text: string, point: ReadonlyMap<string, number>): number {
  // What other libraries call the base of exponentials.
  const names = point.has("e") ? point : new Map([...point, ["e", Math.E] as const]);
  return evaluateNotation(text, parseNotation(text), names).item();
}

/** Numbers in [0, 1) that depend on the seed only. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
