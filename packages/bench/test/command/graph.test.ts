import { describe, expect, test } from "vitest";
import { fluxion } from "./capture.ts";

/** The text in each box of a Mermaid flowchart. */
function boxes(mermaid: string): string[] {
  return [...mermaid.matchAll(/^ {2}n\d+\(?\["(.*)"\]\)?$/gm)].map(([, text]) => text!);
}

describe("fluxion graph", () => {
  test("draws the computation graph of the notes' example", async () => {
    const { status, out } = await fluxion("graph", "(x*w - y)^2");
    expect(status).toBe(0);
    expect(out).toMatch(/^flowchart LR\n/);
    expect(boxes(out)).toEqual(expect.arrayContaining(["x", "w", "y", "mul", "sub"]));
  });

  test("shows forward values and backward derivatives", async () => {
    // z = (2·3 − 1)² = 25, ∂z/∂w = 2·5·2 = 20, ∂z/∂x = 30, ∂z/∂y = −10.
    const { out } = await fluxion(
      "graph",
      "(x*w - y)^2",
      "--at",
      "x=2",
      "--at",
      "w=3",
      "--at",
      "y=1",
      "--derivatives",
    );
    const texts = boxes(out);
    expect(texts).toContain("x<br/>value 2<br/>derivative 30");
    expect(texts).toContain("w<br/>value 3<br/>derivative 20");
    expect(texts).toContain("y<br/>value 1<br/>derivative -10");
    expect(texts.some((text) => text.includes("value 25"))).toBe(true);
  });

  test("takes shapes where there are no values", async () => {
    const { status, out } = await fluxion(
      "graph",
      "norm2(X*w - y)^2",
      "-s",
      "X=4,3",
      "-s",
      "w=3",
      "-s",
      "y=4",
      "--json",
    );
    expect(status).toBe(0);
    const { nodes, outputs } = JSON.parse(out) as {
      nodes: { operator: string; shape: number[] }[];
      outputs: number[];
    };
    expect(nodes.filter(({ operator }) => operator === "input").map(({ shape }) => shape)).toEqual([
      [4, 3],
      [3],
      [4],
    ]);
    expect(nodes[outputs[0]!]!.shape).toEqual([]);
  });

  test("knows pi, which is no variable", async () => {
    const { status, out } = await fluxion("graph", "sin(pi*x)", "--at", "x=0.5");
    expect(status).toBe(0);
    expect(boxes(out).some((text) => text.includes("value 1"))).toBe(true);
  });
});
