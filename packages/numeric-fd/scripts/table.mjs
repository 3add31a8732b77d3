// Prints our row of the table in docs/numeric-differentiation.md; with --cases, every case.
//   node packages/numeric-fd/scripts/table.mjs [--cases]
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const folder = await mkdtemp(join(import.meta.dirname, ".table-"));
try {
  const outfile = join(folder, "table.mjs");
  await build({
    entryPoints: [join(import.meta.dirname, "../test/support/table.ts")],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    conditions: ["@fluxion/source"],
    logLevel: "error",
  });
  const { tableLines } = await import(pathToFileURL(outfile).href);
  console.log(tableLines(process.argv.includes("--cases")).join("\n"));
} finally {
  await rm(folder, { recursive: true });
}
