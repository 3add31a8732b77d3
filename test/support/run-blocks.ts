import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { settled } from "./immediate.ts";
import type { CodeBlock } from "./code-blocks.ts";
import { instrument } from "./instrument.ts";
import type { Recorder } from "./recorder.ts";
import { root } from "./repository.ts";

const folder = join(root, "test/.blocks");

const nameOf = ({ file, line }: CodeBlock): string => `${file.replaceAll("/", "~")}~L${line}.ts`;

/** Executes a block, and gives every claim of it that does not hold as `file:line: expected …, found …`. */
export async function runBlock(block: CodeBlock): Promise<string[]> {
  const { module, problems } = instrument(block);
  if (module === "") return problems;
  const path = join(folder, "run", nameOf(block));
  write(path, module);
  try {
    const { recorded } = (await import(pathToFileURL(path).href)) as { recorded: Recorder };
    await settled();
    return [...problems, ...recorded.failures()];
  } catch (error) {
    return [...problems, `${block.file}:${thrownAt(block, error)}: threw ${describeError(error)}`];
  }
}

function describeError(error: unknown): string {
  const { code, name, message } = error as Error & { code?: string };
  return `${code ?? name}: ${message}`;
}

function thrownAt(block: CodeBlock, error: unknown): number {
  const frame = (error as Error).stack?.split("\n").find((line) => line.includes(nameOf(block)));
  return Number(/:(\d+):\d+\)?$/.exec(frame ?? "")?.[1] ?? block.line);
}

/** Type-checks all blocks in one program; gives each error as `file:line: message`. */
export function typeErrors(blocks: readonly CodeBlock[]): string[] {
  const raw = join(folder, "raw");
  rmSync(raw, { recursive: true, force: true });
  for (const block of blocks)
    write(join(raw, nameOf(block)), `${"\n".repeat(block.line - 1)}${block.code}\nexport {};\n`);
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  const { stdout } = spawnSync(
    process.execPath,
    [compiler, "-p", "test/tsconfig.blocks.json", "--pretty", "false"],
    {
      cwd: root,
      encoding: "utf8",
    },
  );
  return (
    stdout
      .split("\n")
      // The packages' own errors are another check's; whatever else the compiler says is about a block.
      .filter((line) => line.includes("error TS") && !line.startsWith("packages/"))
      .map((line) => {
        const at = /^.*\/(.+)~L\d+\.ts\((\d+),\d+\): error (.*)$/.exec(line);
        return at === null ? line : `${at[1]!.replaceAll("~", "/")}:${at[2]}: ${at[3]}`;
      })
  );
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
