import type { AnyOperator } from "../operators/operator.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Interpreter } from "./interpreter.ts";
import { escaped } from "./level.ts";

/** The interpreter of the highest level among the inputs, or null when all are concrete. Throws `ESCAPED`. */
export function highestInterpreter(inputs: readonly Tensor[]): Interpreter | null {
  let level = 0;
  let interpreter: Interpreter | null = null;
  for (let i = 0; i < inputs.length; i++) {
    const x = inputs[i]!;
    if (x.level > level) {
      level = x.level;
      interpreter = x.interpreter;
    }
  }
  if (interpreter !== null && !interpreter.open) throw escaped(interpreter);
  return interpreter;
}

/** Applies an operator to tensors of any levels: the highest level interprets, concrete tensors are evaluated. */
export function invoke(operator: AnyOperator, inputs: readonly Tensor[], attributes: object): Tensor {
  const interpreter = highestInterpreter(inputs);
  return interpreter === null
    ? operator.evaluate(inputs, attributes)
    : interpreter.apply(operator, inputs, attributes);
}
