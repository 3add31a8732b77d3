import type { BinaryOperator, NotationNode, Span } from "./ast.ts";
import { notationError } from "./excerpt.ts";
import { tokenize } from "./lexer.ts";
import type { Placeholders, Token } from "./lexer.ts";

/** How tightly each operator binds, and whether it groups from the right. */
const BINDING: Readonly<Record<BinaryOperator, { readonly power: number; readonly right: boolean }>> = {
  "+": { power: 1, right: false },
  "-": { power: 1, right: false },
  "*": { power: 2, right: false },
  "/": { power: 2, right: false },
  ".*": { power: 2, right: false },
  "./": { power: 2, right: false },
  "^": { power: 4, right: true },
  ".^": { power: 4, right: true },
};

/** `-x^2` is `-(x^2)` and `-a*b` is `(-a)*b`: a sign binds between products and powers. */
const SIGN_POWER = 3;

/** Deepest tree that is accepted: everything downstream may recurse safely. */
export const DEPTH_LIMIT = 800;

/**
 * Reads an expression in the text notation.
 *
 * `*` is the matrix product, `'` transposes and binds tightest, `.*` `./` `.^` are elementwise, `^` groups from the
 * right, `-x^2` is `-(x^2)`; there is no implicit product. Errors have code `PARSE` and point at the character. With a
 * range only that part of the text is read; positions still count from the start of the whole.
 *
 * @example
 * import { parseNotation } from "@fluxion/core";
 * parseNotation("X*w - y").kind; // => binary
 */
export function parseNotation(source: string, placeholders?: Placeholders, range?: Span): NotationNode {
  const tokens = tokenize(source, placeholders, range);
  const depths = new WeakMap<NotationNode, number>();
  let position = 0;
  let nesting = 0;

  const peek = (): Token => tokens[position]!;
  const next = (): Token => tokens[position++]!;
  const fail = (message: string, span: Span): never => {
    throw notationError("PARSE", message, source, span);
  };

  /** Measures the tree as it grows: long chains are deep too, although they are read by a loop. */
  const grow = <N extends NotationNode>(node: N, ...children: readonly NotationNode[]): N => {
    let depth = 0;
    for (const child of children) depth = Math.max(depth, depths.get(child)!);
    if (depth >= DEPTH_LIMIT) tooDeep(node.span);
    depths.set(node, depth + 1);
    return node;
  };
  const tooDeep = (span: Span): never =>
    fail(`The expression is nested more than ${DEPTH_LIMIT} deep; split it up.`, span);

  const closing = (open: Token): Span => {
    const token = next();
    if (token.kind === ")") return token.span;
    const column = open.span.start + 1;
    return fail(
      `Expected ")" to close the "(" at character ${column}, found ${describe(token)}.`,
      token.span,
    );
  };

  const operandsOf = (open: Token): { operands: NotationNode[]; close: Span } => {
    if (peek().kind === ")") return { operands: [], close: next().span };
    const operands = [expression(0)];
    while (peek().kind === ",") {
      next();
      operands.push(expression(0));
    }
    return { operands, close: closing(open) };
  };

  const prefix = (): NotationNode => {
    const token = next();
    switch (token.kind) {
      case "number":
        return grow({ kind: "number", text: token.text, span: token.span });
      case "placeholder":
        return grow({ kind: "placeholder", index: token.index, span: token.span });
      case "name": {
        if (peek().kind !== "(") return grow({ kind: "name", name: token.text, span: token.span });
        const { operands, close } = operandsOf(next());
        const span = { start: token.span.start, end: close.end };
        return grow({ kind: "call", name: token.text, operands, nameSpan: token.span, span }, ...operands);
      }
      case "(": {
        const inner = expression(0);
        closing(token);
        return inner;
      }
      case "operator":
        if (token.text === "-") {
          const operand = expression(SIGN_POWER);
          return grow(
            { kind: "negate", operand, span: { start: token.span.start, end: operand.span.end } },
            operand,
          );
        }
        return fail(`Expected a number, a name or "(", found ${describe(token)}.`, token.span);
      default:
        return fail(`Expected a number, a name or "(", found ${describe(token)}.`, token.span);
    }
  };

  const expression = (minimum: number): NotationNode => {
    if (++nesting > DEPTH_LIMIT) tooDeep(peek().span);
    let left = prefix();
    for (;;) {
      const token = peek();
      if (token.kind === "'") {
        next();
        left = grow(
          { kind: "transpose", operand: left, span: { start: left.span.start, end: token.span.end } },
          left,
        );
        continue;
      }
      if (token.kind !== "operator") break;
      const { power, right: groupsRight } = BINDING[token.text];
      if (power < minimum) break;
      next();
      const right = expression(groupsRight ? power : power + 1);
      const span = { start: left.span.start, end: right.span.end };
      left = grow(
        { kind: "binary", operator: token.text, left, right, operatorSpan: token.span, span },
        left,
        right,
      );
    }
    nesting--;
    return left;
  };

  const result = expression(0);
  const rest = peek();
  if (rest.kind === "end") return result;
  if (rest.kind === ")" || rest.kind === ",")
    fail(`Nothing is open here: unexpected ${describe(rest)}.`, rest.span);
  return fail(
    `Expected an operator, found ${describe(rest)}; a product is written out, as in 2*x.`,
    rest.span,
  );
}

function describe(token: Token): string {
  return token.kind === "end" && token.text === "" ? "the end of the text" : `"${token.text}"`;
}
