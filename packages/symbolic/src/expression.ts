import type { NotationNode, Tensor } from "@fluxion/core";
import { toLatex } from "./display/latex.ts";
import { toText } from "./display/text.ts";
import { operationCount, transposeTree } from "./display/tree.ts";
import { bind, needsOf, type Values } from "./evaluate/bind.ts";
import { writeFunction } from "./evaluate/source.ts";
import { evaluateNode, evaluateTree } from "./evaluate/tensors.ts";
import {
  indexLetters,
  latexStyle,
  printFormula,
  printIndexed,
  textStyle,
  type Style,
} from "./index-notation/print.ts";
import type { Dimensions, TensorNode } from "./ir/node.ts";
import { reachable } from "./ir/node.ts";
import type { Condition, Store } from "./ir/store.ts";
import type { Assumptions, Shapes, Scope } from "./lower/scope.ts";
import type { Form, Reader } from "./readback/reader.ts";
import { formOf, read } from "./readback/reader.ts";
import { readSpread } from "./readback/spread.ts";
import type { Step } from "./steps/step.ts";

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
    return this.parts.steps();
  }

  /** The formula in the notation that `parse` reads; index notation is written `A[i,k]*B[k,j]`. */
  toString(): string {
    return this.#tree === undefined ? this.#indexed(this.parts.node) : toText(this.#tree);
  }

  /** The formula in LaTeX, for math mode with amsmath. */
  toLatex(): string {
    const isArray = (name: string): boolean => (this.parts.scope.shapes.get(name)?.length ?? 0) > 0;
    return this.#tree === undefined ? this.#indexedLatex(latexStyle(isArray)) : toLatex(this.#tree, isArray);
  }

  /** The value, a tensor of this shape, for values of the variables by name. Throws `ARGUMENT`, `SHAPE_MISMATCH`. */
  evaluate(values: Values = {}): Tensor {
    const { node, scope } = this.parts;
    const tree = this.#uprightTree();
    const names = bind(needsOf(node, tree, scope.dimensions), scope.shapes, values);
    return tree === undefined ? evaluateNode(node, names) : evaluateTree(toText(tree), tree, names);
  }

  /** The formula as a function of the variables by name; made of core's operators, so it can be differentiated again. */
  toFunction(): (values: Values) => Tensor {
    return (values) => this.evaluate(values);
  }

  /** TypeScript source of a module that exports the formula as a function of the variables by name. */
  toTypeScript(name: string = "f"): string {
    return writeFunction(name, this.parts.node, this.#uprightTree(), this.parts.scope.shapes);
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

  #indexed(node: TensorNode): string {
    return printFormula(textStyle, this.parts.reader, node, this.parts.scope.shapes.keys());
  }

  #indexedLatex(style: Style): string {
    const { node, reader } = this.parts;
    const taken = new Set(reachable(node).flatMap((part) => ("name" in part ? [part.name] : [])));
    const letters = indexLetters(node.dims.length, taken);
    return printIndexed({ style, reader, taken: new Set([...taken, ...letters]) }, node, letters);
  }

  #conditionText({ left, relation, right }: Condition): string {
    const side = (node: TensorNode): string => {
      const tree = readSpread(this.parts.reader, node, formOf(node.dims.length));
      return tree === undefined ? this.#indexed(node) : toText(tree);
    };
    if (relation === "is simple") return `${side(left)} is simple`;
    return `${side(left)} ${relation} ${typeof right === "number" ? right : side(right)}`;
  }
}
