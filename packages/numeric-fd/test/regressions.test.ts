import { type Tensor, log, matvec, sin, sum, tensor } from "@fluxion/core";
import { expect, test } from "vitest";
import { differentiate, numericFd } from "@fluxion/numeric-fd";
import { hash } from "./support/cases.ts";

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
    expect((error as Tensor).data[i]! * entry).toBeLessThan(1e-9);
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

/** f as a table of so many places gives it. */
const rounded =
  (places: number, f: (x: number) => number) =>
  (x: number): number =>
    Math.round(f(x) * 10 ** places) / 10 ** places;

// prettier-ignore
test.each<readonly [string, (x: number) => number, number, number, number]>([
  ["begins on one side only", rounded(3, (x) => 1 / Math.atan(1 / x)), 0.3, 3, -0.2868769256938572],
  ["is as wide as the steps", rounded(4, (x) => Math.log(x / 4) / (-5 * x - 0.3)), 12.5, 1, 0.00017068933220967992],
  ["ends in a steep curve", rounded(4, (x) => Math.tanh(1 / (x * x))), 0.3, 2, -0.000009142875445075038],
  ["lies evenly about x", rounded(7, (x) => 2 * x + Math.atan(x) ** 3), 0.001, 2, 0.0059999800000392],
])("values on a grid whose step %s are not taken at their word", (_, f, x, derivativeOrder, right) => {
  const { value, error } = differentiate(f, x, { derivativeOrder });
  expect(Math.abs(value - right)).toBeLessThanOrEqual(error);
});

test("a wave that noise all but hides is not lost beside a trend", () => {
  const f = (x: number): number => (Math.sqrt(10 * x) + Math.cos(Math.sin(x))) * (1 + 1e-7 * hash(x));
  const { value, error } = differentiate(f, 20, { derivativeOrder: 4 });
  expect(Math.abs(value + 2.5488935790043525)).toBeLessThanOrEqual(error);
});

test("a slope that shows as a few grains of cancelling terms is no number", () => {
  const c = 10 ** 0.5992631774861366;
  const f = (t: number): number => c + t - c;
  const room = 1.3962e-14;
  expect(differentiate(f, 0, { lower: -room, upper: room }).status).toBe("unresolved");
});

test("a difference of one step at a place where f is small and steep has positions without rounding", () => {
  const [x, y] = [-0.8334636958315969, 2.1577158141881227];
  const f = (t: Tensor): Tensor => {
    const [a, b] = t.data as unknown as [number, number];
    return tensor([Math.exp(a) + b * Math.cos(a * b), Math.exp(b) + a * Math.cos(a * b)]);
  };
  const right = Math.cos(x * y) - x * y * Math.sin(x * y);
  for (const method of ["central", "forward", "backward"] as const) {
    const { value, error } = numericFd.estimate!("jacobian", f, { method })(tensor([x, y]));
    expect(Math.abs((value as Tensor).data[1]! - right)).toBeLessThanOrEqual((error as Tensor).data[1]!);
    expect((error as Tensor).data[1]!).toBeLessThan(1e-9);
  }
});
