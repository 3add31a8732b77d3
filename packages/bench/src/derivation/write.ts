import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { FluxionError } from "@fluxion/core";
import type { DerivedFormula } from "./describe.ts";
import { derivationPage } from "./page.ts";

/** Writes the page of a derivation, makes its folder, and gives its path. Throws `ARGUMENT` where that can't be done. */
export function writeDerivation(derived: DerivedFormula, file: string): string {
  const path = resolve(file);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, derivationPage(derived));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new FluxionError("ARGUMENT", `--html ${file}: ${why}. Give the name of a file to write, as in --html answer.html.`); // prettier-ignore
  }
  return path;
}
