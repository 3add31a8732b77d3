import { FluxionError, type NotationNode, type Tensor } from "@fluxion/core";
import { toLatex } from "./display/latex.ts";
import { toText } from "./display/text.ts";
import { operationCount } from "./display/cost.ts";
import { writable } from "./display/writable.ts";
import { transposeTree } from "./display/tree.ts";
import { withinLimits } from "./effort.ts";
import { bind, needsOf, type Values } from "./evaluate/bind.ts";
import { writeFunction } from "./evaluate/source.ts";
import { evaluateNode, evaluateTree } from "./evaluate/tensors.ts";
import { printFormula, printIndexed } from "./index-notation/print.ts";
import { indexLetters, latexStyle, textStyle, type Style } from "./index-notation/style.ts";
import type { Dimensions, TensorNode, Variable } from "./ir/node.ts";
import { reachable } from "./ir/node.ts";
import type { Condition, Store } from "./ir/store.ts";
import type { Assumptions, Shapes, Scope } from "./lower/scope.ts";
import { takesBlocksApart } from "./readback/blocks.ts";
import type { Form, Reader } from "./readback/reader.ts";
import { formOf, read } from "./readback/reader.ts";
import { readSpread } from "./readback/spread.ts";
import { NameBook } from "./steps/names.ts";
import type { Step } from "./steps/step.ts";
import { differentialView } from "./views/differential.ts";
import { kroneckerView, type Derivative } from "./views/kronecker.ts";
import type { View } from "./views/view.ts";

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
  /** Arrays that a function captured, by the names that they were given. */
  readonly constants?: ReadonlyMap<string, Tensor>;
  /** What it is the derivative of, and by what; the last differentiation if there were several. */
  readonly derivation?: { readonly value: Expression; readonly wrt: Variable } | undefined;
}

/** An expression as JSON. */
export interface ExpressionJson {
  readonly text: string;
  readonly latex: string;
  readonly shape: Dimensions;
  readonly notation: Expression["notation"];
  readonly conditions: readonly string[];
  readonly operationCount: number;
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

  /**
   * The arrays by their names K1, K2, … that stand in the formula of a function: those that it captured, and the matrices of
   * zeros and ones that move entries in slices and the like.
   */
  get constants(): ReadonlyMap<string, Tensor> {
    return new Map(this.parts.constants);
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
      this.#tree === undefined ? this.#indexed(this.parts.node) : toText(writable(this.#tree)),
    );
  }

  /** The formula in LaTeX, for math mode with amsmath. */
  toLatex(): string {
    const isArray = (name: string): boolean => this.#isArray(name);
    return withinLimits(() =>
      this.#tree === undefined
        ? this.#indexedLatex(latexStyle(isArray))
        : toLatex(writable(this.#tree), isArray),
    );
  }

  /** What `JSON.stringify` writes: the formula as text and in LaTeX, its shape, where it holds, and how long it is. */
  toJSON(): ExpressionJson {
    const { shape, notation, conditions, operationCount: operations } = this;
    return {
      text: this.toString(),
      latex: this.toLatex(),
      shape,
      notation,
      conditions,
      operationCount: operations,
    };
  }

  /**
   * A derivative as a matrix, ∂vec(Y)/∂vec(X)ᵀ with vec column by column, in Kronecker products: `kron(B', A)`.
   *
   * `commutation(m, n)` is the matrix with commutation(m, n)*vec(X) = vec(X'). Undefined where the derivative is no sum of
   * products of matrices over pairs of indices. Throws `ARGUMENT` for what is no derivative, `UNSUPPORTED` above matrices, `LIMIT`.
   *
   * @example
   * import { derive } from "@fluxion/symbolic";
   * const shapes = { A: ["k", "m"], X: ["m", "n"], B: ["n", "p"] };
   * String(derive("A*X*B", { wrt: "X", shapes }).toKronecker()); // => kron(B', A)
   * String(derive("X'", { wrt: "X", shapes }).toKronecker()); // => commutation(m, n)
   */
  toKronecker(): View | undefined {
    const isArray = (name: string): boolean => this.#isArray(name);
    return withinLimits(() => kroneckerView(this.#derivative("toKronecker"), isArray));
  }

  /**
   * A derivative as a differential, which has no layout: dY as a formula in dX.
   *
   * Undefined where matrix notation has no words for it. Throws `ARGUMENT` for what is no derivative.
   *
   * @example
   * import { derive } from "@fluxion/symbolic";
   * String(derive("inv(X)", { wrt: "X", shapes: { X: ["n", "n"] } }).toDifferential()); // => dY = -inv(X)*dX*inv(X)
   * String(derive("logdet(X)", { wrt: "X", shapes: { X: ["n", "n"] } }).toDifferential()); // => dz = tr(inv(X)*dX)
   */
  toDifferential(): View | undefined {
    const derivative = this.#derivative("toDifferential");
    const { value } = this.parts.derivation!;
    const names = new Set([
      ...this.parts.scope.shapes.keys(),
      ...reachable(this.parts.node).flatMap((part) => ("name" in part ? [part.name] : [])),
    ]);
    const book = new NameBook(names);
    const change = book.differentialOf(derivative.wrt.name);
    const rank = derivative.numeratorRank;
    const called = book.fresh(rank === 0 ? "zfghq" : rank === 1 ? "yfghq" : "YFGHQ");
    const form = value.parts.upright === "matrix" ? "matrix" : value.parts.form;
    const isArray = (name: string): boolean => this.#isArray(name);
    return withinLimits(() => differentialView(derivative, form, { value: called, change }, isArray));
  }

  #derivative(asked: string): Derivative {
    const { derivation, store, reader, node } = this.parts;
    if (derivation === undefined)
      throw new FluxionError("ARGUMENT", `${asked} shows a derivative by independent entries; this formula is none: take it from derive(formula, { wrt, order: 1 }) without structured.`); // prettier-ignore
    const numeratorRank = derivation.value.parts.node.dims.length;
    return { store, reader, node, numeratorRank, wrt: derivation.wrt };
  }

  #isArray(name: string): boolean {
    return (this.parts.scope.shapes.get(name)?.length ?? 0) > 0;
  }

  /** The value, a tensor of this shape, for values of the variables by name. Throws `ARGUMENT`, `SHAPE_MISMATCH`. */
  evaluate(values: Values = {}): Tensor {
    return withinLimits(() => {
      const { node, scope } = this.parts;
      const tree = this.#evaluatedTree();
      const known = withConstants(values, this.parts.constants);
      const names = bind(needsOf(node, tree, scope.dimensions), scope.shapes, known);
      return tree === undefined ? evaluateNode(node, names) : evaluateTree(toText(tree), tree, names);
    });
  }

  /** The formula as a function of the variables by name; made of core's operators, so it can be differentiated again. */
  toFunction(): (values: Values) => Tensor {
    return (values) => this.evaluate(values);
  }

  /**
   * TypeScript source of a module that exports the formula as a function of the variables by name, over core's operators
   * and with each shared part computed once. Arrays that a function captured are parameters, called as in the formula.
   * Throws `ARGUMENT` if the function cannot have that name.
   */
  toTypeScript(name: string = "f"): string {
    return withinLimits(() =>
      writeFunction(name, this.parts.node, this.#evaluatedTree(), this.parts.scope.shapes),
    );
  }

  /** The formula to evaluate, unless it is so long, or the matrices in it so large, that its index form is better. */
  #evaluatedTree(): NotationNode | undefined {
    const tree = this.#uprightTree();
    if (tree === undefined || operationCount(tree) > LONGEST_EVALUATED) return undefined;
    return this.parts.tree === undefined && takesBlocksApart(tree) ? undefined : tree;
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
      return tree === undefined ? this.#indexed(node) : toText(writable(tree));
    };
    if (relation === "is simple") return `${side(left)} is simple`;
    return `${side(left)} ${relation} ${typeof right === "number" ? right : side(right)}`;
  }
}

/** The values with those of captured arrays, which a caller may replace. */
function withConstants(values: Values, constants: ReadonlyMap<string, Tensor> | undefined): Values {
  if (constants === undefined || typeof values !== "object" || values === null) return values;
  return { ...Object.fromEntries(constants), ...values };
}
