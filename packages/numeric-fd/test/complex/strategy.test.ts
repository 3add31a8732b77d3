import {
  abs, add, ceil, cholesky, cos, customRule, dot, equal, exp, floor, FluxionError, greater, less, log, matmul, matvec, max, maximum, min,
  minimum, mul, neg, norm, type Numeric, operatorNames, pow, primal, reciprocal, relu, round, sign, sin, slice, solve, sqrt, stopGradient,
  sub, sum, tensor, type Tensor, trace, vmap, where, argmax, lessEqual, greaterEqual, notEqual,
} from "@fluxion/core"; // prettier-ignore
import {
  derivative,
  differentiate,
  gradient,
  hessian,
  hvp,
  jacobian,
  jvp,
  numericFd,
  valueAndGradient,
  vjp,
} from "@fluxion/numeric-fd";
import { describe, expect, test } from "vitest";
import { evaluations } from "../../src/complex/evaluations/evaluations.ts";

const complexStep = { method: "complexStep" } as const;
const estimate = numericFd.estimate!;

const A = tensor([[1, 2], [3, 4], [5, 6]]); // prettier-ignore
const x = tensor([0.3, -0.7]);
const waves = (v: Tensor): Tensor => sin(matvec(A, v));
const bowl = (v: Tensor): Tensor => sum(mul(exp(v), dot(v, v)));

/** bowl = s·q with s = Σ exp and q = x·x, by hand. */
const [a, b] = x.data as unknown as [number, number];
const [ea, eb, s, q] = [Math.exp(a), Math.exp(b), Math.exp(a) + Math.exp(b), a * a + b * b];
const slopes = [ea * q + 2 * a * s, eb * q + 2 * b * s];
const curvature = [
  ea * q + 4 * a * ea + 2 * s,
  2 * b * ea + 2 * a * eb,
  2 * b * ea + 2 * a * eb,
  eb * q + 4 * b * eb + 2 * s,
];

function expectNear(found: Tensor, right: readonly number[], tolerance: number): void {
  expect(found.size).toBe(right.length);
  right.forEach((value, i) =>
    expect(Math.abs(found.data[i]! - value)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(value))),
  );
}

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof FluxionError) return `${error.code} ${error.message}`;
    throw error;
  }
  return "nothing thrown";
}

describe("every operator against a derivative by hand", () => {
  const right = (A.toArray() as number[][]).map((row, i) =>
    row.map((entry) => Math.cos(matvec(A, x).data[i]!) * entry),
  );

  test("first derivatives, to the last digits", () => {
    expectNear(gradient(bowl, complexStep)(x), slopes, 2e-15);
    expectNear(jacobian(waves, complexStep)(x), right.flat(), 2e-15);
    expectNear(
      jvp(waves, complexStep)(x)(tensor([2, -1])).tangent,
      right.map(([u, v]) => 2 * u! - v!),
      5e-15,
    );
    expectNear(
      vjp(waves, complexStep)(x).pullback(tensor([1, 2, 3])),
      [0, 1].map((j) => right[0]![j]! + 2 * right[1]![j]! + 3 * right[2]![j]!),
      1e-14,
    );
    expect(derivative((t: Tensor) => mul(t, t), complexStep)(3)).toBe(6);
    const { value, gradient: found } = valueAndGradient(bowl, complexStep)(x);
    expect(value.item()).toBe(bowl(x).item());
    expectNear(found, slopes, 2e-15);
  });

  test("second derivatives, by differences of gradients, within their errors", () => {
    expectNear(hessian(bowl, complexStep)(x), curvature, 1e-11);
    expectNear(
      hvp(bowl, complexStep)(x)(tensor([1, -2])),
      [curvature[0]! - 2 * curvature[1]!, curvature[2]! - 2 * curvature[3]!],
      1e-11,
    );
    const { value, error } = estimate("hessian", bowl, complexStep)(x) as { value: Tensor; error: Tensor };
    curvature.forEach((entry, i) =>
      expect(Math.abs(value.data[i]! - entry)).toBeLessThanOrEqual(error.data[i]! + 1e-15),
    );
    expect(value.data[1]).toBe(value.data[2]);
  });

  test("trees, several arguments, aux", () => {
    const f = ({ w, c }: { w: Tensor; c: Tensor }): Tensor => mul(c, sum(mul(w, w)));
    const found = gradient(f, complexStep)({ w: x, c: 2 } as never) as unknown as { w: Tensor; c: number };
    expectNear(found.w, [4 * a, 4 * b], 1e-15);
    expect(found.c).toBeCloseTo(q, 15);
    const { value, aux } = valueAndGradient((v: Tensor) => [sum(v), mul(2, v)] as const, {
      ...complexStep,
      aux: true,
    })(x) as unknown as {
      value: Tensor;
      aux: Tensor;
    };
    expect([value.item(), aux.data[1]]).toEqual([a + b, 2 * b]);
  });

  test("one call of f for each entry, one for the values, two to verify", () => {
    let calls = 0;
    const f = (v: Tensor): Tensor => (calls++, bowl(v));
    expect(estimate("gradient", f, complexStep)(x)).toMatchObject({ evaluations: 5, status: "ok" });
    expect(calls).toBe(5);
    expect(estimate("jvp", f, complexStep)(x, tensor([1, 2])).evaluations).toBe(4);
  });

  test("numbers and bounds are the same whether or not anybody looks at the bounds", () => {
    expect(Array.from(gradient(bowl, complexStep)(x).data)).toEqual(
      Array.from((estimate("gradient", bowl, complexStep)(x).value as Tensor).data),
    );
  });
});

describe("operators that are not analytic", () => {
  const refused: Readonly<Record<string, (v: Tensor) => Numeric>> = {
    abs: (v) => abs(v), sign: (v) => sign(v), relu: (v) => relu(v), floor: (v) => floor(v), ceil: (v) => ceil(v), round: (v) => round(v),
    maximum: (v) => maximum(v, 0), minimum: (v) => minimum(v, 0), max: (v) => max(v), min: (v) => min(v), argmax: (v) => argmax(v),
    equal: (v) => equal(v, 1), notEqual: (v) => notEqual(v, 1), less: (v) => less(v, 1), lessEqual: (v) => lessEqual(v, 1),
    greater: (v) => greater(v, 1), greaterEqual: (v) => greaterEqual(v, 1), where: (v) => where(v, v, 0),
  }; // prettier-ignore

  test.each(Object.entries(refused))("%s says so and what to use", (name, f) => {
    expect(codeOf(() => gradient((v: Tensor) => sum(f(v)), complexStep)(x))).toMatch(
      new RegExp(`^UNSUPPORTED .*f applies ${name}, .*"adaptive"`),
    );
  });

  test("every operator of core is evaluated or refused, and all that are refused are tested above", () => {
    const without = operatorNames.filter((name) => "reason" in evaluations[name]);
    expect([...without, "where"].sort()).toEqual(Object.keys(refused).sort());
  });

  test("a condition that does not depend on x is fine, and so is one on primal(x)", () => {
    const chosen = (v: Tensor): Tensor => sum(where(greater(primal(v), 0), mul(v, v), neg(v)));
    expectNear(gradient(chosen, complexStep)(x), [2 * a, -1], 1e-15);
    const branched = (v: Tensor): Tensor => (primal(v).data[0]! > 0 ? sum(mul(v, v)) : neg(sum(v)));
    expectNear(gradient(branched, complexStep)(x), [2 * a, 2 * b], 1e-15);
  });
});

describe("values that are not analytic", () => {
  const status = (f: (v: Tensor) => Tensor, at: Tensor = x): unknown =>
    estimate("gradient", f, complexStep)(at).status;

  test.each<[string, (v: Tensor) => Tensor, string]>([
    ["a factor read from primal(x)", (v) => sum(mul(v, primal(v))), "notAnalytic"],
    ["a number read from primal(x)", (v) => mul(sum(v), primal(v).data[0]!), "notAnalytic"],
    [
      "a kink made by control flow",
      (v) => (primal(v).data[0]! > 0.3 ? sum(v) : sub(0.6 + 2 * b, sum(v))),
      "notAnalytic",
    ],
    [
      "a jump made by control flow",
      (v) => (primal(v).data[0]! > 0.3 ? add(1, sum(v)) : sum(v)),
      "notAnalytic",
    ],
    ["norm at the origin", (v) => norm(sub(v, x)), "notAnalytic"],
    ["sqrt at its edge", (v) => sum(sqrt(sub(slice(v, [[0, 1]]), 0.3))), "unresolved"],
    ["log of a negative number", (v) => sum(log(v)), "nonFinite"],
    ["random numbers", (v) => mul(sum(v), Math.random()), "nondeterministic"],
  ])("%s", (_, f, expected) => {
    expect(status(f)).toBe(expected);
    expect(codeOf(() => gradient(f, complexStep)(x))).toMatch(/^DOMAIN /);
  });

  test("a power with a slope at its edge is given with an error that holds", () => {
    const { value, error } = differentiate((t) => pow(t, 1.5), 0, complexStep);
    expect(Math.abs(value)).toBeLessThanOrEqual(error);
    expect(error).toBeLessThan(1e-8);
  });
});

describe("where it stands", () => {
  test("rules of customRule and stopGradient are invisible", () => {
    const wrong = customRule((v: Tensor) => mul(v, v), {
      jvp: ([v], [dv]) => mul(v, dv),
      vjp: (dy, [v]) => [mul(v, dy)],
    });
    expectNear(gradient((v: Tensor) => sum(wrong(v)), complexStep)(x), [2 * a, 2 * b], 1e-15);
    expectNear(gradient((v: Tensor) => sum(mul(stopGradient(v), v)), complexStep)(x), [2 * a, 2 * b], 1e-15);
  });

  test("bounds are kept, at a bound too", () => {
    const seen: number[] = [];
    const f = (v: Tensor): Tensor => (seen.push(...primal(v).data), sum(exp(v)));
    const options = { ...complexStep, lower: -0.7, upper: tensor([0.3, 5]) };
    expectNear(gradient(f, options)(x), [ea, eb], 1e-15);
    expect(Math.min(...seen)).toBeGreaterThanOrEqual(-0.7);
    expect(Math.max(...seen.filter((_, i) => i % 2 === 0))).toBeLessThanOrEqual(0.3);
    expectNear(gradient(f, { ...complexStep, lower: x, upper: x })(x), [ea, eb], 1e-15);
  });

  test("over another strategy it differentiates what that computes; under one it says what to use", () => {
    const inner = (v: Tensor): Tensor => gradient(bowl, { method: "central" })(v);
    expect(codeOf(() => trace(gradient(bowl, complexStep))(x))).toMatch(/^NOT_CONCRETE .*central/);
    expect(codeOf(() => vmap(gradient(bowl, complexStep))(tensor([[1, 2]])))).toMatch(
      /^NOT_CONCRETE .*central/,
    );
    expectNear(jacobian(inner, { method: "central" })(x), curvature, 1e-5);
  });

  test("options that mean nothing to it are refused", () => {
    expect(codeOf(() => gradient(bowl, { ...complexStep, accuracyOrder: 4 })(x))).toMatch(
      /^ARGUMENT .*accuracyOrder/,
    );
  });

  test("linear algebra, badly scaled inputs, no inputs at all", () => {
    const ridge = (v: Tensor): Tensor => sum(solve(add(matmul(A, A, { transposeA: true }), tensor([[1, 0], [0, 1]])), mul(v, v))); // prettier-ignore
    const [entry] = (estimate("gradient", ridge, complexStep)(x).error as Tensor).data;
    expect(entry).toBeLessThan(1e-13);
    const spread = tensor([1e-100, 1e8]);
    const ratios = gradient((v: Tensor) => sum(reciprocal(v)), complexStep)(spread);
    expect(ratios.data[0]! / -1e200).toBeCloseTo(1, 14);
    expect(ratios.data[1]! / -1e-16).toBeCloseTo(1, 14);
    expect(gradient((v: Tensor) => sum(cos(v)), complexStep)(tensor([])).size).toBe(0);
    expect(
      codeOf(() =>
        gradient(
          (v: Tensor) => sum(cholesky(neg(matmul(A, A, { transposeA: true })))).constructor && sum(v),
          complexStep,
        )(x),
      ),
    ).toMatch(/^DOMAIN/);
  });
});

describe("differentiate", () => {
  test.each<[string, (x: number) => unknown, RegExp]>([
    ["JavaScript arithmetic", (t) => t * t, /^NOT_CONCRETE .*mul\(x, sin\(x\)\).*"adaptive"/],
    ["functions of Math", (t) => Math.sin(t), /^NOT_CONCRETE .*adaptive/],
    ["methods of numbers", (t) => t.toFixed(2), /^NOT_CONCRETE .*toFixed/],
    ["a promise", (t) => Promise.resolve(t), /^ASYNC/],
    ["text", () => "1", /^ARGUMENT .*string/],
    ["a vector", () => tensor([1, 2]), /^ARGUMENT .*\[2\]/],
    ["an operator without complex values", (t) => abs(t), /^UNSUPPORTED .*abs/],
  ])("an f of %s is told what to do", (_, f, message) => {
    expect(codeOf(() => differentiate(f as (x: number) => Numeric, 2, complexStep))).toMatch(message);
  });

  test("orders 2 to 4 are differences of the first, with errors that hold", () => {
    for (const derivativeOrder of [2, 3, 4]) {
      const { value, error, status } = differentiate((t) => exp(mul(2, t)), 1, {
        ...complexStep,
        derivativeOrder,
      });
      expect(status).toBe("ok");
      expect(Math.abs(value - 2 ** derivativeOrder * Math.exp(2))).toBeLessThanOrEqual(error);
      expect(error / value).toBeLessThan(1e-8);
    }
  });
});
