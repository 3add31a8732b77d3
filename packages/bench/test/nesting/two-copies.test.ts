import type * as Core from "@fluxion/core";
import type { Tensor } from "@fluxion/core";
import type * as Forward from "@fluxion/forward-dual";
import type * as Reverse from "@fluxion/reverse-tape";
import type * as Closed from "@fluxion/symbolic";
import { expect, it, vi } from "vitest";

interface Copy {
  readonly core: typeof Core;
  readonly forward: typeof Forward;
  readonly reverse: typeof Reverse;
  readonly closed: typeof Closed;
}

/** Core and the strategies, loaded once more: every module a second time, every class another one. */
async function load(): Promise<Copy> {
  vi.resetModules();
  const core = await import("@fluxion/core");
  const forward = await import("@fluxion/forward-dual");
  const reverse = await import("@fluxion/reverse-tape");
  const closed = await import("@fluxion/symbolic");
  return { core, forward, reverse, closed };
}

it("keeps nested derivatives apart when two copies of core are in one process", async () => {
  const first = await load();
  const second = await load();
  expect(second.core.Tensor).not.toBe(first.core.Tensor);
  expect(second.core.add).not.toBe(first.core.add);
  expect(first.core.isTensor(second.core.tensor([1]))).toBe(true);
  expect(first.core.add(second.core.tensor([1, 2]), 1).toArray()).toEqual([2, 3]);

  const strategiesOf = ({ forward, reverse, closed }: Copy): readonly Core.Strategy[] => [
    forward.forwardDual,
    reverse.reverseTape,
    closed.symbolic,
  ];
  for (const [outerCopy, innerCopy] of [
    [first, second],
    [second, first],
  ] as const)
    // prettier-ignore
    for (const outer of strategiesOf(outerCopy))
      for (const inner of strategiesOf(innerCopy))
        for (const { mul, add, square, sin, sum, vmap } of [first.core, second.core]) {
          const where = `${outer.name} of one copy over ${inner.name} of the other`;
          expect(outer.derivative((x: Tensor) => mul(x, inner.derivative((y: Tensor) => add(x, y))(1)))(1), where).toBe(1);
          expect(outer.derivative((x: Tensor) => mul(x, inner.derivative((y: Tensor) => mul(x, square(y)))(x)))(2), where).toBe(24);
          const hessian = outer.jacobian((v: Tensor) => inner.gradient((w: Tensor) => sum(mul(w, square(w))))(v))(outerCopy.core.tensor([1, 2]));
          expect(hessian.toArray(), where).toEqual([[6, 0], [0, 12]]); // prettier-ignore
          const rows = vmap((row: Tensor) => inner.gradient((w: Tensor) => sum(sin(w)))(row))(innerCopy.core.zeros([2, 3]));
          expect(rows.toArray(), where).toEqual([[1, 1, 1], [1, 1, 1]]); // prettier-ignore
        }
});

it("recognises a value that leaked out of the other copy", async () => {
  const first = await load();
  const second = await load();
  const leaked: Tensor[] = [];
  first.forward.derivative((x) => {
    leaked.push(x);
    return x;
  })(1);
  expect(() => second.core.sin(leaked[0]!)).toThrow("returned");
  expect(() => second.reverse.derivative((x) => second.core.mul(x, leaked[0]!))(1)).toThrow("returned");
});
