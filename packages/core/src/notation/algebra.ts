import type { Span } from "./ast.ts";
import type { FluxionErrorCode } from "../errors.ts";
import { notationError } from "./excerpt.ts";

/** Switches of an operator, such as `{ transposeA: true }`. */
export type Switches = Readonly<Record<string, boolean>>;

/** What formulas are evaluated with: operators on tensors, or the writing of source code. */
export interface Algebra<T> {
  readonly number: (text: string) => T;
  /** An operator of core by its name. */
  readonly apply: (name: string, operands: readonly T[], switches?: Switches) => T;
  /** The whole number that a value is, if it is known. */
  readonly wholeNumber: (value: T) => number | undefined;
  /** A shape in words, and as a key: shapes with equal keys fit elementwise. */
  readonly shapeOf: (value: T) => string;
  /** The identity of the size of a square matrix. */
  readonly identityLike: (matrix: T) => T;
}

/** Where a value stands in a formula. A transposed matrix is stored the other way round. */
export interface Oriented<T> {
  readonly kind: "scalar" | "column" | "row" | "matrix" | "array";
  readonly value: T;
  readonly transposed: boolean;
}

/** What an evaluation knows: the text for error messages, and what names and placeholders stand for. */
export interface Context<T> {
  readonly source: string;
  readonly algebra: Algebra<T>;
  readonly name: (name: string) => Oriented<T> | undefined;
  readonly placeholder: (index: number) => Oriented<T>;
}

export const oriented = <T>(
  kind: Oriented<T>["kind"],
  value: T,
  transposed: boolean = false,
): Oriented<T> => ({
  kind,
  value,
  transposed,
});

export const fail = <T>(context: Context<T>, code: FluxionErrorCode, message: string, span: Span): never => {
  throw notationError(code, message, context.source, span);
};

/** "a column of shape [3]", "a transposed matrix of shape [2, 3]" */
export function describe<T>({ algebra }: Context<T>, { kind, value, transposed }: Oriented<T>): string {
  if (kind === "scalar") return "a scalar";
  return `${kind === "array" ? "an array" : transposed ? "the transpose of a matrix" : `a ${kind}`} of shape ${algebra.shapeOf(value)}`;
}

/** A matrix as it is stored; a transpose that could not be avoided is carried out. */
export const plain = <T>({ algebra }: Context<T>, operand: Oriented<T>): T =>
  operand.transposed ? algebra.apply("transpose", [operand.value]) : operand.value;
