import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diagonal } from "../../../src/operators/linear-algebra/diagonal.ts";
import { einsum, einsumOperator } from "../../../src/operators/linear-algebra/einsum.ts";
import { readSubscripts } from "../../../src/operators/linear-algebra/einsum-subscripts.ts";
import { matmul } from "../../../src/operators/linear-algebra/matmul.ts";
import { tensor } from "../../../src/tensor/create.ts";
import { type Shape, stridesOf } from "../../../src/tensor/shape.ts";
import { concrete, type Tensor } from "../../../src/tensor/tensor.ts";
import { checkBatch, expectClose, expectError, runs, tensorOf } from "./tensors.ts";

/** The definition: for every value of every letter, the product of the operands is added to the result. */
function byDefinition(text: string, tensors: readonly Tensor[]): Tensor {
  const { operands, output } = readSubscripts(text);
  const letters = [...new Set(operands.join(""))];
  const length = (letter: string): number => {
    const operand = operands.findIndex((term) => term.includes(letter));
    return tensors[operand]!.shape[operands[operand]!.indexOf(letter)]!;
  };
  const shape = Array.from(output, length);
  const out = new Float64Array(shape.reduce((p, n) => p * n, 1));
  const value: Record<string, number> = {};
  const position = (term: string, of: Shape): number => {
    const strides = stridesOf(of);
    return Array.from(term).reduce((p, letter, axis) => p + value[letter]! * strides[axis]!, 0);
  };
  const loop = (depth: number): void => {
    if (depth === letters.length) {
      const to = position(output, shape);
      out[to] =
        out[to]! + tensors.reduce((product, x, i) => product * x.data[position(operands[i]!, x.shape)]!, 1);
      return;
    }
    for (let i = 0; i < length(letters[depth]!); i++) {
      value[letters[depth]!] = i;
      loop(depth + 1);
    }
  };
  loop(0);
  return concrete(out, shape);
}

const LETTERS = ["i", "j", "k", "l", "m"];

/** Explicit subscripts with repeated letters, letters of one operand alone, scalars, and lengths from 0 to 3. */
const program = fc
  .record({
    lengths: fc.array(fc.constantFrom(1, 2, 3, 2, 3, 0), { minLength: 5, maxLength: 5 }),
    terms: fc.array(fc.array(fc.constantFrom(...LETTERS), { maxLength: 3 }), { minLength: 1, maxLength: 4 }),
    chosen: fc.shuffledSubarray(LETTERS),
  })
  .chain(({ lengths, terms, chosen }) => {
    const used = new Set(terms.flat());
    const text = `${terms.map((term) => term.join("")).join(",")}->${chosen.filter((letter) => used.has(letter)).join("")}`;
    return fc.tuple(
      fc.constant(text),
      fc.tuple(...terms.map((term) => tensorOf(term.map((letter) => lengths[LETTERS.indexOf(letter)]!)))),
    );
  });

describe("einsum", () => {
  it("is its definition, for any explicit subscripts", () => {
    fc.assert(
      fc.property(program, ([text, tensors]) =>
        expectClose(einsum(text, ...tensors), byDefinition(text, tensors)),
      ),
      { numRuns: 5 * runs },
    );
  });

  it("names the products of linear algebra", () => {
    const [a, b] = [tensor([[1, 2], [3, 4]]), tensor([[5, 6], [7, 8]])]; // prettier-ignore
    expect(einsum("ij,jk->ik", a, b)).toEqual(matmul(a, b));
    expect(einsum("ij,jk", a, b)).toEqual(matmul(a, b));
    expect(einsum("ji,jk->ik", a, b)).toEqual(matmul(a, b, { transposeA: true }));
    expect(einsum("ij,jk->ki", a, b)).toEqual(matmul(b, a, { transposeA: true, transposeB: true }));
    expect(einsum("ii->", a).item()).toBe(5);
    expect(einsum("ii", a).item()).toBe(5);
    expect(einsum("ii->i", a)).toEqual(diagonal(a));
    expect(einsum("ba", a).toArray()).toEqual([[1, 3], [2, 4]]); // prettier-ignore
    expect(einsum("ij->", a).item()).toBe(10);
    expect(einsum(",->", 2, 3).item()).toBe(6);
    expect(einsum("->", 2).item()).toBe(2);
    expect(einsum("i,i", Float64Array.of(1, 2), Float64Array.of(3, 4)).item()).toBe(11);
  });

  it("allows blanks and broadcasts the axes of an ellipsis", () => {
    fc.assert(
      fc.property(tensorOf([2, 1, 3, 2]), tensorOf([4, 2, 3]), tensorOf([3]), (a, b, x) => {
        expectClose(einsum(" ...ij , ...jk -> ...ik ", a, b), matmul(a, b));
        expectClose(einsum("...ij,...jk", a, b), matmul(a, b));
        expectClose(einsum("i...j,j->...i", b, x), byDefinition("iaj,j->ai", [b, x]));
      }),
      { numRuns: runs },
    );
    expect(einsum("...,...", concrete(new Float64Array(0), [0, 1]), tensor([[1, 2]])).shape).toEqual([0, 2]);
    expect(einsum("...,...->...", 2, tensor([1, 2])).toArray()).toEqual([2, 4]);
  });

  it("contracts in an order that keeps intermediates small", () => {
    const n = 1000;
    const vectors = [Math.sin, Math.cos, Math.atan, Math.sqrt].map((f) =>
      concrete(
        Float64Array.from({ length: n }, (_, p) => f(p)),
        [n],
      ),
    );
    const squares = vectors.reduce((product, v) => product * einsum("i,i->", v, v).item(), 1);
    // By the order written, an n×n×n×n tensor that no machine can hold.
    expectClose(einsum("i,j,k,l,i,j,k,l->", ...vectors, ...vectors), [squares]);
  });

  it("batches like a loop", () => {
    const shapes: Readonly<Record<string, readonly Shape[]>> = {
      "ij,jk->ki": [[2, 3], [3, 2]], "ab,ab->ab": [[2, 2], [2, 2]], "i,j,k->kij": [[2], [1], [3]], "abcd,db->ca": [[2, 2, 1, 3], [3, 2]], ",i->i": [[], [2]],
    }; // prettier-ignore
    fc.assert(
      fc.property(
        fc
          .constantFrom(...Object.keys(shapes))
          .chain((text) =>
            fc.tuple(
              fc.constant(text),
              fc.array(fc.tuple(...shapes[text]!.map(tensorOf)), { minLength: 1, maxLength: 3 }),
            ),
          ),
        ([subscripts, examples]) => checkBatch(einsumOperator, { subscripts, strong: false }, examples),
      ),
      { numRuns: runs },
    );
  });

  it("says what is wrong with subscripts", () => {
    const a = tensor([[1, 2], [3, 4]]); // prettier-ignore
    expectError(() => einsum("ij,jk->ik", a), "PARSE", /2 operands and 1 were given/);
    expectError(() => einsum("ij->ik", a), "PARSE", /"k" belongs to no operand/);
    expectError(() => einsum("ij->iij", a), "PARSE", /"i" twice/);
    expectError(() => einsum("i1->i", a), "PARSE", /"1" in "i1" is not a letter/);
    expectError(() => einsum("i..j->i", a), "PARSE", /not a letter/);
    expectError(() => einsum("i->j->k", a), "PARSE", /more than one/);
    expectError(() => einsum("...j->j", a), "PARSE", /the result has none/);
    expectError(() => einsum("ijk->i", a), "SHAPE_MISMATCH", /"ijk" names 3 axes.*rank 2/);
    expectError(() => einsum("i->i", a), "SHAPE_MISMATCH", /"i" names 1 axes.*\.\.\./);
    expectError(
      () => einsum("ij,jk->ik", a, tensor([[1, 2, 3]])),
      "SHAPE_MISMATCH",
      /"j" stands for the lengths 2 and 1/,
    );
    expectError(
      () => einsum("ii->i", tensor([[1, 2, 3]])),
      "SHAPE_MISMATCH",
      /"i" stands for the lengths 1 and 3/,
    );
    expectError(() => einsum(a as never, "ij" as never), "ARGUMENT", /subscripts first/);
    expectError(
      () => einsumOperator.evaluate([a], { subscripts: "ii->i", strong: false }),
      "UNSUPPORTED",
      /function einsum\(\)/,
    );
  });
});
