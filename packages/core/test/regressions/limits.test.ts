import { describe, expect, it } from "vitest";
import {
  add,
  broadcastTo,
  defineStrategy,
  diagonalMatrix,
  einsum,
  flatten,
  lgamma,
  matmul,
  outer,
  pad,
  polygamma,
  reshape,
  scatterAdd,
  square,
  stack,
  sum,
  type Tensor,
  zeros,
} from "../../src/index.ts";
import { codeOf, messageOf } from "../support/code-of.ts";

/** Its derivatives are zeros: what matters is what is refused before they are asked for. */
const blind = defineStrategy({
  name: "blind",
  mode: "forward",
  exact: true,
  jvp: (f, inputs) => {
    const values = f(inputs);
    return { values, tangents: values.map(() => null) };
  },
});

const long = zeros([1e5]);

describe("results that no memory holds", () => {
  it.each<readonly [string, () => unknown]>([
    ["add", () => add(long, reshape(long, [1e5, 1]))],
    ["broadcastTo", () => broadcastTo(1, [1e5, 1e5])],
    ["outer", () => outer(long, long)],
    ["matmul", () => matmul(reshape(long, [1e5, 1]), reshape(long, [1, 1e5]))],
    ["einsum", () => einsum("i,j->ij", long, long)],
    ["diagonalMatrix", () => diagonalMatrix(long)],
    ["zeros", () => zeros([1e5, 1e5])],
  ])("%s is LIMIT, and names the shape", (_, run) => {
    expect(codeOf(run)).toBe("LIMIT");
    expect(messageOf(run)).toContain("[100000,100000]");
  });

  it("also where one width or size is too large", () => {
    expect(codeOf(() => pad(zeros([2]), [[1e12, 0]]))).toBe("LIMIT");
    expect(codeOf(() => scatterAdd(zeros([1]), [0], { size: 1e12 }))).toBe("LIMIT");
  });

  it("refuse a Jacobian or a Hessian before anything is allocated for it (the process was killed)", () => {
    expect(codeOf(() => blind.jacobian(square)(long))).toBe("LIMIT");
    expect(codeOf(() => blind.hessian((x: Tensor) => sum(square(x)))(long))).toBe("LIMIT");
    const parts = Array.from({ length: 1000 }, () => zeros([100]));
    expect(codeOf(() => blind.jacobian((xs: readonly Tensor[]) => xs.map(square))(parts))).toBe("LIMIT");
  });
});

describe("shapes that are no shapes", () => {
  it("leave the allocator as it was (a fraction shifted all later results)", () => {
    expect(codeOf(() => broadcastTo(1, [1.5]))).toBe("ARGUMENT");
    expect(codeOf(() => broadcastTo(1, [-1]))).toBe("ARGUMENT");
    expect(codeOf(() => broadcastTo(1, "2" as never))).toBe("ARGUMENT");
    expect(add(zeros([3]), 1).toArray()).toEqual([1, 1, 1]);
  });

  it("have at most 64 axes (printing 20000 overflowed the stack)", () => {
    expect(codeOf(() => reshape(1, new Array<number>(20000).fill(1)))).toBe("LIMIT");
    const deepest = reshape(1, new Array<number>(64).fill(1));
    expect(String(deepest)).toBe(`${"[".repeat(64)}1${"]".repeat(64)}`);
    expect(codeOf(() => stack([deepest, deepest]))).toBe("LIMIT");
  });
});

describe("polygamma of very high order", () => {
  it("is LIMIT where it would not come back", () => {
    expect(codeOf(() => polygamma(1e12, 3))).toBe("LIMIT");
  });

  it("is what it should be where the first factors alone underflow (it was 0)", () => {
    // |ψ⁽ⁿ⁾(x)| = n!·Σ(x + k)⁻ⁿ⁻¹: the first term, and those after it, which fall like e^(-kn/x): less than e times it.
    const [n, x] = [2000, 800];
    const logarithm = lgamma(n + 1).item() - (n + 1) * Math.log(x);
    const found = Math.log(-polygamma(n, x).item());
    expect(found).toBeGreaterThan(logarithm);
    expect(found).toBeLessThan(logarithm + 1);
    expect(polygamma(10_000, 1000).item()).toBe(-Infinity);
  });
});

describe("trees too large to flatten", () => {
  it("are LIMIT where parts are shared (time was exponential in the depth)", () => {
    let leaves: unknown = [1, 1];
    let empty: unknown = [];
    for (let i = 0; i < 40; i++)
      [leaves, empty] = [
        [leaves, leaves],
        [empty, empty],
      ];
    expect(codeOf(() => flatten("test", leaves, []))).toBe("LIMIT");
    expect(codeOf(() => flatten("test", empty, []))).toBe("LIMIT");
  });

  it("are TREE where they are deep, in every operator (the copies of vjp overflowed the stack)", () => {
    let deep: unknown = 1;
    for (let i = 0; i < 1e5; i++) deep = [deep];
    const one = (x: Tensor): Tensor => x;
    expect(codeOf(() => blind.vjp(one)(deep as never))).toBe("TREE");
    expect(codeOf(() => blind.jvp(one)(deep as never)(deep as never))).toBe("TREE");
    expect(
      blind.derivative((x: Tensor, rest: unknown) => (rest === null ? 1 : x), { aux: false })(
        1,
        deep as never,
      ),
    ).toBe(0);
    const { aux } = blind.derivative((x: Tensor) => [x, deep] as const, { aux: true })(1);
    expect(Array.isArray(aux)).toBe(true);
  });
});
