import { differentiate, type Application } from "../differentiate.ts";
import { latexName } from "../display/latex-name.ts";
import { toLatex } from "../display/latex.ts";
import { toText } from "../display/text.ts";
import type { Expression } from "../expression.ts";
import type { TensorNode, Variable } from "../ir/node.ts";
import { quietly } from "../ir/store.ts";
import { formOf, read, type Form } from "../readback/reader.ts";
import type { Step } from "./step.ts";

/** The rules that the engine applied, innermost part first, then what the simplifier made of the result. */
export function ruleSteps(value: Expression, derivative: Expression, wrt: Variable): readonly Step[] {
  const { store, reader, node, scope } = value.parts;
  const applications: Application[] = [];
  const raw = quietly(store, () =>
    differentiate(store, node, wrt, (application) => applications.push(application)),
  );
  const isArray = (name: string): boolean => (scope.shapes.get(name)?.length ?? 0) > 0;
  const operator = `\\frac{\\partial}{\\partial ${latexName(wrt.name, wrt.dims.length > 0)}}`;
  const steps = applications.flatMap(({ rule, before, after }): readonly Step[] => {
    const [own, slope] = [read(reader, before), read(reader, after, derivativeForm(before, after))];
    if (own === undefined || slope === undefined || before === wrt) return [];
    return [
      {
        rule,
        before: `d(${toText(own)})/d${wrt.name}`,
        after: toText(slope),
        latex: `${operator} \\left(${toLatex(own, isArray)}\\right) = ${toLatex(slope, isArray)}`,
      },
    ];
  });
  const unsimplified = read(reader, raw, derivativeForm(node, raw));
  const last = unsimplified === undefined ? undefined : toText(unsimplified);
  if (last === derivative.toString()) return steps;
  return [
    ...steps,
    {
      rule: "simplify",
      before: last ?? value.toString(),
      after: derivative.toString(),
      latex: derivative.toLatex(),
    },
  ];
}

/** A scalar by a vector is a row. */
const derivativeForm = (before: TensorNode, after: TensorNode): Form =>
  before.dims.length === 0 && after.dims.length === 1 ? "row" : formOf(after.dims.length);
