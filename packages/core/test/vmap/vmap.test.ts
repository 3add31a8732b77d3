import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { add, cumsum, dot, exp, logsumexp, matmul, mul, outer, permute, reshape, sin, slice, softmax, stack, sub, sum, take, tensor, type Tensor, vmap, zeros } from "../../src/index.ts"; // prettier-ignore
import { tensorWith } from "../operators/entries.ts";
import { codeOf, messageOf } from "../support/code-of.ts";

const entry = fc.integer({ min: -16, max: 16 }).map((x) => x / 8);

/** Example i of a batch at axis 0. */
function example(batch: Tensor, i: number): Tensor {
  return reshape(slice(batch, [[i, i + 1]]), batch.shape.slice(1));
}

/** f over a batch at axis 0, one example after another. */
function loop(f: (x: Tensor) => Tensor, batch: Tensor): Tensor {
  return stack(Array.from({ length: batch.shape[0]! }, (_, i) => f(example(batch, i))));
}

function expectClose(found: Tensor, wanted: Tensor): void {
  expect(found.shape).toEqual(wanted.shape);
  found.data.forEach((x, i) => expect(x).toBeCloseTo(wanted.data[i]!, 12));
}

const shared = tensor([[1, -2, 0.5], [0.25, 3, -1]]); // prettier-ignore
const functions: readonly (readonly [string, (x: Tensor) => Tensor])[] = [
  ["elementwise, against a shared matrix", (x) => mul(sin(x), shared)],
  ["a shared operand of higher rank", (x) => add(x, zeros([2, 2, 3]))],
  ["a product with its transpose", (x) => matmul(x, x, { transposeB: true })],
  ["a product with a shared matrix on the left", (x) => matmul(shared, x, { transposeA: true })],
  ["reductions", (x) => sub(logsumexp(x, { axes: 1 }), sum(x, { axes: 1 }))],
  ["scans", (x) => softmax(cumsum(x, { axis: 1 }), { axis: 0 })],
  ["rearrangements", (x) => permute(take(x, [1, 0, 1]), [1, 0])],
  ["a constant result", () => shared],
  ["the example itself", (x) => x],
  [
    "an outer product of rows",
    (x) => outer(reshape(slice(x, [[0, 1]]), [3]), reshape(slice(x, [[1, 2]]), [3])),
  ],
  ["vmap over its rows", (x) => vmap((row: Tensor) => mul(row, sum(x)))(x)],
  ["vmap over its columns", (x) => vmap((column: Tensor) => exp(mul(0.1, sum(column))), { axes: 1 })(x)],
];

describe("vmap", () => {
  it.each(functions)("is a loop: %s", (_, f) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }).chain((size) => tensorWith([size, 2, 3], entry)),
        (batch) => expectClose(vmap(f)(batch), loop(f, batch)),
      ),
      { numRuns: 20 },
    );
  });

  it("takes the batch from the axis that is named, counted from either end", () => {
    fc.assert(
      fc.property(fc.integer({ min: -3, max: 2 }), tensorWith([2, 3, 4], entry), (axis, x) => {
        const order = [0, 1, 2].filter((other) => other !== (axis + 3) % 3);
        expectClose(
          vmap((part: Tensor) => sin(part), { axes: axis })(x),
          sin(permute(x, [(axis + 3) % 3, ...order])),
        );
      }),
    );
  });

  it("shares what is marked with null and treats each argument by its own axis", () => {
    const a = tensor([[1, 2], [3, 4], [5, 6]]); // prettier-ignore
    const b = tensor([[1, 0, 2], [0, 1, 2]]); // prettier-ignore
    expect(vmap((x: Tensor, y: Tensor) => dot(x, y), { axes: [0, 1] })(a, b).toArray()).toEqual([1, 4, 22]);
    expect(
      vmap((x: Tensor, y: Tensor) => dot(x, y), { axes: [0, null] })(a, tensor([1, 10])).toArray(),
    ).toEqual([21, 43, 65]);
    expect(
      vmap((n: Tensor, y: Tensor) => mul(n, sum(y)), { axes: [null, 0] })(tensor(2), a).toArray(),
    ).toEqual([6, 14, 22]);
  });

  it("takes and gives trees", () => {
    const f = ({
      w,
      list,
    }: {
      w: Tensor;
      list: [Tensor, Tensor];
    }): { sum: Tensor; both: [Tensor, Tensor] } => ({ sum: add(sum(w), list[0]), both: [list[1], w] });
    const found = vmap(f)({ w: tensor([[1, 2], [3, 4]]), list: [tensor([10, 20]), tensor([[1], [2]])] }); // prettier-ignore
    expect(found).toEqual({ sum: tensor([13, 27]), both: [tensor([[1], [2]]), tensor([[1, 2], [3, 4]])] }); // prettier-ignore
  });

  it("takes Float64Arrays, and an empty batch", () => {
    expect(vmap((x: Tensor) => mul(x, 2))(Float64Array.of(1, 2) as never).toArray()).toEqual([2, 4]);
    expect(vmap((x: Tensor) => sum(mul(x, shared)))(zeros([0, 2, 3])).shape).toEqual([0]);
  });

  it("calls f once, with the shapes of one example", () => {
    let calls = 0;
    vmap((x: Tensor) => {
      calls++;
      expect(x.shape).toEqual([2, 3]);
      return x;
    })(zeros([7, 2, 3]));
    expect(calls).toBe(1);
  });

  it.each<readonly [string, () => unknown, string, string]>([
    [
      "no batch at all",
      () => vmap((x: Tensor) => x, { axes: [null] })(tensor([1])),
      "ARGUMENT",
      "no argument carries a batch",
    ],
    ["no arguments", () => vmap(() => tensor(1))(), "ARGUMENT", "no argument carries a batch"],
    [
      "batches of two lengths",
      () => vmap((x: Tensor, y: Tensor) => add(x, y))(zeros([2]), zeros([3])),
      "SHAPE_MISMATCH",
      "2, 3",
    ],
    ["a scalar with a batch", () => vmap((x: Tensor) => x)(tensor(1)), "ARGUMENT", "a scalar has no axes"],
    [
      "an axis that isn't there",
      () => vmap((x: Tensor) => x, { axes: 2 })(zeros([2, 3])),
      "ARGUMENT",
      "no axis 2",
    ],
    [
      "too few axes",
      () => vmap((x: Tensor, y: Tensor) => add(x, y), { axes: [0] })(zeros([2]), zeros([2])),
      "ARGUMENT",
      "1 entries",
    ],
    ["too many axes", () => vmap((x: Tensor) => x, { axes: [0, 0] })(zeros([2])), "ARGUMENT", "2 entries"],
    ["a result that is no tree", () => vmap((_x: Tensor) => "text")(zeros([2])), "TREE", "text"],
    ["an argument that is no tree", () => vmap((x: Tensor) => x)(new Map() as never), "TREE", "Map"],
    ["f that is none", () => vmap(3 as never)(zeros([2])), "ARGUMENT", "function"],
    [
      "shapes that don't fit inside f",
      () => vmap((x: Tensor) => add(x, zeros([5])))(zeros([2, 3])),
      "SHAPE_MISMATCH",
      "[3]",
    ],
  ])("refuses %s", (_, run, code, mentioned) => {
    expect(codeOf(run)).toBe(code);
    expect(messageOf(run)).toContain(mentioned);
  });
});
