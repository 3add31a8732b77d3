import { add, customRule, dot, exp, FluxionError, greater, mul, pow, primal, sin, square, sum, tensor, type Tensor, traceFlat, where, zeros } from "@fluxion/core"; // prettier-ignore
import { beforeEach, describe, expect, it, vi } from "vitest";
import { symbolic } from "../../src/strategy/index.ts";
import { cached } from "../../src/strategy/cache.ts";
import { type Derivation, deriveCotangents, deriveTangents } from "../../src/strategy/derivation.ts";

vi.mock(import("../../src/strategy/derivation.ts"), async (original) => {
  const real = await original();
  return {
    ...real,
    deriveCotangents: vi.fn<typeof real.deriveCotangents>(real.deriveCotangents),
    deriveTangents: vi.fn<typeof real.deriveTangents>(real.deriveTangents),
  };
});

/** How many derivations a run makes. */
function derivations(run: () => unknown): number {
  const count = (): number =>
    vi.mocked(deriveCotangents).mock.calls.length + vi.mocked(deriveTangents).mock.calls.length;
  const before = count();
  run();
  return count() - before;
}

function codeOf(run: () => unknown): string {
  try {
    run();
    return "nothing";
  } catch (error) {
    if (error instanceof FluxionError) return error.code;
    throw error;
  }
}

/** Makes structures unlike those of other tests. */
let unlike = 0;
beforeEach(() => {
  unlike++;
});
const fresh = (x: Tensor): Tensor => Array.from({ length: unlike }).reduce<Tensor>((y) => sin(y), x);

describe("the derivation", () => {
  it("is made once for a structure, at all points", () => {
    const f = (x: Tensor): Tensor => sum(mul(fresh(x), exp(x)));
    expect(derivations(() => symbolic.gradient(f)(tensor([1, 2])))).toBe(1);
    expect(derivations(() => { for (let i = 0; i < 5; i++) symbolic.gradient(f)(tensor([i, 3])); })).toBe(0); // prettier-ignore
    expect(
      derivations(() => symbolic.gradient((x: Tensor) => sum(mul(fresh(x), exp(x))))(tensor([5, 6]))),
    ).toBe(0);
  });

  it("is made anew for another shape, operator, attribute or direction", () => {
    const f = (x: Tensor): Tensor => fresh(x);
    const at = tensor([1, 2]);
    expect(derivations(() => symbolic.vjp(f)(at).pullback(at))).toBe(1);
    expect(
      derivations(() =>
        symbolic
          .vjp(f)(tensor([1, 2, 3]))
          .pullback(tensor([1, 2, 3])),
      ),
    ).toBe(1);
    expect(derivations(() => symbolic.jvp(f)(at)(at))).toBe(1);
    expect(derivations(() => symbolic.gradient((x: Tensor) => sum(fresh(x), { axes: 0 }))(at))).toBe(1);
    expect(derivations(() => symbolic.gradient((x: Tensor) => sum(add(fresh(x), 1)))(at))).toBe(1);
  });

  it("sees a captured array that was changed between calls", () => {
    const weights = Float64Array.of(1, 2);
    const f = (x: Tensor): Tensor => dot(fresh(x), weights);
    const slope = (): readonly number[] =>
      Array.from(symbolic.gradient((x: Tensor) => f(x))(zeros([2])).data);
    expect(slope()).toEqual([1, 2]);
    weights.set([3, 4]);
    expect(derivations(() => expect(slope()).toEqual([3, 4]))).toBe(0);
  });

  it("sees a captured number that was changed between calls", () => {
    let power = 2;
    const slope = (): number => symbolic.derivative((x: Tensor) => pow(x, power))(3);
    expect(slope()).toBe(6);
    power = 3;
    expect(slope()).toBe(27);
    let factor = 1;
    const scaled = (): number => symbolic.derivative((x: Tensor) => mul(factor, square(x)))(3);
    expect(scaled()).toBe(6);
    factor = -2;
    expect(scaled()).toBe(-12);
  });

  it("isn't confused by programs that differ only in who feeds whom", () => {
    const a = (x: Tensor, y: Tensor): Tensor => mul(sin(x), exp(y));
    const b = (x: Tensor, y: Tensor): Tensor => mul(sin(y), exp(x));
    const c = (x: Tensor, y: Tensor): Tensor => (mul(sin(x), exp(x)).rank === 0 ? mul(sin(x), exp(x)) : y);
    for (const [f, wanted] of [
      [a, Math.cos(1) * Math.exp(2)],
      [b, Math.sin(2) * Math.exp(1)],
      [c, Math.exp(1) * (Math.sin(1) + Math.cos(1))],
      [a, Math.cos(1) * Math.exp(2)],
    ] as const)
      expect(symbolic.gradient(f)(1, 2)).toBeCloseTo(wanted, 14);
    expect(symbolic.gradient(a, { argument: 1 })(1, 2)).toBeCloseTo(Math.sin(1) * Math.exp(2), 14);
  });

  it("is never shared by functions with rules of their own", () => {
    const scaled = (factor: number): number =>
      symbolic.derivative((x: Tensor) =>
        customRule((y: Tensor) => square(y), {
          jvp: (_, [dy]) => mul(factor, dy),
          vjp: (g) => [mul(factor, g)],
        })(x),
      )(3);
    expect([scaled(1), scaled(2), scaled(1)]).toEqual([1, 2, 1]);
  });

  it("is forgotten when 256 others have been made since", () => {
    const graph = traceFlat(([x]) => [sin(x!)], [[]]);
    const make = vi.fn<() => Derivation>(() => ({ graph, present: [true] }));
    const kind = (name: string | number): unknown => cached(`test ${name}`, graph, [true], make);
    kind("first");
    kind("first");
    expect(make).toHaveBeenCalledTimes(1);
    for (let i = 0; i < 255; i++) kind(i);
    kind("first");
    expect(make).toHaveBeenCalledTimes(256);
    for (let i = 1000; i < 1256; i++) kind(i);
    kind("first");
    expect(make).toHaveBeenCalledTimes(256 + 256 + 1);
  });

  it("is forgotten when all of them together have grown large, but for the newest", () => {
    const graph = traceFlat(([x]) => [sin(x!)], [[]]);
    const nodes = new Array<(typeof graph.nodes)[number]>(300_000).fill(graph.nodes[1]!);
    const large = vi.fn<() => Derivation>(() => ({ graph: { ...graph, nodes }, present: [true] }));
    const kind = (name: string): unknown => cached(`large ${name}`, graph, [true], large);
    for (const [name, calls] of [["a", 1], ["a", 1], ["b", 2], ["b", 2], ["a", 3]] as const) { kind(name); expect(large).toHaveBeenCalledTimes(calls); } // prettier-ignore
    // A derivation of ordinary size is kept again afterwards.
    const small = vi.fn<() => Derivation>(() => ({ graph, present: [true] }));
    for (let i = 0; i < 3; i++) cached("small", graph, [true], small);
    expect(small).toHaveBeenCalledTimes(1);
  });
});

describe("control flow on numbers", () => {
  it.each<readonly [string, (x: Tensor) => unknown]>([
    ["if (primal(x).item() > 0)", (x) => (primal(x).item() > 0 ? x : mul(x, 2))],
    ["if (x > 0)", (x) => ((x as unknown as number) > 0 ? x : mul(x, 2))],
    ["while (x.item() > 1)", (x) => { let y = x; while (y.item() > 1) y = mul(y, 0.5); return y; }], // prettier-ignore
  ])("%s throws NOT_CONCRETE and says to use where", (_, f) => {
    const run = (): unknown => symbolic.derivative(f as (x: Tensor) => Tensor)(3);
    expect(codeOf(run)).toBe("NOT_CONCRETE");
    expect(run).toThrow("where(condition, a, b)");
    expect(run).toThrow("symbolic");
  });

  it("by where works", () => {
    const f = (x: Tensor): Tensor => where(greater(x, 0), x, mul(x, 2));
    expect([symbolic.derivative(f)(3), symbolic.derivative(f)(-3)]).toEqual([1, 2]);
  });
});
