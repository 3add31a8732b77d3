import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { strongMul } from "../../../src/operators/elementwise/strong-mul.ts";
import { einsum, strongEinsum } from "../../../src/operators/linear-algebra/einsum.ts";
import { matmul, strongMatmul } from "../../../src/operators/linear-algebra/matmul.ts";
import { matvec, strongMatvec } from "../../../src/operators/linear-algebra/matvec.ts";
import { sum } from "../../../src/operators/reduction/sum.ts";
import { transpose } from "../../../src/operators/shape/transpose.ts";
import { reshape } from "../../../src/operators/shape/reshape.ts";
import { concrete, type Tensor } from "../../../src/tensor/tensor.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { sizeOf, type Shape } from "../../../src/tensor/shape.ts";
import { runs } from "./tensors.ts";

/** Numbers of which many are zero, infinite or NaN; sums of the finite ones are exact. */
const hard = fc.constantFrom(0, 0, -0, 1, 2, -3, Infinity, -Infinity, NaN);
const hardOf = (shape: Shape): fc.Arbitrary<Tensor> =>
  fc
    .array(hard, { minLength: sizeOf(shape), maxLength: sizeOf(shape) })
    .map((entries) => concrete(Float64Array.from(entries), shape));

/** Equal, but for the sign of zeros. */
const expectSame = (found: Tensor, expected: Tensor): void => {
  expect(found.shape).toEqual(expected.shape);
  expect(Array.from(found.data, (x) => x + 0)).toEqual(Array.from(expected.data, (x) => x + 0));
};

const lengths = fc.tuple(
  fc.nat(2),
  fc.integer({ min: 1, max: 3 }),
  fc.nat(5),
  fc.integer({ min: 1, max: 3 }),
);
const leadings = fc.constantFrom<readonly [Shape, Shape]>([[], []], [[2], []], [[], [2]], [[2], [1]], [[1, 2], [3, 1]]); // prettier-ignore

describe("products in which an exact zero annihilates", () => {
  it("strongMatmul is a sum of strong products, transposed or not, stacked or not", () => {
    const operands = fc.tuple(leadings, lengths, fc.boolean(), fc.boolean()).chain(([[p, q], [, m, k, n], transposeA, transposeB]) =>
      fc.tuple(fc.constant({ transposeA, transposeB }), hardOf([...p, ...(transposeA ? [k, m] : [m, k])]), hardOf([...q, ...(transposeB ? [n, k] : [k, n])]))); // prettier-ignore
    fc.assert(
      fc.property(operands, ([{ transposeA, transposeB }, x, y]) => {
        const a = transposeA ? swapped(x) : x;
        const b = transposeB ? y : swapped(y);
        const [columns, rows] = [reshape(a, [...a.shape.slice(0, -1), 1, a.shape.at(-1)!]), reshape(b, [...b.shape.slice(0, -2), 1, ...b.shape.slice(-2)])]; // prettier-ignore
        expectSame(
          strongMatmul(x, y, { transposeA, transposeB }),
          sum(strongMul(columns, rows), { axes: -1 }),
        );
      }),
      { numRuns: runs },
    );
  });

  it("strongMatvec is, too", () => {
    const operands = fc.tuple(leadings, lengths, fc.boolean()).chain(([[p, q], [, m, k], flipped]) =>
      fc.tuple(fc.constant(flipped), hardOf([...p, ...(flipped ? [k, m] : [m, k])]), hardOf([...q, k]))); // prettier-ignore
    fc.assert(
      fc.property(operands, ([flipped, x, v]) => {
        const a = flipped ? swapped(x) : x;
        const row = reshape(v, [...v.shape.slice(0, -1), 1, v.shape.at(-1)!]);
        expectSame(strongMatvec(x, v, { transpose: flipped }), sum(strongMul(a, row), { axes: -1 }));
      }),
      { numRuns: runs },
    );
  });

  it("strongEinsum of three operands is, too", () => {
    const operands = fc.tuple(hardOf([2, 3]), hardOf([3]), hardOf([2, 3]));
    fc.assert(
      fc.property(operands, ([a, x, b]) => {
        // An exact zero anywhere makes the product 0, so the order of strong products doesn't matter.
        const products = strongMul(strongMul(a, reshape(x, [1, 3])), b);
        expectSame(strongEinsum("ij,j,ij->i", a, x, b), sum(products, { axes: 1 }));
      }),
      { numRuns: runs },
    );
  });

  it("what users call follows IEEE", () => {
    const slopes = tensor([Infinity, 2]);
    expect(matvec(tensor([[0, 1]]), slopes).toArray()).toEqual([NaN]);
    expect(matmul(tensor([[0, 1]]), reshape(slopes, [2, 1])).toArray()).toEqual([[NaN]]);
    expect(matmul(tensor([0, 1]), slopes).item()).toBe(NaN);
    expect(strongMatmul(tensor([0, 1]), slopes).item()).toBe(2);
    expect(einsum("i,i->", tensor([0, 1]), slopes).item()).toBe(NaN);
  });
});

function swapped(a: Tensor): Tensor {
  const rank = a.shape.length;
  return transpose(a, [...Array.from({ length: rank - 2 }, (_, axis) => axis), rank - 1, rank - 2]);
}
