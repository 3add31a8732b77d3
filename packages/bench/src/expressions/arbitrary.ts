import fc from "fast-check";
import type { ExpressionCase } from "./check.ts";
import { matrixFormulas, scalarFormulas } from "./formulas.ts";

const seed = fc.noShrink(fc.integer({ min: 0, max: 2 ** 31 - 1 }));

/** Random formulas of linear algebra as text: any shape by any name at order 1, small scalars at order 2. */
export const expressionCases: fc.Arbitrary<ExpressionCase> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      formula: matrixFormulas(3),
      wrt: fc.constantFrom("x", "w", "A", "X", "s", "u", "p", "S"),
      order: fc.constant(1),
      seed,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      formula: scalarFormulas(2),
      wrt: fc.constantFrom("x", "s", "u", "p", "A"),
      order: fc.constant(2),
      seed,
    }),
  },
);
