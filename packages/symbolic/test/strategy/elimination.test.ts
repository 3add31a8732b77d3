import { add, cholesky, diag, eye, fromData, inverse, log, matmul, mul, permute, type Shape, sin, sizeOf, solve, sub, sum, tensor, type Tensor, triangularSolve, tril, triu, vmap } from "@fluxion/core"; // prettier-ignore
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { symbolic } from "../../src/strategy/index.ts";
import { randomNumbers } from "../support/numeric.ts";

const runs = Number(process.env["FLUXION_RUNS"] ?? 60);

const random = (shape: Shape, seed: number): Tensor => {
  const next = randomNumbers(seed);
  return fromData(Float64Array.from({ length: sizeOf(shape) }, () => 2 * next() - 1), shape); // prettier-ignore
};

const turned = (a: Tensor): Tensor => {
  const axes = a.shape.map((_, axis) => axis);
  return permute(a, [...axes.slice(0, -2), axes.at(-1)!, axes.at(-2)!]);
};

const symmetric = (a: Tensor): Tensor => mul(0.5, add(a, turned(a)));
const positiveDefinite = (shape: Shape, seed: number): Tensor => {
  const a = random(shape, seed);
  return add(matmul(a, turned(a)), eye(shape.at(-1)!));
};

function expectClose(found: Tensor, wanted: Tensor, tolerance: number = 1e-12): void {
  expect(found.shape).toEqual(wanted.shape);
  const size = Math.max(1, ...wanted.data.map(Math.abs));
  found.data.forEach((entry, k) =>
    expect(Math.abs(entry - wanted.data[k]!)).toBeLessThanOrEqual(tolerance * size),
  );
}

const length = fc.integer({ min: 1, max: 4 });
const seed = fc.integer({ min: 0, max: 1e6 });
const leading = fc.constantFrom<Shape>([], [2], [3, 1]);

describe("cholesky", () => {
  it("of [[a, b], [b, c]] has the derivative of its closed form", () => {
    const f = (p: Tensor): Tensor =>
      cholesky(add(add(mul(sum(mul(p, tensor([1, 0, 0]))), tensor([[1, 0], [0, 0]])), mul(sum(mul(p, tensor([0, 1, 0]))), tensor([[0, 1], [1, 0]]))), mul(sum(mul(p, tensor([0, 0, 1]))), tensor([[0, 0], [0, 1]])))); // prettier-ignore
    const part = fc.double({ min: 0.25, max: 4, noNaN: true });
    fc.assert(
      fc.property(part, fc.double({ min: -1, max: 1, noNaN: true }), part, (a, b, extra) => {
        const c = b ** 2 / a + extra;
        const l22 = Math.sqrt(extra);
        const wanted = tensor([
          [[1 / (2 * Math.sqrt(a)), 0, 0], [0, 0, 0]],
          [[-b / (2 * a ** 1.5), 1 / Math.sqrt(a), 0], [b ** 2 / (2 * a ** 2 * l22), -b / (a * l22), 1 / (2 * l22)]],
        ]); // prettier-ignore
        expectClose(symbolic.jacobian(f)(tensor([a, b, c])), wanted, 1e-11);
      }),
      { numRuns: runs },
    );
  });

  it("keeps dL·Lᵀ + L·dLᵀ = (dA + dAᵀ)/2, with dL lower triangular, in batches too", () => {
    fc.assert(
      fc.property(length, leading, seed, (n, axes, start) => {
        const shape = [...axes, n, n];
        const [a, da] = [positiveDefinite(shape, start), random(shape, start + 1)];
        const { value: l, tangent: dl } = symbolic.jvp((x: Tensor) => cholesky(x))(a)(da);
        expectClose(add(matmul(dl, turned(l)), matmul(l, turned(dl))), symmetric(da));
        expect(triu(dl, 1).data.every((entry) => entry === 0)).toBe(true);
      }),
      { numRuns: runs },
    );
  });

  it("gives log det its gradient inv(A) and its second derivative -inv(A)·dA·inv(A)", () => {
    const logDeterminant = (x: Tensor): Tensor => mul(2, sum(log(diag(cholesky(x)))));
    fc.assert(
      fc.property(length, seed, (n, start) => {
        const [a, da] = [positiveDefinite([n, n], start), random([n, n], start + 1)];
        const y = inverse(a);
        expectClose(symbolic.gradient(logDeterminant)(a), y);
        const wanted = mul(-1, matmul(matmul(y, symmetric(da)), y));
        expectClose(symbolic.hvp(logDeterminant)(a)(da), wanted, 1e-11);
        const forward = symbolic.jvp((x: Tensor) => symbolic.gradient(logDeterminant)(x))(a)(da);
        expectClose(forward.tangent, wanted, 1e-11);
      }),
      { numRuns: runs },
    );
  });

  it("is the same under vmap as matrix by matrix", () => {
    const f = (x: Tensor): Tensor => symbolic.gradient((y: Tensor) => sum(sin(cholesky(y))))(x);
    const stack = positiveDefinite([3, 2, 2], 5);
    const rows = [0, 1, 2].map((i) => fromData(stack.data.slice(4 * i, 4 * i + 4), [2, 2]));
    expect(vmap(f)(stack).toArray()).toEqual(rows.map((row) => f(row).toArray()));
  });
});

describe("triangularSolve", () => {
  const options = fc.record({ lower: fc.boolean(), transpose: fc.boolean(), unitDiagonal: fc.boolean() });
  type Options = typeof options extends fc.Arbitrary<infer T> ? T : never;

  /** The matrix that is solved with, made of the entries that are read. */
  const matrixOf = (a: Tensor, { lower, transpose, unitDiagonal }: Options): Tensor => {
    const offset = unitDiagonal ? 1 : 0;
    const read = lower ? tril(a, -offset) : triu(a, offset);
    const whole = unitDiagonal ? add(read, eye(a.shape.at(-1)!)) : read;
    return transpose ? turned(whole) : whole;
  };
  const wellConditioned = (shape: Shape, start: number): Tensor =>
    add(random(shape, start), mul(3, eye(shape.at(-1)!)));

  it("has the derivatives of X = inv(T)*B: (-inv(T)'*G*X', inv(T)'*G) from T's own entries", () => {
    fc.assert(
      fc.property(length, length, options, seed, (n, k, choice, start) => {
        const [a, b, g] = [
          wellConditioned([n, n], start),
          random([n, k], start + 1),
          random([n, k], start + 2),
        ];
        const { value: x, pullback } = symbolic.vjp((p: Tensor, q: Tensor) => triangularSolve(p, q, choice), { arguments: [0, 1] })(a, b); // prettier-ignore
        const [da, db] = pullback(g);
        const right = matmul(turned(inverse(matrixOf(a, choice))), g);
        expectClose(db, right);
        const whole = mul(-1, matmul(right, turned(x)));
        const offset = choice.unitDiagonal ? 1 : 0;
        const own = choice.transpose ? turned(whole) : whole;
        expectClose(da, choice.lower ? tril(own, -offset) : triu(own, offset));
      }),
      { numRuns: runs },
    );
  });

  it("agrees with solve to second order, forward and back, on stacks that broadcast", () => {
    const stacks = fc.constantFrom<readonly [Shape, Shape]>([[], []], [[2], []], [[], [2]], [[2], [2]], [[1], [3]], [[2, 1], [3]]); // prettier-ignore
    fc.assert(
      fc.property(length, options, stacks, seed, (n, choice, [over, under], start) => {
        const [a, b] = [wellConditioned([...over, n, n], start), random([...under, n, 2], start + 1)];
        const [da, db] = [random(a.shape, start + 2), random(b.shape, start + 3)];
        const own = (p: Tensor, q: Tensor): Tensor => triangularSolve(p, q, choice);
        const other = (p: Tensor, q: Tensor): Tensor => solve(matrixOf(p, choice), q);
        const pair = { arguments: [0, 1] } as const;
        expectClose(symbolic.jvp(own, pair)(a, b)([da, db]).tangent, symbolic.jvp(other, pair)(a, b)([da, db]).tangent, 1e-10); // prettier-ignore
        const second = (f: typeof own): readonly Tensor[] =>
          symbolic.hvp((p: Tensor, q: Tensor) => sum(sin(f(p, q))), pair)(a, b)([da, db]);
        const wanted = second(other);
        second(own).forEach((part, i) => expectClose(part, wanted[i]!, 1e-9));
      }),
      { numRuns: runs },
    );
  });

  it("does not move by entries that it does not read", () => {
    const a = tensor([[2, 7], [1, 3]]); // prettier-ignore
    const b = tensor([[1], [2]]);
    const slope = (choice: Options): readonly unknown[] =>
      symbolic
        .gradient((x: Tensor) => sum(triangularSolve(x, b, choice)))(a)
        .toArray() as unknown[];
    const plain = { transpose: false, unitDiagonal: false };
    expect((slope({ lower: true, ...plain }) as number[][])[0]![1]).toBe(0);
    expect((slope({ lower: false, ...plain }) as number[][])[1]![0]).toBe(0);
    const unit = slope({ lower: true, transpose: true, unitDiagonal: true }) as number[][];
    expect([unit[0]![0], unit[0]![1], unit[1]![1]]).toEqual([0, 0, 0]);
    expect(sub(tensor(unit[1]![0]!), tensor(-2)).item()).toBe(0);
  });
});
