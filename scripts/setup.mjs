// Installs with the pinned pnpm when the lockfile is newer than node_modules; needs nothing but Node and npm.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync, utimesSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const modified = (file) => (existsSync(root + file) ? statSync(root + file).mtimeMs : 0);

if (modified("node_modules/.modules.yaml") <= modified("pnpm-lock.yaml")) {
  const { packageManager } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
  console.log(`Installing dependencies with ${packageManager}`);
  const install = `npx --yes ${packageManager} install --frozen-lockfile`;
  const { status } = spawnSync(install, { cwd: root, stdio: "inherit", shell: true });
  if (status !== 0) process.exit(status ?? 1);
  // An install that finds nothing to do leaves the file as old as it was, and would be asked for again.
  utimesSync(`${root}node_modules/.modules.yaml`, new Date(), new Date());
}
