import fc from "fast-check";
import { expect, it } from "vitest";
import { checkExpression, expressionCases, type ExpressionVerdict } from "../../src/expressions/index.ts";
import { runs } from "../support/runs.ts";

it("random matrix formulas have the derivative that reverse-tape and numeric-fd find", () => {
  const verdicts: Record<ExpressionVerdict, number> = { agree: 0, refused: 0, undefined: 0 };
  const count = runs(80);
  fc.assert(
    fc.property(expressionCases, (expression) => void verdicts[checkExpression(expression)]++),
    { numRuns: count },
  );
  // The check means something only if most cases come to a comparison.
  expect(verdicts.agree).toBeGreaterThan(0.9 * count);
  expect(verdicts.refused).toBeLessThanOrEqual(0.02 * count);
});
