import {
  type Tensor,
  add,
  customRule,
  dot,
  evaluate,
  exp,
  log,
  matvec,
  mul,
  sin,
  sub,
  sum,
  tensor,
  trace,
  vmap,
} from "@fluxion/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  derivative,
  gradient,
  hessian,
  hvp,
  jacobian,
  jvp,
  numericFd,
  valueAndGradient,
  valueGradientAndHessian,
  vjp,
} from "@fluxion/numeric-fd";
import { runs } from "./support/runs.ts";
import { messageOf } from "./support/message.ts";

const A = tensor([
  [1, 2],
  [3, 4],
  [5, 6],
]);
const waves = (x: Tensor): Tensor => sin(matvec(A, x));
const bowl = (x: Tensor): Tensor => sum(mul(exp(x), dot(x, x)));
const x = tensor([0.1, 0.2]);
const central = { method: "central" } as const;

/** ∂bowl/∂x and its Hessian, by hand: f = s·q with s = Σ exp, q = x·x. */
function bowlByHand([a, b]: readonly [number, number]): { gradient: number[]; hessian: number[][] } {
  const [ea, eb] = [Math.exp(a), Math.exp(b)];
  const [s, q] = [ea + eb, a * a + b * b];
  const mixed = 2 * b * ea + 2 * a * eb;
  return {
    gradient: [ea * q + 2 * a * s, eb * q + 2 * b * s],
    hessian: [
      [ea * q + 4 * a * ea + 2 * s, mixed],
      [mixed, eb * q + 4 * b * eb + 2 * s],
    ],
  };
}

const wavesByHand = (point: Tensor): number[][] => {
  const angles = matvec(A, point).data;
  return [0, 1, 2].map((i) => [0, 1].map((j) => Math.cos(angles[i]!) * (A.toArray() as number[][])[i]![j]!));
};

const flat = (values: unknown): number[] => (values as number[][]).flat();

/** The entries of found lie within the errors of the entries of right. */
function expectWithin(found: unknown, errors: unknown, right: readonly number[]): void {
  const [values, bounds] = [(found as Tensor).data, (errors as Tensor).data];
  expect(values.length).toBe(right.length);
  right.forEach((value, i) =>
    expect(Math.abs(values[i]! - value)).toBeLessThanOrEqual(bounds[i]! + 1e-15 * Math.abs(value)),
  );
}

function expectNear(found: Tensor, right: readonly number[], tolerance: number): void {
  expect(found.size).toBe(right.length);
  right.forEach((value, i) => expect(Math.abs(found.data[i]! - value)).toBeLessThanOrEqual(tolerance));
}

describe("every operator against a derivative by hand", () => {
  const byHand = bowlByHand([0.1, 0.2]);
  const J = wavesByHand(x);
  test.each([
    ["adaptive", {}, 1e-12, 1e-10],
    ["central", central, 1e-10, 1e-8],
    ["forward", { method: "forward" }, 1e-8, 1e-6],
    ["backward", { method: "backward" }, 1e-8, 1e-6],
  ] as const)("%s", (_, options, first, second) => {
    expect(Math.abs(derivative((t: Tensor) => mul(t, t), options)(3) - 6)).toBeLessThan(first * 10);
    expectNear(gradient(bowl, options)(x), byHand.gradient, first);
    expectNear(jacobian(waves, options)(x), J.flat(), first);
    expectNear(
      jvp(waves, options)(x)(tensor([1, -1])).tangent,
      J.map(([a, b]) => a! - b!),
      first,
    );
    expectNear(
      vjp(waves, options)(x).pullback(tensor([1, 0, 2])),
      [J[0]![0]! + 2 * J[2]![0]!, J[0]![1]! + 2 * J[2]![1]!],
      first * 4,
    );
    expectNear(hessian(bowl, options)(x), byHand.hessian.flat(), second);
    expectNear(
      hvp(bowl, options)(x)(tensor([1, 2])),
      byHand.hessian.map(([a, b]) => a! + 2 * b!),
      second * 4,
    );
    const all = valueGradientAndHessian(bowl, options)(x);
    expect(all.value.item()).toBe(bowl(x).item());
    expectNear(all.gradient, byHand.gradient, first);
    expectNear(all.hessian, byHand.hessian.flat(), second);
  });

  test("estimates mirror the operators and bound their error", () => {
    const ask = numericFd.estimate!;
    const bowlEstimate = ask("gradient", bowl)(x);
    expectWithin(bowlEstimate.value, bowlEstimate.error, byHand.gradient);
    const H = ask("hessian", bowl)(x);
    expectWithin(H.value, H.error, byHand.hessian.flat());
    const product = ask("hvp", bowl)(x, tensor([1, 2]));
    expectWithin(
      product.value,
      product.error,
      byHand.hessian.map(([a, b]) => a! + 2 * b!),
    );
    const full = ask("jacobian", waves)(x);
    expectWithin(full.value, full.error, J.flat());
    const tangent = ask("jvp", waves)(x, tensor([1, -1]));
    expectWithin(
      tangent.value,
      tangent.error,
      J.map(([a, b]) => a! - b!),
    );
    const cotangent = ask("vjp", waves)(x, tensor([1, 0, 2]));
    expectWithin(cotangent.value, cotangent.error, [J[0]![0]! + 2 * J[2]![0]!, J[0]![1]! + 2 * J[2]![1]!]);
    const slope = ask("derivative", (t: Tensor) => exp(t))(1);
    expect(Math.abs((slope.value as number) - Math.E)).toBeLessThanOrEqual(slope.error as number);
    for (const { status } of [bowlEstimate, H, product, full, tangent, cotangent, slope])
      expect(status).toMatch(/ok|noisy/);
  });
});

describe("random quadratic forms with waves", () => {
  const entry = fc.double({ min: -2, max: 2, noNaN: true }).map((value) => Math.round(value * 100) / 100);
  test("gradient, Hessian and its products are within their bounds", () => {
    fc.assert(
      fc.property(
        fc.array(entry, { minLength: 9, maxLength: 9 }),
        fc.array(entry, { minLength: 3, maxLength: 3 }),
        (m, at) => {
          const M = tensor([m.slice(0, 3), m.slice(3, 6), m.slice(6, 9)]);
          const f = (t: Tensor): Tensor => add(dot(t, matvec(M, t)), sum(sin(t)));
          const H = [0, 1, 2].map((i) =>
            [0, 1, 2].map((j) => m[3 * i + j]! + m[3 * j + i]! - (i === j ? Math.sin(at[i]!) : 0)),
          );
          const g = [0, 1, 2].map(
            (i) =>
              Math.cos(at[i]!) +
              at.reduce((total, value, j) => total + (m[3 * i + j]! + m[3 * j + i]!) * value, 0),
          );
          const bound = numericFd.estimate!("gradient", f)(tensor(at));
          const slack = 1e-14;
          g.forEach((value, i) =>
            expect(Math.abs((bound.value as Tensor).data[i]! - value)).toBeLessThanOrEqual(
              (bound.error as Tensor).data[i]! + slack,
            ),
          );
          const second = numericFd.estimate!("hessian", f)(tensor(at));
          H.flat().forEach((value, i) => {
            expect(Math.abs((second.value as Tensor).data[i]! - value)).toBeLessThanOrEqual(
              (second.error as Tensor).data[i]! + slack,
            );
            expect((second.error as Tensor).data[i]!).toBeLessThan(1e-6);
          });
          expectNear(
            hvp(f)(tensor(at))(tensor([1, -2, 0.5])),
            H.map(([a, b, c]) => a! - 2 * b! + 0.5 * c!),
            1e-8,
          );
        },
      ),
      { numRuns: runs(25) },
    );
  });
});

describe("one sweep serves all outputs", () => {
  test("a Jacobian with 40 outputs calls f about as often as one with 1", () => {
    const B = tensor(Array.from({ length: 40 }, (_, i) => [Math.sin(i), Math.cos(i)]));
    let calls = 0;
    const counted = (t: Tensor): Tensor => (calls++, sin(matvec(B, t)));
    const { evaluations } = numericFd.estimate!("jacobian", counted)(x);
    expect(evaluations).toBe(calls);
    const one = numericFd.estimate!("jacobian", (t: Tensor) => sin(dot(tensor([1, 0.5]), t)))(x).evaluations;
    expect(evaluations).toBeLessThan(3 * one);
  });

  test("a directional derivative costs one sweep, whatever the number of inputs", () => {
    const many = tensor(Array.from({ length: 50 }, (_, i) => Math.sin(i)));
    const { evaluations } = numericFd.estimate!("jvp", (t: Tensor) => dot(sin(t), t))(
      many,
      tensor(Array.from({ length: 50 }, () => 1)),
    );
    expect(evaluations).toBeLessThan(80);
  });

  test("badly scaled inputs have steps of their own", () => {
    const f = (t: Tensor): Tensor => sum(log(t));
    const found = gradient(f)(tensor([1e-8, 1, 1e8]));
    expectNear(mul(found, tensor([1e-8, 1, 1e8])), [1, 1, 1], 1e-11);
  });
});

describe("trees, arguments, aux and bounds", () => {
  test("a tree of parameters", () => {
    const parameters = {
      W: tensor([
        [1, 2],
        [3, 4],
      ]),
      b: tensor([1, -1]),
    };
    const found = gradient((p: { W: Tensor; b: Tensor }, t: Tensor) => sum(sin(add(matvec(p.W, t), p.b))))(
      parameters,
      tensor([0.3, 0.4]),
    );
    const c = [Math.cos(2.1), Math.cos(1.5)];
    expectNear(found.b, c, 1e-12);
    expectNear(found.W, [0.3 * c[0]!, 0.4 * c[0]!, 0.3 * c[1]!, 0.4 * c[1]!], 1e-12);
  });

  test("several arguments", () => {
    const [byA, byB] = jacobian((a: Tensor, b: Tensor) => mul(a, b), { arguments: [0, 1] })(
      tensor([1, 2]),
      3,
    );
    expectNear(byA, [3, 0, 0, 3], 1e-12);
    expectNear(byB, [1, 2], 1e-12);
  });

  test("aux belongs to x, not to a point next to it", () => {
    for (const options of [{ aux: true }, { aux: true, method: "central" }] as const) {
      const { aux } = valueAndGradient((t: Tensor) => [dot(t, t), t] as const, options)(tensor([1, 2]));
      expect(aux.toArray()).toEqual([1, 2]);
    }
  });

  test("bounds of each entry are kept", () => {
    let outside = 0;
    const guarded = (t: Tensor): Tensor => {
      if (t.data[0]! < 0 || t.data[1]! > 2) outside++;
      return sum(exp(t));
    };
    const found = gradient(guarded, { lower: tensor([0, -5]), upper: tensor([5, 2]) })(tensor([0, 2]));
    expectNear(found, [1, Math.exp(2)], 1e-9);
    expect(outside).toBe(0);
  });

  test("typical sizes as a tree", () => {
    const f = ({ a, b }: { a: Tensor; b: Tensor }): Tensor => mul(sin(mul(1e6, a)), b);
    const found = gradient(f, { typical: { a: 1e-6, b: 1 } })({ a: 0, b: 2 });
    expect(Math.abs(found.a - 2e6)).toBeLessThan(1e-6);
    expect(found.b).toBe(0);
  });

  test("no entries at all", () => {
    expect(gradient((t: Tensor) => sum(t))(tensor([])).toArray()).toEqual([]);
  });

  test("the arguments are left as they were, and results share nothing with them", () => {
    const given = Float64Array.of(1, 2);
    const { value, gradient: found } = valueAndGradient((t: Tensor) => dot(t, t))(given);
    given.fill(7);
    expect(found.data.every((entry, i) => Math.abs(entry - [2, 4][i]!) < 1e-12)).toBe(true);
    expect(value.item()).toBe(5);
  });
});

describe("inside and outside of others", () => {
  test("nested in itself, without confusing the variables", () => {
    expect(derivative((a: Tensor) => mul(a, derivative((b: Tensor) => add(a, b))(1)))(1)).toBeCloseTo(1, 12);
    expect(
      derivative((a: Tensor) => mul(a, derivative((b: Tensor) => mul(a, mul(a, b)), central)(1)))(2),
    ).toBeCloseTo(12, 9);
  });

  test("traced, a fixed-step derivative is a program", () => {
    const byHand = bowlByHand([0.1, 0.2]);
    expectNear(evaluate(trace(gradient(bowl, central))(x), x) as Tensor, byHand.gradient, 1e-10);
    expectNear(evaluate(trace(hessian(bowl, central))(x), x) as Tensor, byHand.hessian.flat(), 1e-8);
    const product = (t: Tensor, v: Tensor): Tensor => hvp(bowl, central)(t)(v);
    expectNear(evaluate(trace(product)(x, x), x, tensor([1, 0])) as Tensor, byHand.hessian[0]!, 1e-8);
    const tangent = (t: Tensor, v: Tensor): Tensor => jvp(waves, central)(t)(v).tangent;
    expectNear(
      evaluate(trace(tangent)(x, x), x, tensor([1, 0])) as Tensor,
      wavesByHand(x).map(([a]) => a!),
      1e-10,
    );
    const pulled = (t: Tensor, v: Tensor): Tensor => vjp(waves, central)(t).pullback(v);
    expectNear(
      evaluate(trace(pulled)(x, tensor([0, 1, 0])), x, tensor([0, 1, 0])) as Tensor,
      wavesByHand(x)[1]!,
      1e-10,
    );
  });

  test("vmap of a fixed-step gradient is a loop", () => {
    const batch = tensor([
      [0.1, 0.2],
      [1, 2],
      [-3, 0.5],
    ]);
    const found = vmap(gradient(bowl, central))(batch);
    const loop = flat(
      (batch.toArray() as number[][]).map((row) => gradient(bowl, central)(tensor(row)).toArray()),
    );
    expectNear(found, loop, 1e-8);
  });

  test("custom rules are not seen", () => {
    const wrong = customRule((t: Tensor) => mul(t, t), { jvp: () => 0, vjp: () => [0] });
    expect(derivative((t: Tensor) => wrong(t))(3)).toBeCloseTo(6, 10);
  });
});

describe("errors that teach", () => {
  test.each([
    ["adaptive under a tracer", () => trace(gradient(bowl))(x), /^NOT_CONCRETE: .*method: "central"/],
    ["a kink", () => gradient((t: Tensor) => sum(sub(exp(t), t)), { noise: NaN })(x), /^ARGUMENT: .*noise/],
    [
      "no number",
      () => gradient((t: Tensor) => sum(log(t)))(tensor([1, 0])),
      /^DOMAIN: numericFd\.gradient.*estimate/,
    ],
    ["outside the bounds", () => gradient(bowl, { lower: 1 })(x), /^ARGUMENT: .*outside its bounds/],
    [
      "typical of another shape",
      () => gradient(bowl, { typical: tensor([1, 2, 3]) })(x),
      /^SHAPE_MISMATCH: .*typical/,
    ],
    [
      "typical of another structure",
      () => gradient(bowl, { typical: { a: 1, b: 2 } })(x),
      /^ARGUMENT: .*2 leaves/,
    ],
    [
      "bounds that cross",
      () => gradient(bowl, { lower: 1, upper: -1 })(x),
      /^ARGUMENT: .*lower must not exceed/,
    ],
    ["bounds that are NaN", () => gradient(bowl, { lower: tensor([NaN, 0]) })(x), /^ARGUMENT: .*found NaN/],
    ["negative typical", () => gradient(bowl, { typical: -1 })(x), /^ARGUMENT: .*typical/],
    ["a vector's gradient", () => gradient(waves as never)(x), /^NOT_SCALAR: /],
  ])("%s", (_, run, expected) => {
    expect(messageOf(run)).toMatch(expected);
  });

  test("the estimate keeps what can be given beside what can't", () => {
    const f = (t: Tensor): Tensor => sum(sin(mul(t, t)));
    const absolute = (t: Tensor): Tensor => add(f(t), tensor(Math.abs(t.data[0]!)));
    const { value, error, status } = numericFd.estimate!("gradient", absolute)(tensor([0, 1]));
    expect(status).toBe("kink");
    expect((error as Tensor).data[0]).toBe(Infinity);
    expect(Math.abs((value as Tensor).data[1]! - 2 * Math.cos(1))).toBeLessThanOrEqual(
      (error as Tensor).data[1]!,
    );
    expect((error as Tensor).data[1]!).toBeLessThan(1e-11);
  });
});
