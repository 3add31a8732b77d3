import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type Extraction, extractBlocks } from "./support/code-blocks.ts";
import { filesBelow, packages, root } from "./support/repository.ts";
import { runBlock, typeErrors } from "./support/run-blocks.ts";

function documentation(): string[] {
  const pages = [
    "README.md",
    "CONTRIBUTING.md",
    ...packages(root).map(({ folder }) => `packages/${folder}/README.md`),
  ];
  return [
    ...pages.filter((page) => existsSync(join(root, page))),
    ...filesBelow(root, "docs", ".md"),
    ...packages(root).flatMap(({ folder }) => filesBelow(root, `packages/${folder}/src`, ".ts")),
  ];
}

function extractAll(files: readonly string[]): Extraction {
  const found = files.map((file) => extractBlocks(root, file));
  return {
    blocks: found.flatMap(({ blocks }) => blocks),
    problems: found.flatMap(({ problems }) => problems),
  };
}

beforeAll(() => {
  rmSync(join(root, "test/.blocks"), { recursive: true, force: true });
  vi.spyOn(console, "log").mockImplementation(() => {});
});

afterAll(() => {
  vi.restoreAllMocks();
});

describe("the documentation", () => {
  const { blocks, problems } = extractAll(documentation());

  it("has no block that would not be run", () => {
    expect(problems).toEqual([]);
  });

  it("has programs, and they type-check", () => {
    expect(blocks).not.toEqual([]);
    expect(typeErrors(blocks)).toEqual([]);
  });

  it.each(blocks.map((block) => [`${block.file}:${block.line}`, block] as const))(
    "%s does what it says",
    async (_, block) => {
      expect(await runBlock(block)).toEqual([]);
    },
  );
});

describe("the check itself", () => {
  const fixture = (name: string): Extraction => extractBlocks(root, `test/fixtures/docs/${name}`);
  const failuresOf = async ({ blocks }: Extraction): Promise<string[]> => {
    const failures: string[] = [];
    for (const block of blocks) failures.push(...(await runBlock(block)));
    return failures;
  };
  const at = (name: string, failures: readonly string[]): string[] =>
    failures.map((failure) => `test/fixtures/docs/${name}:${failure}`);

  it("accepts every way to write a value that holds", async () => {
    const right = fixture("right.md");
    expect(right.blocks).toHaveLength(2);
    expect([...right.problems, ...(await failuresOf(right)), ...typeErrors(right.blocks)]).toEqual([]);
  });

  it("finds every claim that does not hold", async () => {
    expect(await failuresOf(fixture("wrong.md"))).toEqual(
      at("wrong.md", [
        "5: expected 3, found 2",
        "6: expected [1 2], found [1, 2]",
        "7: expected 0.3333, found 0.3333333333333333",
        "8: expected throws NOT_SCALAR, found 3.141592653589793",
        "9: expected throws SHAPE_MISMATCH, threw RangeError: Invalid array length",
        "10: expected [], threw RangeError: Invalid array length",
        "12: was never reached",
        "18: stands behind no expression that could be checked",
        "19: stands behind no expression that could be checked",
        "20: stands behind no expression that could be checked",
        "25: threw TypeError: Cannot read properties of null (reading 'toString')",
        "29: does not parse: Unexpected token",
        "35: threw AssertionError: expected 1 to be 2 // Object.is equality",
      ]),
    );
    expect(await failuresOf(fixture("examples.ts"))).toEqual(
      at("examples.ts", ["5: expected 3, found 2", "17: expected 0.5, found 0.25"]),
    );
  });

  it("finds every block that would not be run", () => {
    expect(fixture("wrong.md").problems).toEqual(
      at("wrong.md", [
        '39: "ts no-run" would not be run; every program is marked ts',
        '43: "js" would not be run; every program is marked ts',
        "47: a fence names its language (text for plain text)",
        "51: a fence is never closed",
      ]),
    );
    expect(fixture("examples.ts").problems).toEqual(
      at("examples.ts", ["25: an @example has no ts block", "32: an @example is empty"]),
    );
  });

  it("finds every type error", () => {
    const { blocks } = fixture("wrong.md");
    expect(typeErrors(blocks.slice(2, 3))).toEqual(
      at("wrong.md", [
        "24: TS2322: Type 'string' is not assignable to type 'number'.",
        "25: TS2339: Property 'toString' does not exist on type 'never'.",
      ]),
    );
  });
});
