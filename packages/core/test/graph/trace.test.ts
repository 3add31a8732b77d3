import { describe, expect, it } from "vitest";
import {
  add,
  customRule,
  evaluate,
  evaluateFlat,
  exp,
  type Graph,
  mul,
  operatorNames,
  sin,
  sum,
  tensor,
  type Tensor,
  trace,
  zeros,
} from "../../src/index.ts";
import { codeOf, messageOf } from "../support/code-of.ts";
import { programs, unusual } from "./programs.ts";

function text(x: unknown): string {
  return [x].flat().map(String).join(" | ");
}

describe.each([...Object.entries(programs), ...Object.entries(unusual)])("%s", (name, { f, args }) => {
  it("is recorded and evaluates to the same bits", () => {
    const graph = trace(f)(...args);
    expect(text(evaluate(graph, ...args))).toBe(text(f(...args)));
    if (operatorNames.includes(name as never))
      expect(graph.nodes.map((node) => node.operator)).toContain(name);
    graph.nodes.forEach((node, position) =>
      node.inputs.forEach((input) => expect(input).toBeLessThan(position)),
    );
  });
});

describe("trace", () => {
  it("records operators once each, in order, with their shapes", () => {
    const graph = trace((x: Tensor, y: Tensor) => add(mul(x, sin(x)), y))(tensor([1, 2]), 3);
    expect(graph.nodes.map(({ operator, inputs, shape }) => [operator, inputs, shape])).toEqual([
      ["input", [], [2]],
      ["input", [], []],
      ["sin", [0], [2]],
      ["mul", [0, 2], [2]],
      ["add", [3, 1], [2]],
    ]);
    expect(graph.outputs).toEqual([4]);
  });

  it("doesn't need the numbers, and calls f once", () => {
    let calls = 0;
    const f = (x: Tensor): Tensor => {
      calls++;
      return exp(x);
    };
    expect(evaluate(trace(f)(NaN), 0)).toEqual(tensor(1));
    expect(calls).toBe(1);
  });

  it("turns what is captured into constants, each once", () => {
    const c = tensor([1, 2]);
    const graph = trace((x: Tensor) => add(mul(x, c), mul(c, x)))(tensor([1, 1]));
    expect(graph.nodes.filter((node) => node.operator === "constant").map((node) => node.shape)).toEqual([
      [2],
    ]);
    expect(String(evaluate(graph, tensor([3, 4])))).toBe("[6, 16]");
  });

  it("keeps the trees of arguments and results", () => {
    const graph = trace(({ W, b }: { W: Tensor; b: [Tensor] }, k: Tensor) => ({
      y: [mul(W, k), b[0]],
      z: sum(W),
    }))({ W: tensor([1, 2]), b: [3] }, 2);
    expect(graph.inputs).toBe(3);
    expect(evaluate(graph, { b: [7], W: tensor([5, 6]) }, 10)).toEqual({
      y: [tensor([50, 60]), tensor(7)],
      z: tensor(11),
    });
    expect(codeOf(() => evaluate(graph, { W: tensor([5, 6]) }, 10))).toBe("TREE");
    expect(codeOf(() => evaluate(graph, { b: [7], W: tensor([5, 6, 7]) }, 10))).toBe("SHAPE_MISMATCH");
    expect(codeOf(() => evaluateFlat(graph, [tensor([1, 2])]))).toBe("ARGUMENT");
    expect(messageOf(() => evaluate(graph, { b: [7], W: tensor([5, 6, 7]) }, 10))).toContain(
      "traced for shape [2]",
    );
  });

  it("passes inputs and constants through as results, and takes no result at all", () => {
    expect(evaluate(trace((x: Tensor) => [x, x, 5])(1), 3)).toEqual([tensor(3), tensor(3), tensor(5)]);
    expect(evaluate(trace((_x: Tensor) => [])(1), 3)).toEqual([]);
  });

  it("can be traced again, and records what a graph does", () => {
    const inner = trace((x: Tensor) => mul(x, sin(x)))(1);
    const graph = trace((x: Tensor) => evaluate(inner, exp(x)))(1);
    expect(graph.nodes.map((node) => node.operator)).toEqual(["input", "exp", "sin", "mul"]);
  });

  it("records a function with rules as one node that holds the graphs of its rules", () => {
    const f = customRule((x: Tensor) => sin(x), {
      jvp: ([x], [dx]) => mul(x, dx),
      vjp: (g, [x]) => [mul(g, x)],
    });
    const graph: Graph = trace((x: Tensor) => f(exp(x)))(1);
    const node = graph.nodes.at(-1)!;
    expect(node.operator).toBe("custom");
    if (node.operator !== "custom") return;
    expect(
      [node.attributes.primal, node.attributes.jvp, node.attributes.vjp].map(
        (part) => part?.nodes.at(-1)?.operator,
      ),
    ).toEqual(["sin", "mul", "mul"]);
  });

  it("refuses what it can't record", () => {
    expect(codeOf(() => trace((x: Tensor) => x.item())(1))).toBe("NOT_CONCRETE");
    expect(codeOf(() => trace((_x: Tensor) => "text")(1))).toBe("TREE");
    expect(codeOf(() => trace((x: Tensor) => Promise.resolve(x))(1))).toBe("ASYNC");
    expect(codeOf(() => trace((x: Tensor) => x)(null))).toBe("TREE");
    expect(codeOf(() => trace((x: Tensor) => add(x, zeros([3])))(zeros([2])))).toBe("SHAPE_MISMATCH");
  });

  it("is the sum of the diagonal where it is given a matrix", () => {
    expect(trace(tensor([[1, 2], [3, 4]])).item()).toBe(5); // prettier-ignore
  });
});
