import { expect, test } from "vitest";
import { allStrategies } from "../../src/agreement/strategies.ts";
import { notesDerivations } from "../../src/command/derivations.ts";

const derivations = notesDerivations(allStrategies);

test("the notes' examples have the notes' answers", () => {
  expect(derivations.map(({ question, answer }) => [question, answer])).toEqual([
    ["4*x^3 + x^2 + 3", "12*x^2 + 2*x"],
    ["(x'*w - y)^2", "2*(x'*w - y)*x'"],
    ["a'*a", "2*a'"],
    ["X*w - y", "X"],
    ["norm2(X*w - y)^2", "2*(X*w - y)'*X"],
  ]);
});

test("every strategy has the formula's values", () => {
  for (const { checks } of derivations) {
    expect(checks.map(({ strategy }) => strategy)).toEqual(allStrategies.map(({ name }) => name));
    for (const { error } of checks) expect(error).toBeLessThan(1e-14);
  }
});
