import type { Expression } from "../expression.ts";
import type { TensorNode, Variable } from "../ir/node.ts";
import type { Form } from "../readback/reader.ts";
import type { Step } from "./step.ts";

export type StepStyle = "components" | "differentials";

export function deriveSteps(
  _start: Expression,
  _variables: readonly Variable[],
  _result: TensorNode,
  _form: Form,
  _style: StepStyle | undefined,
): readonly Step[] {
  return [];
}
