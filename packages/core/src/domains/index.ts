export type { Domain, Domains, MatrixStructure, Operand, Regularity } from "./domain.ts";
export { domains } from "./domains.ts";
export { contains, type Interval, type Intervals, pointIn } from "./interval.ts";
export { sampleOperand } from "./sample.ts";
