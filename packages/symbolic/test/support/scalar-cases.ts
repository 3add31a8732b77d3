import { exponentialCases } from "./scalar-cases/exponentials.ts";
import { partialCases } from "./scalar-cases/partials.ts";
import { polynomialCases } from "./scalar-cases/polynomials.ts";
import { rootCases } from "./scalar-cases/roots.ts";
import type { ScalarCase } from "./scalar-cases/scalar-case.ts";
import { specialCases } from "./scalar-cases/special.ts";
import { trigonometricCases } from "./scalar-cases/trigonometric.ts";

/** The scalar suite: derivatives of orders 1 to 5, partial and mixed ones, each with its source. */
export const scalarCases: readonly ScalarCase[] = [
  ...polynomialCases,
  ...rootCases,
  ...exponentialCases,
  ...trigonometricCases,
  ...specialCases,
  ...partialCases,
];
