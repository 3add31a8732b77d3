import { FluxionError } from "../errors.ts";
import { found, given } from "./found.ts";

/** Throws `ARGUMENT` for options that are not an object or that have a key the function doesn't know, such as `axis` for `axes`. */
export function readOptions(asked: string, options: object, ...known: readonly string[]): void {
  if (typeof options !== "object" || options === null)
    throw new FluxionError(
      "ARGUMENT",
      `${asked}: the options are an object { ${known.join(", ")} }; found ${given(options)}.`,
    );
  for (const key in options)
    if (!known.includes(key))
      throw new FluxionError(
        "ARGUMENT",
        `${asked} has no option "${key}". Its options are { ${known.join(", ")} }.`,
      );
}

/** An option that is true or false (when not given). Throws `ARGUMENT` for anything else, such as the text "no". */
export function readSwitch(asked: string, name: string, given: boolean | undefined): boolean {
  if (given === undefined || typeof given === "boolean") return given === true;
  throw new FluxionError("ARGUMENT", `${asked}: ${name} is true or false; found ${found(given)}.`);
}
