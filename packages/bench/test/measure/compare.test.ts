import { add, mul } from "@fluxion/core";
import type { Strategy, Tensor } from "@fluxion/core";
import { forwardDual } from "@fluxion/forward-dual";
import { numericFd } from "@fluxion/numeric-fd";
import { reverseTape } from "@fluxion/reverse-tape";
import { describe, expect, test } from "vitest";
import { compare, strategyContender } from "../../src/measure/index.ts";
import type { Cell, Contender } from "../../src/measure/index.ts";
import { passes, theoreticalExponent } from "../../src/measure/prediction.ts";
import { workloads } from "../../src/workloads/index.ts";
import type { Workload } from "../../src/workloads/index.ts";

const quick = { rounds: 2, millisecondsPerRound: 0.5, budget: 100 };
const strategies: readonly Strategy[] = [forwardDual, reverseTape, numericFd];

function named(name: string): Workload {
  return workloads.find((workload) => workload.name === name)!;
}

/** The smallest size of a workload only. */
function smallest(workload: Workload): Workload {
  return { ...workload, sizes: workload.sizes.slice(0, 1) };
}

/** Its first size with more inputs than fit into a block of directions. */
function beyondBlock(workload: Workload): Workload {
  const inputs = (n: number): number => workload.problem(n).inputs.reduce((sum, { size }) => sum + size, 0);
  return { ...workload, sizes: [workload.sizes.find((n) => inputs(n) > 16)!] };
}

function cellOf(cells: readonly Cell[], contender: string): Cell {
  return cells.find((cell) => cell.contender === contender)!;
}

describe.each(workloads.map((workload) => [workload.name, workload] as const))("%s", (_, workload) => {
  test("f has the value by hand, at every size", () => {
    for (const n of workload.sizes) {
      const { f, inputs, byHand } = workload.problem(n);
      const found = f(...inputs).data;
      const expected = byHand.value();
      expect(found).toHaveLength(expected.length);
      expected.forEach((value, i) =>
        expect(Math.abs(found[i]! - value)).toBeLessThan(1e-12 * (1 + Math.abs(value))),
      );
    }
  });

  test("strategies agree with the derivative by hand, and are measured", () => {
    const { workloads: results } = compare(strategies.map(strategyContender), [smallest(workload)], quick);
    const { cells } = results[0]!;
    expect(cells.map(({ contender }) => contender)).toEqual([
      "by hand",
      "forward-dual",
      "reverse-tape",
      "numeric-fd",
    ]);
    for (const { status, message, agreement } of cells.slice(1)) {
      expect(message).toBeUndefined();
      expect(["measured", "predicted"]).toContain(status);
      expect(agreement!.verdict).toBe("agrees");
    }
  });
});

describe("what does not agree is not timed", () => {
  /** A contender whose numbers are `factor` times those of reverse-tape. */
  function scaled(factor: number): Contender {
    const honest = strategyContender(reverseTape);
    return {
      ...honest,
      name: "scaled",
      prepare: (operator, problem) => {
        const { run, read } = honest.prepare(operator, problem);
        return { run, read: (result) => read(result).map((leaf) => leaf.map((value) => value * factor)) };
      },
    };
  }

  test("a derivative that is off by a billionth is wrong", () => {
    const { workloads: results } = compare([scaled(1 + 1e-9)], [smallest(named("least-squares"))], quick);
    const cell = cellOf(results[0]!.cells, "scaled");
    expect(cell).toMatchObject({ status: "wrong", agreement: { verdict: "disagrees" } });
    expect(cell.derivative).toBeUndefined();
  });

  test("NaN is wrong", () => {
    const { workloads: results } = compare([scaled(NaN)], [smallest(named("least-squares"))], quick);
    expect(cellOf(results[0]!.cells, "scaled")).toMatchObject({
      status: "wrong",
      agreement: { error: Infinity },
    });
  });

  test("a missing entry is wrong", () => {
    const short = scaled(1);
    const cut: Contender = {
      ...short,
      prepare: (operator, problem) => {
        const { run, read } = short.prepare(operator, problem);
        return { run, read: (result) => read(result).map((leaf) => leaf.slice(1)) };
      },
    };
    const { workloads: results } = compare([cut], [smallest(named("rosenbrock"))], quick);
    expect(cellOf(results[0]!.cells, "scaled").status).toBe("wrong");
  });

  test("what throws has failed, and the others are measured", () => {
    const broken: Contender = {
      ...strategyContender(forwardDual),
      name: "broken",
      prepare: () => {
        throw new Error("no rule");
      },
    };
    const contenders = [broken, strategyContender(reverseTape)];
    const { workloads: results } = compare(contenders, [smallest(named("ackley"))], quick);
    expect(cellOf(results[0]!.cells, "broken")).toMatchObject({ status: "failed", message: "no rule" });
    expect(cellOf(results[0]!.cells, "reverse-tape").status).toBe("measured");
  });
});

describe("what exceeds the budget", () => {
  const options = { ...quick, budget: 1e-6 };

  test("is predicted, and checked in random directions", () => {
    const { workloads: results } = compare(
      [strategyContender(forwardDual)],
      [beyondBlock(named("perceptron"))],
      options,
    );
    const cell = cellOf(results[0]!.cells, "forward-dual");
    expect(cell).toMatchObject({
      status: "predicted",
      agreement: { verdict: "agrees", compared: "random directions" },
    });
    expect(cell.predicted).toBeGreaterThan(0);
    expect(cell.derivative).toBeUndefined();
  });

  test("an estimate is held to its own bound, in random directions, too", () => {
    const honest = strategyContender(numericFd);
    const boastful: Contender = {
      ...honest,
      name: "boastful",
      strategy: {
        ...numericFd,
        estimate:
          (operator, f, choice) =>
          (...args) => {
            const found = numericFd.estimate!(operator, f, choice)(...args);
            return { ...found, value: add(found.value as Tensor, 1e-5) };
          },
      },
    };
    for (const name of ["rosenbrock", "rosenbrock-hessian", "logistic-hvp"]) {
      const { workloads: results } = compare([honest, boastful], [beyondBlock(named(name))], options);
      expect(cellOf(results[0]!.cells, "numeric-fd").agreement!.verdict).toBe("agrees");
      expect(cellOf(results[0]!.cells, "boastful").status).toBe("wrong");
    }
  });

  test("is wrong if a random direction is", () => {
    // Twice the tangent: a mistake that the directions have to see.
    const jvp = ((f: (...inputs: Tensor[]) => Tensor, choice: { readonly arguments: readonly number[] }) =>
      (...inputs: Tensor[]) =>
      (tangents: readonly Tensor[]) => {
        const { value, tangent } = reverseTape.jvp(f, choice)(...inputs)(tangents);
        return { value, tangent: mul(2, tangent) };
      }) as unknown as Strategy["jvp"];
    const wrong = strategyContender({ ...forwardDual, name: "wrong", jvp });
    const { workloads: results } = compare([wrong], [beyondBlock(named("rosenbrock"))], options);
    expect(cellOf(results[0]!.cells, "wrong").status).toBe("wrong");
  });
});

test("calls of f are counted: reverse-tape needs one", () => {
  const { workloads: results } = compare(
    [strategyContender(reverseTape)],
    [smallest(named("logistic"))],
    quick,
  );
  expect(cellOf(results[0]!.cells, "reverse-tape").calls).toBe(1);
});

test("growth and crossings need more than one size; progress counts the sizes", () => {
  const steps: string[] = [];
  const { workloads: results } = compare([strategyContender(reverseTape)], [named("rosenbrock-hessian")], {
    ...quick,
    onProgress: (step, done, total) => steps.push(`${done}/${total} ${step}`),
  });
  expect(steps).toEqual([
    "0/3 Hessian of Rosenbrock, n = 5",
    "1/3 Hessian of Rosenbrock, n = 15",
    "2/3 Hessian of Rosenbrock, n = 50",
    "3/3 done",
  ]);
  for (const { exponent } of results[0]!.growth) expect(exponent).not.toBeNull();
});

test.each([
  ["forward", "gradient", 1, 2],
  ["reverse", "gradient", 1, 1],
  ["symbolic", "gradient", 1, 1],
  ["numeric", "gradient", 1, 2],
] as const)("%s mode, %s: time per value ∝ passes", (mode, operator, value, exponent) => {
  const workload: Workload = { ...named("rosenbrock"), operator, growth: { value, inputs: 1, outputs: 0 } };
  expect(theoreticalExponent(mode, workload)).toBe(exponent);
});

test("passes: a gradient costs forward mode one for each input, reverse mode one", () => {
  expect(passes("forward", "gradient", 1000, 1)).toBe(1000);
  expect(passes("reverse", "gradient", 1000, 1)).toBe(1);
  expect(passes("forward", "jacobian", 3, 50)).toBe(3);
  expect(passes("reverse", "jacobian", 3, 50)).toBe(50);
  expect(passes("forward", "hessian", 10, 1)).toBe(100);
  expect(passes("reverse", "hessian", 10, 1)).toBe(10);
});
