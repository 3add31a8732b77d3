import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Found } from "./probes/found.ts";
import { launchChromium } from "./support/chromium.ts";
import { serve } from "./support/serve.ts";
import { visit, type Visit } from "./support/visit.ts";

const packages = ["core", "forward-dual", "reverse-tape", "symbolic", "numeric-fd"];
const folder = fileURLToPath(new URL("probes", import.meta.url));

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

describe.each(packages)("%s in a browser", (name) => {
  let found: Found;
  let expected: Found;
  let visited: Visit;
  let scripts: readonly string[];

  beforeAll(async () => {
    const files = new Map([
      ["", '<!doctype html><meta charset="utf-8"><title>probe</title><script src="probe.js"></script>'],
      ["probe.js", await bundle(name)],
    ]);
    const server = await serve(files);
    scripts = [server.address, `${server.address}probe.js`];
    visited = await visit(browser, server.address, scripts);
    if (visited.complaints.length > 0) throw new Error(visited.complaints.join("\n"));
    found = await visited.page.evaluate<Found>("found");
    await server.close();
    const { probe } = (await import(`./probes/${name}.ts`)) as { readonly probe: () => Found };
    expected = probe();
  });

  it("gives the same bits as Node where arithmetic alone decides", () => {
    expect(Object.keys(found.arithmetic).length).toBeGreaterThanOrEqual(5);
    expect(found.arithmetic).toStrictEqual(expected.arithmetic);
  });

  it("gives the same numbers as Node to 1e-14 where Math's functions take part", () => {
    expect(Object.keys(found.functions)).toEqual(Object.keys(expected.functions));
    for (const [what, values] of Object.entries(expected.functions)) {
      const scale = Math.max(...values.map(Math.abs));
      const differences = values.map((value, i) => Math.abs(value - found.functions[what]![i]!) / scale);
      expect(Math.max(...differences), what).toBeLessThanOrEqual(1e-14);
    }
  });

  it("writes the same texts as Node", () => {
    expect(Object.keys(found.texts).length).toBeGreaterThanOrEqual(1);
    expect(found.texts).toEqual(expected.texts);
  });

  it("asks for nothing but its script", () => {
    expect(visited.requests).toEqual(scripts);
  });
});

/** A script for the browser that leaves what the package finds in a global; esbuild refuses what only Node has. */
async function bundle(name: string): Promise<string> {
  const contents = `import { probe } from "./${name}.ts"; globalThis.found = probe();`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: folder },
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    platform: "browser",
    target: "es2022",
  });
  return outputFiles[0]!.text;
}
