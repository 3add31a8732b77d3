import { add, customRule, exp, mul, sin, sum, tensor, type Tensor, toMermaid, trace } from "@fluxion/core";
import { expect, it } from "vitest";
import { exactStrategies } from "../support/strategies.ts";

/** What a diagram says of its nodes, without their names and places. */
function derivativesIn(diagram: string): readonly string[] {
  return [...diagram.matchAll(/derivative ([^"<]*)/g)].map(([, text]) => text!);
}

it("the notes' graph has the same derivatives at its nodes, whoever finds them", () => {
  // y = (x₁ + x₂) (x₂ + 1) at 2, 1: by hand ∂y/∂x₁ = 2, ∂y/∂x₂ = 5
  const graph = trace((a: Tensor, b: Tensor) => mul(add(a, b), add(b, 1)))(2, 1);
  for (const strategy of exactStrategies)
    expect(derivativesIn(toMermaid(graph, { at: [2, 1], strategy })), strategy.name).toEqual([
      "2",
      "5",
      "2",
      "3",
      "1",
    ]);
});

it("tensors and functions with rules have derivatives too", () => {
  const square = customRule((x: Tensor) => mul(x, x), {
    jvp: ([x], [dx]) => mul(mul(2, x), dx),
    vjp: (g, [x]) => [mul(mul(2, x), g)],
  });
  const graph = trace((x: Tensor) => sum(sin(square(exp(x)))))(tensor([0, 1]));
  const [first, ...others] = exactStrategies.map((strategy) =>
    derivativesIn(toMermaid(graph, { at: [tensor([0, 1])], strategy })),
  );
  expect(first).toHaveLength(5);
  expect(first!.at(-1)).toBe("1");
  for (const other of others) expect(other).toEqual(first);
});
