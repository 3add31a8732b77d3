import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { BenchmarkResult } from "@fluxion/bench";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hostile, report } from "../../packages/bench/test/report/example.ts";
import { htmlReport } from "../../packages/bench/src/report/page.ts";
import { root } from "../support/repository.ts";
import { launchChromium } from "./support/chromium.ts";
import { faintTexts } from "./support/contrast.ts";
import { visit, type Visit } from "./support/visit.ts";

const folder = mkdtempSync(join(tmpdir(), "fluxion-report-"));
const addressOf = (file: string): string => pathToFileURL(join(folder, file)).href;

const views = [
  { width: 400, colorScheme: "light" },
  { width: 400, colorScheme: "dark" },
  { width: 1400, colorScheme: "light" },
  { width: 1400, colorScheme: "dark" },
] as const;

let browser: Browser;
let benchmark: BenchmarkResult;

beforeAll(async () => {
  const command = ["packages/bench/bin/fluxion.js", "demo", "--runs", "20", "--report", folder];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: root, encoding: "utf8" });
  // Status 1 says that a check did not pass, which other tests are for; the report is written all the same.
  if (status !== 0 && status !== 1) throw new Error(`fluxion demo failed\n${stdout}\n${stderr}`);
  benchmark = JSON.parse(readFileSync(join(folder, "benchmark.json"), "utf8")) as BenchmarkResult;
  writeFileSync(join(folder, "hostile.html"), htmlReport(report));
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe.each(["report.html", "hostile.html"])("%s", (file) => {
  describe.each(views)("at $width px, $colorScheme", ({ width, colorScheme }) => {
    let visited: Visit;
    beforeAll(async () => {
      visited = await visit(browser, addressOf(file), [], { colorScheme, viewport: { width, height: 900 } });
    });
    afterAll(() => visited.page.close());

    it("says nothing on the console and asks for nothing but itself", () => {
      expect(visited.complaints).toEqual([]);
      expect(visited.requests).toEqual([addressOf(file)]);
    });

    it("fits without scrolling sideways", async () => {
      const widest = await visited.page.evaluate(() => document.documentElement.scrollWidth);
      expect(widest).toBeLessThanOrEqual(width);
    });

    it("shows plots of every workload at a readable size", async () => {
      const { workloads } = file === "report.html" ? benchmark : report.benchmark;
      const groups = await visited.page.locator(".plots").all();
      expect(groups).toHaveLength(workloads.length);
      for (const group of groups) {
        const plots = await group.locator("svg").all();
        expect(plots.length).toBeGreaterThanOrEqual(1);
        for (const plot of plots) {
          const box = (await plot.boundingBox())!;
          expect(box.width).toBeGreaterThan(300);
          expect(box.height).toBeGreaterThan(60);
          expect(box.x + box.width).toBeLessThanOrEqual(width);
          expect(await plot.locator("path, circle, rect").count()).toBeGreaterThan(0);
        }
      }
      // Letters of a plot shrink with it.
      const sizes = await visited.page.evaluate(() =>
        [...document.querySelectorAll<SVGSVGElement>(".plots svg")].map(
          (plot) => Number.parseFloat(getComputedStyle(plot).fontSize) * plot.getScreenCTM()!.a,
        ),
      );
      expect(Math.min(...sizes)).toBeGreaterThanOrEqual(9);
    });

    it("has no text that can hardly be told from the paper", async () => {
      const { page } = visited;
      const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      expect(paper).toBe(colorScheme === "dark" ? "rgb(24, 24, 23)" : "rgb(253, 253, 252)");
      expect(await page.evaluate(faintTexts, 4.5)).toEqual([]);
    });
  });
});

describe("what stands in the report", () => {
  let visited: Visit;
  beforeAll(async () => {
    visited = await visit(browser, addressOf("report.html"));
  });

  it("has a row for every measurement, below its workload's heading", async () => {
    for (const { name, cells, sizes } of benchmark.workloads) {
      const table = visited.page.locator(`#${name} ~ .scroll table`).first();
      const rows = await table.locator("tbody tr").allInnerTexts();
      expect(rows).toHaveLength(cells.length);
      expect(rows[0]).toContain(sizes[0]!.label);
      expect(rows[0]).toContain(cells[0]!.contender);
    }
  });

  it("sets every formula in the fonts that it brings", async () => {
    const { page } = visited;
    expect(await page.locator(".formula").count()).toBeGreaterThan(benchmark.workloads.length);
    expect(await page.locator(".formula .katex-html").count()).toBe(await page.locator(".formula").count());
    expect(await page.locator(".katex-error").count()).toBe(0);
    const fonts = await page.evaluate(() =>
      [...document.fonts].filter(({ status }) => status === "loaded").map(({ family }) => family),
    );
    expect(fonts).toEqual(expect.arrayContaining(["KaTeX_Main", "KaTeX_Math"]));
  });

  it("leads from the summary to every workload", async () => {
    const missing = await visited.page.evaluate(
      () =>
        [...document.querySelectorAll<HTMLAnchorElement>("a")].filter(
          (link) => document.querySelector(link.getAttribute("href")!) === null,
        ).length,
    );
    expect(missing).toBe(0);
    expect(await visited.page.locator("table a").count()).toBe(benchmark.workloads.length);
  });
});

it("shows text of others as text", async () => {
  const { page, complaints } = await visit(browser, addressOf("hostile.html"));
  expect(complaints).toEqual([]);
  expect(await page.locator("script").count()).toBe(0);
  expect(await page.locator("h3").allTextContents()).toContain(`${hostile} — jacobian`);
  const text = await page.locator("body").innerText();
  expect(text.split(hostile).length).toBeGreaterThan(5);
});
