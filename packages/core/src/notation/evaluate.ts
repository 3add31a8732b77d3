import { FluxionError } from "../errors.ts";
import * as operators from "../operators/index.ts";
import { squareLength } from "../operators/linear-algebra/leading.ts";
import { eye, ones, zeros } from "../tensor/create.ts";
import { found } from "../tensor/found.ts";
import { asTensor, type Numeric } from "../tensor/numeric.ts";
import { scalar, type Tensor } from "../tensor/tensor.ts";
import type { NotationNode } from "./ast.ts";
import { type Algebra, type Context, oriented, type Oriented } from "./algebra.ts";
import { interpret, leave } from "./interpret.ts";

type Operation = (...operands: never[]) => Tensor;

/** A whole number that a formula needs at once: the size of an array, or the order of polygamma. */
function count(asked: string, x: Tensor): number {
  const value = x.level === 0 && x.rank === 0 ? x.item() : NaN;
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new FluxionError(
    "ARGUMENT",
    `${asked} needs a whole number that is known while the formula is evaluated; found ${x.toString()}.`,
  );
}

/** Functions whose operands are not all tensors. */
const SPECIAL: Readonly<Record<string, (operands: readonly Tensor[]) => Tensor>> = {
  eye: ([n]) => eye(count("eye", n!)),
  ones: (lengths) => ones(lengths.map((length) => count("ones", length))),
  zeros: (lengths) => zeros(lengths.map((length) => count("zeros", length))),
  unvec: ([x, rows, columns]) => operators.unvec(x!, count("unvec", rows!), count("unvec", columns!)),
  polygamma: ([order, x]) => operators.polygamma(count("polygamma", order!), x!),
};

/** Formulas on tensors, concrete or traced. */
export const tensorAlgebra: Algebra<Tensor> = {
  number: (text) => scalar(Number(text)),
  apply: (name, operands, switches) => {
    if (Object.hasOwn(SPECIAL, name)) return SPECIAL[name]!(operands);
    const operation = (operators as unknown as Readonly<Record<string, Operation>>)[name]!;
    const extra = switches === undefined || Object.keys(switches).length === 0 ? [] : [switches];
    return operation(...([...operands, ...extra] as never[]));
  },
  wholeNumber: (x) =>
    x.level === 0 && x.rank === 0 && Number.isSafeInteger(x.item()) ? x.item() : undefined,
  shapeOf: (x) => `[${x.shape.join(", ")}]`,
  identityLike: (x) => eye(squareLength("A^0", x.shape)),
};

const KINDS = ["scalar", "column", "matrix"] as const;

/** A value in a formula: a vector is a column. */
export function orient(x: Numeric): Oriented<Tensor> {
  const value = asTensor(x);
  return oriented(KINDS[value.rank] ?? "array", value);
}

/**
 * Evaluates a formula with core's operators; a vector result has shape [n], whether it is a row or a column.
 *
 * @example
 * import { evaluateNotation, parseNotation, tensor } from "@fluxion/core";
 * evaluateNotation("x'*x", parseNotation("x'*x"), new Map([["x", tensor([1, 2, 3])]])).item(); // => 14
 */
export function evaluateNotation(
  source: string,
  tree: NotationNode,
  names: ReadonlyMap<string, Numeric>,
): Tensor {
  if (typeof source !== "string" || typeof tree?.kind !== "string" || !(names instanceof Map))
    throw new FluxionError(
      "ARGUMENT",
      `evaluateNotation takes a formula, what parseNotation made of it, and a Map from names to values; found ${found(source)}, ${found(tree)} and ${found(names)}.`,
    );
  const context: Context<Tensor> = {
    source,
    algebra: tensorAlgebra,
    name: (name) => {
      const value = names.get(name);
      if (value !== undefined) return orient(value);
      return name === "pi" ? oriented("scalar", scalar(Math.PI)) : undefined;
    },
    placeholder: () => {
      throw new FluxionError("ARGUMENT", "Placeholders have values in templates only.");
    },
  };
  return leave(context, interpret(context, tree));
}
