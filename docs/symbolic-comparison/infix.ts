import { parseNotation, type NotationNode } from "@fluxion/core";

/** What has a name here and a formula elsewhere; a library is asked in words that it knows. */
const formulas: Readonly<Record<string, string>> = {
  sigmoid: "1/(1 + exp(-($1)))",
  softplus: "log(1 + exp($1))",
  square: "($1)^2",
  reciprocal: "1/($1)",
  expm1: "exp($1) - 1",
  log1p: "log(1 + ($1))",
  log2: "log($1)/log(2)",
  log10: "log($1)/log(10)",
  cbrt: "($1)^(1/3)",
  hypot: "sqrt(($1)^2 + ($2)^2)",
  erfc: "1 - erf($1)",
  relu: "max($1, 0)",
  sec: "1/cos($1)",
  csc: "1/sin($1)",
  cot: "1/tan($1)",
  sech: "1/cosh($1)",
  csch: "1/sinh($1)",
  coth: "1/tanh($1)",
};

/** An answer's functions that core has not, as formulas. */
export const withoutReciprocals = (text: string): string =>
  /\b(?:sec|csc|cot)h?\(/.test(text) ? writeInfix(text, OWN) : text;

/** The formula in a library's words. */
export function writeInfix(text: string, functions: Readonly<Record<string, string>>): string {
  const write = (tree: NotationNode): string => {
    switch (tree.kind) {
      case "number":
        return tree.text.includes("e") ? `${Number(tree.text)}` : tree.text;
      case "name":
        return tree.name;
      case "negate":
        return `(-${write(tree.operand)})`;
      case "transpose":
        return `transpose(${write(tree.operand)})`;
      case "binary":
        return `(${write(tree.left)}${tree.operator.replace(".", "")}${write(tree.right)})`;
      case "call": {
        const operands = tree.operands.map(write);
        const formula = Object.hasOwn(functions, tree.name) ? undefined : formulas[tree.name];
        if (formula !== undefined)
          return `(${formula.replace(/\$(\d)/g, (_, k: string) => operands[Number(k) - 1]!)})`;
        return `${functions[tree.name] ?? tree.name}(${operands.join(",")})`;
      }
      default:
        throw new Error(`${text} is no formula`);
    }
  };
  return write(parseNotation(text));
}

/** What core has itself. */
const OWN = { cbrt: "cbrt", erfc: "erfc" };

/** MathJSON: the formula as nested arrays. */
export type MathJson = string | number | { readonly num: string } | readonly [string, ...MathJson[]];

const heads: Readonly<Record<string, string>> = {
  "+": "Add", "-": "Subtract", "*": "Multiply", "/": "Divide", "^": "Power", sin: "Sin", cos: "Cos", tan: "Tan", asin: "Arcsin", acos: "Arccos",
  atan: "Arctan", atan2: "Arctan2", sinh: "Sinh", cosh: "Cosh", tanh: "Tanh", asinh: "Arsinh", acosh: "Arcosh", atanh: "Artanh", exp: "Exp",
  log: "Ln", sqrt: "Sqrt", abs: "Abs", sign: "Sign", erf: "Erf", max: "Max", min: "Min", floor: "Floor", lgamma: "GammaLn", digamma: "Digamma",
  polygamma: "PolyGamma", norm2: "Norm", tr: "Trace", det: "Determinant", inv: "Inverse", sum: "Sum", transpose: "Transpose",
}; // prettier-ignore

export function writeMathJson(text: string): MathJson {
  const write = (tree: NotationNode): MathJson => {
    switch (tree.kind) {
      case "number":
        return Number(tree.text);
      case "name":
        return tree.name === "pi" ? "Pi" : tree.name;
      case "negate":
        return ["Negate", write(tree.operand)];
      case "binary":
        return [heads[tree.operator]!, write(tree.left), write(tree.right)];
      case "call":
        return [heads[tree.name] ?? tree.name, ...tree.operands.map(write)];
      default:
        throw new Error(`${text} is no formula`);
    }
  };
  return write(parseNotation(writeInfix(text, {})));
}

const names: Readonly<Record<string, string>> = {
  Pi: "pi", ExponentialE: "e", ...Object.fromEntries(Object.entries(heads).map(([own, head]) => [head, own])), Log: "log10",
}; // prettier-ignore

const joined: Readonly<Record<string, string>> = {
  Add: " + ",
  Multiply: "*",
  Divide: "/",
  Subtract: " - ",
  Rational: "/",
};

/** MathJSON in our notation. */
export function readMathJson(json: MathJson): string {
  if (typeof json === "number") return json < 0 ? `(-${-json})` : `${json}`;
  if (typeof json === "string") return names[json] ?? json;
  if (!Array.isArray(json)) return (json as { readonly num: string }).num;
  const [head, ...operands] = json as readonly [string, ...MathJson[]];
  const parts = operands.map(readMathJson);
  if (head === "Negate") return `(-${parts[0]!})`;
  if (head === "Half") return "(1/2)";
  if (head === "Square") return `(${parts[0]!})^2`;
  if (head === "Power") return `(${parts[0]!})^(${parts[1]!})`;
  if (head === "Root") return `(${parts[0]!})^(1/${parts[1]!})`;
  if (Object.hasOwn(joined, head)) return `(${parts.join(joined[head])})`;
  return `${names[head] ?? head}(${parts.join(", ")})`;
}
