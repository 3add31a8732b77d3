import { add, div, dot, mul, sum, type Tensor, tensor } from "@fluxion/core";
import { differentiate, numericFd } from "@fluxion/numeric-fd";
import { type Found, numbers } from "./found.ts";

const x = tensor([0.3, -1.7, 0.6]);
const rational = (x: Tensor): Tensor => div(sum(mul(x, mul(x, x))), add(1, dot(x, x)));

/** Estimates with their bounds: the same function values lead to the same steps. */
export function probe(): Found {
  const estimate = numericFd.estimate!;
  const line = differentiate((t) => t * t * t - 2 / t, 1.7);
  const gradient = estimate("gradient", rational)(x);
  const hessian = estimate("hessian", rational)(x);
  return {
    arithmetic: {
      derivative: [line.value, line.error, line.evaluations, line.step, line.order],
      gradient: numbers(gradient.value as Tensor, gradient.error as Tensor),
      hessian: numbers(hessian.value as Tensor, hessian.error as Tensor),
      jacobian: numbers(numericFd.jacobian((x: Tensor) => mul(x, dot(x, x)))(x)),
      nested: [
        numericFd.derivative((s: Tensor) =>
          numericFd.derivative((t: Tensor) => mul(s, mul(t, t)), { method: "central" })(s),
        )(1.3),
      ],
    },
    functions: {},
    texts: { status: line.status, kink: differentiate(Math.abs, 0).status },
  };
}
