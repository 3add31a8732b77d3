export * from "./operators.ts";
export { symbolic } from "./strategy.ts";
