import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contains, domains, type Operand, pointIn, sampleOperand } from "../../src/domains/index.ts";
import { FluxionError } from "../../src/errors.ts";
import type { OperatorName } from "../../src/operators/operator.ts";
import { operators } from "../../src/operators/registry.ts";
import { operatorNames } from "../../src/operators/table.ts";
import { add, mul } from "../../src/operators/elementwise/binary.ts";
import { tensor } from "../../src/tensor/create.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { runs } from "../operators/linear-algebra/tensors.ts";
import { exampleOf } from "./examples.ts";
import { kinks } from "./kinks.ts";

const STEP = 1e-6;

function evaluate(name: OperatorName, operands: readonly Tensor[], attributes: object): Tensor {
  return operators[name].evaluate(operands as never, attributes as never);
}

function distance(name: OperatorName, operands: readonly Tensor[], attributes: object): number {
  return domains[name].kinkDistance(operands as never, attributes as never);
}

function operandOf(name: OperatorName, i: number): Operand {
  const { operands } = domains[name];
  return operands[Math.min(i, operands.length - 1)]!;
}

/**
 * How much the slopes from a point differ among short steps forwards and backwards: next to nothing where the operator is
 * smooth, a lot on a kink (the sides differ), a jump or a vertical tangent (the lengths differ), Infinity at a pole.
 */
function roughness(
  name: OperatorName,
  attributes: object,
  operands: readonly Tensor[],
  direction: readonly Tensor[],
): number {
  const along = (t: number): readonly number[] => {
    try {
      const moved = operands.map((x, i) => add(x, mul(t, direction[i]!)));
      return Array.from(evaluate(name, moved, attributes).data);
    } catch (error) {
      if (error instanceof FluxionError && error.code === "DOMAIN") return [NaN];
      throw error;
    }
  };
  const here = along(0);
  const slopes = [STEP, STEP / 8, -STEP / 8, -STEP].map((t) => {
    const there = along(t);
    return here.map((value, i) => (there[i]! - value) / t);
  });
  const spread = here.map((_, i) => Math.max(...slopes.map((slope) => Math.abs(slope[i]! - slopes[0]![i]!))));
  return spread.some(Number.isNaN) ? Infinity : Math.max(0, ...spread);
}

/** Operands from the sample intervals, and a direction for every entry; conditions stay. */
function samples(
  name: OperatorName,
): fc.Arbitrary<{ readonly operands: readonly Tensor[]; readonly direction: readonly Tensor[] }> {
  return fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })).map((stream) => {
    const uniform = (): number => stream.next().value!;
    const { shapes } = exampleOf(name);
    const moves = { domain: [], sample: [{ low: -1, high: 1 }], matrix: null };
    return {
      operands: shapes.map((shape, i) => sampleOperand(operandOf(name, i), shape, uniform)),
      direction: shapes.map((shape, i) =>
        name === "where" && i === 0 ? tensor(0) : sampleOperand(moves, shape, uniform),
      ),
    };
  });
}

describe.each(operatorNames)("%s", (name) => {
  const { attributes } = exampleOf(name);
  const { kinks: words, regularity } = domains[name];

  it("is finite, and smooth unless close to a kink, where its samples say", () => {
    fc.assert(
      fc.property(samples(name), ({ operands, direction }) => {
        const value = evaluate(name, operands, attributes);
        expect(value.data.every((entry) => Math.abs(entry) < 1e3)).toBe(true);
        const room = distance(name, operands, attributes);
        if (words === null) expect(room).toBe(Infinity);
        expect(room).toBeGreaterThanOrEqual(0);
        if (room < 0.02) return;
        expect(roughness(name, attributes, operands, direction)).toBeLessThan(5e-3);
        if (regularity === "constant")
          expect(Array.from(evaluate(name, operands.map((x, i) => add(x, mul(STEP, direction[i]!))), attributes).data)).toEqual(Array.from(value.data)); // prettier-ignore
      }),
      { numRuns: runs },
    );
  });

  it("draws from inside its domain", () => {
    for (const { domain, sample } of domains[name].operands) {
      for (const { low, high } of sample)
        expect([low, high].every((end) => contains(domain, end))).toBe(true);
      for (const fraction of [0, 0.3, 0.5, 1]) expect(contains(domain, pointIn(sample, fraction))).toBe(true);
    }
  });
});

describe("kinks", () => {
  it("are shown for every operator that has any", () => {
    const shown = new Set(kinks.map(({ name }) => name));
    // A condition is chosen with, not differentiated, so there is nothing to show for where.
    const claimed = operatorNames.filter((name) => domains[name].kinks !== null && name !== "where");
    expect([...shown].sort()).toEqual([...claimed].sort());
  });

  it.each(kinks.map((kink) => [`${kink.name} at ${kink.operands.join(" and ")}`, kink] as const))(
    "%s",
    (_, kink) => {
      const attributes = kink.attributes ?? {};
      expect(distance(kink.name, kink.operands, attributes)).toBeLessThanOrEqual(1e-15);
      expect(roughness(kink.name, attributes, kink.operands, kink.direction)).toBeGreaterThan(0.5);
    },
  );
});

describe("kinkDistance", () => {
  it("is how far the nearest entry is", () => {
    expect(distance("abs", [tensor([3, -0.5, 2])], {})).toBe(0.5);
    expect(distance("log", [tensor([3, 0.25])], {})).toBe(0.25);
    expect(distance("tan", [tensor([0, 1.5])], {})).toBeCloseTo(Math.PI / 2 - 1.5, 14);
    expect(distance("floor", [tensor([0.5, 1.75])], {})).toBe(0.25);
    expect(distance("round", [tensor([0, 1.25])], {})).toBe(0.25);
    expect(distance("lgamma", [tensor([3, -1.25])], {})).toBe(0.25);
    expect(distance("maximum", [tensor([1, 2]), tensor([[3], [2.5]])], {})).toBe(0.5);
    expect(distance("max", [tensor([[1, 5, 3], [9, 8.5, 0]])], { axes: [1], keepDims: false })).toBe(0.5); // prettier-ignore
    expect(distance("min", [tensor([[1, 5, 3], [9, 8.5, 0]])], { axes: [1], keepDims: false })).toBe(2); // prettier-ignore
    expect(distance("max", [tensor([[1, 5], [9, 8.5]])], { axes: [0, 1], keepDims: false })).toBe(0.5); // prettier-ignore
    expect(distance("norm", [tensor([[3, 4], [0.6, 0.8]])], { axes: [1], keepDims: false })).toBe(1); // prettier-ignore
    expect(distance("atan2", [tensor(0), tensor(2)], {})).toBe(2);
    expect(distance("pow", [tensor(-3), tensor(2)], {})).toBe(Infinity);
    expect(distance("inverse", [tensor([[4, 0], [0, 1]])], {})).toBe(0.25); // prettier-ignore
    expect(distance("inverse", [tensor([[[1, 0], [0, 1]], [[1, 1], [0, 2]], [[3, 0], [0, 3]]])], {})).toBe(1 / 3); // prettier-ignore
    expect(distance("cholesky", [tensor([[4, 0], [0, 9]])], {})).toBe(2); // prettier-ignore
    expect(distance("triangularSolve", [tensor([[0, 0], [0, 0]]), tensor([[1], [1]])], { lower: true, transpose: false, unitDiagonal: true })).toBe(Infinity); // prettier-ignore
    expect(distance("max", [tensor([1])], { axes: [0], keepDims: false })).toBe(Infinity);
  });

  it("is at most 0, or NaN, outside the domain", () => {
    for (const name of ["sqrt", "log", "log2", "log10"] as const)
      expect(distance(name, [tensor(-1)], {})).toBe(-1);
    for (const name of ["asin", "acos", "atanh"] as const) expect(distance(name, [tensor(-3)], {})).toBe(-2);
    expect(distance("acosh", [tensor(0)], {})).toBe(-1);
    expect(distance("log1p", [tensor(-3)], {})).toBe(-2);
    expect(distance("pow", [tensor(-1), tensor(0.5)], {})).toBe(-1);
    expect(distance("cholesky", [tensor([[1, 2], [2, 1]])], {})).toBe(0); // prettier-ignore
    expect(distance("abs", [tensor(NaN)], {})).toBe(NaN);
  });
});

describe("regularity and analyticity", () => {
  it("are denied to what compares, rounds or takes real branches", () => {
    const named = (test: (name: OperatorName) => boolean): string => operatorNames.filter(test).join(" ");
    expect(named((name) => !domains[name].analytic)).toBe(
      "abs sign cbrt relu floor ceil round stopGradient maximum minimum equal notEqual less lessEqual greater greaterEqual where max min argmax",
    );
    expect(named((name) => domains[name].regularity === "constant")).toBe(
      "sign floor ceil round equal notEqual less lessEqual greater greaterEqual argmax",
    );
    expect(named((name) => domains[name].regularity === "stopped")).toBe("stopGradient");
  });
});

describe("pointIn", () => {
  it("goes through the intervals in order", () => {
    const intervals = [{ low: -2, high: -1 }, { low: 1, high: 4 }]; // prettier-ignore
    expect([0, 0.125, 0.25, 0.5, 1].map((fraction) => pointIn(intervals, fraction))).toEqual([
      -2, -1.5, -1, 2, 4,
    ]);
    const points = [{ low: 0, high: 0 }, { low: 1, high: 1 }]; // prettier-ignore
    expect([0, 0.4, 0.6, 1].map((fraction) => pointIn(points, fraction))).toEqual([0, 0, 1, 1]);
  });
});
