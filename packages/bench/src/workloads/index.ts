export { workloads } from "./workloads.ts";
export type { Operator, Problem, Workload } from "./workload.ts";
