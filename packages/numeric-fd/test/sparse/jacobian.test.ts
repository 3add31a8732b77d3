import { type Tensor, matvec, reshape, sin, tensor } from "@fluxion/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gradient, jacobian, numericFd, vjp } from "@fluxion/numeric-fd";
import type { NumericFdOptions, Sparsity } from "@fluxion/numeric-fd";
import { band, coefficient, sparseMatrix } from "../support/patterns.ts";
import type { Places } from "../support/patterns.ts";
import { runs } from "../support/runs.ts";
import { messageOf } from "../support/message.ts";

const ask = numericFd.estimate!;

/** y_i = Σ_j c_ij g(x_j): its Jacobian is c_ij g'(x_j). */
function sparse(rows: number, places: Places, g: (x: number) => number): (t: Tensor) => Tensor {
  const unique = uniquePlaces(places);
  return (t) => {
    const y = new Float64Array(rows);
    for (const [i, j] of unique) y[i]! += coefficient(i, j) * g(t.data[j]!);
    return tensor(y);
  };
}

function uniquePlaces(places: Places): Places {
  return [...new Map(places.map((place) => [place.join(), place])).values()];
}

function expectMatrix(
  estimate: { readonly value: unknown; readonly error: unknown },
  rows: number,
  columns: number,
  right: (i: number, j: number) => number,
): void {
  const [values, errors] = [(estimate.value as Tensor).data, (estimate.error as Tensor).data];
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const [wanted, at] = [right(i, j), i * columns + j];
      expect(Math.abs(values[at]! - wanted)).toBeLessThanOrEqual(errors[at]! + 4e-16 * Math.abs(wanted));
      expect(errors[at]!).toBeLessThan(1e-8 * Math.max(1, Math.abs(wanted)));
    }
  }
}

const tridiagonal = (t: Tensor): Tensor =>
  tensor(
    Array.from(t.data, (x, i) => Math.sin(x) + (t.data[i - 1] ?? 0) * x + Math.exp((t.data[i + 1] ?? 0) / 8)),
  );
const points = (n: number): Tensor => tensor(Array.from({ length: n }, (_, i) => Math.sin(3 * i)));

describe("a Jacobian with a pattern", () => {
  test("of a linear function, and of waves, is right within its errors, given or detected", () => {
    fc.assert(
      fc.property(
        sparseMatrix(9),
        fc.boolean(),
        fc.boolean(),
        ({ rows, columns, places }, detected, wave) => {
          const f = sparse(rows, places, wave ? Math.sin : (x) => x);
          const x = tensor(
            Float64Array.from({ length: columns }, (_, j) => Math.cos(5 * j) * 10 ** ((j % 5) - 2)),
          );
          const sparsity: Sparsity = detected ? "detect" : places;
          const set = new Set(places.map((place) => place.join()));
          expectMatrix(ask("jacobian", f, { sparsity })(x), rows, columns, (i, j) =>
            set.has([i, j].join()) ? coefficient(i, j) * (wave ? Math.cos(x.data[j]!) : 1) : 0,
          );
        },
      ),
      { numRuns: runs(100) },
    );
  });

  test("that leaves a place out is refused, whichever place it is", () => {
    fc.assert(
      fc.property(sparseMatrix(9), fc.nat(), ({ rows, columns, places }, which) => {
        const unique = uniquePlaces(places);
        fc.pre(unique.length > 0);
        const [row, column] = unique[which % unique.length]!;
        const rest = unique.filter(([i, j]) => i !== row || j !== column);
        const f = sparse(rows, places, Math.sin);
        const x = points(columns);
        const found = messageOf(() => {
          const J = jacobian(f, { sparsity: rest })(x);
          // Where colours save nothing, the pattern is not used, and the number is right.
          expect(J.data[row * columns + column]).toBeCloseTo(
            coefficient(row, column) * Math.cos(x.data[column]!),
            8,
          );
        });
        expect(found).toMatch(/^nothing$|^ARGUMENT: .*sparsity leaves out a dependence of f/);
        if (columns > 3 && rest.every(([i], k) => rest.findIndex(([other]) => other === i) === k))
          expect(found).toMatch(/^ARGUMENT/);
      }),
      { numRuns: runs(100) },
    );
  });

  test("costs a sweep for each colour and one more, whatever the number of columns", () => {
    const calls = [50, 100].map((n) => {
      let count = 0;
      const f = (t: Tensor): Tensor => (count++, tridiagonal(t));
      const { evaluations, status } = ask("jacobian", f, { sparsity: band(n, 1) })(points(n));
      expect(evaluations).toBe(count);
      expect(status).toBe("ok");
      return count;
    });
    expect(Math.max(...calls)).toBeLessThan(4 * 45);
  });

  test("detected costs three calls more for each column", () => {
    const [n, options] = [60, { sparsity: "detect" }] as const;
    const known = ask("jacobian", tridiagonal, { sparsity: band(n, 1) })(points(n)).evaluations;
    expect(ask("jacobian", tridiagonal, options)(points(n)).evaluations).toBe(known + 3 * n);
  });

  test("gives columns of different sizes steps of their own", () => {
    const scales = [1e-8, 1e8, 1e-3, 1e4, 1, 1e6, 1e-6, 10];
    const x = tensor(Float64Array.from(scales, (s) => 1.7 * s));
    const f = (t: Tensor): Tensor =>
      tensor(Float64Array.from(t.data, (v, i) => Math.log(v) + scales[i]! / v));
    const options = { sparsity: band(8, 0), typical: tensor(Float64Array.from(scales)) };
    const estimate = ask("jacobian", f, options)(x);
    const J = (estimate.value as Tensor).data;
    scales.forEach((s, i) => {
      const right = (1 / 1.7 - 1 / 1.7 ** 2) / s;
      expect(Math.abs(J[9 * i]! - right)).toBeLessThanOrEqual((estimate.error as Tensor).data[9 * i]!);
      expect((estimate.error as Tensor).data[9 * i]! * s).toBeLessThan(1e-11);
    });
    const details = estimate.details as readonly (readonly { step: number }[])[];
    expect(scales.every((s, i) => details[i]![i]!.step > 1e-4 * s && details[i]![i]!.step < s)).toBe(true);
  });

  test("serves gradients, pullbacks and trees, and takes a 0-1 tensor", () => {
    const f = ({ a, b }: { a: Tensor; b: Tensor }): { y: Tensor; z: Tensor } => ({ y: sin(a), z: sin(b) });
    const at = { a: points(4), b: reshape(points(4), [2, 2]) };
    const eye = band(8, 0);
    const { y, z } = jacobian(f, { sparsity: eye })(at);
    expect(y.a.data[5]).toBeCloseTo(Math.cos(at.a.data[1]!), 10);
    expect(y.b.data.every((value) => value === 0)).toBe(true);
    expect(z.b.shape).toEqual([2, 2, 2, 2]);
    const mask = tensor(
      Array.from({ length: 6 }, (_, i) => Array.from({ length: 6 }, (_, j) => Number(i === j))),
    );
    const pulled = vjp((t: Tensor) => sin(t), { sparsity: mask })(points(6)).pullback(
      tensor([1, 2, 3, 4, 5, 6]),
    );
    expect(pulled.data[5]).toBeCloseTo(6 * Math.cos(points(6).data[5]!), 10);
    const first = (t: Tensor): Tensor => tensor(t.data[0]! ** 2);
    expect(gradient(first, { sparsity: [[0, 0]] })(points(5)).data[0]).toBeCloseTo(0, 12);
  });

  test("keeps to one-step methods", () => {
    for (const method of ["central", "forward", "backward"] as const) {
      const J = jacobian(tridiagonal, { sparsity: band(30, 1), method })(points(30));
      const dense = jacobian(tridiagonal, { method })(points(30));
      expect(Math.max(...J.data.map((value, i) => Math.abs(value - dense.data[i]!)))).toBeLessThan(1e-8);
    }
  });

  test("says what has no number where it has none, and keeps the rest", () => {
    const f = (t: Tensor): Tensor =>
      tensor(Float64Array.from(t.data, (x, i) => (i === 2 ? Math.abs(x) : i === 5 ? NaN : Math.sin(x))));
    const { error, details } = ask("jacobian", f, { sparsity: band(9, 0) })(tensor(new Float64Array(9)));
    const entries = details as readonly (readonly { status: string }[])[];
    expect([entries[2]![2]!.status, entries[5]![5]!.status, entries[7]![7]!.status]).toEqual([
      "kink",
      "nonFinite",
      "ok",
    ]);
    const errors = (error as Tensor).data;
    expect([errors[20], errors[50]]).toEqual([Infinity, Infinity]);
    expect(errors[70]).toBeLessThan(1e-10);
  });

  test("columns at their bounds go away from them, others both ways, those without room have no number", () => {
    const n = 10;
    const lower = tensor(Float64Array.from({ length: n }, (_, i) => (i % 3 === 0 ? 1 : -5)));
    const upper = tensor(Float64Array.from({ length: n }, (_, i) => (i % 3 === 1 || i === 9 ? 1 : 5)));
    const seen: number[][] = [];
    const f = (t: Tensor): Tensor => (seen.push([...t.data]), tensor(Float64Array.from(t.data, Math.exp)));
    const options = { sparsity: band(n, 0), lower, upper };
    const x = tensor(new Float64Array(n).fill(1));
    const { value, error, details } = ask("jacobian", f, options)(x);
    const entries = details as readonly (readonly { side: string; status: string }[])[];
    const sides = ["forward", "backward", "central"];
    for (let i = 0; i < n - 1; i++) {
      expect(entries[i]![i]!.side).toBe(sides[i % 3]);
      const off = Math.abs((value as Tensor).data[i * n + i]! - Math.E);
      expect(off).toBeLessThanOrEqual((error as Tensor).data[i * n + i]!);
    }
    expect(entries[9]![9]!.status).toBe("nonFinite");
    for (const point of seen)
      point.forEach((t, i) => expect(t >= lower.data[i]! && t <= upper.data[i]!).toBe(true));
  });
});

describe("detection", () => {
  test("sees what NaN does not show, and what only NaN shows", () => {
    const f = (t: Tensor): Tensor => {
      const [a, b, c, d, e] = t.data as unknown as [number, number, number, number, number];
      // A comparison swallows NaN in b, a plateau hides c from finite moves.
      return tensor([a, b > 0.5 ? b : 0, Math.min(Math.max(c, 10), 20), d, e, a]);
    };
    const x = tensor([1, 2, 3, 4, 5]);
    const J = jacobian(f, { sparsity: "detect" })(x);
    expect([J.data[0], J.data[6], J.data[12]].map((value) => Math.round(value! * 1e9) / 1e9)).toEqual([
      1, 1, 0,
    ]);
  });

  test("that misses a dependence is given up for the full Jacobian", () => {
    // Between -0.05 and 0.17 of its size nothing but the slope at x itself tells of b.
    const bump = (b: number): number => (Math.abs(b) < 0.03 ? Math.sin(b) * (1 - (b / 0.03) ** 2) ** 4 : 0);
    const f = (t: Tensor): Tensor =>
      tensor(Float64Array.from(t.data, (x, i) => x * 2 + (i === 3 ? bump(t.data[6]!) : 0)));
    const safe = (t: Tensor): Tensor => (t.data.some(Number.isNaN) ? fail() : f(t));
    const x = tensor(new Float64Array(12));
    expect(jacobian(safe, { sparsity: "detect" })(x).data[3 * 12 + 6]).toBeCloseTo(1, 6);
    expect(messageOf(() => jacobian(safe, { sparsity: band(12, 0) })(x))).toMatch(/^ARGUMENT: .*leaves out/);
  });

  test("does without NaN where f throws at it, and where there are bounds", () => {
    const strict = (t: Tensor): Tensor => (t.data.some(Number.isNaN) ? fail() : tridiagonal(t));
    for (const options of [{}, { lower: -9 }] as const) {
      const J = jacobian(strict, { sparsity: "detect", ...options })(points(20));
      const right = jacobian(tridiagonal)(points(20));
      expect(Math.max(...J.data.map((value, i) => Math.abs(value - right.data[i]!)))).toBeLessThan(1e-9);
    }
  });
});

describe("batches", () => {
  test("colours and detection go through few calls", () => {
    const A = tensor(
      Array.from({ length: 20 }, (_, i) => Array.from({ length: 20 }, (_, j) => Number(Math.abs(i - j) < 2))),
    );
    const f = (t: Tensor): Tensor => sin(matvec(A, t));
    const one = ask("jacobian", f, { sparsity: "detect" })(points(20));
    const many = ask("jacobian", f, { sparsity: "detect", batch: true })(points(20));
    expect(many.batches).toBeLessThan(40);
    expect(many.evaluations).toBeLessThan(one.evaluations + 60);
    const [left, right] = [one, many].map(({ value }) => (value as Tensor).data);
    expect(Math.max(...left!.map((value, i) => Math.abs(value - right![i]!)))).toBeLessThan(1e-10);
  });
});

describe("patterns that are none", () => {
  const wrong: readonly (readonly [string, NumericFdOptions["sparsity"], RegExp])[] = [
    ["a word", "detected" as never, /^ARGUMENT: .*found string/],
    ["pairs of something else", [[0, 0.5]], /^ARGUMENT: .*\[0, 0\.5\]/],
    ["a row that f has not", [[30, 0]], /^ARGUMENT: .*30 rows/],
    ["triples", [[1, 2, 3]] as never, /^ARGUMENT: .*something else/],
    ["a tensor of another shape", tensor([[1, 0]]), /^SHAPE_MISMATCH: .*sparsity.*\[1,2\]/],
  ];
  test.each(wrong)("%s", (_, sparsity, expected) => {
    expect(messageOf(() => jacobian(tridiagonal, { sparsity: sparsity! })(points(30)))).toMatch(expected);
  });
});

function fail(): never {
  throw new RangeError("thrown");
}
