export { differentiate } from "./differentiate.ts";
export type { DifferentiateOptions } from "./differentiate.ts";
export type { DifferenceOptions } from "./options.ts";
export type { Rational } from "./rational.ts";
export { stencil } from "./stencil.ts";
export type { Stencil } from "./stencil.ts";
export type { Estimate, Method, Side, Status } from "./types.ts";
