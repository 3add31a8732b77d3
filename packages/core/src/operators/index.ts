export * from "./elementwise/index.ts";
export {
  type AnyOperator,
  type Attributes,
  type Batch,
  defineOperator,
  type Inputs,
  NO_ATTRIBUTES,
  type NoAttributes,
  type Operator,
  type OperatorName,
} from "./operator.ts";
export * from "./linear-algebra/index.ts";
export * from "./reduction/index.ts";
export * from "./shape/index.ts";
export { operatorNames, type Operators } from "./table.ts";
