import type { Application } from "../differentiate.ts";
import type { Elementwise, Factor, Product, TensorNode, Variable } from "../ir/node.ts";
import { reachable } from "../ir/node.ts";
import * as Q from "../ir/rational.ts";

const WHOLE_ARRAY: Readonly<Record<string, string>> = {
  inv: "differential of the inverse",
  det: "differential of the determinant",
  logdet: "differential of the log-determinant",
  softmax: "differential of softmax",
  logsumexp: "differential of log-sum-exp",
  prod: "differential of the product of all entries",
  max: "differential of the largest entry",
  min: "differential of the smallest entry",
  expm: "differential of the matrix exponential",
  lambdamax: "differential of the largest eigenvalue",
  sigmamax: "differential of the largest singular value",
};

const BY_WORD: Readonly<Record<string, string>> = {
  abs: "the absolute value",
  sign: "the sign",
  sqrt: "the square root",
  cbrt: "the cube root",
  exp: "the exponential function",
  log: "the logarithm",
  reciprocal: "the reciprocal",
  square: "the square",
  maximum: "the maximum",
  minimum: "the minimum",
  where: "each branch",
};

/** Rules that only sort terms and constants; a line of its own would say nothing. */
const SORTING: ReadonlySet<string> = new Set(["sum rule", "linearity"]);

/** What the rule that was applied is called in a textbook. */
export function ruleInWords({ before, rule }: Application, moves: (node: TensorNode) => boolean): string {
  switch (before.kind) {
    case "product":
      return productRule(before, moves);
    case "elementwise":
      return elementwiseRule(before, moves);
    case "head":
      return WHOLE_ARRAY[before.name] ?? `differential of ${before.name}`;
    default:
      return rule;
  }
}

/** Whether a rule does more than sort terms and constants. */
export const isTelling = (rule: string): boolean => !SORTING.has(rule);

/** Tells whether a node depends on the variable. */
export function dependsOn(wrt: Variable | readonly Variable[]): (node: TensorNode) => boolean {
  const variables = new Set<TensorNode>([wrt].flat());
  const known = new Map<TensorNode, boolean>();
  return (node) => {
    const found = known.get(node) ?? reachable(node).some((part) => variables.has(part));
    known.set(node, found);
    return found;
  };
}

function productRule(node: Product, moves: (node: TensorNode) => boolean): string {
  const moving = node.factors.filter((factor) => moves(factor.node));
  const [factor] = moving;
  if (moving.length > 1)
    return moving.some(({ power }) => Q.isNegative(power)) ? "quotient rule" : "product rule";
  if (factor === undefined || Q.isOne(factor.power)) return "linearity";
  if (isNorm(factor)) return "differential of the norm";
  if (node.bound.length > 0 && Q.equals(factor.power, TWO)) return "differential of a sum of squares";
  return chained("power rule", factor.node);
}

/** √(Σ u²) */
const isNorm = ({ node, power }: Factor): boolean =>
  Q.equals(power, Q.half) &&
  node.kind === "product" &&
  node.bound.length > 0 &&
  node.factors.every((inner) => Q.equals(inner.power, TWO));

const TWO = Q.rational(2n);

function elementwiseRule(node: Elementwise, moves: (node: TensorNode) => boolean): string {
  const [first, second] = node.operands;
  const inner = node.operands.filter(moves);
  const name =
    node.name !== "pow"
      ? `derivative of ${BY_WORD[node.name] ?? node.name}`
      : moves(first!)
        ? moves(second!)
          ? "logarithmic differentiation"
          : "power rule"
        : "derivative of an exponential";
  return inner.every((operand) => operand.kind === "variable") ? name : `${name}, chain rule`;
}

const chained = (rule: string, inner: TensorNode): string =>
  inner.kind === "variable" ? rule : `${rule}, chain rule`;

/** The telling rules of a derivation, outermost first, each once; the sorting ones where there is no other. */
export function rulesInWords(
  applications: readonly Application[],
  moves: (node: TensorNode) => boolean,
): string {
  // The squares under the root of a norm are part of its rule.
  const underNorms = new Set(
    applications.flatMap(({ before }) =>
      before.kind === "product" ? before.factors.filter(isNorm).map((factor) => factor.node) : [],
    ),
  );
  const names = [...applications]
    .reverse()
    .filter(({ before }) => !underNorms.has(before))
    .map((application) => ruleInWords(application, moves));
  const telling = names.filter((name) => isTelling(name) && name !== "the variable itself");
  const parts = (telling.length > 0 ? telling : ["linearity"]).flatMap((name) => name.split(", "));
  return [...new Set(parts)].join(", ");
}
