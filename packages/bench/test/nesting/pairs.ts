import type { Strategy } from "@fluxion/core";
import { numericFd } from "@fluxion/numeric-fd";
import { exactStrategies } from "../support/strategies.ts";

/** An outer strategy over an inner one, and how exact their composition is. */
export interface Pair {
  readonly name: string;
  readonly outer: Strategy;
  /** The outer strategy where it is itself traced: adaptive differences need numbers, ones with a fixed step don't. */
  readonly outerUnderTracer: Strategy;
  readonly inner: Strategy;
  readonly tolerance: number;
}

/** Finite differences with a step chosen beforehand, which may run under any other strategy. */
const differences: Strategy = withOptions(numericFd, { method: "central", accuracyOrder: 6 });

function withOptions(strategy: Strategy, defaults: object): Strategy {
  const bound = Object.entries(strategy).map(([name, operator]) => {
    if (typeof operator !== "function" || name === "estimate") return [name, operator];
    return [
      name,
      (f: unknown, options: object = {}) =>
        (operator as (f: unknown, options: object) => unknown)(f, { ...defaults, ...options }),
    ];
  });
  return { ...(Object.fromEntries(bound) as Strategy), name: `${strategy.name} (fixed step)` };
}

function pair(outer: Strategy, inner: Strategy, tolerance: number): Pair {
  return {
    name: `${outer.name} over ${inner.name}`,
    outer,
    outerUnderTracer: outer.exact ? outer : differences,
    inner,
    tolerance,
  };
}

/** Every composition that must work: DESIGN 3.3. */
export const pairs: readonly Pair[] = [
  ...exactStrategies.flatMap((outer) => exactStrategies.map((inner) => pair(outer, inner, 1e-13))),
  ...exactStrategies.map((outer) => pair(outer, differences, 1e-9)),
  ...exactStrategies.map((inner) => pair(numericFd, inner, 1e-8)),
  pair(numericFd, differences, 1e-5),
];
