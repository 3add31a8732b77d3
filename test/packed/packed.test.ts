import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Manifest, type Package, packages, readJson, root } from "../support/repository.ts";
import { run } from "../support/run.ts";

const typescript = join(root, "node_modules/typescript/bin/tsc");
const pnpm = join(root, "node_modules/pnpm/bin/pnpm.mjs");
const scratch = mkdtempSync(join(tmpdir(), "fluxion-packed-"));
const all = packages(root);

const tarball = ({ folder }: Package): string => join(scratch, `${folder}.tgz`);

beforeAll(() => {
  run(root, process.execPath, typescript, "-b");
  for (const one of all)
    run(join(root, "packages", one.folder), process.execPath, pnpm, "pack", "--out", tarball(one));
});

afterAll(() => {
  rmSync(scratch, { recursive: true, force: true });
});

describe.each(all.map((one) => [one.manifest.name, one] as const))("%s, packed", (name, one) => {
  const folder = join(scratch, one.folder);
  const consumer = join(root, `test/packed/consumers/${one.folder}.ts`);

  it("holds what it promises, and nothing of the workspace", () => {
    const unpacked = join(scratch, `${one.folder}-content`);
    mkdirSync(unpacked);
    run(unpacked, "tar", "-xzf", tarball(one));
    const has = (path: string): boolean => existsSync(join(unpacked, "package", path));
    const manifest = readJson<Manifest>(join(unpacked, "package/package.json"));
    const entries = Object.values(manifest.exports ?? {}).flatMap((entry) =>
      typeof entry === "string" ? entry : Object.values(entry),
    );
    const promised = ["README.md", "LICENSE", ...entries, ...Object.values(manifest.bin ?? {})];
    expect(promised.filter((path) => !has(path))).toEqual([]);
    expect(["test", "dist/.tsbuildinfo", "node_modules"].filter(has)).toEqual([]);
    expect(readFileSync(join(unpacked, "package/package.json"), "utf8")).not.toContain("workspace:");
  });

  it("installs without its workspace, from its tarball and those it depends on", () => {
    const ours = all.filter(
      ({ manifest }) => manifest.name === name || manifest.name in (one.manifest.dependencies ?? {}),
    );
    const dependencies = Object.fromEntries(
      ours.map((each) => [each.manifest.name, `file:${tarball(each)}`]),
    );
    const overrides = Object.fromEntries(ours.map(({ manifest }) => [manifest.name, `$${manifest.name}`]));
    mkdirSync(folder);
    writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module", dependencies, overrides }));
    // A library package brings nothing from the registry, so it installs without one.
    const needsNothing = Object.keys(one.manifest.dependencies ?? {}).every(
      (dependency) => dependency in dependencies,
    );
    const network = needsNothing ? "--offline" : "--prefer-offline";
    run(
      folder,
      "npm",
      "install",
      network,
      "--no-audit",
      "--no-fund",
      "--no-package-lock",
      "--loglevel=error",
    );
    expect(existsSync(join(folder, "node_modules", name, "dist/index.js"))).toBe(true);
  });

  it.each(["nodenext", "bundler"])(
    "type-checks in a consumer under moduleResolution %s",
    (moduleResolution) => {
      cpSync(consumer, join(folder, "consumer.ts"));
      const module = moduleResolution === "bundler" ? "esnext" : "nodenext";
      const compilerOptions = {
        strict: true,
        target: "es2022",
        lib: ["es2023"],
        types: [],
        module,
        moduleResolution,
      };
      const project = `tsconfig.${moduleResolution}.json`;
      writeFileSync(join(folder, project), JSON.stringify({ compilerOptions, files: ["consumer.ts"] }));
      expect(run(folder, process.execPath, typescript, "-p", project)).toBe("");
    },
  );

  it("runs in that consumer, imported and required", () => {
    run(folder, process.execPath, "consumer.js");
    const names = run(folder, process.execPath, "-p", `Object.keys(require(${JSON.stringify(name)})).length`);
    expect(Number(names)).toBeGreaterThan(0);
  });

  it.runIf(one.manifest.bin?.["fluxion"] !== undefined)("brings the command", () => {
    expect(run(folder, join(folder, "node_modules/.bin/fluxion"), "--help")).toContain("fluxion");
  });
});
