export { workloads } from "./workloads.ts";
export type { WorkloadOperator, Problem, Workload } from "./workload.ts";
