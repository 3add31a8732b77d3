import { type Comment, type Node, parseSync, Visitor } from "oxc-parser";
import type { CodeBlock } from "./code-blocks.ts";
import { lineAt } from "./repository.ts";

/** A block as a module that checks its own claims. Its lines keep their numbers. */
export interface Instrumented {
  readonly module: string;
  readonly problems: string[];
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Turns `expression; // => value` into a recorded check of the expression, and `const name = …; // => value` into one
 * of the name. A claim that stands behind anything else is a problem, and so is a block that doesn't parse.
 */
export function instrument({ file, line, code }: CodeBlock): Instrumented {
  const { program, comments, errors } = parseSync("block.ts", code);
  if (errors.length > 0)
    return { module: "", problems: [`${file}:${line}: does not parse: ${errors[0]!.message}`] };
  const at = (offset: number): number => line + lineAt(code, offset) - 1;
  const statements = checkable(program);
  const edits = testImports(program);
  const problems: string[] = [];
  const lines: number[] = [];
  for (const [index, comment] of comments.entries()) {
    const claim = /^ ?=>(.*)$/.exec(comment.value)?.[1];
    if (claim === undefined) continue;
    const claimed = at(comment.start);
    const statement = statements.findLast(({ end }) => end <= comment.start);
    const between = statement === undefined ? "no statement" : code.slice(statement.end, comment.start);
    if (statement === undefined || !/^[^\S\n]*\n?[^\S\n]*$/.test(between)) {
      problems.push(`${file}:${claimed}: stands behind no expression that could be checked`);
    } else {
      lines.push(claimed);
      edits.push(
        check(
          code,
          statement,
          claimed,
          [claim, ...continuation(code, comments.slice(index))].join("\n").trim(),
        ),
      );
    }
  }
  const header = `import { recorder } from "../../support/recorder.ts"; export const recorded = recorder(${JSON.stringify(file)}, ${JSON.stringify(lines)});`;
  return { module: header + "\n".repeat(line - 1) + applied(code, edits), problems };
}

type Statement = Node & { type: "ExpressionStatement" | "VariableDeclaration" };

function checkable(program: Node & { type: "Program" }): Statement[] {
  const found: Statement[] = [];
  new Visitor({
    ExpressionStatement: (node) => void found.push(node),
    VariableDeclaration: (node) => {
      if (node.declarations.length === 1 && node.declarations[0]!.id.type === "Identifier") found.push(node);
    },
  }).visit(program);
  return found.toSorted((a, b) => a.end - b.end);
}

function check(code: string, statement: Statement, line: number, expected: string): Edit {
  const claim = `${line}, ${JSON.stringify(expected)}`;
  if (statement.type === "VariableDeclaration") {
    const name = (statement.declarations[0]!.id as { name: string }).name;
    return { start: statement.end, end: statement.end, text: `; recorded.check(${claim}, () => ${name});` };
  }
  const source =
    printed(code, statement.expression) ?? code.slice(statement.expression.start, statement.expression.end);
  const text = awaits(statement)
    ? `await recorded.checkLater(${claim}, async () => (${source}));`
    : `recorded.check(${claim}, () => (${source}));`;
  return { start: statement.start, end: statement.end, text };
}

/** `console.log(x)` claims what it prints. */
function printed(code: string, expression: Node): string | null {
  if (expression.type !== "CallExpression" || expression.arguments.length !== 1) return null;
  if (code.slice(expression.callee.start, expression.callee.end) !== "console.log") return null;
  const [argument] = expression.arguments;
  return code.slice(argument!.start, argument!.end);
}

function awaits(statement: Statement): boolean {
  let depth = 0;
  let found = false;
  const enter = (): void => void depth++;
  const leave = (): void => void depth--;
  new Visitor({
    ArrowFunctionExpression: enter,
    FunctionExpression: enter,
    "ArrowFunctionExpression:exit": leave,
    "FunctionExpression:exit": leave,
    AwaitExpression: () => {
      if (depth === 0) found = true;
    },
  }).visit({ type: "Program", body: [statement], sourceType: "module", hashbang: null, start: 0, end: 0 });
  return found;
}

/** The comment lines right below a claim that go on with it: indented by two spaces or more. */
function continuation(code: string, [claim, ...rest]: readonly Comment[]): string[] {
  const lines: string[] = [];
  let { end } = claim!;
  for (const comment of rest) {
    if (!/^\r?\n[^\S\n]*$/.test(code.slice(end, comment.start)) || !/^ {2,}\S/.test(comment.value)) break;
    lines.push(comment.value);
    ({ end } = comment);
  }
  return lines;
}

/** Inside a test of ours a block's own tests run at once, as plain functions. */
function testImports(program: Node & { type: "Program" }): Edit[] {
  const runners = new Set(["vitest", "node:test"]);
  return program.body
    .filter((node) => node.type === "ImportDeclaration")
    .filter(({ source }) => runners.has(source.value))
    .map(({ source }) => ({ start: source.start, end: source.end, text: '"../../support/immediate.ts"' }));
}

function applied(code: string, edits: readonly Edit[]): string {
  return edits
    .toSorted((a, b) => b.start - a.start)
    .reduce(
      (text, { start, end, text: inserted }) => text.slice(0, start) + inserted + text.slice(end),
      code,
    );
}
