import { latexName } from "../display/latex-name.ts";
import { toLatex, type IsArray } from "../display/latex.ts";
import { toText } from "../display/text.ts";
import type { Dimension, TensorNode } from "../ir/node.ts";
import { read, type Reader } from "../readback/reader.ts";

/** How index notation is written: text or LaTeX. */
export interface Style {
  readonly name: (name: string, indices: readonly string[]) => string;
  /** δ; spelled as an identity matrix where a variable has its name. */
  readonly delta: (indices: readonly string[], length: Dimension, isTaken: boolean) => string;
  readonly call: (name: string, operands: readonly string[]) => string;
  readonly matrixFunction: (name: string, operand: string, indices: readonly string[]) => string;
  readonly fraction: (over: string, under: string) => string;
  readonly times: string;
  readonly power: (base: string, exponent: string) => string;
  readonly sum: (indices: readonly string[], body: string) => string;
  readonly group: (body: string) => string;
  readonly whole: (reader: Reader, node: TensorNode) => string | undefined;
}

const subscript = (indices: readonly string[]): string =>
  indices.length === 0 ? "" : `[${indices.join(",")}]`;

/** `sum[k](A[i,k]*x[k])`, `delta[i,j]`, `inv(X)[i,j]` */
export const textStyle: Style = {
  name: (name, indices) => `${name}${subscript(indices)}`,
  delta: (indices, length, isTaken) => `${isTaken ? `eye(${length})` : "delta"}${subscript(indices)}`,
  call: (name, operands) => `${name}(${operands.join(", ")})`,
  matrixFunction: (name, operand, indices) => `${name}(${operand})${subscript(indices)}`,
  fraction: (over, under) => `${over}/${under}`,
  times: "*",
  power: (base, exponent) => `${base}^${/^\d+$/.test(exponent) ? exponent : `(${exponent})`}`,
  sum: (indices, body) => `sum[${indices.join(",")}](${body})`,
  group: (body) => `(${body})`,
  whole: (reader, node) => {
    const tree = read(reader, node);
    return tree === undefined ? undefined : toText(tree);
  },
};

export const latexStyle = (isArray: IsArray): Style => ({
  name: (name, indices) =>
    `${latexName(name, false)}${indices.length === 0 ? "" : `_{${indices.join(" ")}}`}`.replace(
      /_\{([^}]*)\}_\{/,
      "_{$1,\\,",
    ),
  delta: (indices, _, isTaken) => `${isTaken ? "I" : "\\delta"}_{${indices.join(" ")}}`,
  call: (name, operands) => `\\operatorname{${name}}\\left(${operands.join(", ")}\\right)`,
  matrixFunction: (name, operand, indices) =>
    `\\left[\\operatorname{${name}}\\left(${operand}\\right)\\right]_{${indices.join(" ")}}`,
  fraction: (over, under) => `\\frac{${over}}{${under}}`,
  times: " ",
  power: (base, exponent) => `{${base}}^{${exponent}}`,
  sum: (indices, body) => `\\sum_{${indices.join(", ")}} ${body}`,
  group: (body) => `\\left(${body}\\right)`,
  whole: (reader, node) => {
    const tree = read(reader, node);
    return tree === undefined ? undefined : toLatex(tree, isArray);
  },
});

/** Letters for indices, apart from the names that occur. */
export function indexLetters(count: number, taken: ReadonlySet<string>): readonly string[] {
  const letters: string[] = [];
  for (let round = 0; letters.length < count; round++)
    for (const letter of "ijklpqrstuv") {
      const name = round === 0 ? letter : `${letter}${round}`;
      if (letters.length < count && !taken.has(name)) letters.push(name);
    }
  return letters;
}
