export { expressionCases } from "./arbitrary.ts";
export { checkExpression, type ExpressionCase, type ExpressionVerdict } from "./check.ts";
