import { add, det, eye, inverse, matmul, mul, reshape, solve, sum, take, tensor, type Tensor } from "@fluxion/core"; // prettier-ignore
import { forwardDual } from "@fluxion/forward-dual";
import { reverseTape } from "@fluxion/reverse-tape";
import { symbolic } from "@fluxion/symbolic";
import { describe, expect, it } from "vitest";

describe.each([forwardDual, reverseTape, symbolic].map((strategy) => [strategy.name, strategy] as const))(
  "%s",
  (_, strategy) => {
    it("the cofactors of a large matrix neither overflow nor underflow", () => {
      for (const size of [1e36, 1e-36]) {
        const gradient = strategy.gradient(det)(mul(size, eye(9)));
        expect(gradient.data[0]! / size ** 8).toBeCloseTo(1, 12);
        expect(gradient.data[1]! + 0).toBe(0);
      }
    });

    it.each([0, 1, 2, 3, 4, 9])("det of a 9×9 matrix with %i rows of zeros, to second order", (zeroRows) => {
      const entry = (i: number, j: number): number => Math.sin(1 + (9 * i + j) ** 2);
      const [A, V] = [0, 7].map((start) => tensor(Array.from({ length: 9 }, (_, i) => Array.from({ length: 9 }, (_, j) => (start === 0 && i < zeroRows ? 0 : entry(i + start, j)))))) as [Tensor, Tensor]; // prettier-ignore
      // The same determinant by its definition, as a sum over the first row of determinants of size 8.
      const others = Array.from({ length: 9 }, (_, j) => Array.from({ length: 9 }, (_, k) => k).filter((k) => k !== j)); // prettier-ignore
      const expanded = (a: Tensor): Tensor =>
        others
          .map((columns, j) =>
            mul(
              mul((-1) ** j, reshape(take(take(a, [0], { axis: 0 }), [j], { axis: 1 }), [])),
              det(take(take(a, others[0]!, { axis: 0 }), columns, { axis: 1 })),
            ),
          )
          .reduce((total, term) => add(total, term));
      type Differentiate = (f: (a: Tensor) => Tensor) => (a: Tensor) => Tensor;
      const gradient: Differentiate = (f) => (a) => strategy.gradient(f)(a);
      const product: Differentiate = (f) => (a) => strategy.hvp(f)(a)(V);
      for (const differentiate of [gradient, product]) {
        const expected = differentiate(expanded)(A).data;
        const scale = Math.max(1e-3, ...Array.from(expected, Math.abs));
        differentiate(det)(A).data.forEach((found, p) =>
          expect(found / scale).toBeCloseTo(expected[p]! / scale, 9),
        );
      }
    });

    it("solve's right-hand sides that broadcast get a gradient of their own shape", () => {
      const A = tensor([[[2, 0], [0, 2]], [[4, 0], [0, 4]]]); // prettier-ignore
      const B = tensor([[1], [2]]);
      expect(
        strategy
          .gradient((b: Tensor) => sum(solve(A, b)))(B)
          .toArray(),
      ).toEqual([[0.75], [0.75]]);
      const one = tensor([[2, 0], [0, 4]]); // prettier-ignore
      const many = tensor([
        [[1], [1]],
        [[3], [1]],
      ]);
      const gradient = strategy.gradient((a: Tensor) => sum(solve(a, many)))(one);
      const expected = strategy.gradient((a: Tensor) => sum(matmul(inverse(a), many)))(one);
      expect(gradient.shape).toEqual([2, 2]);
      gradient.data.forEach((found, p) => expect(found).toBeCloseTo(expected.data[p]!, 14));
    });
  },
);
