import { type Tensor, cholesky, matvec, mul, sin, sum, tensor, trace } from "@fluxion/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  differentiate,
  gradient,
  hessian,
  jacobian,
  jvp,
  numericFd,
  valueAndGradient,
} from "@fluxion/numeric-fd";
import type { NumericFdOptions } from "@fluxion/numeric-fd";
import { runs } from "./support/runs.ts";
import { messageOf } from "./support/message.ts";

const ask = numericFd.estimate!;

type Plain = (x: readonly number[]) => number[];

/** A function of vectors and the same for many points, which count what they are given. */
function counting(
  plain: Plain,
  isScalar: boolean,
): { f: (t: Tensor) => Tensor; batch: (ts: Tensor) => Tensor; seen: { points: number; calls: number } } {
  const seen = { points: 0, calls: 0 };
  const one = (t: Tensor): Tensor => {
    seen.points++;
    const y = plain([...t.data]);
    return isScalar ? tensor(y[0]!) : tensor(y);
  };
  const batch = (ts: Tensor): Tensor => {
    const [count, size] = ts.shape as readonly [number, number];
    seen.points += count;
    seen.calls++;
    const rows = Array.from({ length: count }, (_, k) =>
      plain(Array.from(ts.data.subarray(k * size, (k + 1) * size))),
    );
    return tensor(isScalar ? rows.map(([first]) => first!) : rows);
  };
  return { f: one, batch, seen };
}

const waves: Plain = (x) => x.map((v, i) => Math.sin(v * (i + 1)) * (x[(i + 1) % x.length]! + 2));
const hill: Plain = (x) => [Math.exp(-x.reduce((total, v, i) => total + v * v * (i + 1), 0) / 10)];

describe("many points in one call", () => {
  const methods: readonly NumericFdOptions[] = [{}, { method: "central" }, { method: "forward" }];
  test("give the numbers of one at a time, bit for bit", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 1, maxLength: 4 }),
        fc.constantFrom(...methods),
        (at, options) => {
          const x = tensor(at);
          const same = (operator: "jacobian" | "gradient" | "hessian" | "hvp", plain: Plain): void => {
            const { f, batch, seen } = counting(plain, operator !== "jacobian");
            const last = operator === "hvp" ? [tensor(at.map((_, i) => i - 1))] : [];
            const alone = ask(operator, f, options)(x, ...last);
            [seen.points, seen.calls] = [0, 0];
            const together = ask(operator, f, { ...options, batch })(x, ...last);
            expect((together.value as Tensor).data).toEqual((alone.value as Tensor).data);
            expect((together.error as Tensor).data).toEqual((alone.error as Tensor).data);
            expect(together.details).toEqual(alone.details);
            expect(together.evaluations).toBe(seen.points);
            // f itself is called twice: at x, and to check the batch.
            expect(together.batches).toBe(seen.calls + 2);
          };
          same("jacobian", waves);
          same("gradient", hill);
          same("hessian", hill);
          same("hvp", hill);
        },
      ),
      { numRuns: runs(8) },
    );
  });

  test("the number of calls doesn't grow with the number of inputs", () => {
    const batches = [5, 50].map((n) => {
      const { f, batch } = counting(hill, true);
      return ask("gradient", f, { batch })(tensor(Array.from({ length: n }, (_, i) => Math.sin(i)))).batches!;
    });
    expect(Math.max(...batches)).toBeLessThan(25);
  });

  test("true runs f under vmap", () => {
    const A = tensor([
      [1, 2],
      [3, 4],
    ]);
    let calls = 0;
    const f = (t: Tensor): Tensor => (calls++, sin(matvec(A, t)));
    const x = tensor([0.1, 0.2]);
    const { value, batches, evaluations } = ask("jacobian", f, { batch: true })(x);
    expect(batches).toBe(calls);
    expect(evaluations).toBeGreaterThan(2 * batches!);
    const J = (value as Tensor).data;
    expect(J[1]).toBeCloseTo(2 * Math.cos(0.5), 11);
    expect(jacobian(f, { batch: false })(x).data[1]).toBeCloseTo(2 * Math.cos(0.5), 11);
  });

  test("constants, several arguments, trees and aux", () => {
    const f = (a: Tensor, c: number, b: { w: Tensor }): readonly [Tensor, string] => [
      sum(mul(mul(a, c), sin(b.w))),
      "aux",
    ];
    const options = { arguments: [0, 2], aux: true, batch: true } as const;
    const { gradient: found, aux } = valueAndGradient(f, options)(tensor([1, 2]), 3, { w: tensor([0.5, 1]) });
    expect(aux).toBe("aux");
    expect(found[0].data[1]).toBeCloseTo(3 * Math.sin(1), 11);
    expect(found[1].w.data[1]).toBeCloseTo(6 * Math.cos(1), 11);
    const leaves: number[][] = [];
    const batch = (a: Tensor, w: Tensor): Tensor => {
      leaves.push([a.rank, w.rank]);
      return sum(mul(mul(a, 3), sin(w)), { axes: 1 });
    };
    const given = gradient(f, { arguments: [0, 2], aux: true, batch } as const)(tensor([1, 2]), 3, {
      w: tensor([0.5, 1]),
    });
    expect(given.gradient[1].w.data[1]).toBeCloseTo(6 * Math.cos(1), 11);
    expect(leaves.every(([a, w]) => a === 2 && w === 2)).toBe(true);
  });

  test("a point where f is not defined leaves the others alone", () => {
    // Definite only where t < 1: cholesky throws beyond, for the whole batch.
    const f = (t: Tensor): Tensor => sum(cholesky(mul(tensor([[2, 0], [0, 2]]), sum(t)))); // prettier-ignore
    const x = tensor([1e-3, 1e-3]);
    const { value, error, status } = ask("gradient", f, { batch: true })(x);
    const right = Math.SQRT2 / Math.sqrt(2e-3);
    expect(["ok", "noisy"]).toContain(status);
    expect(Math.abs((value as Tensor).data[0]! - right)).toBeLessThanOrEqual((error as Tensor).data[0]!);
  });

  test("a batch that throws for one of its points gives the numbers of one at a time", () => {
    const edged: Plain = ([a, b]) => (a! <= 0 ? outside() : [Math.log(a!) + Math.sin(b!), Math.exp(a! * b!)]);
    const { f, batch } = counting(edged, false);
    const x = tensor([0.2, 1]);
    const [alone, together] = [ask("jacobian", f)(x), ask("jacobian", f, { batch })(x)];
    expect(together.details).toEqual(alone.details);
  });

  test("under another strategy f itself is called", () => {
    const program = trace(gradient((t: Tensor) => sum(sin(t)), { method: "central", batch: true }))(
      tensor([1, 2]),
    );
    expect(program.nodes.length).toBeGreaterThan(5);
  });

  test("differentiate takes many numbers at once", () => {
    let [calls, numbers] = [0, 0];
    const batch = (xs: Float64Array): Float64Array => (calls++, (numbers += xs.length), xs.map(Math.exp));
    for (const derivativeOrder of [1, 2, 3, 4]) {
      [calls, numbers] = [0, 0];
      const { batches, evaluations, ...rest } = differentiate(Math.exp, 0.3, { batch, derivativeOrder });
      const { evaluations: alone, ...same } = differentiate(Math.exp, 0.3, { derivativeOrder });
      expect(rest).toEqual(same);
      expect([batches, evaluations]).toEqual([calls + 2, numbers + 2]);
      expect(evaluations).toBeLessThan(alone + 12);
      expect(batches).toBeLessThan(alone / 2);
    }
  });
});

describe("a batch that is wrong", () => {
  const f = (t: Tensor): Tensor => sum(mul(t, t));
  const x = tensor([1, 2, 3]);
  const refused: readonly (readonly [string, NumericFdOptions["batch"], RegExp])[] = [
    ["another function", (ts) => sum(sin(ts), { axes: 1 }), /^ARGUMENT: .*batch gives .* where f gives 14/],
    ["no leading axis", (ts) => sum(mul(ts, ts)), /^SHAPE_MISMATCH: .*1 points/],
    ["several results", (ts) => [sum(mul(ts, ts), { axes: 1 }), 1], /^SHAPE_MISMATCH: .*batch/],
    // Right for one point, so that only a larger call shows it.
    [
      "points in another order",
      (ts) =>
        tensor(
          Float64Array.from({ length: ts.shape[0]! }, (_, k) =>
            f(tensor(ts.data.slice(3 * (ts.shape[0]! - 1 - k), 3 * (ts.shape[0]! - k)))).item(),
          ),
        ),
      /^ARGUMENT: .*batch gives/,
    ],
    ["a promise", (async () => 1) as never, /^ASYNC: /],
    ["nothing", (() => undefined) as never, /^TREE: .*batch/],
    ["a number", 3 as never, /^ARGUMENT: .*batch is true, or a function/],
  ];
  test.each(refused)("%s", (_, batch, expected) => {
    expect(messageOf(() => gradient(f, { batch: batch! })(x))).toMatch(expected);
  });

  test("true for an f that reads numbers", () => {
    const reads = (t: Tensor): Tensor => tensor(t.data[0]! ** 2);
    expect(messageOf(() => jvp(reads, { batch: true })(x)(x))).toMatch(/^NOT_CONCRETE: .*\{ batch: \(xs\)/);
  });

  test("a batch with a memory", () => {
    let calls = 0;
    const batch = (ts: Tensor): Tensor => mul(sum(mul(ts, ts), { axes: 1 }), 1 + 1e-9 * calls++);
    expect(messageOf(() => hessian(f, { batch })(x))).toMatch(
      /^DOMAIN: .*different values for the same input/,
    );
    const wrong = (): unknown => differentiate(Math.exp, 1, { batch: 3 as never });
    expect(messageOf(wrong)).toMatch(/^ARGUMENT: .*batch/);
  });
});

function outside(): never {
  throw new RangeError("not defined");
}
