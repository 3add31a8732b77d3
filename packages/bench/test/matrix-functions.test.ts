import {
  expm,
  fromData,
  kron,
  lambdamax,
  matvec,
  mul,
  sigmamax,
  sum,
  tensor,
  vec,
  type Strategy,
  type Tensor,
} from "@fluxion/core";
import { forwardDual } from "@fluxion/forward-dual";
import { reverseTape } from "@fluxion/reverse-tape";
import { derive, symbolic } from "@fluxion/symbolic";
import { describe, expect, it } from "vitest";

const A = fromData(Float64Array.of(0.3, -1.1, 0.4, 0.8, 0.2, -0.5, 1.3, 0.7, -0.9), [3, 3]);
const B = fromData(Float64Array.of(1.2, 0.1, -0.3, 0.6, -0.8, 0.9, 0.5, 0.4, 1.1), [3, 3]);

/** One function as a formula and as a program of core's operators. */
const cases: readonly (readonly [formula: string, f: (x: Tensor) => Tensor])[] = [
  ["sum(B.*expm(A))", (x) => sum(mul(B, expm(x)))],
  ["sum(B.*expm(20*A))", (x) => sum(mul(B, expm(mul(20, x))))],
  ["sigmamax(A)", (x) => sigmamax(x)],
  ["lambdamax(A'*A)", (x) => mul(sigmamax(x), sigmamax(x))],
  ["lambdamax((A + A')/2)", (x) => lambdamax(x)],
  ["sum(kron(A, B).^2)", (x) => sum(mul(kron(x, B), kron(x, B)))],
  ["vec(B)'*vec(A.^2)", (x) => sum(mul(vec(B), vec(mul(x, x))))],
  ["norm2(expm(A)*diag(B))^2", (x) => sum(mul(matvec(expm(x), tensor([1.2, -0.8, 1.1])), matvec(expm(x), tensor([1.2, -0.8, 1.1]))))],
]; // prettier-ignore

const strategies: readonly Strategy[] = [forwardDual, reverseTape, symbolic];
const shapes = { A: ["n", "n"], B: ["n", "n"] } as const;

describe("closed forms of matrix functions agree with derivatives of the programs that compute them", () => {
  for (const [formula, f] of cases)
    it.each(strategies)(`${formula}, $name`, (strategy) => {
      const closed = derive(formula, { wrt: "A", shapes }).evaluate(formula.includes("B") ? { A, B } : { A });
      const gradient = strategy.gradient(f)(A);
      const scale = Math.max(...closed.data.map(Math.abs));
      closed.data.forEach((entry, k) =>
        expect(Math.abs(entry - gradient.data[k]!)).toBeLessThanOrEqual(1e-10 * scale),
      );
    });
});
