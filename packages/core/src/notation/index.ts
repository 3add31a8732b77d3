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
export { notationError } from "./excerpt.ts";
export { parseNotation } from "./parser.ts";
