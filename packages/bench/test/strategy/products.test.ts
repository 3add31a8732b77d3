import {
  add, asTensor, cumsum, dot, exp, fromData, greater, mul, type Numeric, outer, reshape, type Shape, sin, sizeOf, square, type Strategy, sub, sum,
  tanh, tensor, type Tensor, where, zeros,
} from "@fluxion/core"; // prettier-ignore
import { forwardDual } from "@fluxion/forward-dual";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runs } from "../support/runs.ts";
import { derivedStrategies, exactStrategies } from "../support/strategies.ts";

/** A function of a tree of two leaves and a constant, to a tree of leaves. */
interface Case {
  readonly x: { readonly a: Tensor; readonly b: readonly [Tensor] };
  readonly constant: Tensor;
  readonly outputs: readonly OutputName[];
  /** Seeds of the directions. */
  readonly seed: number;
}
type OutputName = keyof typeof makers;
type X = Case["x"];

const flat = (x: Tensor): Tensor => reshape(x, [x.size]);
const makers = {
  "sin a": (x: X) => sin(x.a),
  "∑a² b": (x: X) => mul(sum(square(x.a)), x.b[0]),
  "a ⊗ b": (x: X) => outer(tanh(flat(x.a)), flat(x.b[0])),
  "a + b, stretched": (x: X) => add(reshape(x.a, [x.a.size, 1]), flat(x.b[0])),
  "a chosen by b": (x: X) => where(greater(flat(x.b[0]), 0.2), sum(x.a), reshape(sub(1, sum(x.a)), [1])),
  "running sum of b": (x: X) => cumsum(mul(flat(x.b[0]), flat(x.b[0]))),
  scalar: (x: X, c: Tensor) => add(dot(flat(x.b[0]), flat(x.b[0])), sum(mul(c, sum(exp(mul(0.3, x.a)))))),
  constant: (_: X, c: Tensor) => mul(c, 2),
  "a itself": (x: X) => x.a,
  "a number": () => 3,
} satisfies Record<string, (x: X, c: Tensor) => Numeric>;

const shape: fc.Arbitrary<Shape> = fc.constantFrom([], [1], [2], [3], [0], [2, 2], [1, 3], [0, 2], [2, 0]);
function filled(of: Shape): fc.Arbitrary<Tensor> {
  return fc
    .array(fc.integer({ min: -15, max: 15 }), { minLength: sizeOf(of), maxLength: sizeOf(of) })
    .map((entries) =>
      fromData(
        Float64Array.from(entries, (entry) => entry / 10),
        of,
      ),
    );
}
const cases: fc.Arbitrary<Case> = fc.record({
  x: fc.tuple(shape.chain(filled), shape.chain(filled)).map(([a, b]) => ({ a, b: [b] as const })),
  constant: shape.chain(filled),
  outputs: fc.array(fc.constantFrom(...(Object.keys(makers) as OutputName[])), {
    minLength: 1,
    maxLength: 3,
  }),
  seed: fc.nat(1000),
});

function functionOf({ outputs }: Case): (x: X, c: Tensor) => { readonly y: readonly Tensor[] } {
  return (x, c) => ({ y: outputs.map((name) => makers[name](x, c) as Tensor) });
}

/** The scalar ∑ weight · entry² over all outputs. */
function scalarOf({ outputs }: Case): (x: X, c: Tensor) => Tensor {
  return (x, c) => outputs.map((name, i) => mul(i + 1, sum(square(makers[name](x, c))))).reduce(add);
}

function direction(of: Shape, seed: number): Tensor {
  return fromData(Float64Array.from({ length: sizeOf(of) }, (_, i) => Math.sin(1 + seed + 3 * i)), of); // prettier-ignore
}

function expectClose(found: Tensor, wanted: Tensor | readonly number[], of: Shape): void {
  expect(found.shape).toEqual(of);
  const data = "data" in wanted ? wanted.data : wanted;
  expect(found.data).toHaveLength(data.length);
  found.data.forEach((entry, i) =>
    expect(Math.abs(entry - data[i]!)).toBeLessThanOrEqual(1e-11 * (1 + Math.abs(data[i]!))),
  );
}

type Run = (leaves: readonly Tensor[]) => readonly Tensor[];

/** The Jacobian entry by entry, from one directional derivative for each entry: none of core's blocks, vmap or trees. */
function plainJacobian(f: Run, leaves: readonly Tensor[]): number[][][] {
  const columns = leaves.map((leaf, i) =>
    Array.from({ length: leaf.size }, (_, entry) => {
      const dx = leaves.map((other, j) =>
        fromData(
          Float64Array.from({ length: other.size }, (_value, k) => (i === j && k === entry ? 1 : 0)),
          other.shape,
        ),
      );
      const { tangent } = forwardDual.jvp((...xs: Tensor[]) => f(xs), {
        arguments: leaves.map((_leaf, j) => j),
      })(...leaves)(dx);
      return tangent;
    }),
  );
  return f(leaves).map((output, k) =>
    leaves.map((_, i) =>
      Array.from({ length: asTensor(output).size }, (_value, row) =>
        columns[i]!.map((column) => column[k]!.data[row]!),
      ).flat(),
    ),
  );
}

const leavesOf = (x: X): readonly [Tensor, Tensor] => [x.a, x.b[0]];
const treeOf = ([a, b]: readonly Tensor[]): X => ({ a: a!, b: [b!] });

/** entries[row·columns + column] applied to a direction. */
function times(matrix: readonly number[], columns: number, v: Tensor): number[] {
  return Array.from({ length: columns === 0 ? 0 : matrix.length / columns }, (_, row) =>
    v.data.reduce((total, entry, column) => total + matrix[row * columns + column]! * entry, 0),
  );
}

describe.each(
  [...exactStrategies, ...derivedStrategies].map((strategy) => [strategy.name, strategy] as const),
)("%s", (_name, strategy) => {
  it("gives the same Jacobian and the same products, whatever the trees and shapes", () => {
    fc.assert(
      fc.property(cases, (sample) => {
        const { x, constant, seed } = sample;
        const f = functionOf(sample);
        const inputs = leavesOf(x);
        const values = f(x, constant).y.map(asTensor);
        const wanted = plainJacobian((leaves) => f(treeOf(leaves), constant).y.map(asTensor), inputs);

        const found = strategy.valueAndJacobian(f)(x, constant);
        found.value.y.forEach((value, k) => expectClose(value, values[k]!, values[k]!.shape));
        found.jacobian.y.forEach((row, k) =>
          leavesOf(row).forEach((block, i) =>
            expectClose(block, wanted[k]![i]!, [...values[k]!.shape, ...inputs[i]!.shape]),
          ),
        );
        expect(strategy.jacobian(f)(x, constant)).toEqual(found.jacobian);

        const dx = inputs.map((input, i) => direction(input.shape, seed + i));
        const forward = strategy.jvp(f)(x, constant)(treeOf(dx));
        forward.value.y.forEach((value, k) => expectClose(value, values[k]!, values[k]!.shape));
        forward.tangent.y.forEach((tangent, k) => {
          const parts = inputs.map((input, i) =>
            input.size === 0 ? zeros(values[k]!.shape).data : times(wanted[k]![i]!, input.size, dx[i]!),
          );
          expectClose(
            tangent,
            Array.from(values[k]!.data, (_value, row) =>
              parts.reduce((total, part) => total + part[row]!, 0),
            ),
            values[k]!.shape,
          );
        });

        const dy = values.map((value, k) => direction(value.shape, seed + 7 * k));
        const reverse = strategy.vjp(f)(x, constant);
        reverse.value.y.forEach((value, k) => expectClose(value, values[k]!, values[k]!.shape));
        const pulled = reverse.pullback({ y: dy });
        leavesOf(pulled).forEach((cotangent, i) => {
          const entries = Array.from(inputs[i]!.data, (_value, column) =>
            dy.reduce(
              (total, cotangentOfOutput, k) =>
                total +
                cotangentOfOutput.data.reduce(
                  (part, entry, row) => part + entry * wanted[k]![i]![row * inputs[i]!.size + column]!,
                  0,
                ),
              0,
            ),
          );
          expectClose(cotangent, entries, inputs[i]!.shape);
        });
      }),
      { numRuns: runs(15) },
    );
  });

  it("gives the same gradient, Hessian and Hessian-vector products", () => {
    fc.assert(
      fc.property(cases, (sample) => {
        const { x, constant, seed } = sample;
        const f = scalarOf(sample);
        const inputs = leavesOf(x);
        const value = f(x, constant);
        const scalar: Run = (leaves) => [f(treeOf(leaves), constant)];
        const [gradient] = plainJacobian(scalar, inputs);
        const slope: Run = (leaves) =>
          leavesOf(forwardDual.gradient((tree: X) => f(tree, constant))(treeOf(leaves)) as X);
        const hessian = plainJacobian(slope, inputs);

        const found = strategy.valueGradientAndHessian(f)(x, constant);
        expectClose(found.value, value, []);
        leavesOf(found.gradient).forEach((part, i) => expectClose(part, gradient![i]!, inputs[i]!.shape));
        leavesOf(found.hessian as never).forEach((row, k) =>
          leavesOf(row as never).forEach((block, i) =>
            expectClose(block, hessian[k]![i]!, [...inputs[k]!.shape, ...inputs[i]!.shape]),
          ),
        );
        expect(strategy.hessian(f)(x, constant)).toEqual(found.hessian);

        const first = strategy.valueAndGradient(f)(x, constant);
        expectClose(first.value, value, []);
        leavesOf(first.gradient).forEach((part, i) => expectClose(part, gradient![i]!, inputs[i]!.shape));
        expect(strategy.gradient(f)(x, constant)).toEqual(first.gradient);

        const v = inputs.map((input, i) => direction(input.shape, seed + i));
        leavesOf(strategy.hvp(f)(x, constant)(treeOf(v))).forEach((product, k) => {
          const parts = inputs.map((input, i) =>
            input.size === 0 ? zeros(inputs[k]!.shape).data : times(hessian[k]![i]!, input.size, v[i]!),
          );
          expectClose(
            product,
            Array.from(inputs[k]!.data, (_value, row) =>
              parts.reduce((total, part) => total + part[row]!, 0),
            ),
            inputs[k]!.shape,
          );
        });
      }),
      { numRuns: runs(10) },
    );
  });

  it("differentiates by a scalar", () => {
    const f = (t: Tensor): Tensor => mul(exp(t), sin(t));
    const slope = Math.exp(0.7) * (Math.sin(0.7) + Math.cos(0.7));
    const found = strategy.valueAndDerivative(f)(0.7);
    expect(found.derivative).toBeCloseTo(slope, 14);
    expect(found.value.item()).toBe(Math.exp(0.7) * Math.sin(0.7));
    expect(strategy.derivative(f)(0.7)).toBe(found.derivative);
    expect(strategy.derivative((_t: Tensor) => 5)(1)).toBe(0);
    expect(strategy.derivative((t: Tensor) => t)(1)).toBe(1);
  });
});

describe.each(exactStrategies.map((strategy) => [strategy.name, strategy] as const))(
  "arguments and results of %s",
  (_name, strategy: Strategy) => {
    it("mirrors what was passed", () => {
      const f = (x: Tensor): Tensor => sum(square(x));
      expect(strategy.gradient(f)(3)).toBe(6);
      expect(strategy.gradient(f)(tensor(3))).toEqual(tensor(6));
      expect(strategy.gradient(f)(Float64Array.of(1, 2))).toEqual(tensor([2, 4]));
      const g = (x: { u: Tensor; v: [Tensor, Tensor] }): Tensor => add(mul(x.u, x.v[0]), sum(x.v[1]));
      expect(strategy.gradient(g)({ u: 2, v: [tensor(3), Float64Array.of(1, 1)] })).toEqual({
        u: 3,
        v: [tensor(2), tensor([1, 1])],
      });
      expect(strategy.jacobian(f)(3)).toEqual(tensor(6));
      expect(strategy.hvp(f)(3)(1)).toBe(2);
      expect(strategy.vjp(f)(3).pullback(1)).toBe(6);
    });

    it("has y's axes outside and x's inside", () => {
      const f = (x: Tensor): Tensor => outer(tensor([1, 2, 3]), sum(x, { axes: 1 }));
      expect(strategy.jacobian(f)(zeros([4, 5])).shape).toEqual([3, 4, 4, 5]);
      expect(strategy.jacobian((x: Tensor) => reshape(x, [5, 4]))(zeros([4, 5])).shape).toEqual([5, 4, 4, 5]);
      expect(strategy.hessian((x: Tensor) => sum(square(x)))(zeros([2, 3])).shape).toEqual([2, 3, 2, 3]);
      expect(strategy.jacobian((x: Tensor) => square(x))(zeros([0])).shape).toEqual([0, 0]);
      expect(strategy.jacobian((x: Tensor) => sum(x))(zeros([0, 3])).shape).toEqual([0, 3]);
      expect(strategy.jacobian((x: Tensor) => mul(x, zeros([0])))(2).shape).toEqual([0]);
    });

    it("differentiates the argument that is asked for", () => {
      const f = (a: Tensor, b: Tensor, c: Tensor): Tensor => add(mul(a, square(b)), mul(c, a));
      expect(strategy.gradient(f)(2, 3, 5)).toBe(14);
      expect(strategy.gradient(f, { argument: 1 })(2, 3, 5)).toBe(12);
      expect(strategy.gradient(f, { arguments: [2, 0] })(2, 3, 5)).toEqual([2, 14]);
      expect(strategy.hessian(f, { arguments: [0, 1] })(2, 3, 5)).toEqual([[tensor(0), tensor(6)], [tensor(6), tensor(4)]]); // prettier-ignore
      expect(
        strategy
          .jvp(f, { arguments: [0, 1] })(
            2,
            3,
            5,
          )([1, 10])
          .tangent.item(),
      ).toBe(134);
      expect(strategy.vjp(f, { argument: 2 })(2, 3, 5).pullback(10)).toBe(20);
      expect(strategy.hvp(f, { arguments: [1, 0] })(2, 3, 5)([1, 1])).toEqual([10, 6]);
      expect(strategy.jacobian(f, { arguments: [1] })(2, 3, 5)).toEqual([tensor(12)]);
    });

    it("hands constants through untouched, whatever they are", () => {
      const config = { label: "x", again: new Map([["power", 3]]), run: (x: Tensor) => sub(x, 1) };
      const f = (x: Tensor, options: typeof config, list: number[]): Tensor => {
        expect(options).toBe(config);
        expect(list).toEqual([1, 2]);
        return mul(options.again.get("power")!, options.run(x));
      };
      expect(strategy.gradient(f)(1, config as never, [1, 2] as never)).toBe(3);
      expect(strategy.derivative((x: Tensor, n: number) => mul(x, n))(1, 7)).toBe(7);
    });

    it("returns aux beside the result, with the numbers under traced values", () => {
      const f = (
        x: Tensor,
      ): [Tensor, { readonly twice: Tensor; readonly note: string; readonly list: readonly Tensor[] }] => [
        sum(square(x)),
        { twice: mul(2, x), note: "kept", list: [x, sum(x)] },
      ];
      const aux = { twice: tensor([2, 4]), note: "kept", list: [tensor([1, 2]), tensor(3)] };
      const x = tensor([1, 2]);
      const gradient = tensor([2, 4]);
      expect(strategy.gradient(f, { aux: true })(x)).toEqual({ gradient, aux });
      expect(strategy.valueAndGradient(f, { aux: true })(x)).toEqual({ value: tensor(5), gradient, aux });
      expect(strategy.jacobian(f, { aux: true })(x)).toEqual({ jacobian: gradient, aux });
      expect(strategy.hessian(f, { aux: true })(x).aux).toEqual(aux);
      expect(strategy.jvp(f, { aux: true })(x)(tensor([1, 0]))).toEqual({
        value: tensor(5),
        tangent: tensor(2),
        aux,
      });
      expect(strategy.vjp(f, { aux: true })(x).aux).toEqual(aux);
      expect(strategy.hvp(f, { aux: true })(x)(tensor([1, 0]))).toEqual({ product: tensor([2, 0]), aux });
      expect(strategy.derivative((t: Tensor) => [square(t), t], { aux: true })(3)).toEqual({
        derivative: 6,
        aux: tensor(3),
      });
    });

    it("takes an aux that contains itself", () => {
      const cyclic: Record<string, unknown> = { note: "kept" };
      cyclic["self"] = cyclic;
      const { aux } = strategy.gradient((x: Tensor) => [square(x), cyclic] as [Tensor, unknown], {
        aux: true,
      })(3);
      expect((aux as { note: string }).note).toBe("kept");
    });
  },
);
