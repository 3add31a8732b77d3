import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FluxionError } from "../../src/errors.ts";
import type { NotationNode } from "../../src/notation/ast.ts";
import { parseNotation } from "../../src/notation/parser.ts";

const runs = Number(process.env["FLUXION_RUNS"] ?? 200);

/** Every operation in its own parentheses: shows how the parser grouped. */
function grouped(node: NotationNode): string {
  switch (node.kind) {
    case "number":
      return node.text;
    case "name":
      return node.name;
    case "placeholder":
      return `$${node.index}`;
    case "negate":
      return `(-${grouped(node.operand)})`;
    case "transpose":
      return `(${grouped(node.operand)}')`;
    case "binary":
      return `(${grouped(node.left)} ${node.operator} ${grouped(node.right)})`;
    case "call":
      return `${node.name}(${node.operands.map(grouped).join(", ")})`;
  }
}

function messageOf(source: string): string {
  try {
    parseNotation(source);
  } catch (error) {
    expect(error).toBeInstanceOf(FluxionError);
    expect((error as FluxionError).code).toBe("PARSE");
    return (error as FluxionError).message;
  }
  throw new Error(`${source} was accepted`);
}

describe("grouping", () => {
  it.each([
    ["-x^2", "(-(x ^ 2))"],
    ["2^-1", "(2 ^ (-1))"],
    ["2^-x^2", "(2 ^ (-(x ^ 2)))"],
    ["2^-1*3", "((2 ^ (-1)) * 3)"],
    ["a^b^c", "(a ^ (b ^ c))"],
    ["a.^b^c", "(a .^ (b ^ c))"],
    ["a - b - c", "((a - b) - c)"],
    ["a/b*c", "((a / b) * c)"],
    ["a*b + c", "((a * b) + c)"],
    ["x'*w - y", "(((x') * w) - y)"],
    ["x'^2", "((x') ^ 2)"],
    ["x^y'", "(x ^ (y'))"],
    ["-x'", "(-(x'))"],
    ["A''", "((A')')"],
    ["(a + b)'", "((a + b)')"],
    ["2.*x", "(2 .* x)"],
    ["2./x", "(2 ./ x)"],
    ["2.^x", "(2 .^ x)"],
    ["2.5.*x", "(2.5 .* x)"],
    ["1e-3*x", "(1e-3 * x)"],
    ["1.e2", "1.e2"],
    [".5", ".5"],
    ["2*-x", "(2 * (-x))"],
    ["a - -b", "(a - (-b))"],
    ["norm2(X*w - y)^2", "(norm2(((X * w) - y)) ^ 2)"],
    ["atan2(y, x)", "atan2(y, x)"],
    ["f()", "f()"],
    ["a_1*B2", "(a_1 * B2)"],
    ["a\n + b", "(a + b)"],
  ])("%s is %s", (source, expected) => {
    expect(grouped(parseNotation(source))).toBe(expected);
  });

  it("marks where each part stands", () => {
    const node = parseNotation("norm2(X*w - y)^2");
    expect(node.span).toEqual({ start: 0, end: 16 });
    if (node.kind !== "binary") throw new Error("a power was expected");
    expect(node.operatorSpan).toEqual({ start: 14, end: 15 });
    expect(node.left.span).toEqual({ start: 0, end: 14 });
  });

  it("keeps the text of numbers", () => {
    expect(parseNotation("0.10")).toMatchObject({ kind: "number", text: "0.10" });
  });
});

describe("errors", () => {
  it.each([
    ["x *", /Expected a number, a name or "\(", found the end of the text\.\n {2}x \*\n {5}\^$/],
    ["2x", /Expected an operator, found "x"; a product is written out, as in 2\*x\.\n {2}2x\n {3}\^$/],
    ["(x", /Expected "\)" to close the "\(" at character 1, found the end of the text/],
    ["f(x,", /Expected a number, a name or "\(", found the end of the text/],
    ["x)", /Nothing is open here: unexpected "\)"/],
    ["a, b", /Nothing is open here: unexpected ","/],
    ["A\\b", /"\\" is not part of the notation: there is no left division; write inv\(A\)\*b/],
    ["a**b", /"\*\*" is not part of the notation: a power is written \^/],
    ["x²", /write \^2/],
    ["x < 2", /write less\(a, b\)/],
    ["a[1]", /no array literals/],
    ["", /found the end of the text/],
    ["*x", /found "\*"/],
    ["+x", /found "\+"/],
    ["x . y", /"\." is not part of the notation/],
    ["1e", /Expected an operator, found "e"/],
    ["x $ y", /"\$" is not part of the notation/],
    ["a\n+ b\n+ + c", /found "\+"\.\n {2}\+ \+ c\n {4}\^$/],
  ])("%j", (source, expected) => {
    expect(messageOf(source)).toMatch(expected);
  });

  it("cuts a long line around the character", () => {
    const message = messageOf(`${"x + ".repeat(100)}@`);
    expect(message.split("\n").every((line) => line.length < 90)).toBe(true);
    const [, line, caret] = message.split("\n");
    expect(line![caret!.indexOf("^")]).toBe("@");
  });

  it.each([
    ["parentheses", "(".repeat(100_000)],
    ["closed parentheses", `${"(".repeat(20_000)}x${")".repeat(20_000)}`],
    ["signs", "-".repeat(100_000)],
    ["powers", "x^".repeat(100_000) + "x"],
    ["transposes", `x${"'".repeat(100_000)}`],
    ["a long sum", `x${" + x".repeat(100_000)}`],
    ["calls", "sin(".repeat(100_000)],
  ])("limits %s instead of overflowing the stack", (_, source) => {
    expect(messageOf(source)).toMatch(/nested more than/);
  });

  it("is the only thing thrown, whatever the text", () => {
    const text = fc.oneof(
      fc.string({ maxLength: 40 }),
      fc.string({ unit: fc.constantFrom(..."xA2.e'+-*/^(), "), maxLength: 40 }),
    );
    fc.assert(
      fc.property(text, (source) => {
        try {
          expect(parseNotation(source).span.start).toBeGreaterThanOrEqual(0);
        } catch (error) {
          expect(error).toBeInstanceOf(FluxionError);
        }
      }),
      { numRuns: runs },
    );
  });
});

describe("placeholders", () => {
  it("stand where the template says, and nowhere else", () => {
    const node = parseNotation("norm2(?0 * w)", new Map([[6, { index: 0, length: 2 }]]));
    expect(grouped(node)).toBe("norm2(($0 * w))");
  });
});

describe("a range", () => {
  it("is all that is read, and positions count from the start of the whole", () => {
    expect(parseNotation("[i] (A*x)[i]", undefined, { start: 5, end: 8 })).toMatchObject({
      operator: "*",
      span: { start: 5, end: 8 },
    });
  });
  it("ends where it ends, whatever follows", () => {
    expect(() => parseNotation("f(12.5*)", undefined, { start: 2, end: 7 })).toThrow(
      /found "\)"\.\n {2}f\(12\.5\*\)\n {9}\^$/,
    );
    expect(parseNotation("12345", undefined, { start: 1, end: 3 })).toMatchObject({ text: "23" });
  });
});

describe("round trip", () => {
  const expression: fc.Arbitrary<string> = fc.letrec<{ node: string }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      fc.constantFrom("x", "A", "2", "1e-3", "0.5"),
      fc
        .tuple(tie("node"), fc.constantFrom("+", "-", "*", "/", "^", ".*", "./", ".^"), tie("node"))
        .map(([a, o, b]) => `(${a} ${o} ${b})`),
      tie("node").map((a) => `(-${a})`),
      tie("node").map((a) => `(${a}')`),
      fc.tuple(tie("node"), tie("node")).map(([a, b]) => `f(${a}, ${b})`),
    ),
  })).node;

  it("a fully parenthesised text comes back as it was", () => {
    fc.assert(
      fc.property(expression, (source) => {
        expect(grouped(parseNotation(source))).toBe(source);
      }),
      { numRuns: runs },
    );
  });
});
