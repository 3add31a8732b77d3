import { FluxionError } from "../errors.ts";
import { found, given } from "../tensor/found.ts";
import { isNumeric } from "../tensor/numeric.ts";
import { readOptions, readSwitch } from "../tensor/options.ts";
import { isPlainObject } from "../tree/tree.ts";
import type { Options } from "./types.ts";

/**
 * Throws `ARGUMENT` unless f is a function and options, where given, are an object of options that exist: core's, and
 * those that the strategy takes beside them.
 */
export function checkBinding(
  asked: string,
  f: unknown,
  options: unknown,
  extra: readonly string[] = [],
): void {
  if (typeof f !== "function")
    throw new FluxionError(
      "ARGUMENT",
      `${asked} takes the function to differentiate, found ${found(f)}. Write ${asked}(f)(x).`,
    );
  if (options === undefined) return;
  if (!isPlainObject(options))
    throw new FluxionError(
      "ARGUMENT",
      `${asked}: the second argument is an object of options such as { argument: 1 }, found ${isNumeric(options) ? "a value" : found(options)}. ` +
        `The arguments of f go into a second call: ${asked}(f)(x).`,
    );
  readOptions(asked, options, "argument", "arguments", "aux", ...extra);
  readSwitch(asked, "aux", options["aux"] as boolean | undefined);
  if (options["arguments"] !== undefined && !Array.isArray(options["arguments"]))
    throw new FluxionError(
      "ARGUMENT",
      `${asked}: arguments is an array of positions such as [0, 1], found ${found(options["arguments"])}. For one position write { argument: 0 }.`,
    );
}

/** The differentiated arguments, and the list of all arguments with those replaced. Throws `ARGUMENT`. */
export function selectArguments(
  asked: string,
  options: Options,
  args: readonly unknown[],
): { selected: unknown; insert: (selected: unknown) => unknown[] } {
  const check = (position: number): number => {
    if (!Number.isInteger(position) || position < 0 || position >= args.length)
      throw new FluxionError(
        "ARGUMENT",
        `${asked}: argument ${given(position)} is to be differentiated, but f was given ${args.length} arguments (counted from 0).`,
      );
    return position;
  };
  if (options.arguments !== undefined && options.argument !== undefined)
    throw new FluxionError(
      "ARGUMENT",
      `${asked}: the options name both argument and arguments. Use one of them.`,
    );
  if (options.arguments !== undefined) {
    // Array.from, so that the holes of a sparse array are seen and refused.
    const positions = Array.from(options.arguments, check);
    if (new Set(positions).size !== positions.length)
      throw new FluxionError(
        "ARGUMENT",
        `${asked}: arguments [${positions.join(", ")}] names one twice. Name each once.`,
      );
    return {
      selected: positions.map((position) => args[position]),
      insert: (selected) =>
        args.map((argument, i) =>
          positions.includes(i) ? (selected as readonly unknown[])[positions.indexOf(i)] : argument,
        ),
    };
  }
  const position = check(options.argument === undefined ? 0 : options.argument);
  return {
    selected: args[position],
    insert: (selected) => args.map((argument, i) => (i === position ? selected : argument)),
  };
}
