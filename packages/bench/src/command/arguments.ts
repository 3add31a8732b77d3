import { FluxionError, tensor } from "@fluxion/core";
import type { NestedArray, Tensor } from "@fluxion/core";
import type { Assumption, Dimensions } from "@fluxion/symbolic";

/** `X=m,n` and the like, as given once or several times: the shape of every name. Throws `ARGUMENT`. */
export function parseShapes(texts: readonly string[]): Record<string, Dimensions> {
  return assignments("--shape", texts, (name, text) => {
    if (text === "") return [];
    return text.split(",").map((part) => {
      const size = part.trim();
      if (/^[0-9]+$/.test(size)) return Number(size);
      if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(size)) return size;
      throw new FluxionError(
        "ARGUMENT",
        `--shape ${name}=${text}: "${part}" is not the size of an axis. Write a number or a name, as in --shape ${name}=m,3.`,
      );
    });
  });
}

/** `X=[[1,2],[3,4]]` and the like: the tensor of every name. Throws `ARGUMENT`. */
export function parseValues(texts: readonly string[]): Record<string, Tensor> {
  return assignments("--at", texts, (name, text) => {
    try {
      return tensor(JSON.parse(text) as NestedArray);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new FluxionError(
        "ARGUMENT",
        `--at ${name}=${text}: not a number or nested arrays of numbers (${why}). Write --at ${name}=[1,2,3].`,
      );
    }
  });
}

const assumptions: readonly Assumption[] = ["symmetric", "spd", "diagonal", "orthogonal", "positive"];

/** `A=spd` and the like: what is assumed of every name. Throws `ARGUMENT`. */
export function parseAssumptions(texts: readonly string[]): Record<string, Assumption> {
  return assignments("--assume", texts, (name, text) => {
    const found = assumptions.find((assumption) => assumption === text);
    if (found !== undefined) return found;
    throw new FluxionError(
      "ARGUMENT",
      `--assume ${name}=${text}: expected one of ${assumptions.join(", ")}.`,
    );
  });
}

/** A number of at least `least`. Throws `ARGUMENT`. */
export function parseNumber(option: string, text: string, least: number): number {
  const value = Number(text);
  if (text.trim() !== "" && value >= least && value < Infinity) return value;
  throw new FluxionError("ARGUMENT", `${option} ${text}: expected a number of at least ${least}.`);
}

/** An integer of at least `least`. Throws `ARGUMENT`. */
export function parseInteger(option: string, text: string, least: number): number {
  const value = parseNumber(option, text, least);
  if (Number.isSafeInteger(value)) return value;
  throw new FluxionError("ARGUMENT", `${option} ${text}: expected a whole number.`);
}

function assignments<Value>(
  option: string,
  texts: readonly string[],
  parse: (name: string, text: string) => Value,
): Record<string, Value> {
  return Object.fromEntries(
    texts.map((text) => {
      const [, name, value] = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/s.exec(text) ?? [];
      if (name === undefined || value === undefined) {
        throw new FluxionError(
          "ARGUMENT",
          `${option} ${text}: expected a name and a value, as in ${option} X=….`,
        );
      }
      return [name, parse(name, value)];
    }),
  );
}
