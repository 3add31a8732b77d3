import { FluxionError } from "../errors.ts";
import type { FluxionErrorCode } from "../errors.ts";
import type { Span } from "./ast.ts";

/** Longest piece of a source line that an error message shows. */
const LINE_WIDTH = 76;

/** The source line that holds `span.start`, with a caret under that character. */
export function excerpt(source: string, span: Span): string {
  const start = Math.min(span.start, source.length);
  const lineStart = source.lastIndexOf("\n", start - 1) + 1;
  const lineBreak = source.indexOf("\n", start);
  const line = source.slice(lineStart, lineBreak < 0 ? source.length : lineBreak);
  const column = start - lineStart;
  const skipped = column > LINE_WIDTH - 16 ? column - LINE_WIDTH / 2 : 0;
  const shown = line.slice(skipped, skipped + LINE_WIDTH).replace(/[\t\r]/g, " ");
  const prefix = skipped > 0 ? "…" : "";
  return `  ${prefix}${shown}\n  ${" ".repeat(prefix.length + column - skipped)}^`;
}

/** An error about one place in a source text: the message, then the line with a caret. */
export function notationError(
  code: FluxionErrorCode,
  message: string,
  source: string,
  span: Span,
): FluxionError {
  return new FluxionError(code, `${message}\n${excerpt(source, span)}`);
}
