// Measures other libraries on the suite of symbolic and writes docs/symbolic-comparison.md:
//   node docs/symbolic-comparison/run.mjs              all libraries, fetched by npm into a temporary folder
//   node docs/symbolic-comparison/run.mjs --fluxion    Fluxion's columns only; the others as they were measured
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "fluxion-symbolic-comparison-"));
try {
  const outfile = join(folder, "main.mjs");
  await build({
    entryPoints: [join(here, "main.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    conditions: ["@fluxion/source"],
    logLevel: "error",
  });
  const { main } = await import(pathToFileURL(outfile).href);
  await main({ folder, docs: dirname(here), onlyFluxion: process.argv.includes("--fluxion") });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
