import { spawnSync } from "node:child_process";

/** What a command prints; when it fails, throws with everything that it printed. */
export function run(cwd: string, command: string, ...args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (status !== 0)
    throw new Error([`${command} ${args.join(" ")} failed`, error?.message, stdout, stderr].join("\n"));
  return stdout.trim();
}
