import type { NotationNode } from "@fluxion/core";
import { parse } from "../parse.ts";
import { differentiate, type Application } from "../differentiate.ts";
import { toText } from "../display/text.ts";
import type { Expression, ExpressionParts } from "../expression.ts";
import type { Dimensions, TensorNode, Variable } from "../ir/node.ts";
import * as Q from "../ir/rational.ts";
import { copyInto } from "../ir/rebuild.ts";
import { quietly, type Store } from "../ir/store.ts";
import { sum } from "../ir/sum.ts";
import { lower, lowerName } from "../lower/lower.ts";
import { formOf, read, type Form } from "../readback/reader.ts";
import { expandAll } from "../simplify/expand.ts";
import { tidy } from "../simplify/tidy.ts";
import { differentialLatex, nameLatex, renamed, type LatexNames } from "./latex-names.ts";
import { NameBook, namesIn, partialLatex } from "./names.ts";
import { nameInnerParts, type Definition } from "./naming.ts";
import { collect, contract, readPartials, type Partial } from "./partials.ts";
import { phraseDifferential } from "./phrase.ts";
import { dependsOn, rulesInWords } from "./rule-names.ts";
import type { Step } from "./step.ts";

/** More names than this are harder to follow than the rules one by one. */
const MOST_NAMES = 8;

/** What differentials are called while lines are made: names that come last, as a differential stands in a product. */
const LAST = "zzzz_";

/** A differential with the rules that gave it. */
interface Line {
  readonly node: TensorNode;
  readonly tree: NotationNode;
  readonly rule: string;
}

/**
 * The derivation with differentials: inner parts get names, each differential is taken by itself, they are put into each
 * other, and what stands before dX is the derivative. Undefined where a line cannot be written in matrix notation.
 */
export function differentialSteps(
  value: Expression,
  derivative: Expression,
  wrt: Variable,
  resultNames: string,
): readonly Step[] | undefined {
  if (value.notation !== "matrix") return undefined;
  const { shapes, assume, scope: declared } = value.parts;
  // In a store of its own: what is tried here cannot change what is printed elsewhere.
  const whole = parse(value.toString(), { shapes, assume });
  const book = new NameBook([
    ...declared.dimensions,
    ...Object.keys(shapes),
    ...namesIn(whole.parts.tree!),
    wrt.name,
    "pi",
    "delta",
  ]);
  const shown = new Map([[wrt.name, book.differentialOf(wrt.name)]]);
  const z = book.fresh(resultNames);
  const named = nameInnerParts(whole.parts.scope, whole.parts.tree!, wrt.name, book);
  if (named.definitions.length > MOST_NAMES) return undefined;
  const dims = new Map<string, Dimensions>([
    [wrt.name, wrt.dims],
    ...named.definitions.map(({ name, dims: own }) => [name, own] as const),
  ]);
  for (const { name } of named.definitions) shown.set(name, `d${name}`);
  const differentials = new Map([...dims.keys()].map((name) => [name, `${LAST}${name}`]));
  const extended = Object.fromEntries([
    ...Object.entries(shapes),
    ...[...dims].flatMap(([name, own]) => [[name, own] as const, [differentials.get(name)!, own] as const]),
  ]);
  const { parts } = parse(toText(named.tree), { shapes: extended, assume });
  const setting: Setting = { parts, differentials, shown, z, wrt: wrt.name };
  return quietly(parts.store, () => writeSteps(setting, named.tree, named.definitions, value, derivative));
}

/** What every line is written with. */
interface Setting {
  readonly parts: ExpressionParts;
  /** The differential of each name that moves. */
  readonly differentials: ReadonlyMap<string, string>;
  /** What it is called where it is printed. */
  readonly shown: ReadonlyMap<string, string>;
  readonly z: string;
  readonly wrt: string;
}

function writeSteps(
  setting: Setting,
  outer: NotationNode,
  definitions: readonly Definition[],
  value: Expression,
  derivative: Expression,
): readonly Step[] | undefined {
  const { parts, z, wrt, differentials } = setting;
  const { store, reader, scope } = parts;
  const names = latexNames(setting, value);
  const latex = (tree: NotationNode): string => differentialLatex(tree, names);
  const text = (tree: NotationNode): string => differentialText(tree, setting);
  const plain = (name: string): string => nameLatex(names, name);
  const symbol = `\\mathrm{d}${plain(z)}`;
  const main = differentialOf(setting, outer, parts.form);
  if (main === undefined) return undefined;
  const steps: Step[] = [];
  if (definitions.length > 0) {
    const listed = definitions.map(({ name, tree }) => `${name} = ${toText(tree)}`).join(", ");
    const own = definitions.map(({ name, tree }) => `${plain(name)} = ${latex(tree)}`);
    steps.push({
      rule: definitions.length > 1 ? "name the inner parts" : "name the inner part",
      before: value.toString(),
      after: `${toText(outer)} with ${listed}`,
      latex: [`${plain(z)} = ${latex(outer)}`, ...own].join(", \\quad "),
    });
  }
  const differential = (left: string, of: NotationNode, line: Line): Step => ({
    rule: line.rule,
    before: `d(${toText(of)})`,
    after: text(line.tree),
    latex: `\\mathrm{d}${left} = ${latex(line.tree)}`,
  });
  steps.push(differential(plain(z), outer, main));

  let total = main.node;
  for (const { name, tree, dims } of [...definitions].reverse()) {
    const line = differentialOf(setting, tree, formOf(dims.length));
    if (line === undefined) return undefined;
    steps.push(differential(plain(name), tree, line));
    const own = differentials.get(name)!;
    total = copyInto(store, total, (leaf) => (leaf.kind === "variable" && leaf.name === own ? line.node : undefined)); // prettier-ignore
  }
  const dx = lowerName(scope, differentials.get(wrt)!).node as Variable;
  const slope = tidy(store, reader, differentiate(store, total, dx));
  const collected = collect(parts, slope, dx, value.parts.node.dims, parts.form);
  if (collected === undefined) return undefined;
  if (text(collected) !== text(main.tree))
    steps.push({
      rule:
        definitions.length > 0
          ? "substitute"
          : isTrace(value, dx)
            ? "write it as a trace"
            : "collect the terms",
      before: text(main.tree),
      after: text(collected),
      latex: `${symbol} = ${latex(collected)}`,
    });

  const answer = read(reader, slope, derivative.parts.form);
  const partial = partialLatex(plain(z), plain(wrt));
  const conclusion = (after: string, formula: string): Step => ({
    rule: "read off the derivative",
    before: `d${z}/d${wrt}`,
    after,
    latex: `${symbol} = ${latex(collected)} \\;\\Rightarrow\\; ${partial} = ${formula}`,
  });
  const known = answer === undefined || derivative.notation === "index" ? undefined : toText(answer);
  if (known === undefined || known === derivative.toString())
    return [...steps, conclusion(derivative.toString(), derivative.toLatex())];
  return [
    ...steps,
    conclusion(known, latex(answer!)),
    {
      rule: ["simplify", "put the inner part back"][definitions.length] ?? "put the inner parts back",
      before: known,
      after: derivative.toString(),
      latex: `${partial} = ${latex(answer!)} = ${derivative.toLatex()}`,
    },
  ];
}

/** What the engine makes of a formula's differential, in the formula's own words where they are as true. */
function differentialOf({ parts, differentials }: Setting, tree: NotationNode, form: Form): Line | undefined {
  const { store, scope } = parts;
  const { node } = lower(scope, tree);
  const phrase = phraseDifferential(tree, differentials);
  // The last factor's differential stands at the end, x'*dx, so its words are the ones to remember.
  for (const term of [...(phrase?.terms ?? [])].reverse()) lower(scope, term);
  const variables = [...differentials.keys()].map((name) => lowerName(scope, name).node as Variable);
  const applications: Application[] = [];
  const partials = variables.filter((variable) => dependsOn(variable)(node)).map((variable): Partial => {
    const slope = differentiate(store, node, variable, (application) => applications.push(application));
    return { slope, step: lowerName(scope, differentials.get(variable.name)!).node };
  }); // prettier-ignore
  const terms = partials.map(({ slope, step }) => ({ coefficient: Q.one, node: contract(store, slope, step, node.dims) })); // prettier-ignore
  const total = sum(store, terms, node.dims);
  if (phrase !== undefined && isSame(store, lower(scope, phrase.tree).node, total))
    return { node: total, tree: phrase.tree, rule: phrase.isProductRule ? "product rule" : "linearity" };
  const own = readPartials(parts, partials, node.dims, form);
  if (own === undefined) return undefined;
  const ordered = [...applications].sort((a, b) => a.before.id - b.before.id);
  return { node: total, tree: own, rule: rulesInWords(ordered, dependsOn(variables)) };
}

const isTrace = (value: Expression, dx: Variable): boolean =>
  value.shape.length === 0 && dx.dims.length === 2;

/** Whether two tensors are one when they are multiplied out. */
const isSame = (store: Store, a: TensorNode, b: TensorNode): boolean =>
  a === b || expandAll(store, a) === expandAll(store, b);

const differentialText = (tree: NotationNode, { differentials, shown }: Setting): string =>
  toText(renamed(tree, new Map([...differentials].map(([name, own]) => [own, shown.get(name)!]))));

function latexNames({ parts, differentials, z }: Setting, value: Expression): LatexNames {
  const isArray = (name: string): boolean =>
    name === z ? value.shape.length > 0 : (parts.scope.shapes.get(name)?.length ?? 0) > 0;
  return { isArray, moving: new Map([...differentials].map(([name, own]) => [own, name])) };
}
