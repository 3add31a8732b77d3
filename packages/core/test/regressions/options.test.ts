import { describe, expect, it } from "vitest";
import {
  add,
  chain,
  cumsum,
  defineStrategy,
  evaluate,
  flatten,
  matmul,
  matvec,
  sum,
  tensor,
  type Tensor,
  trace,
  triangularSolve,
  vmap,
  zeros,
} from "../../src/index.ts";
import { codeOf, messageOf } from "../support/code-of.ts";

const strategy = defineStrategy<{ readonly step?: number }>({
  name: "test",
  mode: "forward",
  exact: true,
  options: ["step"],
  jvp: (f, inputs) => {
    const values = f(inputs);
    return { values, tangents: values.map((value) => zeros(value.shape)) };
  },
});

const A = tensor([
  [1, 2],
  [3, 4],
]);
const x = tensor([1, 2]);
const f = (y: Tensor): Tensor => sum(y);
const loose = (options: object): never => options as never;

/** The same operators, for options that the types refuse. */
const untyped = strategy as unknown as Readonly<
  Record<string, (g: unknown, options: unknown) => (...args: readonly unknown[]) => unknown>
>;

describe("options that don't exist", () => {
  it.each<readonly [string, string, () => unknown]>([
    ["gradient", "arg", () => untyped["gradient"]!(f, { arg: 1 })],
    ["jvp", "hasAux", () => untyped["jvp"]!(f, { hasAux: true })],
    ["valueAndGradient", "axes", () => untyped["valueAndGradient"]!(f, { axes: 0 })],
    ["vmap", "axis", () => vmap(f, loose({ axis: 1 }))],
    ["triangularSolve", "transposed", () => triangularSolve(A, x, loose({ lower: true, transposed: true }))],
    ["matmul", "transpose_a", () => matmul(A, A, loose({ transpose_a: true }))],
    ["matvec", "transposed", () => matvec(A, x, loose({ transposed: true }))],
    ["chain", "ranks", () => chain(A, x, loose({ ranks: 2 }))],
  ])("%s refuses %s, and lists its own", (_, key, run) => {
    expect(codeOf(run)).toBe("ARGUMENT");
    expect(messageOf(run)).toMatch(new RegExp(`no option "${key}".*options are \\{`));
  });

  it("those that a strategy declares exist", () => {
    expect(strategy.derivative((y: Tensor) => add(y, y), { step: 1 })(1)).toBe(0);
    expect(messageOf(() => untyped["gradient"]!(f, { steps: 1 }))).toContain("step }");
  });
});

describe("switches that are neither true nor false", () => {
  it.each<readonly [string, () => unknown]>([
    ["keepDims", () => sum(A, loose({ keepDims: "no" }))],
    ["reverse", () => cumsum(A, loose({ reverse: 0 }))],
    ["transposeA", () => matmul(A, A, loose({ transposeA: "no" }))],
    ["transpose", () => matvec(A, x, loose({ transpose: "no" }))],
    ["unitDiagonal", () => triangularSolve(A, x, loose({ lower: true, unitDiagonal: 1 }))],
    ["aux", () => untyped["gradient"]!(f, { aux: "yes" })],
  ])("%s is refused", (name, run) => {
    expect(codeOf(run)).toBe("ARGUMENT");
    expect(messageOf(run)).toContain(`${name} is true or false`);
  });
});

describe("arguments to differentiate", () => {
  it("are positions", () => {
    expect(codeOf(() => untyped["gradient"]!(f, { arguments: 0 })(x))).toBe("ARGUMENT");
    expect(codeOf(() => untyped["gradient"]!(f, { arguments: new Array(1) })(x))).toBe("ARGUMENT");
    expect(codeOf(() => untyped["gradient"]!(f, { argument: null })(x))).toBe("ARGUMENT");
    expect(codeOf(() => untyped["gradient"]!(f, { argument: 1n })(x))).toBe("ARGUMENT");
  });
});

describe("a tensor of an incompatible copy of core", () => {
  const other: unknown = Object.assign(Object.create({ [Symbol.for("fluxion.tensor")]: 99 }), tensor(2));

  it("is VERSION, and says to dedupe", () => {
    expect(codeOf(() => add(other as never, 1))).toBe("VERSION");
    expect(messageOf(() => add(other as never, 1))).toContain("npm dedupe");
    expect(codeOf(() => flatten("test", { a: [other] }, []))).toBe("VERSION");
    expect(codeOf(() => evaluate(trace((y: Tensor) => y)(1), other))).toBe("VERSION");
  });

  it("of a compatible copy is a tensor", () => {
    const copy = Object.assign(Object.create({ [Symbol.for("fluxion.tensor")]: 1 }), tensor(2)) as Tensor;
    expect(add(copy, 1).item()).toBe(3);
  });
});
