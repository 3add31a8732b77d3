import { expect, it } from "vitest";
import { number, powerOf, times } from "../../src/ir/product.ts";
import * as Q from "../../src/ir/rational.ts";
import { createStore, quietly, variable } from "../../src/ir/store.ts";

it("a product that was multiplied out before notes its conditions again", () => {
  const store = createStore();
  const x = variable(store, "x", []);
  const cancelled = (): unknown => times(store, [], x, [x, Q.minusOne]);
  const first = quietly(store, cancelled);
  expect(store.conditions.size).toBe(0);
  expect(cancelled()).toBe(first);
  expect([...store.conditions.values()]).toEqual([{ left: x, relation: "~=", right: 0 }]);
});

it("the root of an array of equal numbers is the root of the number, repeated", () => {
  const store = createStore();
  const root = powerOf(store, number(store, Q.rational(2)), Q.half);
  const roots = powerOf(store, number(store, Q.rational(2), ["m", "n"]), Q.half);
  expect(roots).toBe(times(store, ["m", "n"], root));
});
