export { type Declarations, derive, type DeriveOptions, parse } from "./derive.ts";
export type { Values } from "./evaluate/bind.ts";
export { Expression, type Layout } from "./expression.ts";
export type { Assumption, Dimension, Dimensions } from "./ir/node.ts";
export type { Assumptions, Shapes } from "./lower/scope.ts";
export type { StepStyle } from "./steps/derive-steps.ts";
export type { Step } from "./steps/step.ts";
export * from "./strategy/index.ts";
export { expand, simplify, substitute } from "./transform.ts";
