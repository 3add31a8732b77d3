import { expect, it, vi } from "vitest";

/** Core and the strategies, loaded once more: every module a second time, every class another one. */
async function load(): Promise<{
  core: typeof import("@fluxion/core");
  forward: typeof import("@fluxion/forward-dual");
  reverse: typeof import("@fluxion/reverse-tape");
  closed: typeof import("@fluxion/symbolic");
}> {
  vi.resetModules();
  const [core, forward, reverse, closed] = await Promise.all([import("@fluxion/core"), import("@fluxion/forward-dual"), import("@fluxion/reverse-tape"), import("@fluxion/symbolic")]);
  return { core, forward, reverse, closed };
}

it("keeps nested derivatives apart when two copies of core are in one process", async () => {
  const first = await load();
  const second = await load();
  expect(second.core.Tensor).not.toBe(first.core.Tensor);
  expect(second.core.add).not.toBe(first.core.add);
  expect(first.core.isTensor(second.core.tensor([1]))).toBe(true);
  expect(first.core.add(second.core.tensor([1, 2]), 1).toArray()).toEqual([2, 3]);

  const strategiesOf = (copy: typeof first) => [copy.forward.forwardDual, copy.reverse.reverseTape, copy.closed.symbolic];
  for (const [outerCopy, innerCopy] of [[first, second], [second, first]] as const)
    for (const outer of strategiesOf(outerCopy))
      for (const inner of strategiesOf(innerCopy))
        for (const { mul, add, square, sin, sum, vmap } of [first.core, second.core]) {
          const where = `${outer.name} of one copy over ${inner.name} of the other`;
          expect(outer.derivative((x: any) => mul(x, inner.derivative((y: any) => add(x, y) as never)(1) as never) as never)(1), where).toBe(1);
          expect(outer.derivative((x: any) => mul(x, inner.derivative((y: any) => mul(x, square(y)) as never)(x) as never) as never)(2), where).toBe(24);
          const x = outerCopy.core.tensor([1, 2]);
          const hessian = outer.jacobian((v: any) => inner.gradient((w: any) => sum(mul(w, square(w))) as never)(v) as never)(x) as unknown as { toArray(): unknown };
          expect(hessian.toArray(), where).toEqual([[6, 0], [0, 12]]); // prettier-ignore
          const rows = vmap((row: any) => inner.gradient((w: any) => sum(sin(w)) as never)(row))(innerCopy.core.zeros([2, 3]) as never) as { toArray(): unknown };
          expect(rows.toArray(), where).toEqual([[1, 1, 1], [1, 1, 1]]); // prettier-ignore
        }
});

it("recognises a value that leaked out of the other copy", async () => {
  const first = await load();
  const second = await load();
  let leaked: unknown;
  first.forward.derivative((x) => {
    leaked = x;
    return x;
  })(1);
  expect(() => second.core.sin(leaked as never)).toThrow("returned");
  expect(() => second.reverse.derivative((x) => second.core.mul(x, leaked as never))(1)).toThrow("returned");
});
