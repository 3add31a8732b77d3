import fc from "fast-check";
import {
  add, concatenate, exp, FluxionError, mul, primal, sin, slice, sub, sum, tensor, type Tensor, zeros,
} from "@fluxion/core"; // prettier-ignore
import { differentiate, type Entry, gradient, hessian, hvp, jacobian, numericFd } from "@fluxion/numeric-fd";
import { describe, expect, test } from "vitest";
import { runs } from "../support/runs.ts";

const complexStep = { method: "complexStep" } as const;
const estimate = numericFd.estimate!;

const size = 20;
const x = tensor(Array.from({ length: size }, (_, i) => 1.5 * Math.sin(3 * i + 1)));

/** y_i = sin(x_i) + x_{i−1}·x_i, with x_{−1} = 0. */
const before = (t: Tensor): Tensor => concatenate([zeros([1]), slice(t, [[0, size - 1]])]);
const bidiagonal = (t: Tensor): Tensor => add(sin(t), mul(before(t), t));
const band = Array.from({ length: size }, (_, i) => [i, i] as const).concat(
  Array.from({ length: size - 1 }, (_, i) => [i + 1, i] as const),
);
const chain = (t: Tensor): Tensor => sum(mul(exp(before(t)), t));
const chainGradient = (t: Tensor): Tensor => {
  const after = concatenate([slice(t, [[1, size]]), zeros([1])]);
  return add(exp(before(t)), mul(exp(t), after));
};

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof FluxionError) return `${error.code} ${error.message}`;
    throw error;
  }
  return "nothing thrown";
}

function expectBand(J: Tensor): void {
  J.data.forEach((entry, k) => {
    const [i, j] = [Math.floor(k / size), k % size];
    const left = i === 0 ? 0 : x.data[i - 1]!;
    const right = i === j ? Math.cos(x.data[i]!) + left : i === j + 1 ? x.data[i]! : 0;
    expect(Math.abs(entry - right)).toBeLessThanOrEqual(4e-15);
  });
}

describe("a Jacobian by complex steps with a pattern", () => {
  test("is right to the last digits, in one call of f for each colour", () => {
    const found = estimate("jacobian", bidiagonal, { ...complexStep, sparsity: band })(x);
    expectBand(found.value as Tensor);
    expect(Math.max(...(found.error as Tensor).data)).toBeLessThan(1e-13);
    // f once, two colours, the test direction, and the real differences along it.
    expect(found.evaluations).toBeLessThanOrEqual(6);
    expectBand(jacobian(bidiagonal, { ...complexStep, sparsity: band })(x));
  });

  test("is detected, in three more calls for each entry of the arguments", () => {
    const found = estimate("jacobian", bidiagonal, { ...complexStep, sparsity: "detect" })(x);
    expectBand(found.value as Tensor);
    expect(found.evaluations).toBeLessThanOrEqual(3 * size + 6);
  });

  test("is refused where the pattern leaves a place out, whichever it is", () => {
    fc.assert(
      fc.property(fc.nat({ max: band.length - 1 }), (left) => {
        const sparsity = band.filter((_, k) => k !== left);
        const refusal = codeOf(() => jacobian(bidiagonal, { ...complexStep, sparsity })(x));
        expect(refusal).toMatch(/^ARGUMENT .*leaves out a dependence/);
      }),
      { numRuns: runs(20) },
    );
  });

  test("that was detected wrongly gives way to the full one", () => {
    // The last entry sees the first one next to x only, which detection leaves.
    const f = (t: Tensor): Tensor => {
      const isNear = primal(t).data.every((v, i) => Math.abs(v - x.data[i]!) < 0.002);
      const first = sub(slice(t, [[0, 1]]), x.data[0]!);
      return isNear ? add(bidiagonal(t), concatenate([zeros([size - 1]), first])) : bidiagonal(t);
    };
    const J = jacobian(f, { ...complexStep, sparsity: "detect" })(x);
    expect(J.data[(size - 1) * size]).toBe(1);
    expect(J.data[0]).toBeCloseTo(Math.cos(x.data[0]!), 14);
    const refusal = codeOf(() => jacobian(f, { ...complexStep, sparsity: band })(x));
    expect(refusal).toMatch(/^ARGUMENT .*leaves out a dependence/);
  });

  test("finds what f computes from primal(x)", () => {
    const f = (t: Tensor): Tensor => add(bidiagonal(t), mul(primal(t), t));
    const found = estimate("jacobian", f, { ...complexStep, sparsity: band })(x);
    expect(found.status).toBe("notAnalytic");
  });

  test("tiny and huge coordinates are not in the company of others", () => {
    const scales = tensor(Array.from({ length: 5 }, (_, i) => 10 ** (120 * (i - 2))));
    const diagonal = scales.data.length;
    const sparsity = Array.from({ length: diagonal }, (_, i) => [i, i] as const);
    const J = jacobian((t: Tensor) => mul(t, 3), { ...complexStep, sparsity })(scales);
    for (let i = 0; i < diagonal; i++) expect(J.data[i * (diagonal + 1)]).toBe(3);
  });
});

describe("a Hessian by complex steps", () => {
  const right = hessian(chain, { gradient: chainGradient })(x);

  test.each([
    ["of a given gradient is its Jacobian, to the last digits", { gradient: chainGradient }, 1e-14],
    [
      "of a given gradient with a detected pattern",
      { gradient: chainGradient, sparsity: "detect" as const },
      1e-14,
    ],
    ["with a given pattern", { sparsity: band }, 1e-9],
    ["with a detected pattern", { sparsity: "detect" as const }, 1e-9],
  ])("%s", (_, options, tolerance) => {
    const found = estimate("hessian", chain, { ...complexStep, ...options })(x);
    (found.value as Tensor).data.forEach((entry, k) => {
      const exact = exactEntry(Math.floor(k / size), k % size);
      expect(Math.abs(entry - exact)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(exact)));
      expect(Math.abs(entry - exact)).toBeLessThanOrEqual(
        (found.error as Tensor).data[k]! + 4e-16 * Math.abs(exact),
      );
      expect(Math.abs(entry - right.data[k]!)).toBeLessThanOrEqual(1e-8);
    });
  });

  test("costs a few gradients for each colour where it has a pattern", () => {
    const given = estimate("hessian", chain, { ...complexStep, sparsity: band })(x).evaluations;
    const detected = estimate("hessian", chain, { ...complexStep, sparsity: "detect" })(x).evaluations;
    // The full one takes 30 sweeps of about 30 gradients.
    expect(given).toBeLessThan(6 * 30 * size);
    expect(detected).toBeLessThan(10 * 30 * size);
  });

  test("times a vector, from a given gradient", () => {
    const v = tensor(Array.from({ length: size }, (_, i) => Math.cos(i)));
    const found = hvp(chain, { ...complexStep, gradient: chainGradient })(x)(v);
    found.data.forEach((entry, i) => {
      const exact = v.data.reduce((total, speed, j) => total + speed * exactEntry(i, j), 0);
      expect(Math.abs(entry - exact)).toBeLessThanOrEqual(1e-13);
    });
  });

  test("a gradient that is not that of f is refused", () => {
    const refusal = codeOf(() => hessian(chain, { ...complexStep, gradient: (t: Tensor) => sin(t) })(x));
    expect(refusal).toMatch(/^ARGUMENT .*is not the gradient of f/);
  });

  /** f = Σ exp(x_{i−1}) x_i. */
  function exactEntry(i: number, j: number): number {
    const [low, high] = [Math.min(i, j), Math.max(i, j)];
    if (high - low > 1) return 0;
    if (low !== high) return Math.exp(x.data[low]!);
    return Math.exp(x.data[i]!) * (x.data[i + 1] ?? 0);
  }
});

test("every entry has details: a step of its own, the order, and its status", () => {
  const found = estimate("jacobian", bidiagonal, { ...complexStep, sparsity: band })(x);
  const details = found.details as Entry[][];
  expect(details[3]![3]).toMatchObject({
    value: (found.value as Tensor).data[3 * size + 3],
    error: (found.error as Tensor).data[3 * size + 3],
    order: 2,
    side: "central",
    status: "ok",
  });
  const entry = details[3]![2]!;
  expect(entry.step / Math.abs(x.data[2]!)).toBeGreaterThan(2 ** -69);
  expect(entry.step / Math.abs(x.data[2]!)).toBeLessThan(2 ** -64);
  const plain = estimate("gradient", chain, complexStep)(x).details as Entry[];
  expect(plain.every(({ status, step }) => status === "ok" && step > 0)).toBe(true);
});

test("a batch is refused: a complex step calls f itself", () => {
  expect(codeOf(() => gradient(chain, { ...complexStep, batch: true })(x))).toMatch(
    /^ARGUMENT .*complexStep/,
  );
  expect(
    codeOf(() => differentiate((t: Tensor) => sin(t), 1, { ...complexStep, batch: (xs) => xs })),
  ).toMatch(/^ARGUMENT .*complexStep/);
  expect(gradient(chain, { ...complexStep, batch: false })(x).shape).toEqual([size]);
});
