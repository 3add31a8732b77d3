import { FluxionError } from "@fluxion/core";
import { differentiate } from "./differentiate.ts";
import { withinLimits } from "./effort.ts";
import { found, isRecord } from "./found.ts";
import { Expression, type ExpressionParts, type Layout } from "./expression.ts";
import type { TensorNode, Variable } from "./ir/node.ts";
import { adopt, apart, createStore, type Store } from "./ir/store.ts";
import { createScope, lowerName, lowerText } from "./lower/lower.ts";
import type { Assumptions, Shapes, Value } from "./lower/scope.ts";
import { createReader, formOf, type Form, type Reader } from "./readback/reader.ts";
import { price, tidy } from "./simplify/tidy.ts";
import { deriveSteps, type Stage, type StepStyle } from "./steps/derive-steps.ts";

/** What the names in a formula are. */
export interface Declarations {
  /** The shape of each variable: `[]`, `["n"]` or `["m", "n"]`, with numbers or symbols; scalars need not be named. */
  readonly shapes?: Shapes;
  /** What matrices and scalars are assumed to be. */
  readonly assume?: Assumptions;
}

export interface DeriveOptions extends Declarations {
  /** The variable, or several to differentiate by one after the other. */
  readonly wrt: string | readonly string[];
  /** How often; 1 unless given. */
  readonly order?: number;
  /** How the result is written; values are the same. */
  readonly layout?: Layout;
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
 * @example
 * import { derive } from "@fluxion/symbolic";
 * derive("4*x^3 + x^2 + 3", { wrt: "x" }).toString(); // => 12*x^2 + 2*x
 * derive("(x'*w - y)^2", { wrt: "w", shapes: { x: ["n"], w: ["n"] } }).toString(); // => 2*(x'*w - y)*x'
 */
export function derive(formula: string | Expression, options: DeriveOptions): Expression {
  return withinLimits(() => derived(formula, options));
}

function derived(formula: string | Expression, options: DeriveOptions): Expression {
  const names = variableNames(checkOptions(options));
  const start = toExpression(formula, options);
  const { store, reader, node } = start.parts;
  const variables = names.map((name) => differentiable(start, name));
  const fresh = { ...store, conditions: new Map(store.conditions) };
  const numerator: Value["kind"] =
    start.parts.upright === "matrix" ? "matrix" : (start.parts.form as Value["kind"]);
  const stages: Stage[] = [];
  let value = start;
  variables.forEach((wrt, k) => {
    const derivative = shortestDerivative(fresh, reader, value.parts.node, wrt);
    const form = formFor(numerator, node.dims.length, variables.slice(0, k + 1), options.layout ?? "natural");
    const own = [...stages];
    const steps = once(() =>
      deriveSteps([...own, { value: before, wrt, derivative: result }], options.style),
    );
    const before = value;
    const result = new Expression({ ...start.parts, store: fresh, tree: undefined, node: derivative, form, upright: formOf(derivative.dims.length), steps }); // prettier-ignore
    stages.push({ value: before, wrt, derivative: result });
    value = result;
  });
  return value;
}

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
  if (!STYLES.includes(options.style))
    throw new FluxionError(
      "ARGUMENT",
      `The style ${found(options.style)} is not one of components, differentials.`,
    );
  return options;
}

/** A text as an expression. */
export function toExpression(formula: string | Expression, declarations: Declarations): Expression {
  if (formula instanceof Expression) return formula;
  return parse(formula, declarations);
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

function once<T>(make: () => T): () => T {
  let value: { readonly made: T } | undefined;
  return () => (value ??= { made: make() }).made;
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

/**
 * Reads a formula and checks its shapes; it is kept as it was written.
 *
 * @example
 * import { parse } from "@fluxion/symbolic";
 * parse("x' * (A * x)", { shapes: { x: ["n"], A: ["n", "n"] } }).toString(); // => x'*(A*x)
 */
export function parse(text: string, declarations: Declarations = {}): Expression {
  return withinLimits(() => parsed(text, declarations));
}

function parsed(text: string, declarations: Declarations): Expression {
  if (!isRecord(declarations))
    throw new FluxionError(
      "ARGUMENT",
      `What the names are is given as in { shapes: { x: ["n"] } }; found ${found(declarations)}.`,
    );
  const { shapes = {}, assume = {} } = declarations as Declarations;
  if (typeof text !== "string")
    throw new FluxionError(
      "ARGUMENT",
      `A formula is a text, as in "x^2", or an Expression; found ${found(text)}.`,
    );
  if (!isRecord(shapes) || !isRecord(assume))
    throw new FluxionError(
      "ARGUMENT",
      'Shapes and assumptions are given by name, as in { shapes: { x: ["n"] } }.',
    );
  const store = createStore();
  const scope = createScope(store, text, shapes, assume);
  const { tree, value } = lowerText(scope);
  const symmetric = new Set(
    [...scope.assumptions]
      .filter(([, list]) => list.some((assumption) => SYMMETRIC.has(assumption)))
      .map(([name]) => name),
  );
  const reader = createReader(scope.origins, symmetric);
  const upright = formOf(value.node.dims.length);
  const parts: ExpressionParts = {
    store,
    scope,
    shapes,
    assume,
    reader,
    tree,
    node: value.node,
    form: value.kind,
    upright,
    steps: () => [],
  };
  return new Expression(parts);
}

const SYMMETRIC: ReadonlySet<string> = new Set(["symmetric", "spd", "diagonal"]);
