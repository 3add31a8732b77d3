import { FluxionError } from "../../errors.ts";
import { found, given } from "../../tensor/found.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { readOptions } from "../../tensor/options.ts";
import { canonicalAxis, formatShape } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { AxisOptions } from "./concatenate.ts";
import { type Range, slice } from "./slice.ts";

/**
 * x cut along an axis (by default the first) into a number of equal parts, or into parts of given lengths; the inverse
 * of `concatenate`. Throws `SHAPE_MISMATCH` when the parts don't add up to the axis.
 *
 * @example
 * import { split, tensor } from "@fluxion/core";
 * split(tensor([1, 2, 3, 4]), 2).map(String).join(" "); // => [1, 2] [3, 4]
 * split(tensor([1, 2, 3, 4]), [1, 3]).map(String).join(" "); // => [1] [2, 3, 4]
 */
export function split(
  x: Numeric,
  parts: number | readonly number[],
  options: AxisOptions = {},
): readonly Tensor[] {
  const a = asTensor(x);
  readOptions("split", options, "axis");
  const axis = canonicalAxis("split", options.axis ?? 0, a.rank);
  const length = a.shape[axis]!;
  const lengths = partLengths(parts, length);
  const fits =
    lengths.every((part) => Number.isSafeInteger(part) && part >= 0) &&
    lengths.reduce((total, part) => total + part, 0) === length;
  if (!fits)
    throw new FluxionError(
      "SHAPE_MISMATCH",
      `split: axis ${axis} of the shape ${formatShape(a.shape)} cannot be cut into ${typeof parts === "number" ? `${parts} equal parts` : `parts of lengths [${lengths.map(given).join(",")}]`}.`,
    );
  let stop = 0;
  const before: readonly Range[] = a.shape.slice(0, axis).map(() => null);
  return lengths.map((part) => slice(a, [...before, [stop, (stop += part)]]));
}

/** Into so many parts an axis without entries can be cut. */
const MOST_EMPTY_PARTS = 1000;

/** The lengths as a caller asks for them, not yet compared with the axis. Throws `ARGUMENT`. */
function partLengths(parts: number | readonly number[], length: number): readonly number[] {
  if (Array.isArray(parts)) return Array.from(parts as readonly number[]);
  if (typeof parts !== "number" || !Number.isInteger(parts) || parts < 1)
    throw new FluxionError(
      "ARGUMENT",
      `split takes the number of equal parts, 1 or more, or an array of their lengths; found ${found(parts)}.`,
    );
  // None where they don't fit, which split sees. Only an axis without entries has more parts than entries.
  return length % parts === 0 && parts <= Math.max(length, MOST_EMPTY_PARTS)
    ? new Array<number>(parts).fill(length / parts)
    : [];
}
