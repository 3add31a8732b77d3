import fc from "fast-check";
import { expect } from "vitest";
import type { Numeric } from "../../../src/tensor/numeric.ts";
import type { Operator, OperatorName } from "../../../src/operators/operator.ts";
import type { Shape } from "../../../src/tensor/shape.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { anyNumber, anyShape, at, expectEntries, keeping, tensorWith } from "../entries.ts";
import { checkBatch, runs, tensorOf } from "../linear-algebra/tensors.ts";

/** A shape, and shapes that stretch to it: leading axes cut off, some axes of length 1; the first operand has it whole. */
export function broadcasting(
  count: number,
): fc.Arbitrary<{ readonly shape: Shape; readonly own: readonly Shape[] }> {
  return anyShape.chain((shape) =>
    fc
      .array(
        fc.tuple(
          fc.nat(shape.length),
          fc.array(fc.boolean(), { minLength: shape.length, maxLength: shape.length }),
        ),
        { minLength: count, maxLength: count },
      )
      .map((cuts) => ({
        shape,
        own: cuts.map(([cut, ones], i) =>
          i === 0 ? shape : shape.map((length, axis) => (ones[axis] ? 1 : length)).slice(cut),
        ),
      })),
  );
}

/** The entry of an operand that meets this entry of the result, as NumPy defines broadcasting. */
export function stretchedAt(x: Tensor, index: readonly number[]): number {
  const own = index.slice(index.length - x.rank);
  return at(x, own.map((i, axis) => (x.shape[axis] === 1 ? 0 : i))); // prettier-ignore
}

/** The operator applied to operands that broadcast is the function of the entries that meet, in every order of operands. */
export function checkBroadcast(
  apply: (...operands: Numeric[]) => Tensor,
  count: number,
  f: (...entries: number[]) => number,
): void {
  const drawn = broadcasting(count).chain(({ shape, own }) =>
    fc.tuple(
      fc.constant(shape),
      fc
        .shuffledSubarray([...own], { minLength: count })
        .chain((shapes) => fc.tuple(...shapes.map((s) => tensorWith(s, anyNumber)))),
    ),
  );
  fc.assert(
    fc.property(drawn, ([shape, operands]) => {
      const y = keeping(operands, () => apply(...operands));
      expectEntries(y, shape, (index) => f(...operands.map((x) => stretchedAt(x, index))));
    }),
    { numRuns: 2 * runs },
  );
  fc.assert(
    fc.property(fc.array(anyNumber, { minLength: count, maxLength: count }), (numbers) => {
      expect(apply(...numbers).item()).toBe(f(...numbers));
      expect(Array.from(apply(...numbers.map((x) => Float64Array.of(x))).data)).toEqual([f(...numbers)]);
    }),
    { numRuns: runs },
  );
}

/** The batch rule gives what a loop gives, for operands of every rank and every choice of batched ones. */
export function checkBroadcastBatch<N extends OperatorName>(operator: Operator<N>, count: number): void {
  const shapes = fc.array(fc.constantFrom([], [3], [1], [2, 3], [2, 1], [1, 3]), {
    minLength: count,
    maxLength: count,
  });
  const examples = shapes.chain((own) =>
    fc.array(fc.tuple(...own.map((shape) => tensorOf(shape))), { minLength: 1, maxLength: 3 }),
  );
  fc.assert(
    fc.property(examples, (all) => checkBatch(operator, {} as never, all)),
    { numRuns: runs },
  );
}
