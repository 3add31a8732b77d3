import { evaluateNodes, type OperatorName } from "@fluxion/core";
import { assert, check, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { operatorsIn, type Program, programs } from "../../src/programs/index.ts";
import { shrinkProgram } from "../../src/programs/shrink.ts";
import { runs } from "../support/runs.ts";

/** The smallest program that fast-check finds with a property. */
function smallest(holds: (program: Program) => boolean): Program {
  const { counterexample } = check(
    property(programs(), (program) => !holds(program)),
    { numRuns: 2000, seed: 5 },
  );
  return counterexample![0];
}

function operators({ graph }: Program): readonly string[] {
  return graph.nodes.map((node) => node.operator).filter((name) => name !== "input" && name !== "constant");
}

describe("shrinking", () => {
  test.each<OperatorName>(["max", "matmul", "cholesky", "where", "softmax", "take", "div", "erf"])(
    "leaves little beside %s",
    (name) => {
      const program = smallest(({ graph }) => operatorsIn(graph).has(name));
      expect(operators(program).length).toBeLessThanOrEqual(name === "cholesky" || name === "where" ? 4 : 2);
      expect(program.inputs.length).toBe(1);
    },
  );

  test("rounds numbers and shortens axes", () => {
    const { inputs, graph } = smallest((program) => operatorsIn(program.graph).has("exp"));
    expect(inputs.map((x) => x.toJSON())).toEqual([expect.anything()]);
    expect(inputs[0]!.size).toBe(1);
    expect(Number.isInteger(inputs[0]!.data[0])).toBe(true);
    expect(graph.nodes.length).toBe(2);
  });

  test("keeps what matters: two operators in a row", () => {
    const program = smallest(({ graph }) =>
      graph.nodes.some(
        (node) =>
          node.operator === "sin" &&
          node.inputs.some((i) => graph.nodes[i]!.operator === "tanh" || graph.nodes[i]!.operator === "mul"),
      ),
    );
    expect(operators(program).length).toBe(2);
  });

  test("yields programs that are defined, have true shapes, and are no copies", () => {
    assert(
      property(programs({ maximumNodes: 6 }), (program) => {
        let count = 0;
        for (const simpler of shrinkProgram(program)) {
          const values = evaluateNodes(simpler.graph, simpler.inputs);
          expect(values.map(({ shape }) => shape)).toEqual(simpler.graph.nodes.map(({ shape }) => shape));
          expect(values.every(({ data }) => data.every(Number.isFinite))).toBe(true);
          if (++count > 60) break;
        }
      }),
      { numRuns: runs(30) },
    );
  });
});
