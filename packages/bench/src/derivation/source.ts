import highlight from "highlight.js/lib/core";
import typescript from "highlight.js/lib/languages/typescript";
import type { Builder } from "../report/document.ts";

highlight.registerLanguage("typescript", typescript);

/** TypeScript, coloured, in a box of its own that scrolls where a line is too long. */
export function sourceBlock({ element, markup }: Builder, source: string): HTMLElement {
  const { value } = highlight.highlight(source.trimEnd(), { language: "typescript" });
  return element("pre", { class: "source", tabindex: 0 }, markup("code", {}, value));
}

/** Colours of the parts of speech, readable on both papers. */
export const sourceStyle = `
:root { --keyword: #7d3a9e; --literal: #98450a; --string: #00734f; --title: #0a5aa8; }
@media (prefers-color-scheme: dark) {
  :root { --keyword: #d2a1ee; --literal: #f0ad6d; --string: #4cc79b; --title: #8fbdf5; }
}
pre.source { overflow-x: auto; margin: .5rem 0 1rem; padding: .75rem 1rem; background: var(--tint); border-radius: .25em; }
pre.source code { padding: 0; background: none; }
.hljs-keyword, .hljs-built_in { color: var(--keyword); }
.hljs-number, .hljs-literal { color: var(--literal); }
.hljs-string { color: var(--string); }
.hljs-title { color: var(--title); }
`;
