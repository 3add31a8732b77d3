export { describeDerivation, type DerivedFormula } from "./describe.ts";
export { describeViews } from "./views.ts";
export { namesIn } from "./names.ts";
export { questionLatex } from "./question.ts";
