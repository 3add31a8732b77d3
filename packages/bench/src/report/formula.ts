import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import katex from "katex";
import type { Builder } from "./document.ts";

/** LaTeX as HTML and MathML in a block of its own; text that KaTeX can't read is shown as it is, in red. */
export function formula({ markup }: Builder, latex: string): HTMLElement {
  const options = {
    displayMode: true,
    throwOnError: false,
    errorColor: "var(--bad)",
    trust: false,
    strict: "ignore",
  } as const;
  return markup("div", { class: "formula" }, katex.renderToString(latex, options));
}

/** What formulas of matrix calculus are set in; the other families (Fraktur, script, …) would double the report. */
const families = /KaTeX_(?:Main|Math|AMS|Size\d)\b/;

/** KaTeX's style sheet with its fonts inside, so that a report needs no network. */
export function formulaStyle(): string {
  const folder = new URL(".", pathToFileURL(createRequire(import.meta.url).resolve("katex")));
  const style = readFileSync(new URL("katex.min.css", folder), "utf8");
  return style.replaceAll(/@font-face\{[^}]*\}/g, (face) => {
    const file = /url\((fonts\/[^)]+\.woff2)\)/.exec(face)?.[1];
    if (file === undefined || !families.test(face)) return "";
    const font = readFileSync(new URL(file, folder)).toString("base64");
    return face.replace(/src:[^}]*/, `src:url(data:font/woff2;base64,${font}) format("woff2")`);
  });
}
