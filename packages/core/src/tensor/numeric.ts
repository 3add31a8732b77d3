import { anyLevelOpen } from "../dispatch/level.ts";
import { FluxionError } from "../errors.ts";
import { found } from "./found.ts";
import { checkVersion, concrete, isTensor, scalar, Tensor } from "./tensor.ts";

/** What every operator takes: a number (a scalar), a tensor, or a Float64Array (a vector). */
export type Numeric = number | Tensor | Float64Array;

/** An operand as a tensor. Throws `ARGUMENT` for anything that is not `Numeric`. */
export function asTensor(x: Numeric): Tensor {
  if (x instanceof Tensor) return x;
  if (typeof x === "number") return scalar(x);
  return otherAsTensor(x);
}

function otherAsTensor(x: unknown): Tensor {
  // While f runs, a tape, a graph or a dual may keep its operands, and the caller may write into the array afterwards.
  // Otherwise there is nothing to copy for: operators never write into their operands.
  if (x instanceof Float64Array) return concrete(anyLevelOpen() ? x.slice() : x, [x.length]);
  if (isTensor(x)) return x;
  checkVersion(x);
  throw new FluxionError(
    "ARGUMENT",
    `an operator takes numbers, tensors and Float64Arrays; found ${found(x)}. ` +
      (Array.isArray(x)
        ? "For a vector or a matrix use tensor([…]); a plain array is a tree of tensors."
        : "Convert it with tensor(…) first."),
  );
}

export function isNumeric(x: unknown): x is Numeric {
  return typeof x === "number" || x instanceof Float64Array || isTensor(x);
}
