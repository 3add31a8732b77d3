import { tensor } from "@fluxion/core";
import { derive, symbolic } from "@fluxion/symbolic";
import { type Found, numbers } from "./found.ts";
import { probeStrategy } from "./strategy.ts";

const X = tensor([
  [1, 2],
  [3, 4.5],
  [5, 6],
]);
const y = tensor([1, 0.3, 2]);
const w = tensor([1.1, -1]);

/** The strategy, and a closed form with its derivation. */
export function probe(): Found {
  const { arithmetic, functions, texts } = probeStrategy(symbolic);
  const squares = derive("norm2(X*w - y)^2", { wrt: "w", shapes: { X: ["m", "n"], w: ["n"], y: ["m"] } });
  const waves = derive("exp(sin(t))/t", { wrt: "t", order: 2 });
  return {
    arithmetic: { ...arithmetic, "closed form": numbers(squares.evaluate({ X, w, y })) },
    functions: { ...functions, "closed form": numbers(waves.evaluate({ t: tensor(0.8) })) },
    texts: {
      ...texts,
      answer: squares.toString(),
      latex: squares.toLatex(),
      source: squares.toTypeScript(),
      steps: JSON.stringify(squares.steps),
      "second derivative": waves.toString(),
    },
  };
}
