import {
  add,
  cholesky,
  erf,
  evaluate,
  exp,
  FluxionError,
  lgamma,
  math,
  matmul,
  mul,
  solve,
  sum,
  type Tensor,
  tensor,
  toMermaid,
  toTypeScript,
  trace,
  vmap,
} from "@fluxion/core";
import { type Found, numbers } from "./found.ts";

const X = tensor([
  [2, 0.5],
  [0.5, 3],
]);
const f = (x: Tensor): Tensor => mul(x, add(x, sum(x)));

/** Tensors, linear algebra, the notation, `vmap` and the computation graph. */
export function probe(): Found {
  const graph = trace(f)(tensor([1, 2]));
  return {
    arithmetic: {
      matmul: numbers(matmul(X, X)),
      solve: numbers(solve(X, tensor([[1], [2]]))),
      cholesky: numbers(cholesky(X)),
      notation: numbers(math`${X}' * (${X} - 3)`),
      vmap: numbers(vmap(f)(X)),
      evaluate: numbers(evaluate(graph, tensor([0.1, 0.7])) as Tensor),
      edges: [-0, Infinity, NaN, 5e-324],
    },
    functions: { elementwise: numbers(exp(X), erf(X), lgamma(X)) },
    texts: {
      tensor: String(X),
      source: toTypeScript(graph),
      picture: toMermaid(graph),
      error: codeOf(() => matmul(X, tensor([[1, 2, 3]]))),
    },
  };
}

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return error instanceof FluxionError ? `${error.code}: ${error.message}` : `not ours: ${String(error)}`;
  }
  return "none";
}
