import { chain, evaluateNotation, fromData, parseNotation } from "@fluxion/core";
import type { Strategy, Tensor } from "@fluxion/core";
import { derive, parse } from "@fluxion/symbolic";
import type { Shapes } from "@fluxion/symbolic";
import { seeded } from "../data/index.ts";
import { questionLatex } from "../derivation/index.ts";
import { formatNumber } from "../report/index.ts";
import type { Derivation, DerivationCheck } from "../report/index.ts";

/** An expression of the notes; its text is both what is derived and the function that strategies differentiate. */
interface NotesExample {
  readonly title: string;
  readonly question: string;
  readonly wrt: string;
  readonly shapes: Shapes;
  /** Sizes for the check at a random point. */
  readonly sizes: Readonly<Record<string, readonly number[]>>;
  readonly remark?: (point: Readonly<Record<string, Tensor>>, exact: Tensor) => string;
}

const rows = 4;
const columns = 3;

const examples: readonly NotesExample[] = [
  {
    title: "A polynomial",
    question: "4*x^3 + x^2 + 3",
    wrt: "x",
    shapes: {},
    sizes: { x: [] },
  },
  {
    title: "Example 1: a squared residual",
    question: "(x'*w - y)^2",
    wrt: "w",
    shapes: { x: ["n"], w: ["n"] },
    sizes: { x: [columns], w: [columns], y: [] },
  },
  {
    title: "Equation 2-4: a vector's square",
    question: "a'*a",
    wrt: "a",
    shapes: { a: ["m"] },
    sizes: { a: [rows] },
  },
  {
    title: "Equation 2-6: a vector by a vector",
    question: "X*w - y",
    wrt: "w",
    shapes: { X: ["m", "n"], w: ["n"], y: ["m"] },
    sizes: { X: [rows, columns], w: [columns], y: [rows] },
  },
  {
    title: "Example 2: a sum of squared residuals",
    question: "norm2(X*w - y)^2",
    wrt: "w",
    shapes: { X: ["m", "n"], w: ["n"], y: ["m"] },
    sizes: { X: [rows, columns], w: [columns], y: [rows] },
    remark: chainRule,
  },
];

/** Equation 2-2: with a = Xw − y and z = aᵀa, ∂z/∂w is the product of ∂z/∂a and ∂a/∂w. */
function chainRule(point: Readonly<Record<string, Tensor>>, exact: Tensor): string {
  const inner = { wrt: "w", shapes: { X: ["m", "n"], w: ["n"], y: ["m"] } };
  const outer = { wrt: "a", shapes: { a: ["m"] } };
  const a = parse("X*w - y", inner).evaluate(point);
  const product = chain(derive("a'*a", outer).evaluate({ a }), derive("X*w - y", inner).evaluate(point));
  const difference = formatNumber(relativeDifference(product.data, exact.data));
  return `By the chain rule (2-2), 2*a' times X with a = X*w - y: the same, to ${difference}.`;
}

/** The notes' examples: derived in closed form, and every strategy compared with the formula at a random point. */
export function notesDerivations(strategies: readonly Strategy[]): Derivation[] {
  return examples.map(({ title, question, wrt, shapes, sizes, remark }) => {
    const answer = derive(question, { wrt, shapes });
    const random = seeded(question.length);
    const point = Object.fromEntries(
      Object.entries(sizes).map(([name, shape]) => [name, fromData(random.normal(product(shape)), shape)]),
    );
    const exact = answer.evaluate(point);
    const tree = parseNotation(question);
    const f = (x: Tensor): Tensor =>
      evaluateNotation(question, tree, new Map([...Object.entries(point), [wrt, x]]));
    return {
      title,
      question,
      answer: answer.toString(),
      questionLatex: questionLatex(question, [wrt], { shapes }),
      answerLatex: answer.toLatex(),
      steps: answer.steps,
      checks: strategies.map((strategy) => check(strategy, f, point[wrt]!, exact)),
      ...(remark ? { remark: remark(point, exact) } : {}),
    };
  });
}

/** A strategy's Jacobian at a point, compared with the formula's value there. */
function check(strategy: Strategy, f: (x: Tensor) => Tensor, x: Tensor, exact: Tensor): DerivationCheck {
  const { data } = strategy.jacobian(f)(x);
  const found = { strategy: strategy.name, first: data[0]!, error: relativeDifference(data, exact.data) };
  if (!strategy.estimate) return found;
  const bounds = (strategy.estimate("jacobian", f)(x).error as Tensor).data;
  return { ...found, bound: largest(bounds) / (largest(exact.data) || 1) };
}

function product(shape: readonly number[]): number {
  return shape.reduce((size, length) => size * length, 1);
}

/** Largest difference, relative to the largest entry. */
function relativeDifference(found: Readonly<Float64Array>, exact: Readonly<Float64Array>): number {
  if (found.length !== exact.length) return Infinity;
  return largest(found.map((value, i) => value - exact[i]!)) / (largest(exact) || 1);
}

function largest(values: Readonly<Float64Array>): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
