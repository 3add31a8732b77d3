import { evaluateFlat, sin, sum, type Tensor, trace } from "@fluxion/core";
import { forwardDual } from "@fluxion/forward-dual";
import { checkpoint } from "@fluxion/reverse-tape";
import fc from "fast-check";
import { expect, it } from "vitest";
import { type Program, programFunction, programs, programText } from "../../src/programs/index.ts";
import { exactStrategies } from "../support/strategies.ts";
import { runs } from "../support/runs.ts";

type Blocks = readonly (readonly Tensor[])[];

function expectSame(found: Blocks, wanted: Blocks, where: string): void {
  const scale = Math.max(1, ...wanted.flat().flatMap((block) => Array.from(block.data, Math.abs)));
  found.forEach((row, i) =>
    row.forEach((block, j) => {
      expect(block.shape, where).toEqual(wanted[i]![j]!.shape);
      block.data.forEach((entry, k) =>
        expect(Math.abs(entry - wanted[i]![j]!.data[k]!), where).toBeLessThanOrEqual(1e-8 * scale),
      );
    }),
  );
}

it("second derivatives of random programs are the same in every pair, traced and under checkpoint", () => {
  fc.assert(
    fc.property(programs({ maximumNodes: 8 }), (program: Program) => {
      const run = programFunction(program);
      const f = (...xs: Tensor[]): Tensor => sum(sin(run(xs)));
      const all = { arguments: program.inputs.map((_, i) => i) };
      const wanted = forwardDual.hessian(f, all)(...program.inputs) as unknown as Blocks;
      fc.pre(wanted.flat().every((block) => block.data.every(Number.isFinite)));
      const saved = checkpoint(f);
      for (const outer of exactStrategies)
        for (const inner of exactStrategies) {
          const where = `${outer.name} over ${inner.name}: ${programText(program)}`;
          const second = (g: typeof f) =>
            outer.jacobian((...xs: Tensor[]) => inner.gradient(g, all)(...xs), all);
          expectSame(second(f)(...program.inputs), wanted, where);
          expectSame(second((...xs) => saved(...xs))(...program.inputs), wanted, where);
          const graph = trace((...xs: Tensor[]) => second(f)(...xs))(...program.inputs);
          expectSame([evaluateFlat(graph, program.inputs)], [wanted.flat()], where);
        }
    }),
    { numRuns: runs(25) },
  );
});
