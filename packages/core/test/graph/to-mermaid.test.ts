import { describe, expect, it } from "vitest";
import {
  add,
  customRule,
  defineStrategy,
  exp,
  mul,
  type Strategy,
  tensor,
  type Tensor,
  toMermaid,
  trace,
  withLevel,
  zeros,
} from "../../src/index.ts";
import { codeOf } from "../support/code-of.ts";

/** The text between the quotes of node n. */
function label(diagram: string, n: number): string {
  return new RegExp(`^ {2}n${n}\\(?\\[+"(.*)"\\]+\\)?$`, "m").exec(diagram)?.[1] ?? "no such node";
}

/** Central differences, so that this package needs no other. */
const differences: Strategy = defineStrategy({
  name: "differences",
  mode: "numeric",
  exact: true,
  jvp: (f, inputs, tangents) => {
    const at = (h: number): readonly Tensor[] =>
      f(inputs.map((x, i) => add(x, mul(h, tangents[i] ?? zeros(x.shape)))));
    const [plus, minus] = [at(2 ** -20), at(-(2 ** -20))];
    return { values: f(inputs), tangents: plus.map((y, i) => mul(2 ** 19, add(y, mul(-1, minus[i]!)))) };
  },
});

describe("toMermaid", () => {
  const graph = trace((x: Tensor, y: Tensor) => mul(add(x, y), exp(mul(2, x))))(1, 2);

  it("draws one box for each node and one arrow for each operand", () => {
    expect(toMermaid(graph, { names: ["x", "y"] })).toBe(`flowchart LR
  n0(["x"])
  n1(["y"])
  n2["add"]
  n0 --> n2
  n1 --> n2
  n3(["2"])
  n4["mul"]
  n3 --> n4
  n0 --> n4
  n5["exp"]
  n4 --> n5
  n6["mul"]
  n2 --> n6
  n5 --> n6
  n6 --> out0(("result"))
`);
  });

  it("names inputs without a name, and several results", () => {
    const diagram = toMermaid(trace((x: Tensor) => [x, mul(x, tensor([1, 2]))])(1));
    expect(label(diagram, 0)).toBe("x0");
    expect(label(diagram, 1)).toBe("constant [2]");
    expect(diagram).toContain('out0(("result 0"))');
    expect(diagram).toContain('out1(("result 1"))');
  });

  it("writes forward values and backward derivatives at the nodes", () => {
    const diagram = toMermaid(graph, { at: [0.5, 2], strategy: differences });
    // (x + y) e²ˣ at 0.5, 2: by the sum e, by the power 2.5, by x e + 5e, by y e
    expect(label(diagram, 2)).toBe("add<br/>value 2.5<br/>derivative 2.71828");
    expect(label(diagram, 5)).toBe("exp<br/>value 2.71828<br/>derivative 2.5");
    expect(label(diagram, 0)).toBe("x0<br/>value 0.5<br/>derivative 16.3097");
    expect(label(diagram, 1)).toBe("x1<br/>value 2<br/>derivative 2.71828");
    expect(label(diagram, 3)).toBe("2");
    expect(label(diagram, 6)).toBe("mul<br/>value 6.7957<br/>derivative 1");
  });

  it("shortens long tensors, and sums results that are no scalars", () => {
    const wide = trace((x: Tensor) => [mul(3, x), x])(zeros([10]));
    const diagram = toMermaid(wide, { at: [zeros([10])], strategy: differences });
    expect(label(diagram, 0)).toBe("x0<br/>value [0, 0, 0, 0, 0, 0, …]<br/>derivative [4, 4, 4, 4, 4, 4, …]");
  });

  it("draws graphs without results, inputs or names", () => {
    const empty = trace(() => [])();
    expect(toMermaid(empty)).toBe("flowchart LR\n");
    expect(toMermaid(empty, { at: [], strategy: differences })).toBe("flowchart LR\n");
    expect(codeOf(() => toMermaid(graph, { at: [1] }))).toBe("TREE");
    expect(codeOf(() => withLevel((level) => ({ name: "x", level, open: true, apply: (_, [x]) => x!, applyCustom: (_, [x]) => x! }), () => toMermaid(graph, { at: [[1], 2] })))).toBe("TREE"); // prettier-ignore
  });

  it("lets no label end its string, open a tag or give a directive", () => {
    const rule = customRule(
      Object.defineProperty((x: Tensor) => x, "name", { value: '"]\n  click n0 call evil()' }),
      { jvp: (_, [dx]) => dx },
    );
    const evil = trace((x: Tensor) => rule(x))(1);
    const names = [
      '"]<script>',
      "%%{init: {}}%%",
      "`**bold**`",
      "#quot;",
      "a\nb --> c",
      "x & y",
      "back\\slash",
    ];
    for (const name of names) {
      const diagram = toMermaid(evil, { names: [name] });
      const lines = diagram.trimEnd().split("\n");
      expect(lines).toHaveLength(5);
      expect(lines[1]).toMatch(/^ {2}n0\(\["[^"<>%`{}&\\\n]*"\]\)$/);
      expect(lines[2]).toMatch(/^ {2}n1\["[^"<>%`{}&\\\n]*"\]$/);
      expect(decoded(label(diagram, 0))).toBe(name);
    }
  });
});

/** The text that Mermaid shows for its entity codes. */
function decoded(text: string): string {
  return text.replaceAll(/#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
}
