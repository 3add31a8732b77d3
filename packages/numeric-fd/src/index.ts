export { differentiate, type DifferentiateOptions } from "./differentiate.ts";
export * from "./operators.ts";
export type { DifferenceOptions } from "./options.ts";
export type { CoordinateOptions } from "./point/coordinates.ts";
export type { NumericFdOptions } from "./point/begin.ts";
export type { Rational } from "./stencil/rational.ts";
export { stencil, type Stencil } from "./stencil/stencil.ts";
export { numericFd } from "./strategy.ts";
export type { Estimate, Method, Side, Status } from "./types.ts";
