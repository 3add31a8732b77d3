import {
  add,
  customRule,
  exp,
  FluxionError,
  log,
  matvec,
  mul,
  primal,
  relu,
  sin,
  square,
  stopGradient,
  sum,
  tensor,
  type Tensor,
} from "@fluxion/core";
import { forwardDual } from "@fluxion/forward-dual";
import { reverseTape } from "@fluxion/reverse-tape";
import { double, integer, tuple } from "fast-check";
import { describe, expect, test } from "vitest";
import { checkGradients, controls, expectAgreement } from "../../src/index.ts";

const wrong = controls.find(({ operator }) => operator === "square")!.strategy;
const exact = [forwardDual, reverseTape];
const number = integer({ min: -300, max: 300 }).map((hundredths) => hundredths / 100);

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(FluxionError);
    return `${(error as FluxionError).code}: ${(error as FluxionError).message}`;
  }
  return "nothing was thrown";
}

describe("expectAgreement", () => {
  test("passes for functions of several arguments, of trees, with several results", () => {
    expectAgreement((x: Tensor, y: Tensor) => mul(x, exp(y)), [2, 0.5]);
    expectAgreement(({ A, b }: { A: Tensor; b: Tensor }) => matvec(A, sin(b)), [{ A: tensor([[1, 2], [3, 4]]), b: tensor([0.1, 0.2]) }]); // prettier-ignore
    expectAgreement((x: Tensor) => ({ one: square(x), two: [sum(x)] }), [tensor([1, 2])], {
      strategies: exact,
    });
  });

  test("teaches by its message", () => {
    const message = messageOf(() =>
      expectAgreement((x: Tensor) => sum(square(x)), [tensor([1, 3])], { strategies: [...exact, wrong] }),
    );
    expect(message).toMatch(/^DISAGREEMENT: Strategies disagree on the pullback \(vjp\) of this function:/);
    expect(message).toContain("const v1 = square(x0);");
    expect(message).toContain("f(tensor([1,3]))");
    expect(message).toMatch(/reverse-tape +tensor\(\[/);
    expect(message).toContain("forward: (x²)' = x stands against the other 2.");
    expect(message).toContain("The rule of square, node 1, shows it alone.");
  });

  test("shows the source of a function that can't be traced, and lets symbolic abstain", () => {
    const branches = (x: Tensor): Tensor => (primal(x).item() > 0 ? square(x) : x);
    expectAgreement(branches, [2]);
    expect(messageOf(() => expectAgreement(branches, [2], { strategies: [...exact, wrong] }))).toContain(
      "item() > 0",
    );
  });

  test("lets finite differences abstain where values hide the derivative", () => {
    expectAgreement((x: Tensor) => mul(x, stopGradient(x)), [3]);
    const straightThrough = customRule((x: Tensor) => relu(x), { jvp: (_, [dx]) => dx, vjp: (dy) => [dy] });
    expectAgreement((x: Tensor) => mul(straightThrough(x), 2), [-3], { quantities: ["gradient", "vjp"] });
  });

  test("passes the error of f itself on", () => {
    expect(() =>
      expectAgreement(() => {
        throw new RangeError("mine");
      }, [1]),
    ).toThrow(RangeError);
  });
});

describe("checkGradients", () => {
  test("passes over arguments at which f isn't finite", () => {
    const { cases, inconclusive } = checkGradients((x: Tensor) => log(x), tuple(number), {
      runs: 30,
      seed: 1,
    });
    expect(cases).toBe(30);
    expect(inconclusive).toBeLessThan(4);
  });

  test("finds the simplest arguments, and can replay them", () => {
    const f = (x: Tensor, y: Tensor): Tensor => add(square(x), y);
    const strategies = [...exact, wrong];
    const message = messageOf(() =>
      checkGradients(f, tuple(number, number), { strategies, runs: 50, seed: 1 }),
    );
    const [, path] = /path: "([\d:]+)"/.exec(message)!;
    expect(
      messageOf(() => checkGradients(f, tuple(number, number), { strategies, seed: 1, path: path! })),
    ).toContain("const v2 = square(x0);");
  });

  test("says when f is finite almost nowhere", () => {
    expect(
      messageOf(() =>
        checkGradients((x: Tensor) => log(mul(-1, exp(x))), tuple(number), { runs: 5, seed: 1 }),
      ),
    ).toContain("ARGUMENT: checkGradients: f is finite at 0");
  });

  test("fails at a kink, where nothing is proved", () => {
    const atZero = double({ min: 0, max: 0 });
    expect(
      messageOf(() => checkGradients((x: Tensor) => relu(x), tuple(atZero), { runs: 5, seed: 1 })),
    ).toContain("inconclusive");
  });
});
