import {
  add, defineStrategy, dot, fromData, mul, ones, type Products, sin, square, type Strategy, sum, tensor, type Tensor, vmap, zeros,
} from "@fluxion/core"; // prettier-ignore
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codeOf, messageOf } from "../support/code-of.ts";
import { runs } from "../support/runs.ts";
import { exactStrategies, flatJvp, flatVjp } from "../support/strategies.ts";

const [first] = exactStrategies as [Strategy];
const base = { name: "mine", mode: "forward", exact: true } as const;

/** What untyped JavaScript may pass. */
function unchecked(value: unknown): never {
  return value as never;
}

describe("defineStrategy", () => {
  it("needs a product, and an estimate from what isn't exact", () => {
    expect(codeOf(() => defineStrategy(base))).toBe("ARGUMENT");
    expect(messageOf(() => defineStrategy(base))).toContain('"mine"');
    expect(codeOf(() => defineStrategy({ ...base, exact: false, jvp: flatJvp(first) }))).toBe("ARGUMENT");
    expect(defineStrategy({ ...base, jvp: flatJvp(first) }).estimate).toBeUndefined();
  });

  it("uses every product that is defined instead of deriving it", () => {
    const seen: string[] = [];
    const noted = <N extends keyof Products>(name: N, product: Products[N]): Products[N] =>
      ((...args: never) => {
        seen.push(name);
        return (product as (...all: never) => unknown)(...args);
      }) as unknown as Products[N];
    const tag = fromData(Float64Array.of(42), []);
    const mine = defineStrategy({
      ...base,
      jvp: noted("jvp", (f, xs) => ({ values: f(xs), tangents: [tag] })),
      vjp: noted("vjp", (f, xs) => ({ values: f(xs), pullback: () => [tag] })),
      gradient: noted("gradient", (f, xs) => ({ value: f(xs)[0]!, gradient: [tag] })),
      jacobian: noted("jacobian", (f, xs) => ({ values: f(xs), jacobian: [[tag]] })),
      hessian: noted("hessian", (f, xs) => ({ value: f(xs)[0]!, gradient: [tag], hessian: [[tag]] })),
      hvp: noted("hvp", () => [tag]),
    });
    const f = (x: Tensor): Tensor => square(x);
    expect([
      mine.derivative(f)(1), mine.gradient(f)(1), mine.jacobian(f)(1).item(), mine.hessian(f)(1).item(), mine.hvp(f)(1)(1),
      mine.jvp(f)(1)(1).tangent.item(), mine.vjp(f)(1).pullback(1), mine.valueAndDerivative(f)(1).derivative, mine.valueAndGradient(f)(1).gradient,
      mine.valueAndJacobian(f)(1).jacobian.item(), mine.valueGradientAndHessian(f)(1).gradient,
    ]).toEqual(new Array(11).fill(42)); // prettier-ignore
    expect(seen).toEqual([
      "jvp",
      "gradient",
      "jacobian",
      "hessian",
      "hvp",
      "jvp",
      "vjp",
      "jvp",
      "gradient",
      "jacobian",
      "hessian",
    ]);
  });

  it("derives products from one that is overridden", () => {
    const doubled = defineStrategy({ ...base, vjp: (f, xs, options) => { const { values, pullback } = flatVjp(first)(f, xs, options); return { values, pullback: (g) => pullback(g).map((c) => c && mul(2, c)) }; } }); // prettier-ignore
    const f = (x: Tensor): Tensor => sum(square(x));
    expect(doubled.gradient(f)(tensor([1, 2]))).toEqual(tensor([4, 8]));
    expect(doubled.jacobian(f)(tensor([1, 2]))).toEqual(tensor([4, 8]));
    expect(doubled.derivative(f)(3)).toBe(12);
  });

  it("passes a strategy's own options on", () => {
    const seen: unknown[] = [];
    const mine = defineStrategy<{ readonly step?: number }>({
      ...base,
      options: ["step"],
      jvp: (f, xs, _tangents, options) => {
        seen.push(options.step);
        return { values: f(xs), tangents: f(xs).map(() => null) };
      },
    });
    mine.derivative((x: Tensor) => x, { step: 3 })(1);
    mine.jvp((x: Tensor) => x, { step: 4, argument: 0 })(1)(1);
    mine.gradient((x: Tensor) => sum(x), { step: 5 })(ones([2]));
    mine.jvp((x: Tensor) => x)(1)(1);
    expect(seen).toEqual([3, 4, 5, undefined]);
    // @ts-expect-error there is no such option
    expect(codeOf(() => mine.derivative((x: Tensor) => x, { steps: 3 }))).toBe("ARGUMENT");
  });

  it("takes null for exact zeros wherever a product gives them", () => {
    const zero = defineStrategy({
      ...base,
      jvp: (f, xs) => ({ values: f(xs), tangents: f(xs).map(() => null) }),
      vjp: (f, xs) => ({ values: f(xs), pullback: () => xs.map(() => null) }),
    });
    const f = (x: Tensor): Tensor => sum(square(x));
    const x = ones([2]);
    expect(zero.valueGradientAndHessian(f)(x)).toEqual({
      value: tensor(2),
      gradient: zeros([2]),
      hessian: zeros([2, 2]),
    });
    expect([zero.jacobian(f)(x), zero.hvp(f)(x)(x), zero.vjp(f)(x).pullback(1)]).toEqual([
      zeros([2]),
      zeros([2]),
      zeros([2]),
    ]);
    expect(zero.jvp(f)(x)(x).tangent).toEqual(tensor(0));
    expect(zero.derivative(f)(3)).toBe(0);
  });
});

describe.each(exactStrategies.map((strategy) => [strategy.name, strategy] as const))(
  "%s refuses bad input",
  (_name, strategy: Strategy) => {
    const f = (x: Tensor): Tensor => sum(square(x));
    const vector = tensor([1, 2]);
    const gradient = strategy.gradient as unknown as (
      f: unknown,
      options?: unknown,
    ) => (...args: readonly unknown[]) => unknown;
    it.each<readonly [string, () => unknown, string, string]>([
      ["no function", () => gradient(3), "ARGUMENT", "gradient(f)(x)"],
      ["the argument in the place of options", () => gradient(f, vector), "ARGUMENT", "gradient(f)(x)"],
      ["null for options", () => gradient(f, null), "ARGUMENT", "null"],
      ["no arguments", () => gradient(f)(), "ARGUMENT", "0 arguments"],
      ["an argument that isn't there", () => gradient(f, { argument: 2 })(vector), "ARGUMENT", "argument 2"],
      ["a negative argument", () => gradient(f, { argument: -1 })(vector), "ARGUMENT", "argument -1"],
      ["an argument named twice", () => gradient(f, { arguments: [0, 0] })(vector), "ARGUMENT", "twice"],
      [
        "argument and arguments",
        () => gradient(f, { argument: 0, arguments: [0] })(vector),
        "ARGUMENT",
        "both",
      ],
      [
        "a vector where a scalar is due",
        () => strategy.gradient((x: Tensor) => square(x))(vector),
        "NOT_SCALAR",
        "[2]",
      ],
      [
        "a vector of one entry",
        () => strategy.hessian((x: Tensor) => square(x))(tensor([1])),
        "NOT_SCALAR",
        "[1]",
      ],
      [
        "a tree where a scalar is due",
        () => strategy.hvp(((x: Tensor) => ({ y: x })) as never)(vector)(unchecked(vector)),
        "NOT_SCALAR",
        "{ y: · }",
      ],
      ["a derivative by a vector", () => strategy.derivative(f)(vector), "NOT_SCALAR", "gradient()"],
      [
        "a derivative by a tree",
        () => strategy.derivative(((x: { a: Tensor; b: Tensor }) => x.a) as never)({ a: 1, b: 2 } as never),
        "NOT_SCALAR",
        "2 leaves",
      ],
      ["a plain array", () => strategy.gradient(f)(unchecked(["x"])), "TREE", "string"],
      [
        "a tangent of another shape",
        () => strategy.jvp(f)(vector)(tensor([1, 2, 3])),
        "SHAPE_MISMATCH",
        "[3]",
      ],
      [
        "a tangent of another structure",
        () => strategy.jvp((x: { a: Tensor }) => x.a)({ a: 1 })(unchecked([1])),
        "TREE",
        "{ a: · }",
      ],
      [
        "a cotangent of another shape",
        () => strategy.vjp(f)(vector).pullback(vector),
        "SHAPE_MISMATCH",
        "[2]",
      ],
      [
        "a cotangent of another structure",
        () =>
          strategy
            .vjp((x: Tensor) => ({ y: x }))(vector)
            .pullback(unchecked(vector)),
        "TREE",
        "{ y: · }",
      ],
      [
        "a vector for hvp of another shape",
        () => strategy.hvp(f)(vector)(ones([3])),
        "SHAPE_MISMATCH",
        "[3]",
      ],
      [
        "an f that returns nothing",
        () => strategy.gradient((() => undefined) as never)(vector as never),
        "TREE",
        "undefined",
      ],
      [
        "an f that returns a string",
        () => strategy.jacobian((() => "text") as never)(vector as never),
        "TREE",
        "text",
      ],
      [
        "an asynchronous f",
        () => strategy.gradient((async (x: Tensor) => f(x)) as never)(vector as never),
        "ASYNC",
        "promise",
      ],
      [
        "aux without a pair",
        () => strategy.gradient(f as never, { aux: true } as never)(vector as never),
        "ARGUMENT",
        "[result, anything]",
      ],
    ])("%s", (_, run, code, mentioned) => {
      expect(codeOf(run)).toBe(code);
      expect(messageOf(run)).toContain(mentioned);
    });

    it("and passes on what f throws, with its level closed", () => {
      const boom = new RangeError("boom");
      let seen: Tensor = tensor(0);
      expect(() => strategy.gradient((x: Tensor): Tensor => { seen = x; throw boom; })(vector)).toThrow(boom); // prettier-ignore
      expect(codeOf(() => sin(seen))).toBe("ESCAPED");
      expect(strategy.gradient(f)(vector)).toEqual(tensor([2, 4]));
    });
  },
);

describe.each(exactStrategies.map((strategy) => [strategy.name, strategy] as const))(
  "per-example gradients by %s",
  (_name, strategy: Strategy) => {
    it("vmap of a gradient is a loop of gradients", () => {
      fc.assert(
        fc.property(
          fc.integer({ min: 1, max: 4 }),
          fc.integer({ min: 0, max: 3 }),
          fc.nat(100),
          (size, n, seed) => {
            const filled = (shape: readonly number[], offset: number): Tensor =>
          fromData(Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_value, i) => Math.sin(seed + offset + i)), shape); // prettier-ignore
            const [xs, ys, w] = [filled([size, n], 0), filled([size], 50), filled([n], 80)];
            const loss = (weights: Tensor, x: Tensor, y: Tensor): Tensor =>
              square(add(dot(weights, sin(x)), mul(-1, y)));
            const found = vmap((x: Tensor, y: Tensor) => strategy.gradient(loss)(w, x, y))(xs, ys);
            expect(found.shape).toEqual([size, n]);
            for (let i = 0; i < size; i++) {
              const wanted = strategy.gradient(loss)(
                w,
                fromData(xs.data.slice(i * n, (i + 1) * n), [n]),
                ys.data[i]!,
              );
              found.data
                .slice(i * n, (i + 1) * n)
                .forEach((entry, j) => expect(entry).toBeCloseTo(wanted.data[j]!, 13));
            }
          },
        ),
        { numRuns: runs(15) },
      );
    });

    it("vmap of Hessians, Jacobians, products and values", () => {
      const rows = tensor([[1, 2], [3, 4]]); // prettier-ignore
      const f = (x: Tensor): Tensor => dot(x, square(x));
      expect(vmap((x: Tensor) => strategy.hessian(f)(x))(rows)).toEqual(tensor([[[6, 0], [0, 12]], [[18, 0], [0, 24]]])); // prettier-ignore
      expect(vmap((x: Tensor) => strategy.jacobian((y: Tensor) => square(y))(x))(rows)).toEqual(tensor([[[2, 0], [0, 4]], [[6, 0], [0, 8]]])); // prettier-ignore
      expect(vmap((x: Tensor) => strategy.hvp(f)(x)(x))(rows)).toEqual(tensor([[6, 24], [54, 96]])); // prettier-ignore
      expect(vmap((x: Tensor, v: Tensor) => strategy.jvp(f)(x)(v).tangent)(rows, rows)).toEqual(
        tensor([27, 273]),
      );
      expect(vmap((x: Tensor) => strategy.valueGradientAndHessian(f)(x).value)(rows)).toEqual(
        tensor([9, 91]),
      );
      expect(
        vmap((x: Tensor) => strategy.derivative((t: Tensor) => mul(t, square(t)))(x))(tensor([1, 2])),
      ).toEqual(tensor([3, 12]));
    });
  },
);
