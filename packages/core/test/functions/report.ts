import { arch } from "node:process";
import type { Case } from "./cases/index.ts";
import type { Measurement, Worst } from "./worst.ts";

export type Row = { readonly of: Case; readonly measured: Measurement };

/** The table of the greatest errors, in Markdown. */
export function accuracyReport(rows: readonly Row[]): string {
  const table = rows.map(({ of, measured }) => [
    of.name,
    of.domain,
    String(measured.points),
    inUlps(measured.ulps),
    "floor" in of.limit ? measured.relative.error.toExponential(1) : "",
    point(("floor" in of.limit ? measured.relative : measured.ulps).at),
    of.engine ? inUlps(measured.engine) : "",
  ]);
  return [
    "# Accuracy of the elementwise functions",
    "",
    "Written by `node packages/core/scripts/accuracy.mjs [points]`: the greatest error over random points (half of them",
    "random bit patterns, half uniform, in the intervals given) and a list of adversarial ones, against a reference of",
    "192 bits that the tests compute with big integers. One ulp is the spacing of float64 at the exact value; a correctly",
    "rounded result has at most 0.5. lgamma and digamma have zeros at odd places below 0: there the relative error counts",
    "against max(|exact|, 1), that of polygamma(n) against max(|exact|, 0.1·n!), and ulp are unbounded next to a zero.",
    "neg, abs, sign, relu, floor, ceil, round, maximum and minimum are exact, and not listed.",
    "The last column is the engine's own function at the same points.",
    "",
    `Node ${process.version}, ${arch}.`,
    "",
    line([
      "function",
      "drawn from",
      "points",
      "max ulp",
      "max relative error",
      "worst at",
      "`Math.*`, max ulp",
    ]),
    line(["---", "---", "--:", "--:", "--:", "---", "--:"]),
    ...table.map(line),
    "",
  ].join("\n");
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function inUlps({ error }: Worst): string {
  return error < 1000 ? error.toFixed(3) : error.toExponential(1);
}

function point(at: readonly number[]): string {
  return at.length === 1 ? String(at[0]) : `(${at.join(", ")})`;
}
