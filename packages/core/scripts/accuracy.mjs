// Measures the elementwise functions against their reference and writes ACCURACY.md.
// node packages/core/scripts/accuracy.mjs [points per function, 200000 unless told]
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const report = fileURLToPath(new URL("../ACCURACY.md", import.meta.url));
const environment = { ...process.env, FLUXION_RUNS: process.argv[2] ?? "200000", FLUXION_ACCURACY: report };

function run(...command) {
  const { status } = spawnSync("npx", command, {
    cwd: fileURLToPath(new URL("../../..", import.meta.url)),
    stdio: "inherit",
    shell: process.platform === "win32",
    env: environment,
  });
  if (status !== 0) process.exit(status ?? 1);
}

run("vitest", "run", "packages/core/test/functions/accuracy.test.ts");
run("prettier", "--write", report);
