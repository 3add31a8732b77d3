import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

export const root: string = fileURLToPath(new URL("../..", import.meta.url));

/** The fields of a package.json that the tests look at. */
export interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly bin?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** A package of the workspace: its folder under packages/, and its manifest. */
export interface Package {
  readonly folder: string;
  readonly manifest: Manifest;
}

export function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, "utf8")) as T;
}

/** Every package under `base`/packages, in alphabetical order. */
export function packages(base: string): Package[] {
  return readdirSync(join(base, "packages"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({
      folder: name,
      manifest: readJson<Manifest>(join(base, "packages", name, "package.json")),
    }))
    .toSorted((a, b) => a.folder.localeCompare(b.folder));
}

/** Files below `folder` whose name ends in `ending`, as paths relative to `base` with forward slashes. */
export function filesBelow(base: string, folder: string, ending: string): string[] {
  const skipped = /(^|\/)(node_modules|dist|\.turbo|\.blocks)(\/|$)/;
  return readdirSync(join(base, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => relative(base, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((path) => !skipped.test(path))
    .toSorted();
}

/** The number, from 1, of the line that holds the character at `offset`. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
