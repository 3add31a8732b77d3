import { FluxionError, type NotationNode, type Tensor } from "@fluxion/core";
import { toLatex } from "./display/latex.ts";
import { toText } from "./display/text.ts";
import { operationCount, transposeTree } from "./display/tree.ts";
import { withinLimits } from "./effort.ts";
import { bind, needsOf, type Values } from "./evaluate/bind.ts";
import { writeFunction } from "./evaluate/source.ts";
import { evaluateNode, evaluateTree } from "./evaluate/tensors.ts";
import { indexLetters, latexStyle, printIndexed, textStyle, type Style } from "./index-notation/print.ts";
import type { Dimensions, TensorNode } from "./ir/node.ts";
import { reachable } from "./ir/node.ts";
import type { Condition, Store } from "./ir/store.ts";
import type { Assumptions, Shapes, Scope } from "./lower/scope.ts";
import type { Form, Reader } from "./readback/reader.ts";
import { read } from "./readback/reader.ts";
import type { Step } from "./steps/step.ts";

/** Longest formula that is written out, in operations: shared parts are written as often as they occur. */
const LONGEST = 20_000;
/** Longest formula that is evaluated as it is written; longer ones are evaluated each part once. */
const LONGEST_EVALUATED = 1000;

/** How a derivative is written. Values never depend on it. */
export type Layout = "natural" | "numerator" | "denominator";

/** What an expression is made of; for the functions of this package. */
export interface ExpressionParts {
  readonly store: Store;
  readonly scope: Scope;
  readonly shapes: Shapes;
  readonly assume: Assumptions;
  readonly node: TensorNode;
  readonly reader: Reader;
  /** How the result stands on the page. */
  readonly form: Form;
  /** How the same tensor stands with its first axis as rows, which is how values are shaped. */
  readonly upright: Form;
  /** The formula as the user wrote it, where it is to be kept. */
  readonly tree?: NotationNode | undefined;
  readonly steps: () => readonly Step[];
}

/**
 * A formula: an exact tensor expression with the notation that shows it best.
 *
 * @example
 * import { derive } from "@fluxion/symbolic";
 * const gradient = derive("norm2(X*w - y)^2", { wrt: "w", shapes: { X: ["m", "n"], w: ["n"], y: ["m"] } });
 * gradient.toString(); // => 2*(X*w - y)'*X
 * gradient.shape; // => ["n"]
 */
export class Expression {
  /** Lengths of the axes: those of the numerator, then those of the denominators. */
  readonly shape: Dimensions;
  /** Whether the formula is in matrix notation, or needs indices. */
  readonly notation: "matrix" | "index";
  /** For the functions of this package. */
  readonly parts: ExpressionParts;
  readonly #tree: NotationNode | undefined;

  constructor(parts: ExpressionParts) {
    this.parts = parts;
    this.shape = parts.node.dims;
    this.#tree = parts.tree ?? read(parts.reader, parts.node, parts.form);
    this.notation = this.#tree === undefined ? "index" : "matrix";
  }

  /** Where the formula holds, beyond where the original is defined: `x ~= 0` and the like. */
  get conditions(): readonly string[] {
    return withinLimits(() => this.#conditionTexts());
  }

  #conditionTexts(): readonly string[] {
    const texts = new Set(
      [...this.parts.store.conditions.values()].map((condition) => this.#conditionText(condition)),
    );
    const implied = (text: string, weak: string, strong: string): boolean =>
      text.endsWith(` ${weak} 0`) && texts.has(text.replace(` ${weak} 0`, ` ${strong} 0`));
    return [...texts].filter((text) => !implied(text, "~=", ">") && !implied(text, ">=", ">"));
  }

  /** Operators and functions in the formula; transposes are not counted. */
  get operationCount(): number {
    if (this.#tree !== undefined) return operationCount(this.#tree);
    return reachable(this.parts.node).filter((node) => node.kind !== "variable" && node.kind !== "constant")
      .length;
  }

  /** The derivation, recorded by the engine that made the result. */
  get steps(): readonly Step[] {
    return withinLimits(() => this.parts.steps());
  }

  /** The formula in the notation that `parse` reads; index notation is written `A[i,k]*B[k,j]`. */
  toString(): string {
    return withinLimits(() =>
      this.#tree === undefined ? this.#indexed(textStyle, true) : toText(writable(this.#tree)),
    );
  }

  /** The formula in LaTeX, for math mode with amsmath. */
  toLatex(): string {
    const isArray = (name: string): boolean => (this.parts.scope.shapes.get(name)?.length ?? 0) > 0;
    return withinLimits(() =>
      this.#tree === undefined
        ? this.#indexed(latexStyle(isArray), false)
        : toLatex(writable(this.#tree), isArray),
    );
  }

  /** The value, a tensor of this shape, for values of the variables by name. Throws `ARGUMENT`, `SHAPE_MISMATCH`. */
  evaluate(values: Values = {}): Tensor {
    return withinLimits(() => {
      const { node, scope } = this.parts;
      const tree = this.#evaluatedTree();
      const names = bind(needsOf(node, tree, scope.dimensions), scope.shapes, values);
      return tree === undefined ? evaluateNode(node, names) : evaluateTree(toText(tree), tree, names);
    });
  }

  /** The formula as a function of the variables by name; made of core's operators, so it can be differentiated again. */
  toFunction(): (values: Values) => Tensor {
    return (values) => this.evaluate(values);
  }

  /** TypeScript source of a module that exports the formula as a function of the variables by name. */
  toTypeScript(name: string = "f"): string {
    return withinLimits(() =>
      writeFunction(name, this.parts.node, this.#evaluatedTree(), this.parts.scope.shapes),
    );
  }

  /** The formula to evaluate, unless it is so long that each part must be evaluated once. */
  #evaluatedTree(): NotationNode | undefined {
    const tree = this.#uprightTree();
    return tree !== undefined && operationCount(tree) <= LONGEST_EVALUATED ? tree : undefined;
  }

  #uprightTree(): NotationNode | undefined {
    const { reader, node, form, upright, tree } = this.parts;
    // A row and a column have the same value; only a transposed matrix has to be turned back.
    if (tree !== undefined || form !== "transposed") return this.#tree;
    return (
      read(reader, node, upright) ??
      (this.#tree === undefined ? undefined : transposeTree(this.#tree, reader.symmetric))
    );
  }

  #indexed(style: Style, explicit: boolean): string {
    const { node, reader } = this.parts;
    const taken = new Set(reachable(node).flatMap((part) => ("name" in part ? [part.name] : [])));
    const letters = indexLetters(node.dims.length, taken);
    const body = printIndexed({ style, reader, taken: new Set([...taken, ...letters]) }, node, letters);
    return explicit ? `[${letters.join(",")}] ${body}` : body;
  }

  #conditionText({ left, relation, right }: Condition): string {
    const side = (node: TensorNode): string => {
      const tree = read(this.parts.reader, node);
      return tree === undefined ? "…" : toText(tree);
    };
    return `${side(left)} ${relation} ${typeof right === "number" ? right : side(right)}`;
  }
}

function writable(tree: NotationNode): NotationNode {
  const count = operationCount(tree);
  if (count <= LONGEST) return tree;
  throw new FluxionError(
    "LIMIT",
    `The formula has ${count > 1e15 ? "more than 10^15" : count} operations when it is written out, more than ${LONGEST}. evaluate, toFunction and toTypeScript share its parts.`,
  );
}
