/** What was passed instead of what was asked for, as messages name it; works for every JavaScript value. */
export function found(x: unknown): string {
  switch (typeof x) {
    case "string":
      return `string ${JSON.stringify(x.length > 40 ? `${x.slice(0, 40)}…` : x)}`;
    case "number":
    case "boolean":
      return `${typeof x} ${String(x)}`;
    case "undefined":
      return "undefined";
    case "bigint":
      return `bigint ${String(x).slice(0, 40)}n`;
    case "object":
      return x === null
        ? "null"
        : Array.isArray(x)
          ? "an array"
          : ArrayBuffer.isView(x)
            ? "a typed array"
            : "an object";
    default:
      return typeof x;
  }
}

/** The same for what should have been a number: numbers alone, so that a message reads "no axis 3". */
export function given(x: unknown): string {
  return typeof x === "number" ? String(x) : found(x);
}
