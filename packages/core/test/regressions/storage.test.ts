import { describe, expect, it } from "vitest";
import {
  add,
  asTensor,
  broadcastTo,
  evaluate,
  mul,
  reshape,
  tensor,
  type Tensor,
  trace,
  traced,
  vmap,
  withLevel,
} from "../../src/index.ts";
import { codeOf } from "../support/code-of.ts";

describe("storage that belongs to somebody else", () => {
  it("a shape array may be written into after reshape and broadcastTo", () => {
    const shape = [2, 2];
    const a = reshape(tensor([1, 2, 3, 4]), shape);
    const b = broadcastTo(1, shape);
    shape[0] = 4;
    expect([a.shape, b.shape]).toEqual([
      [2, 2],
      [2, 2],
    ]);
  });

  it("writing into what evaluate gave doesn't change the graph's constants", () => {
    const graph = trace((x: Tensor) => ({ x, c: tensor([1, 2]) }))(1);
    const constant = (): Tensor => (evaluate(graph, 1) as { readonly c: Tensor }).c;
    constant().store![0] = 99;
    expect(String(constant())).toBe("[1, 2]");
  });

  it("writing into what vmap or evaluate gave doesn't change their arguments", () => {
    const x = tensor([1, 2]);
    vmap((y: Tensor) => y)(x).store![0] = 99;
    (evaluate(trace((y: Tensor) => y)(x), x) as Tensor).store![0] = 99;
    expect(String(x)).toBe("[1, 2]");
  });

  it("a captured Float64Array may be written into as soon as f has used it", () => {
    const w = Float64Array.of(1, 2);
    const graph = trace((x: Tensor) => {
      const y = mul(w, x);
      w.fill(7);
      return add(y, w);
    })(tensor([1, 1]));
    expect(String(evaluate(graph, tensor([1, 1])))).toBe("[8, 9]");
  });

  it("is shared with a Float64Array only while no function is traced", () => {
    const w = Float64Array.of(1, 2);
    expect(asTensor(w).store).toBe(w);
    trace((x: Tensor) => {
      expect(asTensor(w).store).not.toBe(w);
      return x;
    })(1);
    expect(codeOf(() => trace((x: Tensor) => (x.rank > 0 ? x : null))(1))).toBe("TREE");
    expect(asTensor(w).store).toBe(w);
  });
});

it("a traced tensor has no number to be read by mistake (mul(x, x.value) had the derivative 0)", () => {
  withLevel(
    (level) => ({ name: "test", level, open: true, apply: (_, [x]) => x!, applyCustom: (_, [x]) => x! }),
    (interpreter) => {
      const x = traced(interpreter, [], tensor(3), null);
      expect(x.value).toBeNaN();
      expect(x.store).toBeNull();
    },
  );
  expect(tensor([1, 2]).value).toBeNaN();
});
