import {
  add,
  mul,
  reshape,
  solve,
  square,
  sub,
  sum,
  tensor,
  type Strategy,
  type Tensor,
} from "@fluxion/core";

/** Rosenbrock's valley in two dimensions; its minimum is at (1, 1). */
export function rosenbrock(x: Tensor): Tensor {
  const [a, b] = [mul(x, tensor([1, 0])), mul(x, tensor([0, 1]))].map((part) => sum(part)) as [
    Tensor,
    Tensor,
  ];
  return add(square(sub(1, a)), mul(100, square(sub(b, square(a)))));
}

/** Newton's method with a strategy's exact gradient and Hessian: how far it gets in `steps` steps. */
export function newton(strategy: Strategy, f: (x: Tensor) => Tensor, start: Tensor, steps: number): Tensor {
  let x = start;
  for (let step = 0; step < steps; step++) {
    const { gradient, hessian } = strategy.valueGradientAndHessian(f)(x);
    x = sub(x, reshape(solve(hessian, gradient), x.shape));
  }
  return x;
}
