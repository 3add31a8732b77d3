import { cholesky, exp, FluxionError, matmul, mul, sin, sum, tensor, type Tensor } from "@fluxion/core";
import { checkStrategy } from "@fluxion/bench";
import { forwardDual } from "@fluxion/forward-dual";
import { reverseTape } from "@fluxion/reverse-tape";
import { describe, expect, it } from "vitest";
import { ownStrategy } from "../own-strategy/strategy.ts";

describe("the strategy of CONTRIBUTING.md", () => {
  it("passes checkStrategy on programs over the operators that it knows", () => {
    const report = checkStrategy(ownStrategy, {
      strategies: [forwardDual, reverseTape],
      runs: 400,
      maximumNodes: 3,
      seed: 7,
    });
    expect(report.passed).toBe(true);
    expect(report.verdicts["own-strategy"]!.jacobian.agree).toBeGreaterThan(30);
  });

  it("has every differentiation operator, derived from its jvp", () => {
    const W = tensor([[1, 2], [3, 4]]); // prettier-ignore
    const f = (x: Tensor): Tensor => sum(exp(sin(matmul(W, mul(x, x)))));
    const x = tensor([[0.1, 0.2], [0.3, 0.4]]); // prettier-ignore
    const v = tensor([[1, 0], [0, -1]]); // prettier-ignore
    const close = (a: Tensor, b: Tensor): void =>
      a.data.forEach((value, i) => expect(value).toBeCloseTo(b.data[i]!, 12));
    close(ownStrategy.gradient(f)(x), reverseTape.gradient(f)(x));
    close(ownStrategy.hessian(f)(x), reverseTape.hessian(f)(x));
    close(ownStrategy.hvp(f)(x)(v), reverseTape.hvp(f)(x)(v));
    close(
      ownStrategy
        .vjp((y: Tensor) => matmul(y, y))(x)
        .pullback(v),
      reverseTape
        .vjp((y: Tensor) => matmul(y, y))(x)
        .pullback(v),
    );
  });

  it("refuses what it has no rule for", () => {
    const asked = (): unknown => ownStrategy.gradient((x: Tensor) => sum(cholesky(x)))(tensor([[2, 0], [0, 2]])); // prettier-ignore
    expect(asked).toThrow(FluxionError);
    expect(asked).toThrow(/no rule for cholesky/);
  });
});
