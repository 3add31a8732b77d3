import { type Tensor, tensor } from "@fluxion/core";
import { describe, expect, test } from "vitest";
import { numericFd } from "@fluxion/numeric-fd";
import type { Entry } from "@fluxion/numeric-fd";

/** eˣ sin y + x y²: its mixed derivative is eˣ cos y + 2y. */
const f = (t: Tensor): Tensor => {
  const [x, y] = t.data as unknown as [number, number];
  return tensor(Math.exp(x) * Math.sin(y) + x * y * y);
};
const mixed = (x: number, y: number): number => Math.exp(x) * Math.cos(y) + 2 * y;

/** Room below and above each of two coordinates, and the largest error that is allowed. */
const corners: readonly (readonly [string, readonly [number, number], readonly [number, number], number])[] =
  [
    ["inside", [1, 1], [1, 1], 1e-10],
    ["at a face", [0, 1], [1, 1], 1e-6],
    ["at the other face", [1, 1], [1, 0], 1e-6],
    ["in the corner of two lower bounds", [0, 1], [0, 1], 1e-6],
    ["in the corner of two upper bounds", [1, 0], [1, 0], 1e-6],
    ["in the corner of a lower and an upper bound", [0, 1], [1, 0], 1e-6],
    ["next to a face, in a corner", [1e-4, 1], [0, 1], 1e-6],
    ["next to the other face, in a corner", [1e-4, 1], [1, 0], 1e-6],
    ["next to two faces", [1e-4, 1], [1, 1e-3], 1e-6],
    ["where one side is short both ways", [1e-4, 1e-4], [1, 1], 1e-6],
    ["where one side is short, at a face", [1e-4, 0], [1, 1], 1e-2],
  ];

describe("a mixed derivative", () => {
  test.each(corners)("%s", (_, x, y, limit) => {
    const at = [0.7, -1.2] as const;
    const { value, error } = numericFd.estimate!("hessian", f, {
      lower: tensor([at[0] - x[0], at[1] - y[0]]),
      upper: tensor([at[0] + x[1], at[1] + y[1]]),
    })(tensor(at));
    const [number, bound] = [(value as Tensor).data[1]!, (error as Tensor).data[1]!];
    expect(bound).toBeLessThan(limit);
    expect(Math.abs(number - mixed(...at))).toBeLessThanOrEqual(bound);
  });

  test("where f is defined in one quadrant only", () => {
    const { value, error, details } = numericFd.estimate!("hessian", (t: Tensor) => {
      const [x, y] = t.data as unknown as [number, number];
      return tensor(x < 0 || y > 1 ? NaN : Math.exp(x * y));
    })(tensor([0, 1]));
    expect(Math.abs((value as Tensor).data[1]! - 1)).toBeLessThanOrEqual((error as Tensor).data[1]!);
    expect((error as Tensor).data[1]!).toBeLessThan(1e-6);
    expect((details as Entry[][])[0]![1]!.status).toBe("oneSided");
  });

  test("has no number where there is no room at all", () => {
    const { details, evaluations } = numericFd.estimate!("hessian", f, {
      lower: tensor([0.7, -5]),
      upper: tensor([0.7, 5]),
    })(tensor([0.7, -1.2]));
    expect((details as Entry[][])[0]![1]).toMatchObject({ error: Infinity, status: "nonFinite" });
    expect(evaluations).toBeLessThan(60);
  });

  test("that is 0 in values that are not is 0 but for their rounding", () => {
    const { value, error } = numericFd.estimate!("hessian", (t: Tensor) =>
      tensor(Math.exp(t.data[0]!) + Math.sin(t.data[1]! + 0.1)),
    )(tensor([2.6, 0.87]));
    expect(Math.abs((value as Tensor).data[1]!)).toBeLessThanOrEqual((error as Tensor).data[1]!);
    expect((error as Tensor).data[1]!).toBeLessThan(1e-10);
  });
});
