import { FluxionError, type Tensor, mul, sum, tensor } from "@fluxion/core";
import { describe, expect, test } from "vitest";
import {
  derivative,
  differentiate,
  gradient,
  hessian,
  hvp,
  jacobian,
  jvp,
  numericFd,
  valueAndDerivative,
  valueAndGradient,
  valueAndJacobian,
  valueGradientAndHessian,
  vjp,
} from "@fluxion/numeric-fd";
import type { NumericFdOptions } from "@fluxion/numeric-fd";

type ScalarFunction = (t: Tensor) => Tensor;

const x = tensor([1, 2]);
const direction = tensor([1, -1]);

/** Every operator on a scalar function of two numbers. */
const operators: readonly (readonly [string, (f: ScalarFunction, options?: NumericFdOptions) => unknown])[] =
  [
    ["differentiate", (f) => finite(differentiate((t) => f(tensor([t, 2])), 1))],
    ["derivative", (f, o) => derivative((t: Tensor) => f(mul(t, x)), o)(1)],
    ["gradient", (f, o) => gradient(f, o)(x)],
    ["jacobian", (f, o) => jacobian(f, o)(x)],
    ["hessian", (f, o) => hessian(f, o)(x)],
    ["jvp", (f, o) => jvp(f, o)(x)(direction)],
    ["vjp", (f, o) => vjp(f, o)(x).pullback(1)],
    ["hvp", (f, o) => hvp(f, o)(x)(direction)],
    ["valueAndDerivative", (f, o) => valueAndDerivative((t: Tensor) => f(mul(t, x)), o)(1)],
    ["valueAndGradient", (f, o) => valueAndGradient(f, o)(x)],
    ["valueAndJacobian", (f, o) => valueAndJacobian(f, o)(x)],
    ["valueGradientAndHessian", (f, o) => valueGradientAndHessian(f, o)(x)],
  ];

const estimates = ["gradient", "jacobian", "hessian", "jvp", "vjp", "hvp"] as const;

/** The status of an estimate that has one, thrown, as the operators throw. */
function finite({ error, status }: { readonly error: number; readonly status: string }): void {
  if (error === Infinity) throw new FluxionError("DOMAIN", status);
}

/** An error's code; for another error than ours its message. */
function thrown(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return error instanceof FluxionError ? error.code : String(error);
  }
  return "nothing";
}

function message(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return String(error);
  }
  return "nothing";
}

const isAt = (t: Tensor, point: Tensor): boolean => t.data.every((value, i) => value === point.data[i]);
const smooth: ScalarFunction = (t) => tensor(t.data.reduce((total, value) => total + Math.sin(value), 0));

describe.each(operators)("%s of a function that", (name, ask) => {
  test("is well", () => {
    expect(thrown(() => ask(smooth))).toBe("nothing");
    expect(thrown(() => ask(smooth, { method: "central" }))).toBe("nothing");
  });

  test("throws at x", () => {
    const f: ScalarFunction = () => fail();
    expect(thrown(() => ask(f))).toBe(name === "differentiate" ? "DOMAIN" : "RangeError: thrown");
  });

  test("throws everywhere but at x", () => {
    const f: ScalarFunction = (t) => (isAt(t, x) ? smooth(t) : fail());
    expect(thrown(() => ask(f))).toBe("DOMAIN");
    expect(message(() => ask(f))).toMatch(name === "differentiate" ? /nonFinite/ : /threw: thrown/);
  });

  test("throws on one side", () => {
    // The curvature across two inputs looks at both sides of x in each.
    const f: ScalarFunction = (t) => (t.data[0]! < 1 ? fail() : smooth(t));
    expect(thrown(() => ask(f))).toBe("nothing");
  });

  test("is NaN", () => {
    expect(thrown(() => ask(() => tensor(NaN)))).toBe("DOMAIN");
    expect(thrown(() => ask((t) => tensor(isAt(t, x) ? 1 : NaN)))).toBe("DOMAIN");
    expect(thrown(() => ask(() => tensor(NaN), { method: "central" }))).toBe("DOMAIN");
  });

  test("gives other values for the same input", () => {
    for (const options of [{}, { method: "central" }, { method: "forward" }] as const) {
      if (name === "differentiate" && "method" in options) continue;
      let calls = 0;
      expect(thrown(() => ask((t) => tensor(smooth(t).item() + 1e-3 * calls++), options))).toBe("DOMAIN");
    }
  });

  test("has another shape elsewhere", () => {
    const f: ScalarFunction = (t) => (isAt(t, x) ? smooth(t) : tensor([1, 2, 3]));
    expect(thrown(() => ask(f))).toMatch(/^(SHAPE_MISMATCH|NOT_SCALAR)$/);
  });

  test("is asynchronous", () => {
    expect(thrown(() => ask((async () => 1) as never))).toBe("ASYNC");
    expect(thrown(() => ask(((t: Tensor) => (isAt(t, x) ? smooth(t) : Promise.resolve(1))) as never))).toBe(
      "ASYNC",
    );
  });

  test("returns something else", () => {
    for (const wrong of ["1", undefined, null, () => 1])
      expect(thrown(() => ask((() => wrong) as never))).toMatch(/^(TREE|ARGUMENT)$/);
  });
});

describe.each(estimates)("the estimate of %s of a function that", (operator) => {
  const ask = (f: ScalarFunction): { status: string; error: unknown } =>
    numericFd.estimate!(
      operator,
      f,
    )(...(operator === "vjp" ? [x, 1] : operator === "jvp" || operator === "hvp" ? [x, direction] : [x]));
  const infinite = (error: unknown): boolean => (error as Tensor).data.every((entry) => entry === Infinity);

  test.each([
    ["throws everywhere but at x", (t: Tensor) => (isAt(t, x) ? smooth(t) : fail()), "nonFinite"],
    ["is NaN", () => tensor(NaN), "nonFinite"],
    ["is random", () => tensor(Math.random()), "nondeterministic"],
    [
      "jumps",
      (t: Tensor) =>
        tensor(
          Number(t.data[0]! > 1) + Number(t.data[1]! > 2) - Number(t.data[0]! > 1 && t.data[1]! > 2) / 3,
        ),
      "unresolved",
    ],
  ] as const)("%s", (_, f, status) => {
    const estimate = ask(f);
    expect(estimate.status).toBe(status);
    expect(infinite(estimate.error)).toBe(true);
  });
});

describe("results that change their structure", () => {
  const f = (t: Tensor): Record<string, Tensor> =>
    t.data[0]! > 1 ? { a: mul(2, t), b: mul(3, t) } : { b: mul(3, t), a: mul(2, t) };

  test("keys in another order are told apart", () => {
    const { a, b } = jacobian(f)(x) as unknown as Record<string, Tensor>;
    expect(a!.data[0]).toBeCloseTo(2, 12);
    expect(b!.data[0]).toBeCloseTo(3, 12);
  });

  test("other keys, and fewer results, are refused", () => {
    const keys = (t: Tensor): Record<string, Tensor> => ({ [t.data[0]! > 1 ? "a" : "b"]: t });
    const fewer = (t: Tensor): Tensor[] => (t.data[0]! > 1 ? [t] : [t, t]);
    expect(thrown(() => jacobian(keys)(x))).toBe("TREE");
    expect(thrown(() => jacobian(fewer)(x))).toBe("TREE");
  });

  test("another shape is refused where another strategy is tracing, too", () => {
    let calls = 0;
    const f = (t: Tensor): Tensor => (calls++ % 3 === 2 ? sum(t) : mul(t, t));
    const inner = (t: Tensor): Tensor => sum(jacobian(f, { method: "central" })(t));
    expect(thrown(() => gradient(inner, { method: "central" })(x))).toBe("SHAPE_MISMATCH");
  });
});

function fail(): never {
  throw new RangeError("thrown");
}
