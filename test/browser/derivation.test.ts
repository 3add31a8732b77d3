import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../support/repository.ts";
import { launchChromium } from "./support/chromium.ts";
import { faintTexts } from "./support/contrast.ts";
import { visit, type Visit } from "./support/visit.ts";

const folder = mkdtempSync(join(tmpdir(), "fluxion-derivation-"));
const addressOf = (name: string): string => pathToFileURL(join(folder, `${name}.html`)).href;

const shapes = ["--shape", "X=m,n", "--shape", "w=n", "--shape", "y=m"];
const questions: Readonly<Record<string, readonly string[]>> = {
  "least squares": ["norm2(X*w - y)^2", "--wrt", "w", ...shapes],
  "a matrix, its inverse and its determinant": [
    "a'*inv(Sigma_0)*a + logdet(Sigma_0)*sum(log(1 + exp(-y.*(X*w))))",
    "--wrt", "Sigma_0", ...shapes, "--shape", "Sigma_0=n,n", "--shape", "a=n", "--assume", "Sigma_0=spd",
  ], // prettier-ignore
  "a long scalar": ["sin(x^2)*exp(x)/sqrt(1 + x^2)*log(y/z_1)", "--wrt", "x", "--order", "2"],
  "index notation": ["A*X", "--wrt", "X", "--shape", "A=n,n", "--shape", "X=n,n"],
  "products of Kronecker": [
    "A*X*B + sin(X)",
    "--wrt",
    "X",
    "--shape",
    "A=n,n",
    "--shape",
    "X=n,n",
    "--shape",
    "B=n,n",
  ],
  "names that mean something elsewhere": ["script^2*constructor/__proto__", "--wrt", "script"],
};

const views = [
  { width: 400, colorScheme: "light" },
  { width: 400, colorScheme: "dark" },
  { width: 1400, colorScheme: "light" },
  { width: 1400, colorScheme: "dark" },
] as const;

let browser: Browser;

beforeAll(async () => {
  for (const [name, question] of Object.entries(questions)) {
    const file = join(folder, `${name}.html`);
    const command = ["packages/bench/bin/fluxion.js", "derive", ...question, "--html", file];
    const { status, stderr } = spawnSync(process.execPath, command, { cwd: root, encoding: "utf8" });
    if (status !== 0) throw new Error(`fluxion derive failed\n${stderr}`);
  }
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe.each(Object.keys(questions))("%s", (name) => {
  describe.each(views)("at $width px, $colorScheme", ({ width, colorScheme }) => {
    let visited: Visit;
    beforeAll(async () => {
      visited = await visit(browser, addressOf(name), [], { colorScheme, viewport: { width, height: 900 } });
    });
    afterAll(() => visited.page.close());

    it("says nothing on the console, asks for nothing but itself, runs nothing", async () => {
      expect(visited.complaints).toEqual([]);
      expect(visited.requests).toEqual([addressOf(name)]);
      expect(await visited.page.locator("script").count()).toBe(0);
    });

    it("fits without scrolling sideways: long formulas and lines scroll in their boxes", async () => {
      const { page } = visited;
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      const boxes = await page.evaluate(() =>
        [...document.querySelectorAll(".formula, pre.source")].map((box) => ({
          right: box.getBoundingClientRect().right,
          hidden: box.scrollWidth - box.clientWidth,
          overflow: getComputedStyle(box).overflowX,
          tooHigh: box.scrollHeight - box.clientHeight,
        })),
      );
      expect(boxes.length).toBeGreaterThan(5);
      for (const { right, hidden, overflow, tooHigh } of boxes) {
        expect(right).toBeLessThanOrEqual(width);
        if (hidden > 0) expect(overflow).toBe("auto");
        expect(tooHigh).toBeLessThanOrEqual(0);
      }
      if (name === "a long scalar" && width === 400)
        expect(boxes.filter(({ hidden }) => hidden > 0).length).toBeGreaterThan(3);
    });

    it("sets every formula in the fonts that it brings", async () => {
      const { page } = visited;
      expect(await page.locator(".katex-error").count()).toBe(0);
      expect(await page.locator(".formula .katex-html").count()).toBe(await page.locator(".formula").count());
      const fonts = await page.evaluate(() =>
        [...document.fonts].filter(({ status }) => status === "loaded").map(({ family }) => family),
      );
      expect(fonts).toEqual(expect.arrayContaining(["KaTeX_Main", "KaTeX_AMS"]));
    });

    it("has no text that can hardly be told from the paper", async () => {
      const { page } = visited;
      const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      expect(paper).toBe(colorScheme === "dark" ? "rgb(24, 24, 23)" : "rgb(253, 253, 252)");
      expect(await page.evaluate(faintTexts, 4.5)).toEqual([]);
    });
  });
});

it("shows the differential and the Kronecker products", async () => {
  const { page } = await visit(browser, addressOf("products of Kronecker"));
  const heading = page.locator("h2", { hasText: "In other forms" });
  expect(await heading.locator("xpath=following-sibling::h3").allTextContents()).toEqual([
    "As a differential",
    "As one matrix: ∂vec(Y)/∂vec(X)ᵀ, where vec stacks columns",
  ]);
  for (const [k, text] of ["dY = A*dX*B + cos(X).*dX", "kron(B', A) + diag(vec(cos(X)))"].entries()) {
    const title = heading.locator("xpath=following-sibling::h3").nth(k);
    expect(await title.locator("xpath=following-sibling::*[2]").textContent()).toBe(text);
    const set = title.locator("xpath=following-sibling::*[1]").locator(".katex-html");
    expect(await set.isVisible()).toBe(true);
    expect(await set.textContent()).toContain(k === 0 ? "dY" : "⊗");
  }
  await page.close();
});
