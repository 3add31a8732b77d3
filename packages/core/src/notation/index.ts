export type { Algebra, Context, Oriented, Switches } from "./algebra.ts";
export type {
  BinaryNode,
  BinaryOperator,
  CallNode,
  NameNode,
  NegateNode,
  NotationNode,
  NumberNode,
  PlaceholderNode,
  Span,
  TransposeNode,
} from "./ast.ts";
export { evaluateNotation } from "./evaluate.ts";
export { notationError } from "./excerpt.ts";
export { interpret } from "./interpret.ts";
export { math } from "./math.ts";
export { parseNotation } from "./parser.ts";
