import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { architectureViolations } from "./support/architecture.ts";
import { packages, readJson, root } from "./support/repository.ts";

describe("the architecture", () => {
  it("has arrows to core only, and no derivative rule in core", () => {
    expect(architectureViolations(root)).toEqual([]);
  });

  it("builds, releases and type-checks every package together", () => {
    const names = packages(root).map(({ manifest }) => manifest.name);
    const folders = packages(root).map(({ folder }) => ({ path: `packages/${folder}` }));
    const { fixed } = readJson<{ fixed: string[][] }>(join(root, ".changeset/config.json"));
    const { references } = readJson<{ references: unknown[] }>(join(root, "tsconfig.json"));
    expect(fixed.flat().toSorted()).toEqual(names);
    expect(references).toHaveLength(folders.length);
    expect(references).toEqual(expect.arrayContaining(folders));
  });
});

describe("the check itself", () => {
  it("finds every wrong arrow and every rule of a fixture that has them all", () => {
    const file = (path: string): string => `packages/${path}`;
    expect(architectureViolations(join(root, "test/fixtures/wrong-arrows"))).toEqual([
      file("bench/src/index.ts:6: imports left-pad, may import anything declared"),
      file("core/package.json: depends on decimal.js, may depend on nothing"),
      file("core/src/evaluate.ts:5: defines vjpRules; rules belong to strategies"),
      file("core/src/evaluate.ts:6: holds a value of type JvpRules; rules belong to strategies"),
      file("core/src/evaluate.ts:6: sin takes dx, so it is a derivative rule"),
      file("core/src/evaluate.ts:7: holds a value of type JvpRules; rules belong to strategies"),
      file("core/src/evaluate.ts:7: cos takes tangent, so it is a derivative rule"),
      file("core/src/index.ts:1: imports the generators' domains, which a user's bundle must not carry"),
      file("core/src/index.ts:2: imports @fluxion/forward-dual, may import nothing"),
      file("core/src/rules/elementwise.ts:1: is named as a table of rules, and core has none"),
      file("fifth/src/index.ts:2: imports @fluxion/forward-dual, may import core"),
      file("forward-dual/package.json: depends on @fluxion/symbolic, may depend on core"),
      file("forward-dual/src/index.ts:2: imports @fluxion/core/domains, may import core"),
      file("forward-dual/src/index.ts:3: imports node:fs, may import core"),
      file("forward-dual/src/index.ts:4: imports ../../core/src/index.ts, outside its own src"),
      file("forward-dual/src/index.ts:5: imports @fluxion/symbolic, may import core"),
      file("forward-dual/src/index.ts:7: imports @fluxion/bench, may import core"),
      file("forward-dual/src/index.ts:8: imports @fluxion/numeric-fd, may import core"),
      file("forward-dual/src/index.ts:9: imports a computed path, which no test can check"),
    ]);
  });
});
