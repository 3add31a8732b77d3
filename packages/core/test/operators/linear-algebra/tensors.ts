import fc from "fast-check";
import { expect } from "vitest";
import { FluxionError } from "../../../src/errors.ts";
import type { Attributes, Inputs, Operator, OperatorName } from "../../../src/operators/operator.ts";
import { type Shape, sizeOf } from "../../../src/tensor/shape.ts";
import { concrete, type Tensor } from "../../../src/tensor/tensor.ts";

export const runs: number = Number(process.env["FLUXION_RUNS"] ?? 100);

/** A tensor with entries in [-2, 2]. */
export function tensorOf(shape: Shape): fc.Arbitrary<Tensor> {
  const size = sizeOf(shape);
  return fc
    .array(fc.integer({ min: -2000, max: 2000 }), { minLength: size, maxLength: size })
    .map((entries) =>
      concrete(
        Float64Array.from(entries, (x) => x / 1000),
        shape,
      ),
    );
}

/** Two shapes that broadcast, and what they broadcast to. */
export const leadingShapes: fc.Arbitrary<{ readonly a: Shape; readonly b: Shape; readonly both: Shape }> = fc
  .array(fc.tuple(fc.nat(3), fc.constantFrom("both", "a", "b")), { maxLength: 3 })
  .chain((axes) =>
    fc.record({ axes: fc.constant(axes), cutA: fc.nat(axes.length), cutB: fc.nat(axes.length) }),
  )
  .map(({ axes, cutA, cutB }) => {
    const [a, b] = [
      axes.map(([length, who]) => (who === "b" ? 1 : length)),
      axes.map(([length, who]) => (who === "a" ? 1 : length)),
    ];
    const [left, right] = [
      a.slice(Math.min(cutA, cutB) === cutA ? 0 : cutA),
      b.slice(Math.min(cutA, cutB) === cutA ? cutB : 0),
    ];
    const rank = Math.max(left.length, right.length);
    const [p, q] = [left, right].map((shape) => [
      ...new Array<number>(rank - shape.length).fill(1),
      ...shape,
    ]);
    return { a: left, b: right, both: p!.map((length, axis) => (length === 1 ? q![axis]! : length)) };
  });

/** Matrix or vector number `index` (row-major in `both`) of an operand that broadcasts; a copy. */
export function part(x: Tensor, coreRank: number, both: Shape, index: number): Tensor {
  const own = x.shape.slice(0, x.rank - coreRank);
  const core = x.shape.slice(x.rank - coreRank);
  let rest = index;
  let position = 0;
  let stride = 1;
  for (let axis = both.length - 1; axis >= 0; axis--) {
    const coordinate = rest % both[axis]!;
    rest = Math.floor(rest / both[axis]!);
    const length = own[axis - (both.length - own.length)] ?? 1;
    if (length !== 1) position += coordinate * stride;
    stride *= length;
  }
  const size = sizeOf(core);
  return concrete(Float64Array.from(x.data.slice(position * size, (position + 1) * size)), core);
}

export function expectClose(found: Tensor, expected: Tensor | readonly number[], tolerance = 1e-11): void {
  const wanted = Array.isArray(expected) ? expected : Array.from((expected as Tensor).data);
  if (!Array.isArray(expected)) expect(found.shape).toEqual((expected as Tensor).shape);
  const data = Array.from(found.data);
  expect(data.length).toBe(wanted.length);
  data.forEach((x, i) => {
    if (!(Math.abs(x - wanted[i]!) <= tolerance * (1 + Math.abs(wanted[i] ?? NaN))))
      expect(data).toEqual(wanted);
  });
}

export function expectError(run: () => unknown, code: string, message: RegExp): void {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(FluxionError);
    expect((error as FluxionError).message).toMatch(message);
    expect((error as FluxionError).code).toBe(code);
    return;
  }
  expect.unreachable("no error was thrown");
}

/** An operator's batch rule gives what a loop over the batch gives, for every choice of batched inputs. */
export function checkBatch<N extends OperatorName>(
  operator: Operator<N>,
  attributes: Attributes<N>,
  examples: readonly (readonly Tensor[])[],
): void {
  const arity = examples[0]!.length;
  for (let mask = 1; mask < 2 ** arity; mask++) {
    const batched = Array.from({ length: arity }, (_, i) => (mask & (2 ** i)) !== 0);
    const inputs = batched.map((is, i) =>
      is ? stacked(examples.map((inputsOfOne) => inputsOfOne[i]!)) : examples[0]![i]!,
    );
    const loop = examples.map((example) =>
      operator.evaluate(
        example.map((x, i) => (batched[i]! ? x : examples[0]![i]!)) as never as Inputs<N>,
        attributes,
      ),
    );
    expectClose(
      operator.batch({ size: examples.length, batched }, inputs as never as Inputs<N>, attributes),
      stacked(loop),
    );
    expect(
      operator.shape(
        inputs.map((x, i) => (batched[i]! ? x.shape.slice(1) : x.shape)),
        attributes,
      ),
    ).toEqual(loop[0]!.shape);
  }
}

function stacked(tensors: readonly Tensor[]): Tensor {
  return concrete(Float64Array.from(tensors.flatMap((x) => Array.from(x.data))), [
    tensors.length,
    ...tensors[0]!.shape,
  ]);
}
