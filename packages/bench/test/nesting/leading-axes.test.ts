import { add, dot, einsum, eye, fromData, matmul, matvec, mul, outer, type Shape, sin, sizeOf, solve, type Strategy, sum, tensor, type Tensor, triangularSolve } from "@fluxion/core"; // prettier-ignore
import { describe, expect, it } from "vitest";
import { exactStrategies } from "../support/strategies.ts";

function filled(shape: Shape): Tensor {
  return fromData(Float64Array.from({ length: sizeOf(shape) }, (_, i) => Math.sin(1 + 2 * i)), shape); // prettier-ignore
}

const regular = (a: Tensor): Tensor => add(a, mul(4, eye(2)));
/** Operators on stacks of matrices and vectors, with the shapes of one matrix or vector. */
const products: readonly (readonly [
  string,
  Shape,
  Shape,
  (a: Tensor, b: Tensor) => Tensor,
  readonly Strategy[],
])[] = [
  ["matmul", [2, 2], [2, 3], matmul, exactStrategies],
  [
    "matmul of transposes",
    [2, 3],
    [4, 2],
    (a, b) => matmul(a, b, { transposeA: true, transposeB: true }),
    exactStrategies,
  ],
  ["matvec", [3, 2], [2], matvec, exactStrategies],
  ["dot", [3], [3], dot, exactStrategies],
  ["outer", [2], [3], outer, exactStrategies],
  ["einsum", [2, 3], [3], (a, b) => einsum("...ij,...j->...i", a, b), exactStrategies],
  ["solve", [2, 2], [2, 3], (a, b) => solve(regular(a), b), exactStrategies],
  [
    "triangularSolve",
    [2, 2],
    [2, 3],
    (a, b) => triangularSolve(regular(a), b, { lower: true }),
    exactStrategies,
  ],
];
const leadings: readonly (readonly [Shape, Shape])[] = [
  [[], []],
  [[3], []],
  [[], [3]],
  [[3], [3]],
  [[1], [3]],
  [[3], [1]],
  [[2, 1], [3]],
  [[3], [2, 1]],
];

describe.each(products)("%s on stacks that broadcast", (_name, aShape, bShape, f, strategies) => {
  it.each(leadings)("%j against %j", (aLeading, bLeading) => {
    const [a, b] = [filled([...aLeading, ...aShape]), filled([...bLeading, ...bShape])];
    const scalar = (x: Tensor, y: Tensor): Tensor => sum(sin(f(x, y)));
    for (const strategy of strategies) {
      const gradients = strategy.gradient(scalar, { arguments: [0, 1] })(a, b);
      gradients.forEach((gradient, i) => {
        const at = [a, b][i]!;
        expect(gradient.shape).toEqual(at.shape);
        gradient.data.forEach((entry, k) => {
          const step = 2 ** -17;
          const nudged = (h: number): number => {
            const data = Float64Array.from(at.data);
            data[k]! += h;
            const x = fromData(data, at.shape);
            return scalar(i === 0 ? x : a, i === 1 ? x : b).item();
          };
          expect(Math.abs(entry - (nudged(step) - nudged(-step)) / (2 * step)), strategy.name).toBeLessThan(
            1e-7,
          );
        });
      });
      // The pullback and the directional derivative are transposes of each other.
      const [da, db] = [filled(a.shape), filled(b.shape)];
      const { value, pullback } = strategy.vjp(f, { arguments: [0, 1] })(a, b);
      const dy = filled(value.shape);
      const [ca, cb] = pullback(dy);
      const { tangent } = strategy.jvp(f, { arguments: [0, 1] })(a, b)([da, db]);
      expect(add(sum(mul(ca, da)), sum(mul(cb, db))).item()).toBeCloseTo(sum(mul(dy, tangent)).item(), 11);
    }
  });
});

it("symbolic sums the cotangent of a matrix that solves for a stack", () => {
  const a = tensor([[4, 1], [1, 3]]); // prettier-ignore
  const stack = filled([5, 2, 1]);
  const [first, ...others] = exactStrategies.map((strategy) =>
    strategy.gradient((x: Tensor) => sum(solve(x, stack)))(a),
  );
  for (const other of others)
    other.data.forEach((entry, i) => expect(entry).toBeCloseTo(first!.data[i]!, 13));
});
