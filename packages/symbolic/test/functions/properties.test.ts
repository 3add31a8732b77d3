import { FluxionError, type Tensor } from "@fluxion/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { derive, type Expression, parse } from "../../src/index.ts";
import { balance, finiteDifference, randomNumbers, randomValue } from "../support/numeric.ts";

const runs = Number(process.env["FLUXION_RUNS"] ?? 60);

const shapes = { X: ["m", "n"], A: ["n", "n"], B: ["m", "m"], x: ["n"], u: ["m"], y: ["m*n"], K: ["m*n", "m*n"], s: [] } as const; // prettier-ignore
const lengths = { m: 2, n: 3 };

type Kinds = "n" | "m" | "square" | "small" | "wide" | "long" | "huge" | "scalar";

/** Formulas with vec, unvec, kron and the functions of matrices, by the shape of their value. */
const formulas = fc.letrec<Record<Kinds, string>>((tie) => {
  const limits = { maxDepth: 3, withCrossShrink: true, depthIdentifier: "functions" };
  const join = (
    first: Kinds,
    second: Kinds,
    write: (a: string, b: string) => string,
  ): fc.Arbitrary<string> => fc.tuple(tie(first), tie(second)).map(([a, b]) => write(a, b));
  const smooth = fc.constantFrom("sin", "tanh", "sigmoid", "square");
  const common = (own: Kinds): readonly fc.Arbitrary<string>[] => [
    join(own, own, (a, b) => `(${a} + ${b})`),
    join(own, own, (a, b) => `(${a} .* ${b})`),
    join("scalar", own, (a, b) => `(${a}*${b})`),
    fc.tuple(smooth, tie(own)).map(([f, a]) => `${f}(${a})`),
  ];
  return {
    scalar: fc.oneof(
      limits,
      fc.constantFrom("s", "2"),
      join("long", "long", (a, b) => `(${a}'*${b})`),
      fc.constantFrom<Kinds>("long", "huge", "wide").chain((kind) => tie(kind)).map((a) => `norm2(${a})^2`),
      fc.constantFrom<Kinds>("huge", "square", "small").chain((kind) => tie(kind)).map((a) => `tr(${a})`),
      join("wide", "wide", (a, b) => `sum(${a} .* ${b})`),
    ),
    n: fc.oneof(limits, fc.constant("x"), ...common("n"), join("square", "n", (a, b) => `(${a}*${b})`)),
    m: fc.oneof(limits, fc.constant("u"), ...common("m"), join("wide", "n", (a, b) => `(${a}*${b})`)),
    square: fc.oneof(
      limits,
      fc.constantFrom("A", "eye(n)", "expm(A/4)", "expm(s*A/4)"),
      ...common("square"),
      join("square", "square", (a, b) => `(${a}*${b})`),
      tie("square").map((a) => `${a}'`),
    ),
    small: fc.oneof(limits, fc.constantFrom("B", "expm(B/4)"), join("wide", "wide", (a, b) => `(${a}*${b}')`)),
    wide: fc.oneof(
      limits,
      fc.constant("X"),
      ...common("wide"),
      tie("long").map((a) => `unvec(${a}, m, n)`),
      join("wide", "square", (a, b) => `(${a}*${b})`),
    ),
    long: fc.oneof(
      limits,
      fc.constant("y"),
      ...common("long"),
      tie("wide").map((a) => `vec(${a})`),
      tie("wide").map((a) => `vec(${a}')`),
      join("n", "m", (a, b) => `kron(${a}, ${b})`),
      join("huge", "long", (a, b) => `(${a}*${b})`),
      tie("huge").map((a) => `diag(${a})`),
    ),
    huge: fc.oneof(
      limits,
      fc.constant("K"),
      join("square", "small", (a, b) => `kron(${a}, ${b})`),
      join("small", "square", (a, b) => `kron(${a}, ${b})`),
      join("huge", "huge", (a, b) => `(${a} + ${b})`),
      join("huge", "huge", (a, b) => `(${a}*${b})`),
      join("long", "long", (a, b) => `(${a}*${b}')`),
      tie("huge").map((a) => `${a}'`),
    ),
  };
}); // prettier-ignore

const values = (seed: number): Record<string, Tensor> => {
  const random = randomNumbers(seed);
  return Object.fromEntries(
    Object.entries(shapes).map(([name, dims]) => [name, randomValue(dims, lengths, random, "unit")]),
  );
};

/** The formula, or undefined where it is too large or has a derivative that is not known. */
function attempt(make: () => Expression): Expression | undefined {
  try {
    return make();
  } catch (error) {
    expect(error).toBeInstanceOf(FluxionError);
    expect(["LIMIT", "UNSUPPORTED"]).toContain((error as FluxionError).code);
    return undefined;
  }
}

describe("random formulas of vec, kron, unvec and expm", () => {
  const check = (text: string, wrt: keyof typeof shapes, order: number): void => {
    const derived = attempt(() => derive(text, { wrt, order, shapes }));
    if (derived === undefined) return;
    const lower = order === 1 ? parse(text, { shapes }) : derive(text, { wrt, order: 1, shapes });
    const point = values(text.length);
    const wanted = finiteDifference((moved) => lower.evaluate({ ...point, [wrt]: moved }), point[wrt]!);
    const size = Math.max(1, ...wanted.data.map(Math.abs));
    if (!(size < 1e5)) return;
    const compare = (found: Tensor, what: string): void => {
      expect(found.shape, what).toEqual(wanted.shape);
      found.data.forEach((entry, k) =>
        expect(Math.abs(entry - wanted.data[k]!), what).toBeLessThanOrEqual(1e-5 * size),
      );
    };
    compare(derived.evaluate({ ...point, ...lengths }), `${text} by ${wrt}: ${derived}`);
    expect(balance(derived.toLatex()), derived.toLatex()).toBe(0);
    if (derived.notation === "matrix")
      compare(
        parse(derived.toString(), { shapes }).evaluate({ ...point, ...lengths }),
        `read back: ${derived}`,
      );
  };

  it("have the derivatives that finite differences have", () => {
    fc.assert(
      fc.property(
        fc.oneof(formulas.scalar, formulas.scalar, formulas.long, formulas.wide),
        fc.constantFrom("X", "A", "B", "x", "y", "s"),
        (text, wrt) => check(text, wrt as "X", 1),
      ),
      { numRuns: runs },
    );
  });
  it("of second order, too", () => {
    fc.assert(
      fc.property(formulas.scalar, fc.constantFrom("X", "x", "s", "y"), (text, wrt) =>
        check(text, wrt as "X", 2),
      ),
      { numRuns: Math.ceil(runs / 4) },
    );
  });
});
