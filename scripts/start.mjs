// The main job: `fluxion demo`, from the built command of @fluxion/bench.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const bench = new URL("../packages/bench/", import.meta.url);
const { bin } = JSON.parse(readFileSync(new URL("package.json", bench), "utf8"));
const command = fileURLToPath(new URL(bin.fluxion, bench));
const { status } = spawnSync(process.execPath, [command, "demo", ...process.argv.slice(2)], {
  stdio: "inherit",
});
process.exit(status ?? 1);
