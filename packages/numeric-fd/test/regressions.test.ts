import { type Tensor, log, matvec, sin, sum, tensor } from "@fluxion/core";
import { expect, test } from "vitest";
import { differentiate, numericFd } from "@fluxion/numeric-fd";

test("terms that cancel at x leave their rounding behind", () => {
  const { value, error, evaluations } = differentiate((t) => Math.sin(-2) + Math.sin(t) + Math.sin(2), 0);
  expect(Math.abs(value - 1)).toBeLessThanOrEqual(error);
  expect(error).toBeLessThan(1e-12);
  expect(evaluations).toBeLessThan(60);
});

test("rounding that is flat next to x does not outvote the slope", () => {
  const { value, error } = differentiate((t) => -0.02 * t + (Math.sin(2) + Math.sin(t) + Math.sin(-2)), 0);
  expect(Math.abs(value - 0.98)).toBeLessThanOrEqual(error);
  expect(error).toBeLessThan(1e-10);
});

test("a sum of logarithms that is 0 keeps a gradient of 13 digits", () => {
  const x = tensor([1e-8, 1, 1e8]);
  const { value, error } = numericFd.estimate!("gradient", (t: Tensor) => sum(log(t)))(x);
  x.data.forEach((entry, i) => {
    expect(Math.abs((value as Tensor).data[i]! * entry - 1)).toBeLessThanOrEqual(
      (error as Tensor).data[i]! * entry,
    );
    expect((error as Tensor).data[i]! * entry).toBeLessThan(1e-10);
  });
});

test("one hard output does not spoil the others", () => {
  const A = tensor(Array.from({ length: 50 }, (_, i) => [0, 1, 2, 3, 4].map((j) => Math.sin(5 * i + j))));
  const x = tensor([1, 2, 3, 4, 5]);
  const { value, error } = numericFd.estimate!("jacobian", (t: Tensor) => sin(matvec(A, t)))(x);
  const angles = matvec(A, x).data;
  (value as Tensor).data.forEach((entry, k) => {
    const right = Math.cos(angles[Math.floor(k / 5)]!) * A.data[k]!;
    expect(Math.abs(entry - right)).toBeLessThanOrEqual((error as Tensor).data[k]! + 1e-15);
    expect((error as Tensor).data[k]!).toBeLessThan(1e-9);
  });
});

test("a small fast wave on a large slow trend is found", () => {
  const f = (x: number): number => (9.4 * x) ** 3 + 0.112 * Math.cos(-341.9 * x);
  const x = -502.625;
  const right = 3 * 9.4 * (9.4 * x) ** 2 + 0.112 * 341.9 * Math.sin(-341.9 * x);
  const { value, error } = differentiate(f, x);
  expect(Math.abs(value - right)).toBeLessThanOrEqual(error + 1e-6);
});

test("an option that has no text of its own is refused like any other", () => {
  const method = { toString: "" };
  for (const options of [{ method }, { derivativeOrder: method }] as object[])
    expect(() => differentiate(Math.sin, 1, options)).toThrow(expect.objectContaining({ code: "ARGUMENT" }));
});
