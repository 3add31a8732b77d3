import { add, cos, mul, scalar, sin } from "@fluxion/core";
import type { Strategy, Tensor } from "@fluxion/core";
import type { Overhead } from "./results.ts";
import { timeInterleaved } from "./timing.ts";
import type { TimingOptions } from "./timing.ts";

const links = 100;
const operators = 3 * links;

/** 300 operators on scalars: 100 times y ← sin(y)·x + x, from y = x. */
export function chain(x: Tensor): Tensor {
  let y = x;
  for (let i = 0; i < links; i++) y = add(mul(sin(y), x), x);
  return y;
}

/** The derivative of the chain by the chain rule, on concrete tensors: what forward mode computes, and nothing else. */
export function forwardArithmetic(x: Tensor, dx: Tensor): Tensor {
  let y = x;
  let dy = dx;
  for (let i = 0; i < links; i++) {
    const s = sin(y);
    const ds = mul(dy, cos(y));
    dy = add(add(mul(ds, x), mul(s, dx)), dx);
    y = add(mul(s, x), x);
  }
  return dy;
}

/** The same backwards: what reverse mode computes, and nothing else. */
export function reverseArithmetic(x: Tensor, seed: Tensor): Tensor {
  const before: Tensor[] = [];
  const sines: Tensor[] = [];
  let y = x;
  for (let i = 0; i < links; i++) {
    const s = sin(y);
    before.push(y);
    sines.push(s);
    y = add(mul(s, x), x);
  }
  let dy = seed;
  let dx = scalar(0);
  for (let i = links - 1; i >= 0; i--) {
    dx = add(dx, add(dy, mul(dy, sines[i]!)));
    dy = mul(mul(dy, x), cos(before[i]!));
  }
  return add(dx, dy);
}

/**
 * CPU time per operator call that a strategy adds to the arithmetic, in microseconds: the median time of a chain of 300
 * scalar operators, minus that of the same primal and rule arithmetic on concrete tensors. Strategies that are neither
 * forward nor reverse have no such arithmetic and are left out.
 *
 * @example
 * import { measureOverhead } from "@fluxion/bench";
 * import { reverseTape } from "@fluxion/reverse-tape";
 * const [measured] = measureOverhead([reverseTape], { rounds: 1, millisecondsPerRound: 1 });
 * measured!.total > 0; // => true
 */
export function measureOverhead(strategies: readonly Strategy[], options: TimingOptions): Overhead[] {
  const x = scalar(0.5);
  const one = scalar(1);
  const arithmetic = { forward: "forward arithmetic", reverse: "reverse arithmetic" };
  const timed = strategies.filter(({ mode }) => mode === "forward" || mode === "reverse");
  const timings = timeInterleaved(
    [
      { name: arithmetic.forward, run: () => forwardArithmetic(x, one) },
      { name: arithmetic.reverse, run: () => reverseArithmetic(x, one) },
      ...timed.map((strategy) => {
        const derivative = strategy.derivative(chain);
        return { name: strategy.name, run: () => derivative(x) };
      }),
    ],
    options,
  );
  const microseconds = (name: string) => (1000 * timings.get(name)!.milliseconds) / operators;
  return timed.map(({ name, mode }) => {
    const total = microseconds(name);
    const bare = microseconds(mode === "forward" ? arithmetic.forward : arithmetic.reverse);
    return { contender: name, total, arithmetic: bare, overhead: total - bare };
  });
}
