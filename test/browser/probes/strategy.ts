import {
  add,
  asTensor,
  div,
  dot,
  erf,
  exp,
  lgamma,
  log1p,
  logsumexp,
  matvec,
  mul,
  sin,
  sqrt,
  type Strategy,
  sub,
  sum,
  tanh,
  type Tensor,
  tensor,
} from "@fluxion/core";
import { type Found, numbers } from "./found.ts";

const A = tensor([
  [1.5, -0.3, 2],
  [0.7, 1.1, -0.9],
]);
const x = tensor([0.3, -1.7, 0.6]);
const v = tensor([1, 0.5, -2]);

/** Arithmetic alone: a rational function and a square root. */
const rational = (x: Tensor): Tensor => div(dot(matvec(A, x), matvec(A, x)), sqrt(add(1, dot(x, x))));
const outputs = (x: Tensor): Tensor => mul(matvec(A, x), dot(x, x));
const cubic = (t: Tensor): Tensor => sub(mul(t, mul(t, t)), div(2, t));

/** Elementwise functions, and their derivatives. */
const smooth = (x: Tensor): Tensor =>
  add(sum(mul(exp(x), sin(x))), add(logsumexp(tanh(x)), sum(erf(log1p(mul(x, x))))));

/** Every differentiation operator of a strategy, alone and nested. */
export function probeStrategy(strategy: Strategy): Found {
  const { derivative, gradient, jacobian, hessian, jvp, vjp, hvp } = strategy;
  return {
    arithmetic: {
      derivative: [derivative(cubic)(1.7)],
      gradient: numbers(gradient(rational)(x)),
      jacobian: numbers(jacobian(outputs)(x)),
      hessian: numbers(hessian(rational)(x)),
      jvp: numbers(asTensor(jvp(outputs)(x)(v).tangent)),
      vjp: numbers(vjp(outputs)(x).pullback(tensor([1, -2]))),
      hvp: numbers(hvp(rational)(x)(v)),
      "third derivative": [derivative(derivative(derivative(cubic)))(1.7)],
      // d/ds (s · d/dt s t³ at t = s): what the inner derivative must not confuse.
      nested: [
        derivative((s: Tensor) => mul(s, derivative((t: Tensor) => mul(s, mul(t, mul(t, t))))(s)))(1.3),
      ],
    },
    functions: {
      gradient: numbers(gradient(smooth)(x)),
      hessian: numbers(hessian(smooth)(x)),
      "gamma function": [derivative(derivative(lgamma))(2.5)],
    },
    texts: { name: strategy.name },
  };
}
