export * from "./measure/index.ts";
export * from "./workloads/index.ts";
