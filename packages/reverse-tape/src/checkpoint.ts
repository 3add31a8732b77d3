import {
  applyCustomRule,
  asTensor,
  type CustomRule,
  FluxionError,
  type Numeric,
  type Tensor,
} from "@fluxion/core";
import { reverseTape } from "./strategy.ts";

/**
 * f, recomputed during the reverse sweep instead of kept on the tape: its inner values cost memory only while its own
 * part of the sweep runs, and f runs twice. Other strategies see f itself. f takes tensors and returns one; what is
 * differentiated must be passed as an argument (`ARGUMENT` otherwise).
 *
 * @example
 * import { exp, mul, sin, type Tensor } from "@fluxion/core";
 * import { checkpoint, derivative } from "@fluxion/reverse-tape";
 * const layer = checkpoint((x: Tensor) => sin(exp(x)));
 * derivative((x: Tensor) => mul(layer(x), 2))(0) === 2 * Math.cos(1); // => true
 */
export function checkpoint<P extends readonly Tensor[]>(
  f: (...args: P) => Numeric,
): (...args: { readonly [I in keyof P]: Numeric }) => Tensor {
  if (typeof f !== "function")
    throw new FluxionError(
      "ARGUMENT",
      `checkpoint takes a function of tensors, found ${f === null ? "null" : typeof f}. Write checkpoint(f)(x).`,
    );
  const call = (inputs: readonly Tensor[]): Tensor => asTensor(f(...(inputs as unknown as P)));
  const rule: CustomRule = {
    name: f.name === "" ? "an unnamed function" : f.name,
    f: call,
    jvp: null,
    vjp: (cotangent, inputs) =>
      reverseTape
        .vjp((...xs: Tensor[]) => call(xs), { arguments: inputs.map((_, i) => i) })(...inputs)
        .pullback(cotangent),
    otherwise: "differentiate",
  };
  return (...args) => applyCustomRule(rule, args.map(asTensor));
}
