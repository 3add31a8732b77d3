import { type FlatFunction, FluxionError, formatShape, sameShape } from "@fluxion/core";
import type { Start } from "../point/begin.ts";
import { directional } from "../point/estimates.ts";
import { Point } from "../point/point.ts";
import { pacesOf } from "./paces.ts";
import { share } from "./verify.ts";

/** How far the slope of f may be from the gradient that was given, beside its own error: gradients are rounded, too. */
const tolerance = 1e-6;

/**
 * Works on the gradient that the options give as on any other function, after one look at whether it is the gradient of
 * f: the derivative of f along a direction that moves everything. What it costs is counted with f.
 * Throws `SHAPE_MISMATCH`, `ARGUMENT`.
 */
export function givenGradient<T>(start: Start, gradient: FlatFunction, work: (gradient: Start) => T): T {
  const { point } = start;
  const outputs = gradient(point.inputs);
  if (
    outputs.length !== point.inputs.length ||
    outputs.some(({ shape }, i) => !sameShape(shape, point.inputs[i]!.shape))
  )
    throw new FluxionError(
      "SHAPE_MISMATCH",
      `numericFd: the option gradient returned the shapes ${outputs.map(({ shape }) => formatShape(shape)).join(", ")} for ` +
        `arguments of ${point.inputs.map(({ shape }) => formatShape(shape)).join(", ")}. It has to mirror the differentiated arguments.`,
    );
  const of: Start = {
    ...start,
    point: new Point(gradient, point.inputs, outputs, start.gradientBatch),
    gradient: null,
  };
  compare(start, of);
  const result = work(of);
  point.evaluations += of.point.evaluations;
  point.calls += of.point.calls;
  return result;
}

function compare(start: Start, { point: { centre } }: Start): void {
  const paces = pacesOf(start);
  const kind = paces.some((pace) => pace.kind === "one") ? "one" : "both";
  const direction = start.point.inputs.map(({ size }) => new Float64Array(size));
  let [expected, size] = [0, 0];
  paces.forEach(({ input, entry, speed }, column) => {
    const part = share(column, kind) * speed;
    direction[input]![entry] = part;
    expected += part * centre[column]!;
    size += Math.abs(part * centre[column]!);
  });
  const found = directional(start, direction).entry(0);
  if (!(Math.abs(found.value - expected) > found.error + tolerance * size)) return;
  throw new FluxionError(
    "ARGUMENT",
    `numericFd: the option gradient is not the gradient of f: along a test direction f has the slope ${found.value}, ` +
      `the gradient says ${expected}. Give the gradient of f by the arguments that are differentiated, in their order.`,
  );
}
