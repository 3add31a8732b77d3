import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import {
  add, broadcastTo, customRule, dot, exp, full, greater, linspace, matmul, mul, neg, ones, operatorNames, reshape, scalar, sin, square, sub, sum, tensor,
  type Tensor, withLevel, zeros,
} from "@fluxion/core"; // prettier-ignore
import { describe, expect, it } from "vitest";
import { gradient, reverseTape, rules, vjp } from "../src/index.ts";
import { sweep } from "../src/sweep.ts";
import type { Entry } from "../src/entry.ts";
import { Tape } from "../src/tape.ts";

/** Runs f on a tape and gives its entries, and the result's position. */
function record(f: (x: Tensor) => Tensor, x: Tensor): { readonly entries: Entry[]; readonly output: number } {
  return withLevel(
    (level) => new Tape(level),
    (tape) => {
      const y = f(tape.input(x));
      return { entries: tape.entries, output: tape.position(y) };
    },
  );
}

/** f with a vjp rule that counts how often its cotangents are computed. */
function counting(): { readonly f: (x: Tensor) => Tensor; readonly calls: () => number } {
  let calls = 0;
  const f = customRule((x: Tensor) => mul(x, 1), { vjp: (g) => { calls++; return [g]; } }); // prettier-ignore
  return { f, calls: () => calls };
}

describe("what is kept", () => {
  it("is what the rule reads and nothing else", () => {
    const x = tensor([1, 2]);
    const { entries } = record((t) => sum(exp(neg(add(sin(t), t)))), x);
    const kept = entries.slice(1).map(({ inputs, output }) => [inputs !== null, output !== null]);
    // sin keeps its input; add, neg and sum nothing; exp its output
    expect(kept).toEqual([[true, false], [false, false], [false, false], [false, true], [false, false]]); // prettier-ignore
    expect(entries[1]!.inputs![0]).toBe(x);
  });

  it("is nothing for every rule that says so", () => {
    const nothing = operatorNames.filter((name) => rules[name].keeps === "nothing");
    expect(nothing.length).toBeGreaterThan(20);
    const { entries } = record((t) => reshape(broadcastTo(sub(add(t, 1), 2), [3, 2]), [6]), tensor([1, 2]));
    for (const { inputs, output } of entries.slice(1)) expect([inputs, output]).toEqual([null, null]);
  });

  it("is no entry for what doesn't depend on the inputs", () => {
    const c = tensor([1, 2]);
    const { entries } = record((t) => add(t, mul(exp(c), square(c))), c);
    expect(entries).toHaveLength(2);
    expect(entries[1]!.parents).toEqual([0, -1]);
  });

  it("is dropped while a gradient is swept, and kept for a pullback", () => {
    const x = tensor([1, 2]);
    const f = (t: Tensor): Tensor => sum(square(exp(t)));
    for (const release of [true, false]) {
      const { entries, output } = record(f, x);
      const before = entries.length;
      const once = sweep(entries, 1, [output], [ones([])], release);
      expect(entries).toHaveLength(release ? 1 : before);
      if (!release) expect(sweep(entries, 1, [output], [ones([])], false)).toEqual(once);
    }
  });
});

describe("cotangents", () => {
  it("of constants are never computed", () => {
    const constant = counting();
    const active = counting();
    gradient((x: Tensor) => sum(mul(active.f(x), constant.f(tensor([3, 4])))))(tensor([1, 2]));
    expect([active.calls(), constant.calls()]).toEqual([1, 0]);
  });

  it("of what the result doesn't depend on are never computed", () => {
    const unused = counting();
    const onlyCompared = counting();
    const found = gradient((x: Tensor) => {
      unused.f(exp(x));
      return add(sum(greater(onlyCompared.f(x), 0)), sum(x));
    })(tensor([1, 2]));
    expect([unused.calls(), onlyCompared.calls()]).toEqual([0, 0]);
    expect(found).toEqual(ones([2]));
  });

  it("of a constant operand cost no product", () => {
    // A's cotangent would be a 1000×1000 matrix, kept nowhere and computed by nobody.
    const A = full([1000, 1000], 0.5);
    const { entries, output } = record((x) => sum(matmul(A, x)), ones([1000, 1]));
    expect(entries[1]!.parents).toEqual([-1, 0]);
    const given: number[] = [];
    entries[1]!.pullback!(ones([1000, 1]), entries[1]!, (_, operand) => given.push(operand));
    expect(given).toEqual([1]);
    expect(output).toBe(2);
  });

  it("of a value used twice add up", () => {
    expect(gradient((x: Tensor) => add(mul(x, x), add(x, x)))(3)).toBe(8);
    expect(gradient((x: Tensor) => { const y = exp(x); return mul(mul(y, y), mul(y, y)); })(0.5)).toBeCloseTo(4 * Math.exp(2), 12); // prettier-ignore
    const { value, pullback } = vjp((x: Tensor) => [x, x, mul(2, x)] as const)(tensor([1, 2]));
    expect(value[2]).toEqual(tensor([2, 4]));
    expect(pullback([tensor([1, 0]), tensor([0, 1]), tensor([10, 10])])).toEqual(tensor([21, 21]));
  });

  it("of an operand that was stretched are summed", () => {
    const f = (shape: readonly number[], against: readonly number[]): unknown =>
      gradient((x: Tensor) => sum(mul(x, full(against, 2))))(full(shape, 1)).toArray();
    expect(f([], [2, 3])).toBe(12);
    expect(f([1], [2, 3])).toEqual([12]);
    expect(f([3], [2, 3])).toEqual([4, 4, 4]);
    expect(f([2, 1], [2, 3])).toEqual([[6], [6]]);
    expect(f([1, 3], [4, 2, 3])).toEqual([[16, 16, 16]]);
    expect(f([2, 3], [3])).toEqual([[2, 2, 2], [2, 2, 2]]); // prettier-ignore
    expect(f([1, 1, 1], [2, 3])).toEqual([[[12]]]);
    expect(f([1], [0, 3])).toEqual([0]);
  });
});

describe("size", () => {
  it("a chain of a million operators overflows no stack", () => {
    const n = 1_000_000;
    const found = gradient((x: Tensor) => {
      let y = x;
      for (let i = 0; i < n / 2; i++) y = add(mul(y, 0.5), 1);
      return y;
    })(3);
    expect(found).toBe(0.5 ** (n / 2));
    const sums = gradient((x: Tensor) => {
      let y = x;
      for (let i = 0; i < 200_000; i++) y = add(y, x);
      return y;
    })(3);
    expect(sums).toBe(200_001);
  });

  it("ten thousand gradients leave nothing behind", async () => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    const x = linspace(0, 1, 300);
    const f = (t: Tensor): Tensor => dot(sin(t), exp(mul(t, t)));
    const used = async (): Promise<number> => {
      // Buffers are given back in the background.
      for (let i = 0; i < 3; i++) await new Promise((resolve) => setTimeout(resolve, 5)).then(collect);
      const { heapUsed, arrayBuffers } = process.memoryUsage();
      return (heapUsed + arrayBuffers) / 2 ** 20;
    };
    const repeat = (times: number): void => {
      for (let i = 0; i < times; i++) gradient(f)(x);
    };
    repeat(1000); // until V8 has compiled everything
    const before = await used();
    repeat(10_000);
    // One run's residuals are more than 10 kB: 100 MB would be left if they were kept.
    expect((await used()) - before).toBeLessThan(30);
  }, 60_000);

  it("a pullback keeps its tape, and lets it go", async () => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    const freed: string[] = [];
    const registry = new FinalizationRegistry((name: string) => freed.push(name));
    let pulled = (() => {
      const { pullback } = vjp((x: Tensor) => {
        const y = exp(x);
        registry.register(y.primal!, "residual");
        return mul(y, 2);
      })(1);
      return pullback;
    })() as ((g: number) => number) | null;
    for (let i = 0; i < 3; i++) await new Promise((resolve) => setTimeout(resolve, 1)).then(collect);
    expect(freed).toEqual([]);
    expect(pulled!(1)).toBe(2 * Math.E);
    pulled = null;
    for (let i = 0; i < 50 && freed.length === 0; i++)
      await new Promise((resolve) => setTimeout(resolve, 2)).then(collect);
    expect(freed).toEqual(["residual"]);
  });
});

it("reads f's control flow as it runs", () => {
  const f = (x: Tensor): Tensor => {
    let y: Tensor = scalar(1);
    for (let i = 0; i < 5; i++) y = i % 2 === 0 ? mul(y, x) : add(y, 1);
    return y;
  };
  // ((x + 1) x + 1) x = x³ + x² + x
  expect(reverseTape.derivative(f)(2)).toBe(12 + 4 + 1);
  expect(reverseTape.gradient((x: Tensor) => sum(mul(x, zeros([2]))))(ones([2]))).toEqual(zeros([2]));
});
