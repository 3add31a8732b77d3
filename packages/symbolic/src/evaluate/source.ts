import {
  FluxionError,
  interpret,
  type Algebra,
  type Context,
  type NotationNode,
  type Oriented,
} from "@fluxion/core";
import { productOfDimensions } from "../ir/dimension.ts";
import type { Dimension, Dimensions, TensorNode } from "../ir/node.ts";
import { reachable } from "../ir/node.ts";
import { LENGTH, dimensionCode, isLength, lengthLines, lengthName } from "./lengths.ts";
import { shapeAfter } from "./result-shapes.ts";
import { evaluateIndexed, type IndexAlgebra } from "./indexed.ts";

/** A piece of source and the shape of its value. */
interface Written {
  readonly code: string;
  readonly shape: Dimensions;
}

/** Statements of a function under construction; equal calls are written once. */
interface Writer {
  readonly imports: Set<string>;
  readonly lines: string[];
  readonly known: Map<string, string>;
}

/** `name(operands…)` as a constant of its own. */
function statement(writer: Writer, name: string, call: string): string {
  writer.imports.add(name);
  const known = writer.known.get(call);
  if (known !== undefined) return known;
  const variable = `v${writer.known.size + 1}`;
  writer.known.set(call, variable);
  writer.lines.push(`  const ${variable} = ${call};`);
  return variable;
}

const shapeCode = (shape: Dimensions): string => `[${shape.map(dimensionCode).join(", ")}]`;

/** Whether a piece of source is a whole number, the name of the length of an axis, or a product of them. */
const isLengthCode = ({ code, shape }: Written): boolean =>
  shape.length === 0 && /^[A-Za-z0-9_*]+$/.test(code) && !/^v\d+$/.test(code);

const lengthOf = ({ code }: Written): Dimension =>
  productOfDimensions(
    ...code
      .split("*")
      .map((part) =>
        /^\d+$/.test(part) ? Number(part) : part.startsWith(LENGTH) ? part.slice(LENGTH.length) : part,
      ),
  );

function sourceAlgebra(writer: Writer): Algebra<Written> {
  return {
    number: (text) => ({ code: `${Number(text)}`, shape: [] }),
    wholeNumber: ({ code }) => (/^\d+$/.test(code) ? Number(code) : undefined),
    shapeOf: ({ shape }) => shapeCode(shape),
    identityLike: ({ shape }) => ({
      code: statement(writer, "eye", `eye(${dimensionCode(shape[0]!)})`),
      shape,
    }),
    apply: (name, operands, switches = {}) => {
      const codes = operands.map(({ code }) => code);
      if (name === "mul" && operands.every(isLengthCode)) return { code: codes.join("*"), shape: [] };
      if (name === "pow" && operands.every(isLengthCode) && /^[2-9]$/.test(codes[1]!)) return { code: Array.from({ length: Number(codes[1]) }, () => codes[0]).join("*"), shape: [] }; // prettier-ignore
      if (name === "unvec") return { code: statement(writer, name, `unvec(${codes.join(", ")})`), shape: operands.slice(1).map(lengthOf) }; // prettier-ignore
      if (name === "eye") return { code: statement(writer, "eye", `eye(${codes[0]})`), shape: [lengthOf(operands[0]!), lengthOf(operands[0]!)] }; // prettier-ignore
      if (name === "ones" || name === "zeros") return { code: statement(writer, name, `${name}([${codes.join(", ")}])`), shape: operands.map(lengthOf) }; // prettier-ignore
      const on = Object.keys(switches).filter((key) => switches[key]).map((key) => `${key}: true`); // prettier-ignore
      const all = [...codes, ...(on.length > 0 ? [`{ ${on.join(", ")} }`] : [])];
      return {
        code: statement(writer, name, `${name}(${all.join(", ")})`),
        shape: shapeAfter(name, operands, switches),
      };
    },
  };
}

function indexAlgebra(writer: Writer, shapes: ReadonlyMap<string, Dimensions>): IndexAlgebra<string> {
  const call = (name: string, operands: readonly string[]): string =>
    statement(writer, name, `${name}(${operands.join(", ")})`);
  return {
    number: (value) => `${value}`,
    name: (name) => (name === "pi" && !shapes.has("pi") ? "Math.PI" : reference(name, shapes)),
    apply: call,
    einsum: (subscripts, operands) => call("einsum", [JSON.stringify(subscripts), ...operands]),
    identity: (dimension) => call("eye", [dimensionCode(dimension)]),
    expmDerivative: (value, order) => call("expmDerivative", [value, `{ order: ${order} }`]),
    reshape: (value, dims) => call("reshape", [value, shapeCode(dims)]),
    ones: (dimension) => call("ones", [`[${dimensionCode(dimension)}]`]),
  };
}

/** A variable is read from the argument, so that its name can clash with nothing. */
const reference = (name: string, shapes: ReadonlyMap<string, Dimensions>): string =>
  isLength(name, shapes) ? lengthName(name) : `values.${name}`;

const KINDS = ["scalar", "column", "matrix"] as const;

/** A module that exports one function of the variables by name. */
export function writeFunction(
  name: string,
  node: TensorNode,
  tree: NotationNode | undefined,
  shapes: ReadonlyMap<string, Dimensions>,
): string {
  const writer: Writer = { imports: new Set(["asTensor"]), lines: [], known: new Map() };
  const variables = new Map(
    reachable(node).flatMap((part) => (part.kind === "variable" ? [[part.name, part.dims] as const] : [])),
  );
  for (const [variable, dims] of shapes) variables.set(variable, dims);
  const result =
    tree === undefined
      ? evaluateIndexed(indexAlgebra(writer, shapes), node)
      : writeTree(writer, tree, variables, shapes);
  const body = [...writer.lines, `  return asTensor(${result});`].join("\n");
  const lengths = lengthLines(variables, body);
  checkName(name, writer.imports);
  const parameters = [...variables.keys()].map((variable) => `readonly ${variable}: Numeric`).join("; ");
  return [
    `import { ${[...writer.imports].sort().join(", ")}, type Numeric, type Tensor } from "@fluxion/core";`,
    "",
    `export function ${name}(values: { ${parameters} }): Tensor {`,
    ...lengths,
    body,
    "}",
    "",
  ].join("\n");
}

/** Throws `ARGUMENT` for a name that no function of the module can have. */
function checkName(name: string, imports: ReadonlySet<string>): void {
  const isName = typeof name === "string" && /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(name) && !RESERVED.has(name);
  if (isName && !imports.has(name)) return;
  throw new FluxionError(
    "ARGUMENT",
    isName
      ? `The source imports ${name} from core, so its function needs another name.`
      : `${JSON.stringify(name)} cannot name a function in TypeScript; a name is letters, digits, _ and $, such as "gradient".`,
  );
}

const RESERVED: ReadonlySet<string> = new Set(
  "await break case catch class const continue debugger default delete do else enum export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield eval arguments async undefined NaN Infinity Math Numeric Tensor".split(" "),
); // prettier-ignore

function writeTree(
  writer: Writer,
  tree: NotationNode,
  variables: ReadonlyMap<string, Dimensions>,
  shapes: ReadonlyMap<string, Dimensions>,
): string {
  const named = (name: string): Oriented<Written> => {
    const dims = variables.get(name) ?? [];
    const code = variables.has(name) || name !== "pi" ? reference(name, shapes) : "Math.PI";
    return { kind: KINDS[dims.length]!, value: { code, shape: dims }, transposed: false };
  };
  const context: Context<Written> = {
    source: "",
    algebra: sourceAlgebra(writer),
    name: named,
    placeholder: () => named(""),
  };
  const { value, transposed } = interpret(context, tree);
  return transposed ? context.algebra.apply("transpose", [value]).code : value.code;
}
