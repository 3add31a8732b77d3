export { petalWidth, virginica } from "./iris.ts";
export type { Regression } from "./iris.ts";
export { seeded } from "./random.ts";
export type { RandomSource } from "./random.ts";
