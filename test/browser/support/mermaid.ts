import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../support/repository.ts";
import { run } from "../../support/run.ts";

const version = "12.3.0";
const integrity =
  "sha512-4113TdXeLAsMruJ79OpFL5O8+LTFXhQqZ260rF3tgUmiNAtRm4Uume04I+65PRN6yZ69J4f8rVYWW8zRk65UYw==";

/**
 * Mermaid as one script that defines `mermaid`. With its dependencies it is larger than all of ours together, so that it
 * is no dependency: its tarball is fetched when it is first needed, compared with its checksum, and the script kept.
 */
export function mermaidScript(): string {
  const cache = join(root, "node_modules/.cache/fluxion");
  const script = join(cache, `mermaid-${version}.min.js`);
  if (!existsSync(script)) {
    mkdirSync(cache, { recursive: true });
    const folder = mkdtempSync(join(cache, "mermaid-"));
    try {
      run(folder, "npm", "pack", `mermaid@${version}`);
      const tarball = join(folder, `mermaid-${version}.tgz`);
      const found = `sha512-${createHash("sha512").update(readFileSync(tarball)).digest("base64")}`;
      if (found !== integrity)
        throw new Error(`mermaid@${version}: expected a tarball with ${integrity}, found ${found}.`);
      run(folder, "tar", "-xzf", tarball, "package/dist/mermaid.min.js");
      renameSync(join(folder, "package/dist/mermaid.min.js"), script);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return readFileSync(script, "utf8");
}
