import { FluxionError } from "../errors.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Tree } from "../tree/tree.ts";
import { checkBinding } from "./binding.ts";
import { Call } from "./call.ts";
import type { FlatEstimate, StrategyDefinition, Tangents } from "./definition.ts";
import type { EstimatedOperator, EstimateFunction } from "./estimate.ts";
import type { Options } from "./types.ts";

const SCALAR_OPERATORS: readonly EstimatedOperator[] = ["derivative", "gradient", "hessian", "hvp"];
const WITH_DIRECTION: readonly EstimatedOperator[] = ["jvp", "vjp", "hvp"];

/** The public `estimate` of a strategy from its flat one: results and errors mirrored in structure. */
export function defineEstimate<Extra extends object>(
  name: string,
  estimate: NonNullable<StrategyDefinition<Extra>["estimate"]>,
  extra: readonly string[] = [],
): EstimateFunction<Extra> {
  return (operator, f, options = {} as Options & Extra) => {
    checkBinding(`${name}.estimate("${operator}")`, f, options, extra);
    return (...args) => {
      const hasDirection = WITH_DIRECTION.includes(operator);
      const direction = hasDirection ? args.at(-1) : undefined;
      const call = new Call(
        `${name}.estimate("${operator}")`,
        f,
        options,
        hasDirection ? args.slice(0, -1) : args,
        SCALAR_OPERATORS.includes(operator),
      );
      const directions = hasDirection ? directionsOf(call, operator, direction) : [];
      const result = estimate({ operator, f: call.f, inputs: call.inputs, directions, options });
      return {
        value: mirror(call, operator, result.results),
        error: mirror(call, operator, result.errors),
        status: result.status,
        evaluations: result.evaluations,
      };
    };
  };
}

function directionsOf(call: Call, operator: EstimatedOperator, direction: unknown): Tangents {
  if (direction === undefined)
    throw new FluxionError(
      "ARGUMENT",
      `${call.asked} takes the ${operator === "vjp" ? "cotangent" : "tangent"} as its last argument, after the arguments of f.`,
    );
  return operator === "vjp"
    ? call.cotangentsOfOutputs(direction, call.f(call.inputs))
    : call.tangentsOfInputs(direction);
}

function mirror(
  call: Call,
  operator: EstimatedOperator,
  blocks: FlatEstimate["results"],
): Tree<number | Tensor> {
  switch (operator) {
    case "jacobian":
      return call.jacobian(blocks);
    case "hessian":
      return call.hessian(blocks);
    case "jvp":
      return call.likeOutputs(
        blocks.map((row) => row[0]!),
        [],
      );
    default:
      return call.likeInputs(blocks[0]!);
  }
}
