export { describeDerivation, type DerivedFormula } from "./describe.ts";
export { namesIn } from "./names.ts";
export { questionLatex } from "./question.ts";
