import { scalarCases } from "../../packages/symbolic/test/support/scalar-cases.ts";

export { scalarCases };
export type ScalarQuestion = (typeof scalarCases)[number];

/** A question about arrays, with what a mathematician expects. */
export interface MatrixQuestion {
  readonly text: string;
  readonly wrt: string;
  readonly shapes: Readonly<Record<string, readonly string[]>>;
}

const shapes = {
  x: ["n"], w: ["n"], a: ["n"], b: ["n"], y: ["m"], A: ["n", "n"], B: ["n", "n"], X: ["m", "n"], Y: ["n", "n"], C: ["m", "n"], U: ["m", "k"], V: ["n", "k"],
} as const; // prettier-ignore

const questions: readonly (readonly [text: string, wrt: string])[] = [
  ["(x'*w - b'*b)^2", "w"],
  ["norm2(X*w - y)^2", "w"],
  ["a'*x", "x"],
  ["x'*A*x", "x"],
  ["X*w - y", "w"],
  ["tr(A*Y*B)", "Y"],
  ["tr(Y'*Y)", "Y"],
  ["det(Y)", "Y"],
  ["logdet(Y)", "Y"],
  ["a'*inv(Y)*b", "Y"],
  ["norm2(C - U*V')^2", "U"],
  ["logsumexp(X*w)", "w"],
  ["sum(log(1 + exp(-y.*(X*w))))", "w"],
];

export const matrixQuestions: readonly MatrixQuestion[] = questions.map(([text, wrt]) => ({
  text,
  wrt,
  shapes: Object.fromEntries(
    Object.entries(shapes).filter(
      ([name]) => name === wrt || new RegExp(`(?<!\\w)${name}(?!\\w)`).test(text),
    ),
  ),
}));
