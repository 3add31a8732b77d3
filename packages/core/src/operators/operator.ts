import type { Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { operatorNames, type Operators } from "./table.ts";

export type OperatorName = keyof Operators;
export type Inputs<N extends OperatorName> = Operators[N]["inputs"];
export type Attributes<N extends OperatorName> = Operators[N]["attributes"];

/** The inputs of a batch rule: those that are batched carry the batch at axis 0. */
export interface Batch {
  /** Length of the batch axis. */
  readonly size: number;
  /** For every input, whether it carries the batch at axis 0. */
  readonly batched: readonly boolean[];
}

/** What an operator is; how it differentiates is each strategy's own. */
export interface Operator<N extends OperatorName> {
  readonly name: N;
  /** Position in `operatorNames`, for tables found by integer. */
  readonly id: number;
  /** The result's shape. Throws `SHAPE_MISMATCH` and says what was found. */
  readonly shape: (inputs: readonly Shape[], attributes: Attributes<N>) => Shape;
  /** The result on concrete tensors; never changes them. */
  readonly evaluate: (inputs: Inputs<N>, attributes: Attributes<N>) => Tensor;
  /** The result on a batch, with the batch at axis 0; written with operators, so that levels below may trace it. */
  readonly batch: (batch: Batch, inputs: Inputs<N>, attributes: Attributes<N>) => Tensor;
}

/** An operator of whatever name, as interpreters receive it. */
export interface AnyOperator {
  readonly name: OperatorName;
  readonly id: number;
  readonly shape: (inputs: readonly Shape[], attributes: never) => Shape;
  evaluate(inputs: readonly Tensor[], attributes: object): Tensor;
  batch(batch: Batch, inputs: readonly Tensor[], attributes: object): Tensor;
}

/** The attributes of operators that have none. */
export type NoAttributes = Readonly<Record<never, never>>;
export const NO_ATTRIBUTES: NoAttributes = Object.freeze({});

/** An operator's definition with its id filled in. */
export function defineOperator<N extends OperatorName>(
  name: N,
  definition: Omit<Operator<N>, "name" | "id">,
): Operator<N> {
  return {
    name,
    id: operatorNames.indexOf(name),
    shape: definition.shape,
    evaluate: definition.evaluate,
    batch: definition.batch,
  };
}
