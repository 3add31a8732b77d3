/**
 * How a comment may write a value: as JSON.stringify does, as a tensor prints itself, or as this function does, which
 * looks like the source that makes the value.
 */
export function display(value: unknown): string {
  if (Object.is(value, -0)) return "-0";
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return "[function]";
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    return `[${Array.from(value as unknown as Iterable<unknown>, nested).join(", ")}]`;
  }
  if (value.toString !== Object.prototype.toString) return value.toString();
  const entries = Object.entries(value).map(([key, entry]) => `${key}: ${nested(entry)}`);
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

const nested = (value: unknown): string =>
  typeof value === "string" ? JSON.stringify(value) : display(value);

/** Whether `expected` is a way to write `value`. Spaces next to brackets and commas, and line breaks, don't count. */
export function matches(value: unknown, expected: string): boolean {
  const written = compact(expected);
  if (typeof value === "string")
    return written === compact(value) || written === compact(JSON.stringify(value));
  const isJson = typeof value === "object" && value !== null;
  return written === compact(display(value)) || (isJson && written === compact(JSON.stringify(value)));
}

const compact = (text: string): string =>
  text
    .trim()
    .replaceAll(/\s+/g, " ")
    .replaceAll(/(?<=[[\]{},:]) | (?=[[\]{},:])/g, "");
