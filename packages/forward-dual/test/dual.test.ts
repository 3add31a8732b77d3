import {
  add, concatenate, cos, customRule, div, einsum, exp, greater, matmul, mul, ones, reshape, sin, square, stack, sub, sum, tensor, type Tensor, where, zeros,
  withLevel,
} from "@fluxion/core"; // prettier-ignore
import { describe, expect, it } from "vitest";
import { Duals } from "../src/dual.ts";
import { derivative, gradient, hessian, jacobian, jvp, valueAndJacobian, vjp } from "../src/index.ts";

/** The identity with a rule that counts its tangents. */
function counting(): { readonly f: (x: Tensor) => Tensor; readonly calls: () => number } {
  let calls = 0;
  const f = customRule((x: Tensor) => x, { jvp: (_, [dx]) => { calls++; return dx; } }); // prettier-ignore
  return { f, calls: () => calls };
}

/** A function and the number of times it was called. */
function counted(f: (x: Tensor) => Tensor): {
  readonly f: (x: Tensor) => Tensor;
  readonly calls: () => number;
} {
  let calls = 0;
  return { f: (x) => { calls++; return f(x); }, calls: () => calls }; // prettier-ignore
}

describe("an exact zero tangent costs nothing", () => {
  it("a value without a tangent is no dual but its primal", () => {
    withLevel(
      (level) => new Duals(level),
      (duals) => {
        const c = tensor([1, 2]);
        const x = duals.dual(c, ones([2]));
        expect(duals.dual(c, null)).toBe(c);
        expect(mul(c, 2).level).toBe(0);
        expect(greater(x, 0).level, "a comparison has no tangent").toBe(0);
        expect(add(mul(x, c), c).level).toBe(duals.level);
      },
    );
  });

  it("rules don't run for what is constant", () => {
    const constant = counting();
    const active = counting();
    jvp((x: Tensor, c: Tensor) => mul(active.f(x), constant.f(c)))(tensor([1, 2]), tensor([3, 4]))(
      tensor([1, 0]),
    );
    expect([active.calls(), constant.calls()]).toEqual([1, 0]);
    const compared = counting();
    jvp((x: Tensor) => mul(compared.f(greater(x, 1)), 2))(tensor([1, 2]))(ones([2]));
    expect(compared.calls()).toBe(0);
  });

  it("leaves that no direction of a pass moves are constant in it", () => {
    const a = counting();
    const b = counting();
    const f = (x: { a: Tensor; b: Tensor }): Tensor => add(sum(a.f(x.a)), sum(b.f(x.b)));
    gradient(f)({ a: ones([3]), b: ones([2]) });
    expect([a.calls(), b.calls()], "one pass moves both").toEqual([1, 1]);
    // 218 directions a pass: 200 + 18 of the 300, then 82
    gradient(f)({ a: ones([200]), b: ones([100]) });
    expect([a.calls(), b.calls()], "the second pass moves only b").toEqual([2, 3]);
  });

  it("stays exact through operators of several operands", () => {
    const c = tensor([5, 6]);
    const f = (x: Tensor): Tensor =>
      concatenate([stack([x, c]), reshape(einsum("i,i->i", c, x), [1, 2]), stack([c])]);
    expect(jvp(f)(tensor([1, 2]))(tensor([1, 1])).tangent.toArray()).toEqual([[1, 1], [0, 0], [5, 6], [0, 0]]); // prettier-ignore
    expect(
      jvp((x: Tensor) => einsum("ij,jk,kl->il", x, x, x))(tensor([[2]]))(tensor([[1]])).tangent.item(),
    ).toBe(12);
  });
});

describe("passes", () => {
  it.each([
    [1, 1],
    [8, 1],
    [256, 1],
    [257, 2],
    [600, 6], // a block has 65 536 entries at most
  ])("a Jacobian by %i entries runs f %i times", (n, passes) => {
    const { f, calls } = counted((x) => mul(x, sin(x)));
    const found = jacobian(f)(zeros([n]));
    expect(found.shape).toEqual([n, n]);
    expect(calls()).toBe(passes);
  });

  it("the entries of a tree are counted together", () => {
    let calls = 0;
    const f = (x: Tensor[]): Tensor => {
      calls++;
      return x.map((leaf) => sum(square(leaf))).reduce(add);
    };
    const found = gradient(f)(Array.from({ length: 20 }, (_, i) => i));
    expect(found).toEqual(Array.from({ length: 20 }, (_, i) => 2 * i));
    expect(calls).toBe(1);
  });

  it("a gradient is the Jacobian's row, a directional derivative one run", () => {
    const scalar = counted((x) => sum(square(x)));
    gradient(scalar.f)(ones([100]));
    expect(scalar.calls()).toBe(1);
    jvp(scalar.f)(ones([100]))(ones([100]));
    expect(scalar.calls()).toBe(2);
    derivative(scalar.f)(1);
    expect(scalar.calls()).toBe(3);
    hessian(scalar.f)(ones([10]));
    expect(scalar.calls()).toBe(4);
  });

  it("every entry of a Jacobian in blocks is where it belongs", () => {
    const n = 300;
    const { value, jacobian: found } = valueAndJacobian((x: Tensor) => mul(x, sum(x)))(ones([n]));
    expect(value.data.every((entry) => entry === n)).toBe(true);
    expect(found.data.every((entry, i) => entry === (Math.floor(i / n) === i % n ? n + 1 : 1))).toBe(true);
  });

  it("a pullback is a Jacobian's work", () => {
    const { f, calls } = counted((x) => matmul(reshape(x, [2, 2]), reshape(x, [2, 2])));
    const { pullback } = vjp(f)(tensor([1, 2, 3, 4]));
    expect(calls()).toBe(1);
    expect(pullback(tensor([[1, 0], [0, 0]])).toArray()).toEqual([2, 3, 2, 0]); // prettier-ignore
    expect(calls()).toBe(2);
  });
});

it("gives the derivatives of compositions in closed form", () => {
  const x = 0.7;
  const cases: readonly (readonly [(t: Tensor) => Tensor, number])[] = [
    [(t) => exp(sin(t)), Math.exp(Math.sin(x)) * Math.cos(x)],
    [(t) => div(sin(t), add(t, 1)), (Math.cos(x) * (x + 1) - Math.sin(x)) / (x + 1) ** 2],
    [(t) => cos(mul(t, square(t))), -Math.sin(x ** 3) * 3 * x ** 2],
    [(t) => where(greater(t, 0), sub(square(t), t), 0), 2 * x - 1],
  ];
  for (const [f, wanted] of cases) expect(derivative(f)(x)).toBeCloseTo(wanted, 14);
});
