import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The system's Chromium, without a window. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(), args: flags });
}

/** What the environment variable CHROMIUM names, or else the first of the usual names on PATH. */
export function findChromium(environment: Readonly<NodeJS.ProcessEnv> = process.env): string {
  const advice = "Install Chromium (Debian: apt-get install chromium), or set CHROMIUM to the path of one.";
  const { CHROMIUM: given } = environment;
  if (given) {
    if (isExecutable(given)) return given;
    throw new Error(`CHROMIUM is ${given}, which is not a program. ${advice}`);
  }
  const folders = (environment["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const found = names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
  if (found !== undefined) return found;
  throw new Error(`These tests need a browser, and there is no ${names.join(", ")} on PATH. ${advice}`);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
