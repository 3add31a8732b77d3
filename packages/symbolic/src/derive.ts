import { FluxionError } from "@fluxion/core";
import { differentiate } from "./differentiate.ts";
import { withinLimits } from "./effort.ts";
import { Expression, type ExpressionParts, type Layout } from "./expression.ts";
import { found, isRecord } from "./found.ts";
import type { TensorNode, Variable } from "./ir/node.ts";
import { once } from "./once.ts";
import { adopt, apart, type Store } from "./ir/store.ts";
import { lowerName } from "./lower/lower.ts";
import type { Value } from "./lower/scope.ts";
import { toExpression, type Declarations, type Formula } from "./parse.ts";
import { formOf, type Form, type Reader } from "./readback/reader.ts";
import { price, tidy } from "./simplify/tidy.ts";
import { deriveSteps, type Stage, type StepStyle } from "./steps/derive-steps.ts";
import type { Step } from "./steps/step.ts";
import { requireStructure, structureOf, withinStructure, type Structure } from "./structured.ts";

/** How to differentiate: by what, how often, within what, and how the result is written. */
export interface DeriveOptions extends Declarations {
  /** The variable, or several to differentiate by one after the other. */
  readonly wrt: string | readonly string[];
  /** How often; 1 unless given. */
  readonly order?: number;
  /** How the result is written; values are the same. */
  readonly layout?: Layout;
  /**
   * Whether to differentiate within matrices of the assumed structure: entries kl and lk of a symmetric matrix move
   * together, entries beside the diagonal of a diagonal one do not move. Otherwise all entries are independent.
   */
  readonly structured?: boolean;
  /** How `steps` are written: by components, or by differentials, as suits the formula unless given. */
  readonly style?: StepStyle;
}

/** Highest order of differentiation. */
const ORDER_LIMIT = 64;

/**
 * The derivative of a formula in closed form.
 *
 * The axes of the numerator come first: the derivative of a scalar by a vector is a row, of a vector by a vector an m×n
 * matrix, of a scalar by an m×n matrix an m×n matrix. Throws `PARSE`, `SHAPE_MISMATCH`, `UNSUPPORTED`, `LIMIT`; a
 * variable that occurs where no rule is known is never treated as a constant.
 *
 * The formula is a text, an expression, or a function over core's operators with `arguments` to name what it takes. A
 * function is recorded at shapes of numbers, so its lengths are numbers too; arrays that it captures are called K1, K2, …
 *
 * @example
 * import { derive } from "@fluxion/symbolic";
 * derive("4*x^3 + x^2 + 3", { wrt: "x" }).toString(); // => 12*x^2 + 2*x
 * derive("(x'*w - y)^2", { wrt: "w", shapes: { x: ["n"], w: ["n"] } }).toString(); // => 2*(x'*w - y)*x'
 *
 * @example
 * import { dot, type Tensor } from "@fluxion/core";
 * import { derive } from "@fluxion/symbolic";
 * const f = (x: Tensor, w: Tensor): Tensor => dot(x, w);
 * derive(f, { arguments: ["x", "w"], wrt: "w", shapes: { x: [3], w: [3] } }).toString(); // => x'
 */
export function derive(formula: Formula, options: DeriveOptions): Expression {
  return withinLimits(() => derived(formula, options));
}

function derived(formula: Formula, options: DeriveOptions): Expression {
  const names = variableNames(checkOptions(options));
  const start = toExpression(formula, options);
  const { store, reader, node } = start.parts;
  const variables = names.map((name) => differentiable(start, name));
  const fresh = { ...store, conditions: new Map(store.conditions) };
  const numerator: Value["kind"] =
    start.parts.upright === "matrix" ? "matrix" : (start.parts.form as Value["kind"]);
  if (options.structured === true) requireStructure(variables);
  const stages: Stage[] = [];
  let value = start;
  variables.forEach((wrt, k) => {
    const derivative = shortestDerivative(fresh, reader, value.parts.node, wrt);
    const form = formFor(numerator, node.dims.length, variables.slice(0, k + 1), options.layout ?? "natural");
    const expression = (made: TensorNode, more: Pick<ExpressionParts, "steps" | "derivation">): Expression =>
      new Expression({ ...start.parts, store: fresh, tree: undefined, node: made, form, upright: formOf(made.dims.length), ...more }); // prettier-ignore
    const structure = options.structured === true ? structureOf(wrt) : undefined;
    const own: Stage[] = [...stages];
    const steps = once(() => deriveSteps(own, options.style));
    const plain = expression(derivative, { steps, derivation: { value, wrt } });
    const stage: Stage = { value, wrt, derivative: plain };
    if (structure === undefined) {
      value = plain;
      stages.push(stage);
    } else {
      const node = tidy(fresh, reader, withinStructure(fresh, derivative, structure));
      const within = expression(node, { steps, derivation: undefined });
      stages.push({ ...stage, afterwards: () => structureStep(plain, within, structure) });
      value = within;
    }
    own.push(stages.at(-1)!);
  });
  return value;
}

const structureStep = (plain: Expression, within: Expression, structure: Structure): Step => ({
  rule: `derivative within ${structure} matrices`,
  before: plain.toString(),
  after: within.toString(),
  latex: `${plain.toLatex()} \\;\\to\\; ${within.toLatex()}`,
});

const LAYOUTS: readonly (Layout | undefined)[] = ["natural", "numerator", "denominator", undefined];
const STYLES: readonly (StepStyle | undefined)[] = ["components", "differentials", undefined];

function checkOptions(options: DeriveOptions): DeriveOptions {
  if (!isRecord(options))
    throw new FluxionError("ARGUMENT", 'derive needs options, as in derive("x^2", { wrt: "x" }).');
  if (!LAYOUTS.includes(options.layout))
    throw new FluxionError(
      "ARGUMENT",
      `The layout ${found(options.layout)} is not one of natural, numerator, denominator.`,
    );
  if (options.structured !== undefined && typeof options.structured !== "boolean")
    throw new FluxionError("ARGUMENT", `structured is true or false; found ${found(options.structured)}.`);
  if (!STYLES.includes(options.style))
    throw new FluxionError(
      "ARGUMENT",
      `The style ${found(options.style)} is not one of components, differentials.`,
    );
  return options;
}

/** The derivative of the formula as it is, or of its shortest form, whichever comes out shorter. */
function shortestDerivative(store: Store, reader: Reader, node: TensorNode, wrt: Variable): TensorNode {
  const direct = apart(store, () => tidy(store, reader, differentiate(store, node, wrt)));
  const prepared = apart(store, () => tidy(store, reader, node));
  const simpler =
    prepared.result === node
      ? direct
      : apart(store, () => tidy(store, reader, differentiate(store, prepared.result, wrt)));
  const useSimpler = price(reader, simpler.result) < price(reader, direct.result) - 1e-9;
  if (useSimpler) adopt(store, prepared.conditions);
  adopt(store, (useSimpler ? simpler : direct).conditions);
  return (useSimpler ? simpler : direct).result;
}

function variableNames({ wrt, order = 1 }: DeriveOptions): readonly string[] {
  const names = typeof wrt === "string" ? [wrt] : wrt;
  if (!Array.isArray(names) || names.length === 0 || names.some((name) => typeof name !== "string")) {
    throw new FluxionError("ARGUMENT", 'derive needs the variable to differentiate by, as in { wrt: "x" }.');
  }
  if (!Number.isInteger(order) || order < 0 || order > ORDER_LIMIT) {
    throw new FluxionError(
      "ARGUMENT",
      `The order is a whole number from 0 to ${ORDER_LIMIT}; found ${found(order)}.`,
    );
  }
  if (names.length > 1 && order !== 1) {
    throw new FluxionError(
      "ARGUMENT",
      `With several variables the order is their number (${names.length}); leave out order: ${found(order)}.`,
    );
  }
  return names.length > 1 ? names : Array.from({ length: order }, () => names[0]!);
}

/** The variable of this name. */
function differentiable({ parts: { scope } }: Expression, name: string): Variable {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
    throw new FluxionError("ARGUMENT", `${JSON.stringify(name)} cannot name a variable.`);
  const { node } = lowerName(scope, name);
  if (node.kind === "variable") return node;
  throw new FluxionError(
    "ARGUMENT",
    `${name} is ${scope.dimensions.has(name) ? "the length of an axis" : "a constant"}; there is no derivative by it.`,
  );
}

/** How a derivative stands on the page. */
function formFor(
  numerator: Value["kind"],
  numeratorRank: number,
  variables: readonly Variable[],
  layout: Layout,
): Form {
  const ranks = variables.map((variable) => variable.dims.length);
  const rank = numeratorRank + ranks.reduce((total, own) => total + own, 0);
  if (rank === 0) return "scalar";
  if (rank === 1) {
    if (numeratorRank === 1) return (numerator === "row") === (layout === "denominator") ? "column" : "row";
    return layout === "denominator" ? "column" : "row";
  }
  if (rank !== 2) return "matrix";
  const byMatrix = numeratorRank === 0 && ranks.includes(2);
  if (byMatrix) return layout === "numerator" ? "transposed" : "matrix";
  return layout === "denominator" ? "transposed" : "matrix";
}
