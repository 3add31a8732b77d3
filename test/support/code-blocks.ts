import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync } from "oxc-parser";
import { lineAt } from "./repository.ts";

/** A program in the documentation, and where its first line stands. */
export interface CodeBlock {
  readonly file: string;
  readonly line: number;
  readonly code: string;
}

/** The blocks of a file, and what no test could run: fragments, other spellings of ts, fences left open. */
export interface Extraction {
  readonly blocks: CodeBlock[];
  readonly problems: string[];
}

interface Line {
  readonly number: number;
  readonly text: string;
}

/** The `ts` blocks of a Markdown file, or those and the examples of the doc comments of a source file. */
export function extractBlocks(base: string, file: string): Extraction {
  const text = readFileSync(join(base, file), "utf8");
  const passages = file.endsWith(".md") ? [numbered(text, 1)] : docComments(file, text);
  const found = passages.map((lines) => [fencedBlocks(file, lines), unfencedExamples(file, lines)]).flat();
  return {
    blocks: found.flatMap(({ blocks }) => blocks),
    problems: found.flatMap(({ problems }) => problems),
  };
}

const numbered = (text: string, first: number): Line[] =>
  text.split(/\r?\n/).map((line, index) => ({ number: first + index, text: line }));

function docComments(file: string, text: string): Line[][] {
  return parseSync(file, text)
    .comments.filter(({ type, value }) => type === "Block" && value.startsWith("*"))
    .map(({ value, start }) =>
      numbered(value.slice(1), lineAt(text, start)).map(({ number, text: line }) => ({
        number,
        text: line.replace(/^\s*(\* ?)?/, ""),
      })),
    );
}

const FENCE = /^(\s*)(`{3,}|~{3,})\s*(.*?)\s*$/;
const LIKE_TS = /^(typescript|[mc]?ts|tsx|javascript|[mc]?js|jsx|node|deno)\b/i;

function fencedBlocks(file: string, lines: readonly Line[]): Extraction {
  const blocks: CodeBlock[] = [];
  const problems: string[] = [];
  let open: { indent: string; fence: string; language: string; at: number; body: Line[] } | null = null;
  for (const line of lines) {
    const [, indent = "", fence = "", language = ""] = FENCE.exec(line.text) ?? [];
    if (open === null) {
      if (fence === "") continue;
      open = { indent, fence, language, at: line.number, body: [] };
      if (language === "")
        problems.push(`${file}:${line.number}: a fence names its language (text for plain text)`);
      else if (language !== "ts" && LIKE_TS.test(language)) {
        problems.push(`${file}:${line.number}: "${language}" would not be run; every program is marked ts`);
      }
    } else if (language === "" && fence.startsWith(open.fence)) {
      if (open.language === "ts") blocks.push(blockOf(file, open.body, open.indent));
      open = null;
    } else open.body.push(line);
  }
  if (open !== null) problems.push(`${file}:${open.at}: a fence is never closed`);
  return { blocks, problems };
}

function blockOf(file: string, body: readonly Line[], indent: string): CodeBlock {
  const code = body
    .map(({ text }) => (text.startsWith(indent) ? text.slice(indent.length) : text))
    .join("\n");
  return { file, line: body[0]?.number ?? 0, code };
}

/** An `@example` without a fence is code up to the next tag; with fences, one of them has to be ts. */
function unfencedExamples(file: string, lines: readonly Line[]): Extraction {
  const blocks: CodeBlock[] = [];
  const problems: string[] = [];
  if (file.endsWith(".md")) return { blocks, problems };
  for (const [index, line] of lines.entries()) {
    if (!/^@example\b/.test(line.text)) continue;
    const rest = lines.slice(index + 1);
    const next = rest.findIndex(({ text }) => /^@\w/.test(text));
    const section = next === -1 ? rest : rest.slice(0, next);
    const fences = section.filter(({ text }) => FENCE.test(text));
    const first = section.findIndex(({ text }) => text.trim() !== "");
    if (first === -1) problems.push(`${file}:${line.number}: an @example is empty`);
    else if (fences.length === 0) blocks.push(blockOf(file, section.slice(first), ""));
    else if (!fences.some(({ text }) => FENCE.exec(text)?.[3] === "ts")) {
      problems.push(`${file}:${line.number}: an @example has no ts block`);
    }
  }
  return { blocks, problems };
}
