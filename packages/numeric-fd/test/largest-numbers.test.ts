import { tensor, type Tensor } from "@fluxion/core";
import { numericFd, type NumericFdOptions } from "@fluxion/numeric-fd";
import { expect, test } from "vitest";

const x = tensor([1.797e308, 1, -1.797e308]);
const pairs = [0, 1, 2].map((i) => [i, i] as const);

test.each<readonly [string, NumericFdOptions]>([
  ["column by column", {}],
  ["coloured", { sparsity: pairs }],
  ["coloured, one step", { sparsity: pairs, method: "central" }],
])("f is not called beyond all numbers: a Jacobian, %s", (_, options) => {
  const seen: number[] = [];
  const f = (t: Tensor): Tensor => {
    seen.push(...t.data);
    return tensor(Array.from(t.data, (v) => Math.atan(v / 1e300)));
  };
  const { value, error } = numericFd.estimate!("jacobian", f, options)(x);
  expect(seen.filter((v) => !Number.isFinite(v))).toEqual([]);
  const [values, errors] = [(value as Tensor).data, (error as Tensor).data];
  x.data.forEach((v, i) => {
    // A fixed step that leads beyond all numbers finds nothing, and says so.
    if (options.method === "central" && errors[i * 4] === Infinity) return;
    const wanted = 1e-300 / (1 + (v / 1e300) ** 2);
    expect(Math.abs(wanted - values[i * 4]!)).toBeLessThanOrEqual(errors[i * 4]!);
  });
});

test("f is not called beyond all numbers: along a direction", () => {
  const seen: number[] = [];
  const f = (t: Tensor): Tensor => {
    seen.push(...t.data);
    return tensor(Array.from(t.data, (v) => v / 1e300));
  };
  numericFd.estimate!("jvp", f)(x, tensor([1e308, 0, -1e308]));
  expect(seen.filter((v) => !Number.isFinite(v))).toEqual([]);
});
