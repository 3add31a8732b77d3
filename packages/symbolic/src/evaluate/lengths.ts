import { factorsOfDimension } from "../ir/dimension.ts";
import type { Dimension, Dimensions } from "../ir/node.ts";

/** What the constant for the length of an axis begins with, unless its name is one letter. */
export const LENGTH = "length_";

/** The constant for the length of an axis: n and m2 as they are, other names behind what no operator is called. */
export const lengthName = (symbol: string): string =>
  /^[a-uw-zA-Z]\d*$/.test(symbol) ? symbol : `${LENGTH}${symbol}`;

/** The length of an axis as source. */
export function dimensionCode(dimension: Dimension): string {
  const { number, names } = factorsOfDimension(dimension);
  return [...(number === 1 && names.length > 0 ? [] : [`${number}`]), ...names.map(lengthName)].join("*");
}

/** Whether a name is the length of an axis. */
export const isLength = (name: string, shapes: ReadonlyMap<string, Dimensions>): boolean =>
  !shapes.has(name) &&
  [...shapes.values()].some((dims) =>
    dims.some((dimension) => factorsOfDimension(dimension).names.includes(name)),
  );

/** The lengths of axes that the body names: axes of variables, or found by division where an axis is a product. */
export function lengthLines(variables: ReadonlyMap<string, Dimensions>, body: string): readonly string[] {
  const lines = new Map<string, string>();
  const axes = [...variables].flatMap(([variable, dims]) =>
    dims.map((dimension, axis) => ({
      ...factorsOfDimension(dimension),
      code: `asTensor(values.${variable}).shape[${axis}]`,
    })),
  );
  const define = (symbol: string, pending: readonly string[]): boolean => {
    if (lines.has(symbol)) return true;
    const found = axes
      .filter(({ names }) => names.filter((name) => name === symbol).length === 1)
      .sort((a, b) => a.names.length - b.names.length)
      .find(({ names }) =>
        names.every(
          (name) => name === symbol || (!pending.includes(name) && define(name, [...pending, symbol])),
        ),
      );
    if (found === undefined) return false;
    const divisors = [
      ...(found.number === 1 ? [] : [`${found.number}`]),
      ...found.names.filter((name) => name !== symbol).map(lengthName),
    ];
    const length =
      divisors.length === 0 ? `${found.code}!` : `Number(${found.code}) / ${divisors.join(" / ")}`;
    lines.set(symbol, `  const ${lengthName(symbol)} = ${length};`);
    return true;
  };
  for (const symbol of new Set(axes.flatMap(({ names }) => names)))
    if (new RegExp(`(?<![.\\w])${lengthName(symbol)}(?!\\w)`).test(body)) define(symbol, []);
  return [...lines.values()];
}
