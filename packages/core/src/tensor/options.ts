import { FluxionError } from "../errors.ts";

/** Throws `ARGUMENT` for options that are not an object or that have a key the function doesn't know, such as `axis` for `axes`. */
export function readOptions(asked: string, options: object, ...known: readonly string[]): void {
  if (typeof options !== "object" || options === null)
    throw new FluxionError(
      "ARGUMENT",
      `${asked}: the options are an object { ${known.join(", ")} }; found ${String(options)}.`,
    );
  for (const key in options)
    if (!known.includes(key))
      throw new FluxionError(
        "ARGUMENT",
        `${asked} has no option "${key}". Its options are { ${known.join(", ")} }.`,
      );
}
