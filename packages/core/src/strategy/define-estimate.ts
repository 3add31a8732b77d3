import { FluxionError } from "../errors.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Tree } from "../tree/tree.ts";
import { checkBinding } from "./binding.ts";
import { Call } from "./call.ts";
import type { FlatEstimate, StrategyDefinition, Tangents } from "./definition.ts";
import type { EntryEstimate, Estimate, EstimatedOperator, EstimateFunction } from "./estimate.ts";
import type { Options } from "./types.ts";

const SCALAR_OPERATORS: readonly EstimatedOperator[] = ["derivative", "gradient", "hessian", "hvp"];
const WITH_DIRECTION: readonly EstimatedOperator[] = ["jvp", "vjp", "hvp"];

/** The public `estimate` of a strategy from its flat one: results and errors mirrored in structure. */
export function defineEstimate<Extra extends object, Entry extends EntryEstimate>(
  name: string,
  estimate: NonNullable<StrategyDefinition<Extra, Entry>["estimate"]>,
  extra: readonly string[] = [],
): EstimateFunction<Extra, Entry> {
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
      const mirrored: Estimate<Entry> = {
        value: mirror(call, operator, result.results),
        error: mirror(call, operator, result.errors),
        status: result.status,
        evaluations: result.evaluations,
        ...(result.batches === undefined ? {} : { batches: result.batches }),
      };
      return result.details === undefined ? mirrored : withDetails(mirrored, call, operator, result);
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

/** The estimate with its details, which are put together when they are first read. */
function withDetails<Entry extends EntryEstimate>(
  estimate: Estimate<Entry>,
  call: Call,
  operator: EstimatedOperator,
  { results, details }: FlatEstimate<Entry>,
): Estimate<Entry> {
  let read: Tree<Entry> | null = null;
  return Object.defineProperty(estimate, "details", {
    enumerable: true,
    get: () => (read ??= mirrorDetails(call, operator, results, details!())),
  });
}

function mirrorDetails<Entry>(
  call: Call,
  operator: EstimatedOperator,
  results: FlatEstimate["results"],
  blocks: readonly (readonly (readonly Entry[])[])[],
): Tree<Entry> {
  const nested = results.map((row, i) => row.map(({ shape }, j) => nest(blocks[i]![j]!, shape)));
  switch (operator) {
    case "jacobian":
      return call.outputTree(nested.map((row) => call.inputTree(row)));
    case "hessian":
      return call.inputTree(nested.map((row) => call.inputTree(row)));
    case "jvp":
      return call.outputTree(nested.map((row) => row[0]!));
    default:
      return call.inputTree(nested[0]!);
  }
}

/** A row-major list as nested arrays of a shape. */
function nest<Entry>(entries: readonly Entry[], shape: Shape): Tree<Entry> {
  const [length, ...inner] = shape;
  if (length === undefined) return entries[0]!;
  const width = length === 0 ? 0 : entries.length / length;
  return Array.from({ length }, (_, i) => nest(entries.slice(i * width, (i + 1) * width), inner));
}
