export { binaryCases } from "./binary.ts";
export type { Case } from "./case.ts";
export { elementaryCases } from "./elementary.ts";
export { specialCases } from "./special.ts";
