import { mkdirSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { markdownReport } from "./markdown.ts";
import { htmlReport } from "./page.ts";
import type { Report } from "./report.ts";

/** Where a report was written, in every form. */
export interface WrittenReport {
  readonly html: string;
  readonly markdown: string;
  readonly json: string;
}

/** Writes report.html, report.md and benchmark.json (what `--baseline` reads) into a folder, which it makes. */
export function writeReport(report: Report, folder: string): WrittenReport {
  mkdirSync(folder, { recursive: true });
  const written: WrittenReport = {
    html: resolve(folder, "report.html"),
    markdown: resolve(folder, "report.md"),
    json: resolve(folder, "benchmark.json"),
  };
  writeFileSync(written.html, htmlReport(report));
  writeFileSync(written.markdown, markdownReport(report));
  writeFileSync(written.json, `${JSON.stringify(report.benchmark, null, 2)}\n`);
  return written;
}
