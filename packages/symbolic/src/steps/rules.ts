import { differentiate, type Application } from "../differentiate.ts";
import { latexName } from "../display/latex-name.ts";
import { toLatex } from "../display/latex.ts";
import { toText } from "../display/text.ts";
import { operationCount } from "../display/cost.ts";
import { spend } from "../effort.ts";
import type { Expression } from "../expression.ts";
import type { TensorNode, Variable } from "../ir/node.ts";
import { quietly } from "../ir/store.ts";
import { formOf, read, type Form } from "../readback/reader.ts";
import { dependsOn, isTelling, ruleInWords } from "./rule-names.ts";
import type { Step } from "./step.ts";

/** The rules that the engine applied, innermost part first, then what the simplifier made of the result. */
export function ruleSteps(value: Expression, derivative: Expression, wrt: Variable): readonly Step[] {
  const { store, reader, node, scope } = value.parts;
  // First, because nothing is told of an answer that is too long to write.
  const answer = derivative.toString();
  const applications: Application[] = [];
  quietly(store, () => differentiate(store, node, wrt, (application) => applications.push(application)));
  const isArray = (name: string): boolean => (scope.shapes.get(name)?.length ?? 0) > 0;
  const operator = operatorLatex(wrt);
  const moves = dependsOn(wrt);
  const steps = applications.flatMap((application): readonly Step[] => {
    const { before, after } = application;
    const rule = ruleInWords(application, moves);
    if (before !== node && (before === wrt || !(isTelling(rule) || isSumOfMoving(before, moves)))) return [];
    const [own, slope] = [read(reader, before), read(reader, after, derivativeForm(before, after))];
    if (own === undefined || slope === undefined) return [];
    // Trees share their parts, their texts do not.
    spend((operationCount(own) + operationCount(slope)) / 2);
    return [
      {
        rule,
        before: `d(${toText(own)})/d${wrt.name}`,
        after: toText(slope),
        latex: `${operator} \\left(${toLatex(own, isArray)}\\right) = ${toLatex(slope, isArray)}`,
      },
    ];
  });
  const last = steps.at(-1)?.after;
  if (last === answer) return steps;
  return [
    ...steps,
    { ...wholeStep(value, derivative, wrt), rule: "simplify", ...(last !== undefined && { before: last }) },
  ];
}

/** What does not contain the variable. */
export const constantStep = (value: Expression, derivative: Expression, wrt: Variable): Step => ({
  ...wholeStep(value, derivative, wrt),
  rule: "a constant does not change",
});

const wholeStep = (value: Expression, derivative: Expression, wrt: Variable): Omit<Step, "rule"> => ({
  before: `d(${value.toString()})/d${wrt.name}`,
  after: derivative.toString(),
  latex: `${operatorLatex(wrt)} \\left(${value.toLatex()}\\right) = ${derivative.toLatex()}`,
});

const operatorLatex = ({ name, dims }: Variable): string =>
  `\\frac{\\partial}{\\partial ${latexName(name, dims.length > 0)}}`;

/** Only a sum of which several terms move has something to say. */
const isSumOfMoving = (node: TensorNode, moves: (node: TensorNode) => boolean): boolean =>
  node.kind === "sum" && node.terms.filter((term) => moves(term.node)).length > 1;

/** A scalar by a vector is a row. */
const derivativeForm = (before: TensorNode, after: TensorNode): Form =>
  before.dims.length === 0 && after.dims.length === 1 ? "row" : formOf(after.dims.length);
