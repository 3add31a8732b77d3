import { FluxionError } from "@fluxion/core";
import { withinLimits } from "./effort.ts";
import { Expression, type ExpressionParts } from "./expression.ts";
import { checkDeclarations } from "./declarations.ts";
import { found } from "./found.ts";
import { fromFunction, type TracedFunction } from "./from-function.ts";
import { buildIndexed } from "./index-notation/build.ts";
import { isIndexed, readIndexed } from "./index-notation/syntax.ts";
import { createStore } from "./ir/store.ts";
import { createScope, lowerText } from "./lower/lower.ts";
import {
  kindOf,
  symmetricNames,
  type Assumptions,
  type Scope,
  type Shapes,
  type Value,
} from "./lower/scope.ts";
import { createReader, formOf } from "./readback/reader.ts";

/** What the names in a formula are. */
export interface Declarations {
  /** The shape of each variable: `[]`, `["n"]` or `["m", "n"]`, with numbers or symbols; scalars need not be named. */
  readonly shapes?: Shapes;
  /** What matrices and scalars are assumed to be. */
  readonly assume?: Assumptions;
  /** The names of the arguments, where the formula is a function over core's operators. */
  readonly arguments?: readonly string[];
}

/** A formula as it is given: a text, an expression, or a function over core's operators. */
export type Formula = string | Expression | TracedFunction;

/** A text or a function as an expression. */
export function toExpression(formula: Formula, declarations: Declarations): Expression {
  if (formula instanceof Expression) return formula;
  if (typeof formula === "function") return fromFunction(formula, declarations);
  return parse(formula, declarations);
}

/**
 * Reads a formula and checks its shapes; it is kept as it was written.
 *
 * A text that begins with `[` is in index notation, such as `[i,j] A[i,k]*B[k,j]`: the indices of the result, then what
 * its entry there is. `delta[i,j]` is 1 where the indices are equal, else 0; `sum[k](…)` is a sum, and an index that two
 * factors repeat is summed over without it; arrays may have any number of axes. Where no array has an index, its length
 * is written: `[i:n,j] delta[i,j]`. Throws `PARSE`, `SHAPE_MISMATCH`, `ARGUMENT`, pointing at the character.
 *
 * @example
 * import { parse } from "@fluxion/symbolic";
 * parse("x' * (A * x)", { shapes: { x: ["n"], A: ["n", "n"] } }).toString(); // => x'*(A*x)
 * parse("[i] A[i,k]*x[k]", { shapes: { x: ["n"], A: ["n", "n"] } }).toString(); // => A*x
 */
export function parse(text: string, declarations: Declarations = {}): Expression {
  return withinLimits(() => parsed(text, declarations));
}

function parsed(text: string, declarations: Declarations): Expression {
  const { shapes, assume } = checkDeclarations(declarations);
  if (typeof text !== "string")
    throw new FluxionError(
      "ARGUMENT",
      `A formula is a text, as in "x^2", or an Expression; found ${found(text)}.`,
    );
  const store = createStore();
  const scope = createScope(store, text, shapes, assume);
  const { tree, value } = isIndexed(text) ? readIndices(scope, text) : lowerText(scope);
  const reader = createReader(store, scope.origins, symmetricNames(scope));
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

/** Index notation: written in matrix notation again where that has words for it. */
function readIndices(scope: Scope, text: string): { readonly tree: undefined; readonly value: Value } {
  const node = buildIndexed(scope, readIndexed(text));
  return { tree: undefined, value: { kind: kindOf(node), node } };
}
