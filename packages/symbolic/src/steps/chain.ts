import { derive } from "../derive.ts";
import { parse } from "../parse.ts";
import { latexName } from "../display/latex-name.ts";
import { toLatex } from "../display/latex.ts";
import { toText } from "../display/text.ts";
import { binary, nameTree, transposeTree } from "../display/tree.ts";
import type { Expression } from "../expression.ts";
import { indexLetters } from "../index-notation/style.ts";
import type { Variable } from "../ir/node.ts";
import { lowerName } from "../lower/lower.ts";
import { simplify } from "../transform.ts";
import { inComponents, type Components } from "./components.ts";
import { findInner } from "./inner.ts";
import { NameBook, namesIn, partialLatex } from "./names.ts";
import type { Step } from "./step.ts";
import { entryLatex } from "./style.ts";

/**
 * The notes' second style, for a scalar that depends on a vector w through another vector only: name it a, find ∂z/∂a and
 * ∂a/∂w, and multiply. Undefined for other formulas.
 */
export function chainSteps(
  value: Expression,
  derivative: Expression,
  { name: wrt, dims: wrtDims }: Variable,
  resultNames: string,
): readonly Step[] | undefined {
  if (value.shape.length > 0 || value.notation !== "matrix" || wrtDims.length !== 1) return undefined;
  const { shapes, assume, scope } = value.parts;
  // In a store of its own: what is tried here cannot change what is printed elsewhere.
  const whole = parse(value.toString(), { shapes, assume });
  const tree = whole.parts.tree!;
  const inner = findInner(whole, lowerName(whole.parts.scope, wrt).node as Variable);
  if (inner === undefined || inner.value.node.dims.length !== 1) return undefined;

  const taken = [...namesIn(tree), ...Object.keys(shapes), ...scope.dimensions, wrt];
  const book = new NameBook(taken);
  const z = book.fresh(resultNames);
  const a = book.fresh("auvtsr");
  const declarations = { shapes: { ...shapes, [a]: inner.value.node.dims }, assume };
  const isArray = (name: string): boolean =>
    name === a || ((Object.hasOwn(shapes, name) ? shapes[name] : undefined)?.length ?? 0) > 0;

  const isRow = inner.value.kind === "row";
  const own = isRow ? transposeTree(inner.tree, new Set()) : inner.tree;
  const outerTree = inner.replaceWith(isRow ? transposeTree(nameTree(a), new Set()) : nameTree(a));
  const outer = parse(toText(outerTree), declarations);
  const inside = parse(toText(own), declarations);
  const [dOuter, dInside] = [derive(outer, { wrt: a }), derive(inside, { wrt })];
  if (dOuter.notation === "index" || dInside.notation === "index") return undefined;
  const product = simplify(`(${dOuter})*(${dInside})`, declarations);
  if (product.notation === "index") return undefined;

  const variableOf = (expression: Expression, name: string): Variable =>
    lowerName(expression.parts.scope, name).node as Variable;
  const ofOuter = inComponents(outer, dOuter, z, variableOf(outer, a));
  const ofInside = inComponents(inside, dInside, a, variableOf(inside, wrt));
  // Several rules at once are easier to follow with a name for each part.
  if (ofOuter.telling > 1) return undefined;
  const [zLatex, aBold, wBold] = [latexName(z, false), latexName(a, true), latexName(wrt, true)];
  const isSquare = !isRow && dOuter.toString() === `2*${a}'`;
  const squared = isSquare ? binary("*", transposeTree(nameTree(a), new Set()), nameTree(a)) : outerTree;
  const symbol = partialLatex(zLatex, wBold);
  const last: readonly Step[] =
    product.toString() === derivative.toString()
      ? []
      : [
          {
            rule: "put the inner part back",
            before: product.toString(),
            after: derivative.toString(),
            latex: `${symbol} = ${product.toLatex()} = ${derivative.toLatex()}`,
          },
        ];

  return [
    {
      rule: "name the inner part",
      before: toText(tree),
      after: `${toText(outerTree)} with ${a} = ${toText(own)}`,
      latex: `${zLatex} = ${toLatex(squared, isArray)}, \\quad ${aBold} = ${toLatex(own, isArray)}`,
    },
    ...chainRule(z, a, wrt, taken),
    component("one component of the outer derivative", ofOuter),
    wholeStep("outer derivative", ofOuter, dOuter),
    component("one component of the inner derivative", ofInside),
    wholeStep("inner derivative", ofInside, dInside),
    {
      rule: "multiply",
      before: `${ofOuter.whole.text} * ${ofInside.whole.text}`,
      after: product.toString(),
      latex: `${symbol} = ${product.toLatex()}`,
    },
    ...last,
  ];
}

/** ∂z/∂a_i = ∂(Σ a_k²)/∂a_i = 2a_i */
const component = (what: string, { symbol, value, entry, under, rules }: Components): Step => ({
  rule: `${what}: ${rules}`,
  before: symbol.text,
  after: entry.text,
  latex: `${symbol.latex} = \\frac{\\partial}{\\partial ${under}} \\left(${value.latex}\\right) = ${entry.latex}`,
});

const wholeStep = (rule: string, { whole }: Components, found: Expression): Step => ({
  rule,
  before: whole.text,
  after: found.toString(),
  latex: `${whole.latex} = ${found.toLatex()}`,
});

/**
 * Why the derivatives multiply in this order: dz = Σ_i ∂z/∂a_i da_i and da_i = Σ_j ∂a_i/∂w_j dw_j, so the entry j of
 * ∂z/∂w is Σ_i ∂z/∂a_i ∂a_i/∂w_j, which is the product of the row ∂z/∂a and the matrix ∂a/∂w.
 */
function chainRule(z: string, a: string, w: string, taken: readonly string[]): readonly Step[] {
  const [i, j] = indexLetters(2, new Set([...taken, z, a])) as [string, string];
  const [zLatex, ai, wj] = [latexName(z, false), entryLatex(a, [i]), entryLatex(w, [j])];
  const [outer, inner, total] = [partialLatex(zLatex, ai), partialLatex(ai, wj), partialLatex(zLatex, wj)];
  const [aBold, wBold] = [latexName(a, true), latexName(w, true)];
  return [
    {
      rule: "total differential",
      before: `d${z}`,
      after: `sum[${i},${j}](d${z}/d${a}[${i}] * d${a}[${i}]/d${w}[${j}] * d${w}[${j}])`,
      latex:
        `\\mathrm{d}${zLatex} = \\sum_{${i}} ${outer} \\, \\mathrm{d}${ai}, \\quad ` +
        `\\mathrm{d}${ai} = \\sum_{${j}} ${inner} \\, \\mathrm{d}${wj} \\;\\Rightarrow\\; ${total} = \\sum_{${i}} ${outer} ${inner}`,
    },
    {
      rule: "chain rule",
      before: `d${z}/d${w}`,
      after: `d${z}/d${a} * d${a}/d${w}`,
      latex: `${partialLatex(zLatex, wBold)} = ${partialLatex(zLatex, aBold)} ${partialLatex(aBold, wBold)}`,
    },
  ];
}
