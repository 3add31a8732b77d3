import { derive, parse } from "../derive.ts";
import { latexName } from "../display/latex-name.ts";
import { toLatex } from "../display/latex.ts";
import { toText } from "../display/text.ts";
import { binary, nameTree, transposeTree } from "../display/tree.ts";
import type { Expression } from "../expression.ts";
import { simplify } from "../transform.ts";
import { inComponents, type Components } from "./components.ts";
import type { Inner } from "./inner.ts";
import { freshName, namesIn, partialLatex } from "./names.ts";
import type { Step } from "./step.ts";

/** The notes' second style: name the inner part a, find ∂z/∂a and ∂a/∂w, and multiply. */
export function chainSteps(
  value: Expression,
  inner: Inner,
  derivative: Expression,
  wrt: string,
): readonly Step[] {
  const tree = value.parts.tree!;
  const taken = new Set([...namesIn(tree), ...Object.keys(value.parts.shapes), wrt]);
  const z = freshName("zfghq", taken);
  const a = freshName("auvtsr", new Set([...taken, z]));
  const shapes = { ...value.parts.shapes, [a]: inner.value.node.dims };
  const declarations = { shapes, assume: value.parts.assume };
  const isArray = (name: string): boolean =>
    ((Object.hasOwn(shapes, name) ? shapes[name] : undefined)?.length ?? 0) > 0;

  const named = inner.value.kind === "row" ? transposeTree(nameTree(a), new Set()) : nameTree(a);
  const outerTree = inner.replaceWith(named);
  const outer = parse(toText(outerTree), declarations);
  const inside = parse(toText(inner.tree), declarations);
  const [dOuter, dInside] = [derive(outer, { wrt: a }), derive(inside, { wrt })];
  const [ofOuter, ofInside] = [inComponents(outer, dOuter, z, a), inComponents(inside, dInside, a, wrt)];
  const [zBold, aBold, wBold] = [z, a, wrt].map((name) => latexName(name, name !== z && isArray(name))) as [
    string,
    string,
    string,
  ];
  const isNorm = inner.value.kind === "column" && dOuter.toString() === `2*${a}'`;
  const squared = isNorm ? binary("*", transposeTree(nameTree(a), new Set()), nameTree(a)) : outerTree;

  const product = simplify(`(${dOuter})*(${dInside})`, declarations);

  return [
    {
      rule: "name the inner part",
      before: toText(tree),
      after: `${toText(outerTree)} with ${a} = ${toText(inner.tree)}`,
      latex: `${zBold} = ${toLatex(squared, isArray)}, \\quad ${aBold} = ${toLatex(inner.tree, isArray)}`,
    },
    ...chainRule(z, a, wrt, inner.value.node.dims.length, isArray(wrt), [zBold, aBold, wBold]),
    {
      rule: "component of the outer derivative",
      before: ofOuter.symbol.text,
      after: ofOuter.entry.text,
      latex: worked(ofOuter),
    },
    {
      rule: "outer derivative",
      before: ofOuter.whole.text,
      after: dOuter.toString(),
      latex: `${ofOuter.whole.latex} = ${dOuter.toLatex()}`,
    },
    {
      rule: "component of the inner derivative",
      before: ofInside.symbol.text,
      after: ofInside.entry.text,
      latex: worked(ofInside),
    },
    {
      rule: "inner derivative",
      before: ofInside.whole.text,
      after: dInside.toString(),
      latex: `${ofInside.whole.latex} = ${dInside.toLatex()}`,
    },
    {
      rule: "multiply",
      before: `${ofOuter.whole.text} * ${ofInside.whole.text}`,
      after: product.toString(),
      latex: `${partialLatex(zBold, wBold)} = ${product.toLatex()}`,
    },
    {
      rule: "put the inner part back",
      before: product.toString(),
      after: derivative.toString(),
      latex: `${partialLatex(zBold, wBold)} = ${product.toLatex()} = ${derivative.toLatex()}`,
    },
  ];
}

/** ∂z/∂a_i = ∂(Σ a_k²)/∂a_i = 2a_i */
const worked = ({ symbol, value, entry }: Components): string => {
  const under = symbol.latex.slice(symbol.latex.indexOf("}{") + 2, -1);
  return `${symbol.latex} = \\frac{\\partial}{${under}} \\left(${value.latex}\\right) = ${entry.latex}`;
};

/**
 * Why the derivatives multiply in this order: dz = Σ_i ∂z/∂a_i da_i and da_i = Σ_j ∂a_i/∂w_j dw_j, so the entry j of
 * ∂z/∂w is Σ_i ∂z/∂a_i ∂a_i/∂w_j, which is the product of the row ∂z/∂a and the matrix ∂a/∂w.
 */
function chainRule(
  z: string,
  a: string,
  w: string,
  innerRank: number,
  wIsArray: boolean,
  [zBold, aBold, wBold]: readonly [string, string, string],
): readonly Step[] {
  const product = `${partialLatex(zBold, wBold)} = ${partialLatex(zBold, aBold)} ${partialLatex(aBold, wBold)}`;
  const rule: Step = {
    rule: "chain rule",
    before: `d${z}/d${w}`,
    after: `d${z}/d${a} * d${a}/d${w}`,
    latex: product,
  };
  if (innerRank !== 1 || !wIsArray) return [rule];
  const [zi, aw, zw] = [
    partialLatex(z, `${a}_{i}`),
    partialLatex(`${a}_{i}`, `${w}_{j}`),
    partialLatex(z, `${w}_{j}`),
  ];
  return [
    {
      rule: "total differential",
      before: `d${z}`,
      after: `sum[i,j](d${z}/d${a}[i] * d${a}[i]/d${w}[j] * d${w}[j])`,
      latex: `\\mathrm{d}${z} = \\sum_{i} ${zi} \\, \\mathrm{d}${a}_{i}, \\quad \\mathrm{d}${a}_{i} = \\sum_{j} ${aw} \\, \\mathrm{d}${w}_{j} \\;\\Rightarrow\\; ${zw} = \\sum_{i} ${zi} ${aw}`,
    },
    rule,
  ];
}
