import { FluxionError } from "../errors.ts";
import { found } from "../tensor/found.ts";
import type { Shape } from "../tensor/shape.ts";
import { formatShape, sizeOf } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { TreeStructure } from "../tree/tree.ts";
import { checkGraph } from "./check-graph.ts";
import type { Graph, GraphNode } from "./graph.ts";

/** Constants with more entries than this are printed as a placeholder of their shape. */
const LARGEST_LITERAL = 64;

/**
 * A graph as TypeScript source: a module that exports the function, one line for each operator. Its parameters are the
 * leaves of the traced function's arguments, in order. Constants are written out up to 64 entries; larger ones become
 * parameters after those, with their shape in a comment, and so do functions with rules of their own.
 * Throws `ARGUMENT` for a name that can't be the function's.
 *
 * @example
 * import { mul, sin, toTypeScript, trace, type Tensor } from "@fluxion/core";
 * const source = toTypeScript(trace((x: Tensor) => mul(x, sin(x)))(1));
 * source.split("\n")[3]; // =>   const v1 = sin(x0);
 */
export function toTypeScript(graph: Graph, name: string = "f"): string {
  checkGraph("toTypeScript", graph);
  const functions = new Set<string>();
  const lines: string[] = [];
  const extra: string[] = [];
  const names: string[] = [];
  graph.nodes.forEach((node, position) => {
    const operands = node.inputs.map((i) => names[i]!);
    switch (node.operator) {
      case "input":
        names.push(`x${node.attributes.index}`);
        return;
      case "constant":
        names.push(constant(node.attributes.value, position, functions, extra));
        return;
      case "custom":
        names.push(`v${position}`);
        extra.push(
          `rule${position}: (...inputs: Tensor[]) => Tensor /* ${JSON.stringify(node.attributes.name).replaceAll("*/", "*\\/")} */`,
        );
        lines.push(`const v${position} = rule${position}(${operands.join(", ")});`);
        return;
      default:
        names.push(`v${position}`);
        lines.push(`const v${position} = ${callOf(node, operands, functions)};`);
    }
  });
  let leaf = 0;
  const results = structureText(graph.outputStructure, () => names[graph.outputs[leaf++]!]!);
  const parameters = [...Array.from({ length: graph.inputs }, (_, i) => `x${i}: Tensor`), ...extra];
  return [
    `import { ${[...functions].sort().join(", ")}${functions.size > 0 ? ", " : ""}type Tensor } from "@fluxion/core";`,
    "",
    `export function ${checkName(name, functions)}(${parameters.join(", ")}) {`,
    ...lines.map((line) => `  ${line}`),
    `  return ${results};`,
    "}",
    "",
  ].join("\n");
}

/** Words that are no names of functions in a module. */
const RESERVED =
  "arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield Tensor";

/** An identifier that means nothing else in the module; anything else is refused rather than pasted into source. */
function checkName(name: string, functions: ReadonlySet<string>): string {
  if (typeof name !== "string" || !/^[A-Za-z_$][\w$]*$/.test(name) || RESERVED.split(" ").includes(name))
    throw new FluxionError(
      "ARGUMENT",
      `toTypeScript: ${found(name)} is no name for a function. Use letters and digits, such as "loss".`,
    );
  if (functions.has(name))
    throw new FluxionError(
      "ARGUMENT",
      `toTypeScript: the function can't be called ${name}, it uses the operator of that name. Use another name.`,
    );
  return name;
}

/** How the function of an operator is called with an operator's attributes. */
function callOf(node: GraphNode, operands: readonly string[], functions: Set<string>): string {
  const use = (name: string, ...parts: readonly string[]): string => {
    functions.add(name);
    return `${name}(${parts.join(", ")})`;
  };
  const list = (values: readonly number[]): string => `[${values.join(", ")}]`;
  const [x] = operands as [string];
  switch (node.operator) {
    case "reshape":
    case "broadcastTo":
      return use(node.operator, x, list(node.attributes.shape));
    case "permute":
      return use("permute", x, list(node.attributes.axes));
    case "slice": {
      const { starts, stops, steps } = node.attributes;
      return use(
        "slice",
        x,
        `[${starts.map((start, axis) => `[${start}, ${stops[axis]!}, ${steps[axis]!}]`).join(", ")}]`,
      );
    }
    case "pad": {
      const { before, after } = node.attributes;
      return use("pad", x, `[${before.map((count, axis) => `[${count}, ${after[axis]!}]`).join(", ")}]`);
    }
    case "take":
      return use("take", x, list(node.attributes.indices), `{ axis: ${node.attributes.axis} }`);
    case "scatterAdd":
      return use(
        "scatterAdd",
        x,
        list(node.attributes.indices),
        `{ axis: ${node.attributes.axis}, size: ${node.attributes.size} }`,
      );
    case "tril":
    case "triu":
      return use(node.operator, x, String(node.attributes.k));
    case "polygamma":
      return use("polygamma", String(node.attributes.order), x);
    case "concatenate":
    case "stack":
      return use(node.operator, `[${operands.join(", ")}]`, `{ axis: ${node.attributes.axis} }`);
    case "einsum":
      return use(
        node.attributes.strong ? "strongEinsum" : "einsum",
        JSON.stringify(node.attributes.subscripts),
        ...operands,
      );
    case "matmul":
      return use(
        node.attributes.strong ? "strongMatmul" : "matmul",
        ...operands,
        `{ transposeA: ${node.attributes.transposeA}, transposeB: ${node.attributes.transposeB} }`,
      );
    case "matvec":
      return use(
        node.attributes.strong ? "strongMatvec" : "matvec",
        ...operands,
        `{ transpose: ${node.attributes.transpose} }`,
      );
    case "trace":
      return use("matrixTrace", x);
    default: {
      const attributes = Object.entries(node.attributes).map(
        ([key, value]) => `${key}: ${Array.isArray(value) ? list(value as number[]) : String(value)}`,
      );
      return use(
        node.operator,
        ...operands,
        ...(attributes.length > 0 ? [`{ ${attributes.join(", ")} }`] : []),
      );
    }
  }
}

function constant(value: Tensor, position: number, functions: Set<string>, extra: string[]): string {
  if (value.level !== 0 || sizeOf(value.shape) > LARGEST_LITERAL) {
    extra.push(`c${position}: Tensor /* shape ${formatShape(value.shape)} */`);
    return `c${position}`;
  }
  if (value.shape.length === 0) return numberText(value.item());
  if (sizeOf(value.shape) === 0) {
    functions.add("zeros");
    return `zeros(${formatShape(value.shape)})`;
  }
  functions.add("tensor");
  return `tensor(${nestedText(value.shape, value.data)})`;
}

function nestedText(shape: Shape, data: ArrayLike<number>): string {
  let position = 0;
  const nest = (axis: number): string =>
    axis === shape.length
      ? numberText(data[position++]!)
      : `[${Array.from({ length: shape[axis]! }, () => nest(axis + 1)).join(", ")}]`;
  return nest(0);
}

function numberText(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

function structureText(structure: TreeStructure, leaf: () => string): string {
  switch (structure.kind) {
    case "leaf":
      return leaf();
    case "array":
      return `[${structure.children.map((child) => structureText(child, leaf)).join(", ")}]`;
    case "object":
      return `{ ${structure.keys.map((key, i) => `${JSON.stringify(key)}: ${structureText(structure.children[i]!, leaf)}`).join(", ")} }`;
  }
}
