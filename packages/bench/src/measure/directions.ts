import { add, fromData, matmul, tensor } from "@fluxion/core";
import type { Strategy, Tensor } from "@fluxion/core";
import { seeded } from "../data/index.ts";
import type { WorkloadOperator, Problem } from "../workloads/index.ts";
import { judge } from "./agreement.ts";
import type { Agreement } from "./agreement.ts";
import { arrays } from "./contender.ts";
import type { Contender } from "./contender.ts";

/** Numbers that a strategy gave, and their error bounds where it gives bounds. */
interface Sample {
  readonly found: Float64Array;
  readonly expected: Float64Array;
  readonly bounds?: Float64Array;
}

/** Compares along random directions with the derivative by hand: cheap, whatever the number of inputs. */
export function compareDirections(
  { strategy }: Contender,
  operator: WorkloadOperator,
  problem: Problem,
): Agreement {
  const random = seeded(problem.inputs.length);
  const draw = (): readonly Tensor[] =>
    problem.inputs.map(({ size, shape }) => fromData(random.normal(size), shape));
  const sample = operator === "hessian" || operator === "hvp" ? curvature : slope;
  const samples = [1, 2, 3].map(() => sample(strategy, problem, draw));
  const verdicts = samples.map(({ found, expected, bounds }) =>
    judge([found], [expected], bounds && [bounds]),
  );
  const worst = (["disagrees", "inconclusive"] as const).find((word) =>
    verdicts.some(({ verdict }) => verdict === word),
  );
  return {
    verdict: worst ?? "agrees",
    compared: "random directions",
    error: Math.max(...verdicts.map(({ error }) => error)),
    allowed: Math.max(...verdicts.map(({ allowed }) => allowed)),
  };
}

/** J·v; for a gradient ⟨g, v⟩. */
function slope(strategy: Strategy, { f, inputs, byHand }: Problem, draw: () => readonly Tensor[]): Sample {
  const every = { arguments: inputs.map((_, index) => index) };
  const tangents = draw();
  const derivative = byHand.derivative();
  const outputs = byHand.value().map((_, output) => along(derivative, tangents, output));
  if (!strategy.estimate) {
    return { found: arrays(strategy.jvp(f, every)(...inputs)(tangents).tangent)[0]!, expected: outputs };
  }
  const { value, error } = strategy.estimate("jvp", f, every)(...inputs, tangents);
  return { found: arrays(value as Tensor)[0]!, expected: outputs, bounds: arrays(error as Tensor)[0]! };
}

/** uᵀHv as the mixed derivative of f(x + s·u + t·v) by s and t; v is the problem's direction, or random as well. */
function curvature(
  strategy: Strategy,
  { f, inputs, direction, byHand }: Problem,
  draw: () => readonly Tensor[],
): Sample {
  const [x, u] = [inputs[0]!, draw()[0]!];
  const v = direction ?? draw()[0]!;
  const directions = fromData(Float64Array.from([...u.data, ...v.data]), [2, x.size]);
  const plane = (steps: Tensor): Tensor => f(add(x, matmul(steps, directions)));
  const [derivative] = byHand.derivative();
  // By hand there is H, or H·v already.
  const product = direction
    ? derivative!
    : Float64Array.from(x.data, (_, row) => along([derivative!], [v], row));
  const expected = Float64Array.of(along([product], [u], 0));
  const origin = tensor([0, 0]);
  const mixed = (hessian: Tensor): Float64Array => arrays(hessian)[0]!.slice(1, 2);
  if (!strategy.estimate) return { found: mixed(strategy.hessian(plane)(origin)), expected };
  const { value, error } = strategy.estimate("hessian", plane)(origin);
  return { found: mixed(value as Tensor), expected, bounds: mixed(error as Tensor) };
}

/** Row `output` of a derivative times the tangents. */
function along(derivative: readonly Float64Array[], tangents: readonly Tensor[], output: number): number {
  let sum = 0;
  tangents.forEach(({ data, size }, leaf) => {
    for (let i = 0; i < size; i++) sum += derivative[leaf]![output * size + i]! * data[i]!;
  });
  return sum;
}
