import { notationError, type FluxionErrorCode, type Span } from "@fluxion/core";
import type { TensorNode } from "../ir/node.ts";
import type { Scope } from "../lower/scope.ts";
import type { ElementwiseName } from "../rules/elementwise.ts";
import type { ImplicitSums } from "./einstein.ts";
import type { Lengths } from "./lengths.ts";
import type { Atom, IndexedFormula } from "./syntax.ts";

/** A formula whose indices are numbers, each of which stands for one index of one sum or of the result. */
export type Indexed =
  | { readonly kind: "entry"; readonly node: TensorNode; readonly indices: readonly number[] }
  | { readonly kind: "delta"; readonly indices: readonly [number, number] }
  | { readonly kind: "merge"; readonly indices: readonly [number, number, number] }
  | { readonly kind: "negate"; readonly operand: Indexed }
  | {
      readonly kind: "binary";
      readonly operator: ArithmeticOperator;
      readonly left: Indexed;
      readonly right: Indexed;
    }
  | { readonly kind: "call"; readonly name: ElementwiseName; readonly operands: readonly Indexed[] }
  | { readonly kind: "sum"; readonly indices: readonly number[]; readonly body: Indexed };

export type ArithmeticOperator = "+" | "-" | "*" | "/" | "^";

/** A formula with the lengths of its indices. */
export interface Resolved {
  readonly body: Indexed;
  /** The indices of the result. */
  readonly indices: readonly number[];
  readonly lengths: Lengths;
}

/** Makes the tensor of a formula inside another one. */
export type Build = (formula: IndexedFormula) => TensorNode;

/** What names and indices mean where a part is resolved. */
export interface Context {
  readonly scope: Scope;
  readonly build: Build;
  readonly lengths: Lengths;
  readonly indices: ReadonlyMap<string, number>;
  readonly atoms: readonly Atom[];
  readonly sums: ImplicitSums;
}

/** Throws an error that points into the text. */
export const fail = ({ scope }: Pick<Context, "scope">, code: FluxionErrorCode, message: string, span: Span): never => {
  throw notationError(code, `${message}.`, scope.source, span);
}; // prettier-ignore
