import { invoke } from "../../dispatch/invoke.ts";
import { broadcastShapes } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import {
  type Batch,
  defineOperator,
  type Inputs,
  NO_ATTRIBUTES,
  type NoAttributes,
  type Operator,
  type OperatorName,
} from "../operator.ts";
import { reshape } from "../shape/reshape.ts";
import type { Operators } from "../table.ts";
import {
  type BinaryLoop,
  binaryLoop,
  evaluateBinary,
  evaluateUnary,
  type UnaryLoop,
  unaryLoop,
} from "./loops.ts";

type NamesWith<I> = {
  [N in OperatorName]: I extends Operators[N]["inputs"]
    ? NoAttributes extends Operators[N]["attributes"]
      ? N
      : never
    : never;
}[OperatorName];
export type UnaryName = NamesWith<readonly [x: Tensor]>;
export type BinaryName = NamesWith<readonly [a: Tensor, b: Tensor]>;

/** An elementwise operator of one operand; a cheap function brings its own loop, so that V8 inlines it. */
export function unary<N extends UnaryName>(
  name: N,
  f: (a: number) => number,
  loop: UnaryLoop = unaryLoop(f),
): Operator<N> {
  const operator: Operator<N> = defineOperator<N>(name, {
    shape: ([x]) => x!,
    evaluate: ([x]: Inputs<N>) => evaluateUnary(x, f, loop),
    batch: (_, inputs: Inputs<N>) => invoke(operator, inputs, NO_ATTRIBUTES),
  });
  return operator;
}

/** An elementwise operator of two operands that broadcast. */
export function binary<N extends BinaryName>(
  name: N,
  f: (a: number, b: number) => number,
  loop: BinaryLoop = binaryLoop(f),
): Operator<N> {
  const operator: Operator<N> = defineOperator<N>(name, {
    shape: ([a, b]) => broadcastShapes(name, a!, b!),
    evaluate: ([a, b]: Inputs<N>) => evaluateBinary(name, a, b, f, loop),
    batch: (batch, inputs: Inputs<N>) => invoke(operator, alignBatch(batch, inputs), NO_ATTRIBUTES),
  });
  return operator;
}

/**
 * Operands of a batched elementwise operator made to broadcast: a batched operand of lower rank gets axes of length 1
 * after its batch axis, so that the batch never meets an axis of another operand.
 */
export function alignBatch({ batched }: Batch, inputs: readonly Tensor[]): readonly Tensor[] {
  const rank = Math.max(...inputs.map((x, i) => (batched[i]! ? x.rank - 1 : x.rank)));
  return inputs.map((x, i) =>
    batched[i]! && x.rank - 1 < rank
      ? reshape(x, [x.shape[0]!, ...new Array<number>(rank - x.rank + 1).fill(1), ...x.shape.slice(1)])
      : x,
  );
}
