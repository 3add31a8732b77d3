/** Half-open range of offsets into the source text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The operators between two operands, as they are written. */
export type BinaryOperator = "+" | "-" | "*" | "/" | "^" | ".*" | "./" | ".^";

/** A number, kept as it was written so that `0.1` can be one tenth exactly. */
export interface NumberNode {
  readonly kind: "number";
  readonly text: string;
  readonly span: Span;
}

/** A variable or the name of a dimension. */
export interface NameNode {
  readonly kind: "name";
  readonly name: string;
  readonly span: Span;
}

/** The value with this position in a template `${…}`. */
export interface PlaceholderNode {
  readonly kind: "placeholder";
  readonly index: number;
  readonly span: Span;
}

/** `-operand` */
export interface NegateNode {
  readonly kind: "negate";
  readonly operand: NotationNode;
  readonly span: Span;
}

/** `operand'` */
export interface TransposeNode {
  readonly kind: "transpose";
  readonly operand: NotationNode;
  readonly span: Span;
}

/** `left operator right`; `operatorSpan` is where the operator itself stands. */
export interface BinaryNode {
  readonly kind: "binary";
  readonly operator: BinaryOperator;
  readonly left: NotationNode;
  readonly right: NotationNode;
  readonly operatorSpan: Span;
  readonly span: Span;
}

/** `name(operands…)` */
export interface CallNode {
  readonly kind: "call";
  readonly name: string;
  readonly operands: readonly NotationNode[];
  readonly nameSpan: Span;
  readonly span: Span;
}

/** One node of the text notation, as the parser found it: no shapes, no simplification. */
export type NotationNode =
  NumberNode | NameNode | PlaceholderNode | NegateNode | TransposeNode | BinaryNode | CallNode;
