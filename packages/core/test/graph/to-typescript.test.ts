import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  add,
  customRule,
  type Graph,
  mul,
  sin,
  tensor,
  type Tensor,
  toTypeScript,
  trace,
} from "../../src/index.ts";
import { codeOf } from "../support/code-of.ts";
import { programs, unusual } from "./programs.ts";

const core = fileURLToPath(new URL("../../src/index.ts", import.meta.url));
const compiler = join(
  dirname(createRequire(import.meta.url).resolve("typescript/package.json")),
  "bin",
  "tsc",
);
const cases = Object.entries({ ...programs, ...unusual }).map(([name, { f, args }]) => ({
  name,
  f,
  args,
  graph: trace(f)(...args),
}));

/** The printed modules, one file each. */
let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "fluxion-printed-"));
  cases.forEach(({ graph }, i) =>
    writeFileSync(
      join(folder, `case${i}.ts`),
      toTypeScript(graph).replace('"@fluxion/core"', JSON.stringify(core)),
    ),
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the compiler says of a folder of printed modules, under the strictest settings. */
function typeErrors(of: string): string {
  const options = {
    compilerOptions: {
      strict: true, noEmit: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true, noImplicitReturns: true, verbatimModuleSyntax: true,
      allowImportingTsExtensions: true, skipLibCheck: true, target: "es2023", lib: ["es2023"], module: "nodenext", types: [],
    },
    include: ["*.ts"],
  }; // prettier-ignore
  writeFileSync(join(of, "tsconfig.json"), JSON.stringify(options));
  writeFileSync(join(of, "package.json"), '{ "type": "module" }');
  const { stdout, stderr } = spawnSync(process.execPath, [compiler, "-p", of], { encoding: "utf8" });
  return `${stdout}${stderr}`.trim();
}

function text(x: unknown): string {
  return [x].flat().map(String).join(" | ");
}

/** Tensors that became parameters because they are large. */
function largeConstants(graph: Graph): readonly Tensor[] {
  return graph.nodes.flatMap((node) =>
    node.operator === "constant" && node.attributes.value.size > 64 ? [node.attributes.value] : [],
  );
}

describe("the printed source", () => {
  it("passes the type checker", () => {
    expect(typeErrors(folder)).toBe("");
  });

  it.each(cases.map(({ name }, i) => [name, i] as const))("computes the same bits: %s", async (_name, i) => {
    const { f, args, graph } = cases[i]!;
    const printed = (await import(/* @vite-ignore */ pathToFileURL(join(folder, `case${i}.ts`)).href)) as {
      f: (...all: readonly Tensor[]) => unknown;
    };
    expect(text(printed.f(...args, ...largeConstants(graph)))).toBe(text(f(...args)));
  });

  it("is a module that a stranger can read", () => {
    const graph = trace(({ x, y }: { x: Tensor; y: Tensor }) => ({
      "a-b": [mul(x, sin(y))],
      two: add(x, tensor([[1, 2]])),
    }))({ x: tensor([3, 4]), y: 2 });
    expect(toTypeScript(graph, "model"))
      .toBe(`import { add, mul, sin, tensor, type Tensor } from "@fluxion/core";

export function model(x0: Tensor, x1: Tensor) {
  const v2 = sin(x1);
  const v3 = mul(x0, v2);
  const v5 = add(x0, tensor([[1, 2]]));
  return { "a-b": [v3], "two": v5 };
}
`);
  });

  it("takes large constants and functions with rules as parameters", () => {
    const odd = customRule(
      Object.defineProperty((x: Tensor) => sin(x), "name", { value: 'nice */ name"\n' }),
      { jvp: (_, [dx]) => dx },
    );
    const graph = trace((x: Tensor) => mul(odd(x), tensor(Array.from({ length: 65 }, () => 1))))(1);
    expect(toTypeScript(graph)).toContain("c2: Tensor /* shape [65] */");
    const own = mkdtempSync(join(tmpdir(), "fluxion-printed-"));
    writeFileSync(join(own, "rule.ts"), toTypeScript(graph).replace('"@fluxion/core"', JSON.stringify(core)));
    expect(typeErrors(own)).toBe("");
    rmSync(own, { recursive: true, force: true });
  });

  it("has the name that is asked for, unless that can't be one", () => {
    const graph = trace((x: Tensor) => sin(x))(1);
    expect(toTypeScript(graph, "$loss_2")).toContain("export function $loss_2(x0: Tensor)");
    for (const name of ["", "a b", "1x", "class", "sin", "f(){};evil", "Tensor", "x\u0000"])
      expect(
        codeOf(() => toTypeScript(graph, name)),
        name,
      ).toBe("ARGUMENT");
  });
});
