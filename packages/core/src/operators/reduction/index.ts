export * from "./along-axis.ts";
export * from "./composites.ts";
export * from "./extremum.ts";
export * from "./logsumexp.ts";
export * from "./norm.ts";
export * from "./sum.ts";
export type { ReductionOptions } from "./define.ts";
