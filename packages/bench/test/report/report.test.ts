import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import { formatDuration, formatNumber } from "../../src/report/format.ts";
import { benchmarkText, fitText, markdownReport } from "../../src/report/index.ts";
import { htmlReport } from "../../src/report/page.ts";
import { benchmark, hostile, report } from "./example.ts";

test.each([
  [1_500_000, "25 min"],
  [7_200_000, "2 h"],
  [1234, "1.23 s"],
  [999.9, "1 s"],
  [1, "1 ms"],
  [0.8304, "830 µs"],
  [0.0000214, "21.4 ns"],
  [0, "0 ns"],
])("%d milliseconds are written as %s", (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text);
});

test.each([
  [0, "0"],
  [1.2345, "1.23"],
  [123_456, "123000"],
  [2.2e-16, "2.2e-16"],
  [Infinity, "∞"],
  [NaN, "–"],
])("%d is written as %s", (value, text) => {
  expect(formatNumber(value)).toBe(text);
});

describe("the HTML page", () => {
  const html = htmlReport(report);
  const { document } = parseHTML(html);

  test("needs nothing from outside", () => {
    expect(document.querySelectorAll("script, link, img, iframe")).toHaveLength(0);
    const addresses = [...html.matchAll(/(?:src|href)="([^"]*)"|url\(([^)]*)\)/g)].map(
      (match) => match[1] ?? match[2]!,
    );
    expect(addresses.length).toBeGreaterThan(5);
    for (const address of addresses) expect(address).toMatch(/^(#|data:)/);
  });

  test("shows text as text", () => {
    expect(html).not.toContain("<script");
    expect(document.querySelector("p.note")!.textContent).toContain(hostile);
    const titles = [...document.querySelectorAll("h3")].map((heading) => heading.textContent);
    expect(titles).toContain(`${hostile} — jacobian`);
  });

  test("has a plot of times and a plot of ratios for every workload", () => {
    expect(document.querySelectorAll(".plots")).toHaveLength(2);
    expect(document.querySelectorAll(".plots > *").length).toBe(3);
  });

  test("sets formulas, and shows what can't be set", () => {
    expect(document.querySelectorAll(".katex").length).toBeGreaterThanOrEqual(3);
    expect(document.querySelectorAll(".formula").length).toBeGreaterThanOrEqual(4);
    expect(html).toContain("\\notacommand");
  });

  test("has a row for every cell", () => {
    const rows = document.querySelectorAll("#least-squares ~ .scroll tbody tr");
    expect(rows.length).toBeGreaterThanOrEqual(9 + 3);
    expect(html).toContain("≈ 25 min (predicted)");
  });
});

test("the terminal shows every cell, prediction, crossing and the environment", () => {
  const text = benchmarkText(benchmark);
  for (const part of [
    "≈ 25 min (predicted)",
    "wrong by 0.5",
    "failed",
    "100 µs",
    "81.9 kB",
    "15×",
    "n^1.62 (theory 2)",
    "n ≈ 12.3",
    "V8 11.3",
  ])
    expect(text).toContain(part);
  expect(fitText(report.fits![0]!)).toContain("normal equations");
});

test("Markdown tables have as many columns in each row, whatever the text", () => {
  const markdown = markdownReport(report);
  expect(markdown).not.toMatch(/(?<!\\)<script/);
  const tables = markdown.split("\n\n").filter((block) => block.startsWith("|"));
  expect(tables.length).toBeGreaterThanOrEqual(4);
  for (const rows of tables.map((block) => block.trim().split("\n"))) {
    const widths = rows.map((row) => row.replaceAll(String.raw`\|`, "").split("|").length);
    expect(new Set(widths).size).toBe(1);
  }
});
