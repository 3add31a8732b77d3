import { add, customRule, dot, evaluate, exp, greater, mul, type Numeric, primal, sin, square, stopGradient, type Strategy, sum, tensor, type Tensor, trace, vmap, where, zeros } from "@fluxion/core"; // prettier-ignore
import { forwardDual } from "@fluxion/forward-dual";
import { checkpoint, reverseTape } from "@fluxion/reverse-tape";
import { symbolic } from "@fluxion/symbolic";
import { describe, expect, it } from "vitest";
import { codeOf, messageOf } from "../support/code-of.ts";
import { exactStrategies } from "../support/strategies.ts";

const all = exactStrategies.map((strategy) => [strategy.name, strategy] as const);

/** Rules that are deliberately not the derivative, and differ from one another: 100 forward, 1000 in reverse. */
const telltale = customRule((x: Tensor) => square(x), {
  jvp: ([x], [dx]) => mul(mul(100, x), dx),
  vjp: (g, [x]) => [mul(mul(1000, x), g)],
});

describe("a function with rules of its own", () => {
  it("is itself where nobody differentiates", () => {
    expect(telltale(3).item()).toBe(9);
    expect(vmap((x: Tensor) => telltale(x))(tensor([1, 2])).toArray()).toEqual([1, 4]);
    expect(String(evaluate(trace((x: Tensor) => telltale(x))(1), 3))).toBe("9");
  });

  it("is differentiated by its rules and not by f", () => {
    expect(forwardDual.derivative((x: Tensor) => telltale(x))(3)).toBe(300);
    expect(forwardDual.gradient((x: Tensor) => telltale(x))(3)).toBe(300);
    expect(reverseTape.derivative((x: Tensor) => telltale(x))(3)).toBe(3000);
    expect(
      symbolic
        .jvp((x: Tensor) => telltale(x))(3)(1)
        .tangent.item(),
    ).toBe(300);
    expect(
      symbolic
        .vjp((x: Tensor) => telltale(x))(3)
        .pullback(1),
    ).toBe(3000);
  });

  it.each(all)(
    "keeps its value and its rules inside larger functions, under %s",
    (_name, strategy: Strategy) => {
      const f = (x: Tensor): Tensor => mul(2, telltale(mul(3, x)));
      expect(strategy.valueAndGradient(f)(1).value.item()).toBe(18);
      expect([2 * 300 * 3, 2 * 3000 * 3]).toContain(strategy.gradient(f)(1));
    },
  );

  it("is differentiated a second time through its rules", () => {
    // forward over forward: (100 x)' = 100; reverse over reverse: the rule's x is differentiated plainly: 1000
    expect(
      forwardDual.derivative((x: Tensor) => forwardDual.derivative((y: Tensor) => telltale(y))(x))(3),
    ).toBe(100);
    expect(
      reverseTape.derivative((x: Tensor) => reverseTape.derivative((y: Tensor) => telltale(y))(x))(3),
    ).toBe(1000);
    expect(
      forwardDual.derivative((x: Tensor) => reverseTape.derivative((y: Tensor) => telltale(y))(x))(3),
    ).toBe(1000);
    expect(symbolic.derivative((x: Tensor) => forwardDual.derivative((y: Tensor) => telltale(y))(x))(3)).toBe(
      100,
    );
    expect(
      forwardDual
        .hessian((x: Tensor) => telltale(x))(3)
        .item(),
    ).toBe(100);
    expect(
      reverseTape
        .hessian((x: Tensor) => telltale(x))(3)
        .item(),
    ).toBe(1000);
  });

  it("keeps its rules under vmap, in a graph, and in a graph under vmap", () => {
    const x = tensor([1, 2, 3]);
    expect(vmap((t: Tensor) => forwardDual.derivative((y: Tensor) => telltale(y))(t))(x)).toEqual(
      tensor([100, 200, 300]),
    );
    expect(vmap((t: Tensor) => reverseTape.derivative((y: Tensor) => telltale(y))(t))(x)).toEqual(
      tensor([1000, 2000, 3000]),
    );
    expect(forwardDual.gradient((y: Tensor) => sum(vmap((t: Tensor) => telltale(t))(y)))(x)).toEqual(
      tensor([100, 200, 300]),
    );
    expect(reverseTape.gradient((y: Tensor) => sum(vmap((t: Tensor) => telltale(t))(y)))(x)).toEqual(
      tensor([1000, 2000, 3000]),
    );
    expect(symbolic.gradient((y: Tensor) => sum(vmap((t: Tensor) => telltale(t))(y)))(x)).toEqual(
      tensor([1000, 2000, 3000]),
    );
    const graph = trace((t: Tensor) => telltale(t))(1);
    const again = (t: Tensor): Tensor => evaluate(graph, t) as Tensor;
    expect(forwardDual.derivative(again)(3)).toBe(300);
    expect(reverseTape.derivative(again)(3)).toBe(3000);
    expect(vmap((t: Tensor) => reverseTape.derivative(again)(t))(x)).toEqual(tensor([1000, 2000, 3000]));
  });

  it("shares an argument between the examples of a batch", () => {
    const scaled = customRule((x: Tensor, w: Tensor) => mul(x, w), {
      jvp: ([x, w], [dx, dw]) => add(mul(w, dx), mul(x, dw)),
      vjp: (g, [x, w]) => [mul(w, g), mul(x, g)],
    });
    const f = (w: Tensor): Tensor =>
      sum(vmap((x: Tensor, shared: Tensor) => scaled(x, shared), { axes: [0, null] })(tensor([1, 2, 3]), w));
    for (const strategy of exactStrategies) {
      expect(strategy.gradient(f)(5), strategy.name).toBe(6);
      expect(strategy.jvp(f)(5)(1).tangent.item(), strategy.name).toBe(6);
    }
  });

  it.each(all)("gets zeros for constant arguments under %s", (_name, strategy: Strategy) => {
    const product = customRule((a: Tensor, b: Tensor) => dot(a, b), {
      jvp: ([a, b], [da, db]) => add(dot(da, b), dot(a, db)),
      vjp: (g, [a, b]) => [mul(g, b), mul(g, a)],
    });
    const c = tensor([3, 4]);
    expect(strategy.gradient((x: Tensor) => product(x, c))(tensor([1, 2]))).toEqual(c);
    expect(strategy.gradient((x: Tensor) => product(c, x))(tensor([1, 2]))).toEqual(c);
    expect(strategy.gradient((x: Tensor) => product(x, x))(tensor([1, 2]))).toEqual(tensor([2, 4]));
    expect(strategy.gradient((x: Tensor) => product(mul(2, x), sin(x)))(zeros([2]))).toEqual(zeros([2]));
  });

  it("is UNSUPPORTED, by name, where the rule that is needed is missing", () => {
    const named = function slope(x: Tensor): Tensor {
      return square(x);
    };
    const forwardOnly = customRule(named, { jvp: ([x], [dx]) => mul(mul(2, x), dx) });
    const reverseOnly = customRule(named, { vjp: (g, [x]) => [mul(mul(2, x), g)] });
    expect(forwardDual.derivative((x: Tensor) => forwardOnly(x))(3)).toBe(6);
    expect(reverseTape.derivative((x: Tensor) => reverseOnly(x))(3)).toBe(6);
    expect(
      symbolic
        .jvp((x: Tensor) => forwardOnly(x))(3)(1)
        .tangent.item(),
    ).toBe(6);
    expect(symbolic.gradient((x: Tensor) => reverseOnly(x))(3)).toBe(6);
    const refused: readonly (() => unknown)[] = [
      () => forwardDual.derivative((x: Tensor) => reverseOnly(x))(3),
      () => reverseTape.derivative((x: Tensor) => forwardOnly(x))(3),
      () => symbolic.jvp((x: Tensor) => reverseOnly(x))(3)(1),
      () => symbolic.gradient((x: Tensor) => forwardOnly(x))(3),
      () => vmap((x: Tensor) => forwardDual.derivative((y: Tensor) => reverseOnly(y))(x))(tensor([1, 2])),
    ];
    for (const run of refused) {
      expect(codeOf(run)).toBe("UNSUPPORTED");
      expect(messageOf(run)).toContain('"slope"');
    }
    // A function whose arguments are constant needs no rule.
    for (const once of [forwardOnly, reverseOnly])
      for (const strategy of exactStrategies)
        expect(strategy.gradient((x: Tensor) => mul(once(3), x))(2)).toBe(9);
  });

  it.each(all)("is refused when its rules return the wrong shapes, under %s", (_name, strategy: Strategy) => {
    const at = tensor([1, 2]);
    const wrong = (jvp: () => Numeric, vjp: () => readonly Numeric[]): (() => unknown) => {
      const f = customRule((x: Tensor) => sum(x), { jvp, vjp });
      return () => [strategy.jvp((x: Tensor) => f(x))(at)(at), strategy.gradient((x: Tensor) => f(x))(at)];
    };
    expect(codeOf(wrong(() => zeros([2]), () => [zeros([3])]))).toBe("SHAPE_MISMATCH"); // prettier-ignore
    expect(codeOf(wrong(() => zeros([1]), () => [0]))).toBe("SHAPE_MISMATCH"); // prettier-ignore
    if (strategy.name !== "forward-dual") {
      expect(codeOf(wrong(() => 0, () => []))).toBe("ARGUMENT"); // prettier-ignore
      expect(codeOf(wrong(() => 0, () => [at, at]))).toBe("ARGUMENT"); // prettier-ignore
      expect(codeOf(wrong(() => 0, () => at as never))).toBe("ARGUMENT"); // prettier-ignore
    }
  });

  it.each(all)(
    "is refused when it captures what is being differentiated, under %s",
    (_name, strategy: Strategy) => {
      const capturing = (x: Tensor): Tensor =>
        customRule((y: Tensor) => mul(x, y), {
          jvp: ([y], [dy]) => mul(y, dy),
          vjp: (g, [y]) => [mul(y, g)],
        })(x);
      const inARule = (x: Tensor): Tensor =>
        customRule((y: Tensor) => square(y), { jvp: (_, [dy]) => mul(x, dy), vjp: (g) => [mul(x, g)] })(x);
      expect(codeOf(() => strategy.derivative(capturing)(3))).toBe("ARGUMENT");
      expect(messageOf(() => strategy.derivative(capturing)(3))).toContain("Pass it as an argument");
      expect(["ARGUMENT", "ESCAPED"]).toContain(codeOf(() => strategy.derivative(inARule)(3)));
      expect(["ARGUMENT", "ESCAPED"]).toContain(codeOf(() => strategy.gradient(inARule)(3)));
    },
  );

  it("is refused when it captures what is being batched or traced", () => {
    const capturing = (x: Tensor): Tensor =>
      customRule((y: Tensor) => mul(x, y), { jvp: ([y], [dy]) => mul(y, dy) })(x);
    expect(codeOf(() => vmap(capturing)(tensor([1, 2])))).toBe("ARGUMENT");
    expect(codeOf(() => trace(capturing)(1))).toBe("ARGUMENT");
  });

  it("may capture what an outer derivative differentiates", () => {
    for (const outer of exactStrategies)
      for (const inner of exactStrategies) {
        // d/dx of d/dy (x y²) at y = 2: 4x → 4
        const f = (x: Tensor): Numeric =>
          inner.derivative((y: Tensor) =>
            customRule((z: Tensor) => mul(x, square(z)), {
              jvp: ([z], [dz]) => mul(mul(2, mul(x, z)), dz),
              vjp: (g, [z]) => [mul(mul(2, mul(x, z)), g)],
            })(y),
          )(2) as never;
        expect(outer.derivative(f)(3), `${outer.name} over ${inner.name}`).toBe(4);
      }
  });

  it("may read numbers where its strategy has them", () => {
    const stepwise = customRule((x: Tensor) => where(greater(x, 0), x, 0), {
      jvp: ([x], [dx]) => (primal(x).item() > 0 ? dx : 0),
      vjp: (g, [x]) => [primal(x).item() > 0 ? g : 0],
    });
    for (const strategy of [forwardDual, reverseTape])
      expect([
        strategy.derivative((x: Tensor) => stepwise(x))(2),
        strategy.derivative((x: Tensor) => stepwise(x))(-2),
      ]).toEqual([1, 0]);
    expect(codeOf(() => symbolic.derivative((x: Tensor) => stepwise(x))(2))).toBe("NOT_CONCRETE");
  });
});

describe("checkpoint", () => {
  function counted(): { readonly f: (x: Tensor, w: Tensor) => Tensor; readonly calls: () => number } {
    let calls = 0;
    return { f: (x, w) => { calls++; return sum(sin(mul(w, exp(x)))); }, calls: () => calls }; // prettier-ignore
  }
  const x = tensor([0.1, 0.2]);
  const w = tensor([1, 2]);

  it("gives the same derivatives under every strategy, also of second order and in a batch", () => {
    const { f } = counted();
    const saved = checkpoint(f);
    for (const strategy of exactStrategies) {
      const options = { arguments: [0, 1] } as const;
      expect(
        strategy.valueAndGradient((a: Tensor, b: Tensor) => saved(a, b), options)(x, w),
        strategy.name,
      ).toEqual(strategy.valueAndGradient(f, options)(x, w));
      const [found, wanted] = [
        strategy.hessian((a: Tensor) => saved(a, w))(x),
        strategy.hessian((a: Tensor) => f(a, w))(x),
      ];
      found.data.forEach((entry, i) => expect(entry).toBeCloseTo(wanted.data[i]!, 13));
    }
    const rows = tensor([[0.1, 0.2], [0.3, 0.4]]); // prettier-ignore
    expect(vmap((row: Tensor) => reverseTape.gradient((a: Tensor) => saved(a, w))(row))(rows)).toEqual(
      vmap((row: Tensor) => reverseTape.gradient((a: Tensor) => f(a, w))(row))(rows),
    );
    expect(reverseTape.gradient((b: Tensor) => sum(vmap((row: Tensor) => saved(row, b))(rows)))(w)).toEqual(
      reverseTape.gradient((b: Tensor) => sum(vmap((row: Tensor) => f(row, b))(rows)))(w),
    );
  });

  it("runs f once forwards and once more in the sweep", () => {
    const { f, calls } = counted();
    const saved = checkpoint(f);
    reverseTape.gradient((a: Tensor) => saved(a, w))(x);
    expect(calls()).toBe(2);
    saved(x, w);
    expect(calls()).toBe(3);
    forwardDual.jvp((a: Tensor) => saved(a, w))(x)(x);
    expect(calls()).toBe(4);
  });

  it("nests", () => {
    const layer = checkpoint((a: Tensor) => sin(exp(a)));
    const two = checkpoint((a: Tensor) => mul(layer(layer(a)), a));
    const plain = (a: Tensor): Tensor => mul(sin(exp(sin(exp(a)))), a);
    expect(reverseTape.derivative((a: Tensor) => two(a))(0.3)).toBeCloseTo(
      reverseTape.derivative(plain)(0.3),
      14,
    );
  });

  it("refuses a captured value that is being differentiated", () => {
    const run = (): unknown =>
      reverseTape.derivative((a: Tensor) => checkpoint((b: Tensor) => mul(a, b))(a))(2);
    expect(codeOf(run)).toBe("ARGUMENT");
    expect(messageOf(run)).toContain("checkpoint");
  });
});

describe("stopGradient", () => {
  it.each(all)("is the identity with derivative 0 under %s", (_name, strategy: Strategy) => {
    expect(strategy.valueAndDerivative((x: Tensor) => mul(x, stopGradient(x)))(3)).toEqual({
      value: tensor(9),
      derivative: 3,
    });
    expect(strategy.derivative((x: Tensor) => stopGradient(x))(3)).toBe(0);
    expect(strategy.gradient((x: Tensor) => sum(stopGradient(exp(x))))(tensor([1, 2]))).toEqual(zeros([2]));
    expect(
      strategy
        .hessian((x: Tensor) => mul(square(x), stopGradient(x)))(3)
        .item(),
    ).toBe(6);
    expect(
      vmap((x: Tensor) => strategy.derivative((y: Tensor) => mul(y, stopGradient(y)))(x))(tensor([1, 2])),
    ).toEqual(tensor([1, 2]));
  });
});
