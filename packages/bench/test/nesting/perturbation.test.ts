import { add, cos, customRule, div, dot, exp, mul, type Numeric, primal, sin, square, stopGradient, sub, sum, tensor, type Strategy, type Tensor, vmap } from "@fluxion/core"; // prettier-ignore
import { describe, expect, it } from "vitest";
import { type Pair, pairs } from "./pairs.ts";

type Derivative = (f: (x: Tensor) => Numeric) => (x: Numeric) => Numeric;
const derivativeOf = (strategy: Strategy): Derivative => strategy.derivative;

/** Programs in which a tangent of one level could be taken for a tangent of the other. */
const relatives: readonly (readonly [
  name: string,
  f: (outer: Derivative, inner: Derivative) => (x: Tensor) => Numeric,
  at: number,
  derivative: number,
])[] = [
  ["x · d/dy (x + y)", (_, d) => (x) => mul(x, d((y) => add(x, y))(1)), 1, 1],
  ["x · d/dy (x · y)", (_, d) => (x) => mul(x, d((y) => mul(x, y))(1)), 3, 6],
  ["x · d/dy (x · y) at x", (_, d) => (x) => mul(x, d((y) => mul(x, y))(x)), 3, 6],
  ["d/dy of x·y² at x: 2x²", (_, d) => (x) => d((y) => mul(x, square(y)))(x), 3, 12],
  ["d/dy of y alone", (_, d) => (x) => mul(x, d((y) => y)(x)), 3, 1],
  ["d/dy of x alone", (_, d) => (x) => mul(x, d(() => x)(2)), 3, 0],
  ["d/dy sin(x + y) at 0", (_, d) => (x) => d((y) => sin(add(x, y)))(0), 0.7, -Math.sin(0.7)],
  ["x passed on under another name", (_, d) => (x) => mul(x, d((y) => { const z = add(y, 0); return mul(z, mul(x, z)); })(2)), 3, 24], // prettier-ignore
  ["an inner derivative used twice", (_, d) => (x) => { const g = d((y) => mul(x, exp(y))); return mul(g(0), g(0)); }, 3, 6], // prettier-ignore
  [
    "inner derivatives side by side",
    (_, d) => (x) => add(d((y) => mul(x, y))(1), mul(d((y) => mul(square(x), y))(1), d((z) => mul(z, x))(1))),
    2,
    13,
  ],
  ["a division by the outer variable", (_, d) => (x) => d((y) => div(mul(y, square(y)), x))(x), 5, 3],
  ["a function made by the outer one", (_, d) => (x) => { const scale = (y: Tensor): Tensor => mul(x, y); return d((y) => scale(scale(y)))(1); }, 3, 6], // prettier-ignore
];

/** The same, with the outer strategy a second time inside the inner one. */
const threeLevels: typeof relatives = [
  [
    "the outer one inside the inner one",
    (outer, d) => (x) => d((y) => outer((z) => mul(mul(x, y), square(z)))(y))(2),
    3,
    8,
  ],
  [
    "the outer one at x inside the inner one",
    (outer, d) => (x) => d((y) => outer((z) => mul(y, square(z)))(x))(2),
    3,
    2,
  ],
];

/** The same, with a variable held constant: finite differences can't see it. */
const stopped: typeof relatives = [
  [
    "the inner variable stopped, so the outer one below it too",
    (_, d) => (x) => d((y) => mul(stopGradient(y), mul(x, y)))(x),
    3,
    3,
  ],
  ["the outer variable stopped", (_, d) => (x) => d((y) => mul(y, mul(stopGradient(x), y)))(x), 3, 6],
];

describe.each(pairs)("$name", ({ outer, outerUnderTracer, inner, tolerance }: Pair) => {
  it.each([...relatives, ...(outer.exact && inner.exact ? stopped : [])])("%s", (_name, f, at, wanted) => {
    const found = derivativeOf(outer)(f(derivativeOf(outer), derivativeOf(inner)))(at) as number;
    expect(Math.abs(found - wanted)).toBeLessThanOrEqual(tolerance * (1 + Math.abs(wanted)));
  });

  it.each(threeLevels)("%s", (_name, f, at, wanted) => {
    const found = derivativeOf(outer)(f(derivativeOf(outerUnderTracer), derivativeOf(inner)))(at) as number;
    expect(Math.abs(found - wanted)).toBeLessThanOrEqual(tolerance * (1 + Math.abs(wanted)));
  });

  it("gradients inside gradients", () => {
    const f = (x: Tensor): Tensor => dot(x, inner.gradient((y: Tensor) => mul(dot(x, y), sum(square(y))))(x));
    // f = 3 (x·x)² and f' = 12 (x·x) x
    const found = outer.gradient(f)(tensor([1, 2]));
    [60, 120].forEach((wanted, i) =>
      expect(Math.abs(found.data[i]! - wanted)).toBeLessThanOrEqual(tolerance * wanted),
    );
  });

  it("jvp and vjp with directions of the other level", () => {
    // J·x of the square is 2x², its pullback at x too
    const byTangent = (x: Tensor): Tensor => sum(inner.jvp((y: Tensor) => square(y))(x)(x).tangent);
    const byCotangent = (x: Tensor): Tensor =>
      sum(
        inner
          .vjp((y: Tensor) => square(y))(x)
          .pullback(x),
      );
    for (const f of [byTangent, byCotangent]) {
      const found = outer.gradient(f)(tensor([1, 2]));
      [4, 8].forEach((wanted, i) =>
        expect(Math.abs(found.data[i]! - wanted)).toBeLessThanOrEqual(tolerance * wanted),
      );
    }
  });

  it("a function with rules of its own, whose rule holds an inner derivative", () => {
    const slope = (x: Tensor): Tensor => inner.gradient((y: Tensor) => sum(sin(y)))(x);
    const f = customRule((x: Tensor) => sin(x), {
      jvp: ([x], [dx]) => mul(slope(x), dx),
      vjp: (g, [x]) => [mul(slope(x), g)],
    });
    const found = outer.derivative((x: Tensor) => mul(x, f(x)))(0.7);
    const wanted = Math.sin(0.7) + 0.7 * Math.cos(0.7);
    expect(Math.abs(found - wanted)).toBeLessThanOrEqual(tolerance * 2);
  });

  it("vmap between the two", () => {
    const f = (x: Tensor): Tensor => sum(vmap((row: Tensor) => inner.gradient((y: Tensor) => mul(sum(square(y)), sum(x)))(row))(tensor([[1, 2], [3, 4]]))); // prettier-ignore
    const found = outer.gradient(f)(tensor([0.5, 0.25]));
    found.data.forEach((entry) => expect(Math.abs(entry - 20)).toBeLessThanOrEqual(20 * tolerance));
  });

  it("vmap outside of both", () => {
    const f = (x: Tensor): Tensor => mul(x, inner.derivative((y: Tensor) => mul(sin(y), x))(x) as never);
    const found = vmap((x: Tensor) => outerUnderTracer.gradient(f)(x))(tensor([0.3, 0.9]));
    [0.3, 0.9].forEach((x, i) =>
      expect(Math.abs(found.data[i]! - (2 * x * Math.cos(x) - x * x * Math.sin(x)))).toBeLessThanOrEqual(
        tolerance * 4,
      ),
    );
  });

  it("the Jacobian of the gradient is the Hessian", () => {
    const f = (x: Tensor): Tensor => mul(sum(mul(x, sin(x))), exp(sum(mul(0.3, x))));
    const x = tensor([0.4, -0.7, 1.1]);
    const found = outer.jacobian((y: Tensor) => inner.gradient(f)(y))(x);
    const wanted = inner.exact ? inner.hessian(f)(x) : outer.hessian(f)(x);
    expect(found.shape).toEqual([3, 3]);
    found.data.forEach((entry, i) =>
      expect(Math.abs(entry - wanted.data[i]!)).toBeLessThanOrEqual(tolerance * 10),
    );
  });

  it("the gradient of what contains a Hessian-vector product", () => {
    // H of ∑ y³ is diag 6y: v'Hv = 6 ∑ y v², here at v = x: 6 ∑ x³
    const f = (x: Tensor): Tensor => dot(x, inner.hvp((y: Tensor) => sum(mul(y, square(y))))(x)(x));
    const found = outer.gradient(f)(tensor([1, 2]));
    [18, 72].forEach((wanted, i) =>
      expect(Math.abs(found.data[i]! - wanted)).toBeLessThanOrEqual(100 * tolerance * wanted),
    );
  });
});

describe.each(pairs.filter(({ outer }) => outer.name !== "symbolic" && outer.exact))(
  "control flow in $name",
  ({ outer, inner }: Pair) => {
    it("reads the numbers under both levels", () => {
      const f = (x: Tensor): Numeric =>
        inner.derivative((y: Tensor) =>
          primal(y).item() > primal(x).item() ? mul(x, y) : mul(square(x), square(y)),
        )(add(x, 1)) as never;
      if (inner.name === "symbolic") expect(() => outer.derivative(f)(3)).toThrow("where(condition, a, b)");
      else expect(outer.derivative(f)(3)).toBeCloseTo(1, 6);
    });
  },
);

it("is also right three levels deep, for all strategies in all orders", () => {
  const strategies = [...new Set(pairs.filter(({ inner }) => inner.exact).map(({ inner }) => inner))];
  for (const a of strategies)
    for (const b of strategies)
      for (const c of strategies) {
        // ∂/∂x of x · ∂/∂y (y · ∂/∂z (x y z²) at z = y) at y = x: x · ∂/∂y (2 x y³) = 6 x⁴
        const found = a.derivative((x: Tensor) =>
          mul(
            x,
            b.derivative((y: Tensor) =>
              mul(y, c.derivative((z: Tensor) => mul(mul(x, y), square(z)))(y) as never),
            )(x) as never,
          ),
        )(2);
        expect(found, `${a.name} over ${b.name} over ${c.name}`).toBeCloseTo(24 * 8, 10);
        const other = a.derivative(
          (x: Tensor) =>
            b.derivative(
              (y: Tensor) => c.derivative((z: Tensor) => sub(mul(x, mul(y, z)), cos(mul(x, z))))(x) as never,
            )(x) as never,
        )(0.7);
        // ∂/∂z = xy + x sin(xz), at z = x: xy + x sin x²; ∂/∂y = x; d/dx = 1
        expect(other, `${a.name} over ${b.name} over ${c.name}`).toBeCloseTo(1, 12);
      }
});
