import { type Tensor, tensor } from "@fluxion/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { numericFd } from "@fluxion/numeric-fd";
import type { NumericFdOptions } from "@fluxion/numeric-fd";
import { band } from "./support/patterns.ts";
import { runs } from "./support/runs.ts";

const ask = numericFd.estimate!;
const size = 5;

/** Σ exp(x_i) + Σ sin(x_i x_i+1), its gradient and Hessian. */
const value = (x: Readonly<Float64Array>): number =>
  x.reduce((total, v, i) => total + Math.exp(v) + Math.sin(v * (x[i + 1] ?? 0)), 0);
const slope = (x: Readonly<Float64Array>): Float64Array =>
  Float64Array.from(x, (v, i) => {
    const [before, after] = [x[i - 1] ?? 0, x[i + 1] ?? 0];
    return Math.exp(v) + after * Math.cos(v * after) + before * Math.cos(before * v);
  });
const curvature = (x: Readonly<Float64Array>): number[] =>
  Array.from({ length: size * size }, (_, k) => {
    const [i, j] = [Math.floor(k / size), k % size];
    const [before, after] = [x[i - 1] ?? 0, x[i + 1] ?? 0];
    if (i === j)
      return Math.exp(x[i]!) - after ** 2 * Math.sin(x[i]! * after) - before ** 2 * Math.sin(before * x[i]!);
    const product = x[i]! * x[j]!;
    return Math.abs(i - j) === 1 ? Math.cos(product) - product * Math.sin(product) : 0;
  });

/** A box and a point in it: inside, at a face, or where the box has no width. */
const boxes = fc.array(
  fc.record({
    low: fc.double({ min: -2, max: 1, noNaN: true }),
    width: fc.constantFrom(0, 1e-4, 1e-2, 1, 3, Infinity),
    part: fc.constantFrom(0, 1, 0.5, 0.999, 1e-4),
  }),
  { minLength: size, maxLength: size },
);

type Operator = Parameters<typeof ask>[0];
const kinds: readonly (readonly [string, Operator, NumericFdOptions, "scalar" | "vector"])[] = [
  ["gradient", "gradient", {}, "scalar"],
  ["a central gradient", "gradient", { method: "central" }, "scalar"],
  ["a forward gradient", "gradient", { method: "forward" }, "scalar"],
  ["a backward gradient", "gradient", { method: "backward" }, "scalar"],
  ["jvp", "jvp", {}, "scalar"],
  ["hvp", "hvp", {}, "scalar"],
  ["hessian", "hessian", {}, "scalar"],
  ["a central hessian", "hessian", { method: "central" }, "scalar"],
  ["a sparse hessian", "hessian", { sparsity: band(size, 1) }, "scalar"],
  ["a detected hessian", "hessian", { sparsity: "detect" }, "scalar"],
  ["a Jacobian", "jacobian", {}, "vector"],
  ["a coloured Jacobian", "jacobian", { sparsity: band(size, 1) }, "vector"],
  ["a coloured central Jacobian", "jacobian", { sparsity: band(size, 1), method: "central" }, "vector"],
  ["a coloured forward Jacobian", "jacobian", { sparsity: band(size, 1), method: "forward" }, "vector"],
  ["a detected Jacobian", "jacobian", { sparsity: "detect" }, "vector"],
];

describe.each(kinds)("%s", (_, operator, options, kind) => {
  test.each([false, true])("never calls f outside its bounds, and is right (in batches: %s)", (isBatched) => {
    fc.assert(
      fc.property(boxes, (box) => {
        const lower = tensor(box.map(({ low }) => low));
        const upper = tensor(box.map(({ low, width }) => low + width));
        const x = tensor(
          box.map(({ low, width, part }) =>
            Math.min(low + width, low + part * (width === Infinity ? 1 : width)),
          ),
        );
        const visit = (point: Readonly<Float64Array>): void =>
          point.forEach((t, i) => {
            if (!(t >= lower.data[i]! && t <= upper.data[i]!)) throw new Outside(`x[${i}] = ${t}`);
          });
        const of = (point: Readonly<Float64Array>): Float64Array => {
          visit(point);
          return kind === "scalar" ? Float64Array.of(value(point)) : slope(point);
        };
        const f = (t: Tensor): Tensor => (kind === "scalar" ? tensor(of(t.data)[0]!) : tensor(of(t.data)));
        const batch = (ts: Tensor): Tensor => {
          const rows = Array.from({ length: ts.shape[0]! }, (_, k) => [
            ...of(ts.data.slice(k * size, (k + 1) * size)),
          ]);
          return tensor(kind === "scalar" ? rows.map(([first]) => first!) : rows);
        };
        const outside: string[] = [];
        const guard =
          <A, B>(g: (a: A) => B) =>
          (a: A): B => {
            try {
              return g(a);
            } catch (error) {
              if (error instanceof Outside) outside.push(error.message);
              throw error;
            }
          };
        const direction = [1, -1, 0.5, 0, 2];
        const all = { ...options, lower, upper, ...(isBatched ? { batch: guard(batch) } : {}) };
        const estimate = ask(
          operator,
          guard(f),
          all,
        )(x, ...(operator === "jvp" || operator === "hvp" ? [tensor(direction)] : []));
        expect(outside).toEqual([]);
        const H = curvature(x.data);
        const right =
          operator === "gradient"
            ? [...slope(x.data)]
            : operator === "jvp"
              ? [slope(x.data).reduce((total, v, i) => total + v * direction[i]!, 0)]
              : operator === "hvp"
                ? direction.map((_, i) => direction.reduce((total, v, j) => total + v * H[i * size + j]!, 0))
                : H;
        const [values, errors] = [(estimate.value as Tensor).data, (estimate.error as Tensor).data];
        right.forEach((wanted, at) => {
          if (errors[at]! < Infinity)
            expect(Math.abs(values[at]! - wanted)).toBeLessThanOrEqual(
              errors[at]! + 4e-15 * (1 + Math.abs(wanted)),
            );
        });
        // Where there is room, there is a number.
        const isRoomy = box.every(({ width }) => width >= 1);
        const finds = operator !== "hvp" && operator !== "jvp" && options.method === undefined;
        if (isRoomy && finds) expect(errors.every((error) => error < 1)).toBe(true);
      }),
      { numRuns: runs(10) },
    );
  });
});

class Outside extends RangeError {}
