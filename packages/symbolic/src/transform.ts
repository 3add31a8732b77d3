import { FluxionError } from "@fluxion/core";
import { toExpression, type Declarations, type Formula } from "./parse.ts";
import { withinLimits } from "./effort.ts";
import { found, isRecord } from "./found.ts";
import { Expression } from "./expression.ts";
import type { TensorNode } from "./ir/node.ts";
import { copyInto } from "./ir/rebuild.ts";
import { expandAll } from "./simplify/expand.ts";
import { tidy } from "./simplify/tidy.ts";

/** The same expression with another node, and no steps. */
function withNode(start: Expression, change: (start: Expression["parts"]) => TensorNode): Expression {
  const store = { ...start.parts.store, conditions: new Map(start.parts.store.conditions) };
  const parts = { ...start.parts, store, tree: undefined };
  return new Expression({ ...parts, node: change(parts), steps: () => [] });
}

/**
 * The shortest equal formula that is found.
 *
 * @example
 * import { simplify } from "@fluxion/symbolic";
 * simplify("sin(x)^2 + cos(x)^2 + x + x").toString(); // => 2*x + 1
 */
export function simplify(formula: Formula, declarations: Declarations = {}): Expression {
  return withinLimits(() =>
    withNode(toExpression(formula, declarations), ({ store, reader, node }) => tidy(store, reader, node)),
  );
}

/**
 * The formula multiplied out.
 *
 * @example
 * import { expand } from "@fluxion/symbolic";
 * expand("(x + 1)^3").toString(); // => x^3 + 3*x^2 + 3*x + 1
 */
export function expand(formula: Formula, declarations: Declarations = {}): Expression {
  return withinLimits(() =>
    withNode(toExpression(formula, declarations), ({ store, node }) => expandAll(store, node)),
  );
}

/**
 * The formula with variables replaced by formulas of the same shape; names in the replacements mean what they mean in
 * the formula. Throws `SHAPE_MISMATCH`.
 *
 * @example
 * import { substitute } from "@fluxion/symbolic";
 * substitute("x^2 + y", { x: "y + 1" }).toString(); // => (y + 1)^2 + y
 */
export function substitute(
  formula: Formula,
  replacements: Readonly<Record<string, string | number | Expression>>,
  declarations: Declarations = {},
): Expression {
  return withinLimits(() => substituted(formula, replacements, declarations));
}

function substituted(
  formula: Formula,
  replacements: Readonly<Record<string, string | number | Expression>>,
  declarations: Declarations,
): Expression {
  const start = toExpression(formula, declarations);
  if (!isRecord(replacements))
    throw new FluxionError(
      "ARGUMENT",
      `Replacements are given by name, as in { x: "y + 1" }; found ${found(replacements)}.`,
    );
  const { shapes, assume, scope } = start.parts;
  const nodes = new Map<string, TensorNode>();
  for (const [name, replacement] of Object.entries(replacements)) {
    const text = typeof replacement === "number" ? numberText(replacement) : replacement;
    const { node } = toExpression(text, { shapes, assume }).parts;
    const declared = scope.shapes.get(name) ?? [];
    if (declared.length !== node.dims.length || declared.some((dimension, k) => dimension !== node.dims[k])) {
      throw new FluxionError(
        "SHAPE_MISMATCH",
        `${name} has shape [${declared.join(", ")}]; it cannot be replaced by something of shape [${node.dims.join(", ")}].`,
      );
    }
    nodes.set(name, node);
  }
  // What is replaced may be the variable that the formula is a derivative by.
  const plain = new Expression({ ...start.parts, derivation: undefined });
  return withNode(plain, ({ store, node }) =>
    copyInto(store, node, (leaf) => {
      const replacement = leaf.kind === "variable" ? nodes.get(leaf.name) : undefined;
      return replacement === undefined ? undefined : copyInto(store, replacement);
    }),
  );
}

function numberText(value: number): string {
  if (!Number.isFinite(value))
    throw new FluxionError("ARGUMENT", `${value} cannot stand in an exact formula.`);
  return value < 0 ? `-${-value}` : `${value}`;
}
