import { type Tensor, add, mul, sin, sum, tensor } from "@fluxion/core";
import { describe, expect, test } from "vitest";
import {
  differentiate,
  numericFd,
  valueAndDerivative,
  valueAndGradient,
  valueAndJacobian,
  valueGradientAndHessian,
  gradient,
  hessian,
  jacobian,
  derivative,
} from "@fluxion/numeric-fd";
import type { Entry } from "@fluxion/numeric-fd";

const ask = numericFd.estimate!;

/** Entries, values and errors of the same places. */
function expectSame(entry: Entry, value: number, error: number): void {
  expect(Object.is(entry.value, value)).toBe(true);
  expect(entry.error).toBe(error);
}

describe("the figures of every entry", () => {
  const f = (t: Tensor): Tensor =>
    tensor(Math.sin(t.data[0]!) + Math.abs(t.data[1]!) + Math.sqrt(t.data[2]!) * t.data[0]!);
  const x = tensor([0.3, 0, 0.25]);

  test("are those of differentiate along the coordinate", () => {
    const { value, error, details, status } = ask("gradient", f)(x);
    const entries = details as readonly Entry[];
    entries.forEach((entry, i) => {
      const along = (t: number): Tensor => f(tensor([...x.data].with(i, t)));
      const { evaluations, ...alone } = differentiate(along, x.data[i]!);
      expect(entry).toEqual(alone);
      expect(evaluations).toBeGreaterThan(0);
      expectSame(entry, (value as Tensor).data[i]!, (error as Tensor).data[i]!);
    });
    expect(entries.map((entry) => entry.status)).toEqual(["ok", "kink", "ok"]);
    expect(status).toBe("kink");
    expect(entries[0]!.order).toBeGreaterThan(3);
  });

  test("mirror Jacobians, Hessians and trees", () => {
    const g = (p: { a: Tensor; b: Tensor }): { y: Tensor; z: Tensor } => ({
      y: sin(p.a),
      z: mul(p.b, sum(p.a)),
    });
    const at = { a: tensor([[1, 2], [3, 4]]), b: tensor(2) }; // prettier-ignore
    const J = ask("jacobian", g)(at);
    type Blocks<T> = { y: { a: T; b: T }; z: { a: T; b: T } };
    const value = J.value as unknown as Blocks<Tensor>;
    const details = J.details as unknown as Blocks<never>;
    const entry = (details.y.a as Entry[][][][])[1]![0]![1]![0]!;
    expectSame(entry, value.y.a.data[10]!, (J.error as unknown as Blocks<Tensor>).y.a.data[10]!);
    expect((details.z.a as Entry[][])[1]![1]!.value).toBe(value.z.a.data[3]);
    expect((details.z.b as Entry).value).toBe(value.z.b.item());
    const H = ask("hessian", (t: Tensor) => sum(mul(t, sin(t))))(tensor([1, 2]));
    const entries = H.details as readonly (readonly Entry[])[];
    expectSame(entries[1]![0]!, (H.value as Tensor).data[2]!, (H.error as Tensor).data[2]!);
    expectSame(entries[1]![1]!, (H.value as Tensor).data[3]!, (H.error as Tensor).data[3]!);
  });

  test("belong to directional derivatives, pullbacks and products", () => {
    const g = (t: Tensor): Tensor => sin(t);
    const at = tensor([1, 2]);
    const tangent = ask("jvp", g)(at, tensor([1, 2])).details as readonly Entry[];
    expect(tangent[1]!.value).toBeCloseTo(2 * Math.cos(2), 11);
    // Twice the speed, half the step.
    const [slow, fast] = [1, -2].map(
      (speed) => (ask("jvp", g)(at, tensor([speed, 0])).details as readonly Entry[])[0]!,
    );
    expect(fast!.step).toBeCloseTo(slow!.step / 2, 12);
    const pulled = ask("vjp", g)(at, tensor([1, 3])).details as readonly Entry[];
    expect(pulled[1]!.value).toBeCloseTo(3 * Math.cos(2), 11);
    expect(pulled[1]!.step).toBeGreaterThan(0);
    const product = ask("hvp", (t: Tensor) => sum(sin(t)))(at, tensor([1, 1])).details as readonly Entry[];
    expect(product[0]!.value).toBeCloseTo(-Math.sin(1), 8);
    expect(ask("derivative", (t: Tensor) => sin(t))(1).details).toMatchObject({
      status: "ok",
      side: "central",
    });
  });

  test("name the side, turned round where the direction points back", () => {
    const edge = (t: Tensor): Tensor => tensor(t.data[0]! < 1 ? NaN : t.data[0]! ** 2);
    const sides = [1, -1].map(
      (speed) => (ask("jvp", edge)(tensor([1]), tensor([speed])).details as Entry).side,
    );
    expect(sides).toEqual(["forward", "backward"]);
    const [entry] = ask("gradient", edge)(tensor([1])).details as readonly Entry[];
    expect(entry).toMatchObject({ side: "forward", status: "oneSided" });
  });

  test("are read once, and travel as JSON", () => {
    const estimate = ask("gradient", f)(x);
    expect(estimate.details).toBe(estimate.details);
    expect(JSON.parse(JSON.stringify(estimate))).toMatchObject({
      details: [{ status: "ok" }, { status: "kink" }, {}],
    });
  });
});

describe("value and derivative", () => {
  const f = (t: Tensor): Tensor => sum(add(mul(t, t), sin(t)));
  test("share their evaluations", () => {
    const count = (run: (g: (t: Tensor) => Tensor) => unknown): number => {
      let calls = 0;
      run((t) => (calls++, f(t)));
      return calls;
    };
    const x = tensor([1, 2, 3]);
    expect(count((g) => valueAndDerivative(g)(1))).toBe(count((g) => derivative(g)(1)));
    expect(count((g) => valueAndGradient(g)(x))).toBe(count((g) => gradient(g)(x)));
    expect(count((g) => valueAndJacobian(g)(x))).toBe(count((g) => jacobian(g)(x)));
    expect(count((g) => valueGradientAndHessian(g)(x))).toBe(count((g) => hessian(g)(x)));
    const together = count((g) => valueGradientAndHessian(g)(x));
    // The gradient comes from the points of the diagonal, but for a few.
    expect(together).toBeLessThan(
      count((g) => gradient(g)(x)) + ask("hessian", f)(x).evaluations - 2 * 3 * 9,
    );
    expect(count((g) => ask("hessian", g)(x))).toBe(ask("hessian", f)(x).evaluations);
  });

  test("no value is asked for twice but f(x)", () => {
    const seen = new Map<string, number>();
    const x = tensor([1, 2]);
    valueGradientAndHessian((t: Tensor) => {
      const key = [...t.data].join();
      seen.set(key, (seen.get(key) ?? 0) + 1);
      return f(t);
    })(x);
    expect([...seen].filter(([, times]) => times > 1)).toEqual([[[...x.data].join(), 2]]);
  });
});
