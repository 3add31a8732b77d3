import { evaluateNodes, type GraphNode, type OperatorName, operatorNames, type Tensor } from "@fluxion/core";
import { domains } from "@fluxion/core/domains";
import { assert, property, sample } from "fast-check";
import { describe, expect, test } from "vitest";
import { operatorsIn, programs, programText } from "../../src/programs/index.ts";
import { runs } from "../support/runs.ts";

/** How far a node's operands are from a kink; Infinity for what has none. */
function kinkDistance(node: GraphNode, values: readonly Tensor[]): number {
  if (node.operator === "input" || node.operator === "constant" || node.operator === "custom")
    return Infinity;
  const domain = domains[node.operator as OperatorName] as unknown as {
    kinkDistance: (operands: readonly Tensor[], attributes: object) => number;
  };
  return domain.kinkDistance(
    node.inputs.map((input) => values[input]!),
    node.attributes,
  );
}

describe("random programs", () => {
  test("have finite values, and shapes that hold", () => {
    assert(
      property(programs(), ({ graph, inputs }) => {
        evaluateNodes(graph, inputs).forEach((value, i) => {
          expect(value.data.every(Number.isFinite)).toBe(true);
          expect(value.shape).toEqual(graph.nodes[i]!.shape);
        });
      }),
      { numRuns: runs(150) },
    );
  });

  test("keep away from kinks where they are to be smooth", () => {
    assert(
      property(programs(), ({ graph, inputs, smooth }) => {
        if (!smooth) return;
        const values = evaluateNodes(graph, inputs);
        for (const node of graph.nodes)
          expect(kinkDistance(node, values)).toBeGreaterThanOrEqual(
            ["inverse", "logdet", "solve"].includes(node.operator) ? 0.05 : 0.15,
          );
      }),
      { numRuns: runs(150) },
    );
  });

  test("meet ties and zeros where they needn't be smooth", () => {
    const atKinks = sample(programs(), { numRuns: 400, seed: 1 }).filter(({ smooth }) => !smooth);
    const met = new Set(
      atKinks.flatMap(({ graph, inputs }) => {
        const values = evaluateNodes(graph, inputs);
        return graph.nodes.flatMap((node) => (kinkDistance(node, values) === 0 ? [node.operator] : []));
      }),
    );
    expect(atKinks.length).toBeGreaterThan(20);
    expect(met.size).toBeGreaterThan(5);
  });

  test("have every operator", () => {
    const found = new Set(
      sample(programs(), { numRuns: 600, seed: 1 }).flatMap(({ graph }) => [...operatorsIn(graph)]),
    );
    expect(operatorNames.filter((name) => !found.has(name))).toEqual([]);
  });

  test("share nodes, broadcast, and give both scalars and arrays", () => {
    const all = sample(programs(), { numRuns: 200, seed: 1 });
    const uses = all.map(({ graph }) =>
      graph.nodes.map(
        (_, i) =>
          graph.nodes.flatMap((node): readonly number[] => node.inputs).filter((input) => input === i).length,
      ),
    );
    expect(uses.filter((counts) => counts.some((count) => count > 1)).length).toBeGreaterThan(40);
    expect(
      all.filter(({ graph }) =>
        graph.nodes.some(
          (node) =>
            node.operator === "mul" && graph.nodes[node.inputs[0]!]!.shape.join() !== node.shape.join(),
        ),
      ).length,
    ).toBeGreaterThan(10);
    const scalars = all.filter(({ graph }) => graph.nodes[graph.outputs[0]!]!.shape.length === 0).length;
    expect(scalars).toBeGreaterThan(80);
    expect(scalars).toBeLessThan(190);
  });

  test("are the same for the same seed, and obey the limit of operators", () => {
    const texts = (): readonly string[] =>
      sample(programs({ maximumNodes: 5 }), { numRuns: 20, seed: 9 }).map(programText);
    expect(texts()).toEqual(texts());
    const contraction = 2;
    for (const { graph } of sample(programs({ maximumNodes: 1 }), { numRuns: 50, seed: 9 })) {
      const operators = graph.nodes.filter(
        (node) => node.operator !== "input" && node.operator !== "constant",
      ).length;
      expect(operators).toBeLessThanOrEqual(10 + contraction);
    }
  });

  test("count why operators were refused", () => {
    const reasons = sample(programs(), { numRuns: 100, seed: 1 }).flatMap(({ refusals }) =>
      Object.keys(refusals),
    );
    expect(reasons).toContain("maximum: close to a = b");
  });

  test("print as a function and the arguments", () => {
    const [program] = sample(programs(), { numRuns: 1, seed: 4 });
    expect(programText(program!)).toMatch(
      /^import \{ .*type Tensor \} from "@fluxion\/core";\n\nexport function f\(x0: Tensor[^]*\/\/ differentiated at f\(.*\)$/,
    );
  });
});
