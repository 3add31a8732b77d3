import {
  add,
  customRule,
  fromData,
  mul,
  permute,
  reshape,
  slice,
  square,
  type Strategy,
  sum,
  tensor,
  type Tensor,
  trace,
  evaluate,
  vmap,
} from "@fluxion/core";
import { describe, expect, it } from "vitest";
import { exactStrategies } from "../support/strategies.ts";

/** Every Float64Array and every tensor's storage in nested arrays and objects. */
function storesIn(value: unknown): Float64Array[] {
  if (value instanceof Float64Array) return [value];
  if (typeof value !== "object" || value === null) return [];
  if ("store" in value) return value.store instanceof Float64Array ? [value.store] : [];
  return Object.values(value).flatMap(storesIn);
}

/** The numbers of stores, for comparison. */
function numbersIn(stores: readonly Float64Array[]): string {
  return stores.map((store) => store.join()).join(" | ");
}

/** Writing into any one of them must change no other, nor a number beside it in a buffer that they share. */
function expectDistinct(groups: Readonly<Record<string, unknown>>): void {
  const stores = Object.entries(groups).flatMap(([name, value]) =>
    storesIn(value).map((store) => [name, store] as const),
  );
  expect(stores.length).toBeGreaterThan(0);
  for (const [name, store] of stores) {
    const others = stores.filter(([, other]) => other !== store).map(([, other]) => other);
    const before = numbersIn(others);
    const kept = store.slice();
    store.fill(1234.5);
    expect(numbersIn(others), `after writing into ${name}`).toBe(before);
    store.set(kept);
  }
  const seen = new Set(stores.map(([, store]) => store));
  expect(seen.size, "no two of them are one array").toBe(stores.length);
}

const captured = tensor([[1, 2], [3, 4]]); // prettier-ignore
const capturedArray = Float64Array.of(5, 6);

/** Functions whose results, derivatives or residuals are, or are views of, what they are given. */
const functions: readonly (readonly [string, (x: Tensor, c: Tensor) => Tensor | readonly Tensor[]])[] = [
  ["identity", (x) => x],
  ["the constant", (_x, c) => c],
  ["a captured tensor", () => captured],
  ["the same thing twice", (x) => [x, x, captured, captured]],
  ["a view", (x) => reshape(x, [4])],
  ["a product with what is captured", (x) => mul(x, captured)],
  ["a product with a captured array", (x) => mul(x, capturedArray)],
  ["a product with the constant", (x, c) => mul(x, c)],
  ["moved axes", (x) => permute(x, [1, 0])],
  ["a part", (x) => slice(x, [[0, 1]])],
  ["a sum", (x, c) => [add(x, c), add(x, 0)]],
  [
    "a rule that returns what it captured",
    (x) => customRule((t: Tensor) => t, { jvp: (_, [dt]) => dt, vjp: (g) => [g] })(x),
  ],
  [
    "a rule that returns a captured tensor",
    (x) => customRule((t: Tensor) => mul(t, captured), { jvp: () => captured, vjp: () => [captured] })(x),
  ],
];

describe.each(exactStrategies.map((strategy) => [strategy.name, strategy] as const))(
  "%s shares no storage",
  (_name, strategy: Strategy) => {
    it.each(functions)("of %s", (_, f) => {
      const x = tensor([[0.5, 1.5], [2.5, 3.5]]); // prettier-ignore
      const c = fromData(Float64Array.of(7, 8, 9, 10), [2, 2]);
      const tangent = tensor([[1, 0], [2, 1]]); // prettier-ignore
      const before = numbersIn(storesIn([x, c, captured, capturedArray, tangent]));
      const scalar = (t: Tensor, constant: Tensor): Tensor => [f(t, constant)].flat().map((y) => sum(y)).reduce(add); // prettier-ignore
      const forward = strategy.jvp(f)(x, c)(tangent);
      const reverse = strategy.vjp(f)(x, c);
      const cotangent = [reverse.value].flat().map((y) => mul(y as Tensor, 1));
      const direction = Array.isArray(reverse.value) ? cotangent : cotangent[0];
      const results = {
        gradient: strategy.valueAndGradient(scalar)(x, c),
        again: strategy.valueAndGradient(scalar)(x, c),
        jacobian: strategy.valueAndJacobian(f)(x, c),
        hessian: strategy.valueGradientAndHessian(scalar)(x, c),
        hvp: strategy.hvp(scalar)(x, c)(tangent),
        forward,
        reverse: reverse.value,
        pulled: reverse.pullback(direction as never),
        pulledAgain: reverse.pullback(direction as never),
        aux: strategy.gradient((t: Tensor, constant: Tensor) => [scalar(t, constant), f(t, constant)], {
          aux: true,
        })(x, c),
      };
      expect(numbersIn(storesIn([x, c, captured, capturedArray, tangent])), "inputs are never changed").toBe(
        before,
      );
      expectDistinct({ x, c, captured, capturedArray, tangent, direction, ...results });
    });

    it("of Float64Arrays, nor do small results pin large buffers", () => {
      const x = Float64Array.of(1, 2);
      const found = strategy.valueAndGradient((t: Tensor) => sum(square(t)))(x);
      const identity = strategy.jvp((t: Tensor) => t)(x)(x);
      expectDistinct({ x, found, identity });
      for (const store of storesIn([found, identity])) expect(store.buffer.byteLength).toBe(store.byteLength);
    });

    it("between a pullback and arrays that are written to before it is called", () => {
      const x = Float64Array.of(1, 2);
      const c = { weights: [Float64Array.of(3, 4)] };
      const tree = { x: Float64Array.of(5, 6) };
      const f = (a: Tensor, constant: { weights: [Tensor] }): Tensor =>
        sum(mul(square(a), constant.weights[0]));
      const byArray = strategy.vjp(f)(x, c as never);
      const byTree = strategy.vjp((a: { x: Tensor }) => sum(square(a.x)))(tree);
      x.fill(NaN);
      c.weights[0]!.fill(NaN);
      tree.x.fill(NaN);
      expect(byArray.pullback(1)).toEqual(tensor([6, 16]));
      expect(byTree.pullback(1)).toEqual({ x: tensor([10, 12]) });
    });
  },
);

it("a graph keeps the numbers that were captured when it was traced", () => {
  const array = Float64Array.of(1, 2);
  const graph = trace((x: Tensor) => mul(x, array))(tensor([1, 1]));
  array.fill(NaN);
  expect(String(evaluate(graph, tensor([1, 1])))).toBe("[1, 2]");
});

it("vmap changes no input", () => {
  const x = tensor([[1, 2], [3, 4]]); // prettier-ignore
  vmap((row: Tensor) => mul(row, row))(x);
  expect(x.toArray()).toEqual([[1, 2], [3, 4]]); // prettier-ignore
});
