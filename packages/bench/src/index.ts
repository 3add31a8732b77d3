export * from "./agreement/index.ts";
export * from "./controls/index.ts";
export { petalWidth, type RandomSource, seeded, virginica } from "./data/index.ts";
export * from "./fit/index.ts";
export * from "./laws/index.ts";
export * from "./measure/index.ts";
export * from "./programs/index.ts";
export * from "./report/index.ts";
export * from "./workloads/index.ts";
