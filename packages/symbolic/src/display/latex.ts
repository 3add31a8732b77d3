import type { CallNode, NotationNode } from "@fluxion/core";
import { latexName } from "./latex-name.ts";
import { bindingOf } from "./text.ts";
import { binary, isGrouped } from "./tree.ts";

/** Which names are arrays, so that they are set in bold. */
export type IsArray = (name: string) => boolean;

/** The tree in LaTeX, for math mode; needs amsmath. */
export function toLatex(
  tree: NotationNode,
  isArray: IsArray,
  nameLatex: (name: string) => string = (name) => latexName(name, isArray(name)),
): string {
  const known = new Map<NotationNode, string>();
  const print = (node: NotationNode): string => {
    const text = known.get(node) ?? write(node, nameLatex, print);
    known.set(node, text);
    return text;
  };
  return print(tree);
}

function write(
  tree: NotationNode,
  nameLatex: (name: string) => string,
  print: (node: NotationNode) => string,
): string {
  const wrap = (node: NotationNode, least: number): string =>
    bindingOf(node) < least ? parenthesised(print(node)) : print(node);
  switch (tree.kind) {
    case "number":
      return numberLatex(tree.text);
    case "name":
      return nameLatex(tree.name);
    case "placeholder":
      return `\\square_{${tree.index}}`;
    case "negate":
      return `-${wrap(tree.operand, PRODUCT)}`;
    case "transpose":
      return transposeLatex(tree.operand, print);
    case "call":
      return callLatex(tree, print);
    case "binary":
      switch (tree.operator) {
        case "+":
        case "-":
          return `${wrap(tree.left, SUM)} ${tree.operator} ${wrap(tree.right, tree.operator === "-" || tree.right.kind === "negate" ? PRODUCT : SUM)}`;
        case "*":
          return juxtapose(
            isGrouped(tree.left) ? parenthesised(print(tree.left)) : productSide(tree.left, print),
            isGrouped(tree.right) ? parenthesised(print(tree.right)) : productSide(tree.right, print),
          );
        case ".*":
          return `${productSide(tree.left, print)} \\odot ${productSide(tree.right, print)}`;
        case "/":
          return quotientLatex(tree.left, print(tree.right), print);
        case "./":
          return `${productSide(tree.left, print)} \\oslash ${wrap(tree.right, SIGN)}`;
        case "^":
          return powerLatex(tree.left, tree.right, print);
        case ".^":
          return `${powerBase(tree.left, print)}^{\\circ ${print(tree.right)}}`;
      }
  }
}

const SUM = 1;
const PRODUCT = 2;
const SIGN = 3;
const ATOM = 6;

const parenthesised = (text: string): string => `\\left(${text}\\right)`;

function numberLatex(text: string): string {
  const [mantissa, exponent] = text.toLowerCase().split("e");
  return exponent === undefined ? mantissa! : `${mantissa} \\cdot 10^{${Number(exponent)}}`;
}

/** −a/b keeps its sign in front of the fraction. */
function quotientLatex(over: NotationNode, under: string, print: (node: NotationNode) => string): string {
  const positive = withoutLeadingSign(over);
  return positive === undefined
    ? `\\frac{${print(over)}}{${under}}`
    : `-\\frac{${print(positive)}}{${under}}`;
}

function withoutLeadingSign(tree: NotationNode): NotationNode | undefined {
  if (tree.kind === "negate") return tree.operand;
  if (tree.kind !== "binary" || (tree.operator !== "*" && tree.operator !== "/")) return undefined;
  const left = withoutLeadingSign(tree.left);
  return left === undefined ? undefined : binary(tree.operator, left, tree.right);
}

/** A factor: sums and signs in parentheses, except a sign at the very start. */
function productSide(node: NotationNode, print: (node: NotationNode) => string): string {
  return bindingOf(node) < PRODUCT ? parenthesised(print(node)) : print(node);
}

const BARE_BOLD = /^(?:\\mathbf\{[A-Za-z]+\})+$/;

/** Products are written side by side; digits that would run together get a dot. */
function juxtapose(left: string, right: string): string {
  if (/^[\d-]/.test(right) || /^\\frac\{\d/.test(right))
    return `${left} \\cdot ${right.startsWith("-") ? parenthesised(right) : right}`;
  return BARE_BOLD.test(left) && BARE_BOLD.test(right) ? `${left}${right}` : `${left} ${right}`;
}

const NAMED: Readonly<Record<string, string>> = {
  sin: "\\sin", cos: "\\cos", tan: "\\tan", sinh: "\\sinh", cosh: "\\cosh", tanh: "\\tanh", exp: "\\exp", log: "\\log",
  asin: "\\arcsin", acos: "\\arccos", atan: "\\arctan", det: "\\det", max: "\\max", min: "\\min", sigmoid: "\\sigma",
  log2: "\\log_{2}", log10: "\\log_{10}", digamma: "\\psi", lgamma: "\\ln\\Gamma", relu: "\\operatorname{ReLU}",
  asinh: "\\operatorname{arsinh}", acosh: "\\operatorname{arcosh}", atanh: "\\operatorname{artanh}", sign: "\\operatorname{sgn}",
  logdet: "\\log\\left|\\det\\right|", lambdamax: "\\lambda_{\\max}", lambdavec: "\\mathbf{q}_{\\max}",
  sigmamax: "\\sigma_{\\max}", sigmaleft: "\\mathbf{u}_{\\max}", sigmaright: "\\mathbf{v}_{\\max}",
}; // prettier-ignore

const TRIGONOMETRIC: ReadonlySet<string> = new Set(["sin", "cos", "tan", "sinh", "cosh", "tanh"]);

const functionName = (name: string): string => NAMED[name] ?? `\\operatorname{${name}}`;

const RELATION: Readonly<Record<string, string>> = {
  equal: "=", notEqual: "\\ne", less: "<", lessEqual: "\\le", greater: ">", greaterEqual: "\\ge",
}; // prettier-ignore

function callLatex({ name, operands }: CallNode, print: (node: NotationNode) => string): string {
  const [a, b, c] = operands.map(print) as [string, string?, string?];
  if (Object.hasOwn(RELATION, name) && b !== undefined) return `\\left[${a} ${RELATION[name]} ${b}\\right]`;
  switch (name) {
    case "sqrt":
      return `\\sqrt{${a}}`;
    case "cbrt":
      return `\\sqrt[3]{${a}}`;
    case "abs":
      return `\\left|${a}\\right|`;
    case "floor":
      return `\\left\\lfloor ${a} \\right\\rfloor`;
    case "ceil":
      return `\\left\\lceil ${a} \\right\\rceil`;
    case "norm1":
      return `\\left\\lVert ${a} \\right\\rVert_{1}`;
    case "norm2":
      return `\\left\\lVert ${a} \\right\\rVert_{2}`;
    case "inv":
      return `${atom(operands[0]!, print)}^{-1}`;
    case "eye":
      return `\\mathbf{I}_{${a}}`;
    case "ones":
      return `\\mathbf{1}_{${b === undefined ? a : `${a} \\times ${b}`}}`;
    case "logdet":
      return `\\log\\left|\\det ${atom(operands[0]!, print)}\\right|`;
    case "kron":
      return `\\left(${kroneckerSide(operands[0]!, print)} \\otimes ${kroneckerSide(operands[1]!, print)}\\right)`;
    case "unvec":
      return `\\operatorname{vec}_{${b} \\times ${c}}^{-1}\\left(${a}\\right)`;
    case "polygamma":
      return `\\psi^{\\left(${a}\\right)}\\left(${b}\\right)`;
    case "where":
      return `\\begin{cases} ${b} & \\text{if } ${condition(operands[0]!, print)} \\\\ ${c} & \\text{otherwise} \\end{cases}`;
    default:
      return `${functionName(name)}\\left(${operands.map(print).join(", ")}\\right)`;
  }
}

/** A factor of a Kronecker product; products are put in parentheses. */
const kroneckerSide = (node: NotationNode, print: (node: NotationNode) => string): string =>
  bindingOf(node) <= PRODUCT ? parenthesised(print(node)) : print(node);

/** A relation without the brackets that turn it into 0 or 1. */
function condition(node: NotationNode, print: (node: NotationNode) => string): string {
  if (node.kind === "call" && Object.hasOwn(RELATION, node.name) && node.operands.length === 2) {
    return `${print(node.operands[0]!)} ${RELATION[node.name]} ${print(node.operands[1]!)}`;
  }
  return print(node);
}

const atom = (node: NotationNode, print: (node: NotationNode) => string): string =>
  bindingOf(node) < ATOM || isRaised(node) ? parenthesised(print(node)) : print(node);

/** Whether the LaTeX of a node ends in a superscript. */
const isRaised = (node: NotationNode): boolean =>
  node.kind === "call" && (node.name === "inv" || node.name === "polygamma");

const powerBase = atom;

function powerLatex(
  base: NotationNode,
  exponent: NotationNode,
  print: (node: NotationNode) => string,
): string {
  if (base.kind === "call" && TRIGONOMETRIC.has(base.name) && exponent.kind === "number") {
    return `${functionName(base.name)}^{${print(exponent)}}\\left(${base.operands.map(print).join(", ")}\\right)`;
  }
  return `${powerBase(base, print)}^{${print(exponent)}}`;
}

/** A⁻ᵀ for the transpose of an inverse. */
function transposeLatex(operand: NotationNode, print: (node: NotationNode) => string): string {
  if (operand.kind === "call" && operand.name === "inv")
    return `${atom(operand.operands[0]!, print)}^{-\\top}`;
  return `${atom(operand, print)}^{\\top}`;
}
