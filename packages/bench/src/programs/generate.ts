import type { Random } from "fast-check";
import { Builder } from "./builder.ts";
import { Choice } from "./choice.ts";
import { allMakers } from "./makers/index.ts";
import type { Program } from "./program.ts";
import { Refused } from "./refused.ts";

/** How many programs may be at kinks. */
const PERCENT_AT_KINKS = 10;

/** A random program of at most so many operators (a final contraction to a scalar is not counted). */
export function generateProgram(random: Random, maximumNodes: number): Program {
  const choice = new Choice(random);
  const refusals: Record<string, number> = {};
  for (;;) {
    const builder = new Builder(choice, !choice.chance(PERCENT_AT_KINKS));
    grow(builder, choice.integer(1, maximumNodes), refusals);
    const output = choice.chance(65) ? contract(builder, refusals) : builder.sinks().at(-1)!;
    const { graph, inputs } = builder.finish(output);
    if (inputs.length > 0)
      return {
        graph,
        inputs,
        directionSeed: choice.integer(0, 0x7fffffff),
        smooth: builder.smooth,
        refusals,
      };
    count(refusals, "no input is left");
  }
}

function grow(builder: Builder, target: number, refusals: Record<string, number>): void {
  const { choice } = builder;
  builder.leaf(builder.randomShape(choice.integer(0, 2)));
  for (let added = 0, attempts = 0; added < target && attempts < 6 * target; attempts++) {
    const [name, { make }] = choice.weighted(allMakers, ([, { weight }]) => weight);
    const before = builder.operators;
    const refused = attempt(builder, () => make(builder));
    if (refused !== null) count(refusals, `${name}: ${refused}`);
    added += builder.operators - before;
  }
}

/** A scalar to which every end of the program contributes, each entry with a weight of its own. */
function contract(builder: Builder, refusals: Record<string, number>): number {
  const ends = builder.sinks().filter((node) => builder.nodes[node]!.operator !== "constant");
  let total = -1;
  for (const end of ends) {
    const refused = attempt(builder, () => {
      const shape = builder.shapeOf(end);
      const weighted =
        shape.length === 0
          ? end
          : builder.add("mul", [end, builder.constant(builder.random(shape, -1, 1))], {});
      const scalar =
        shape.length === 0
          ? end
          : builder.add("sum", [weighted], { axes: shape.map((_, axis) => axis), keepDims: false });
      return (total = total < 0 ? scalar : builder.add("add", [total, scalar], {}));
    });
    if (refused !== null) count(refusals, `contraction: ${refused}`);
  }
  return total < 0 ? builder.sinks().at(-1)! : total;
}

/** Null, or why it was refused. */
function attempt(builder: Builder, build: () => number): string | null {
  try {
    builder.attempt(build);
    return null;
  } catch (error) {
    if (error instanceof Refused) return error.message;
    throw error;
  }
}

function count(refusals: Record<string, number>, reason: string): void {
  refusals[reason] = (refusals[reason] ?? 0) + 1;
}
