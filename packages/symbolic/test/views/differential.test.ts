import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { derive, type Expression, parse, type Shapes } from "../../src/index.ts";
import { arrayFormula, arrayShapes } from "../support/arbitrary.ts";
import {
  balance,
  derivedWherePossible,
  randomNumbers,
  randomValue,
  whereItHasValues,
} from "../support/numeric.ts";
import { wideFormulas } from "../support/wide.ts";

const runs = Number(process.env["FLUXION_RUNS"] ?? 150);
const shapes: Shapes = {
  X: ["m", "n"],
  w: ["n"],
  y: ["m"],
  Y: ["n", "n"],
  A: ["n", "n"],
  dX: ["m", "n"],
  s: [],
};
const lengths = { m: 2, n: 3 };

/** The differential at a random change is the derivative contracted with it. */
function expectIsTheContraction(derived: Expression, text: string, wrt: string, declared: Shapes): void {
  const random = randomNumbers(text.length);
  const change = /^d\w+ = /.exec(text)![0];
  const body = text.slice(change.length);
  const name = Object.keys(declared).includes(`d${wrt}`) ? `d${wrt}_` : `d${wrt}`;
  const all: Shapes = { ...declared, [name]: declared[wrt]! };
  const values = Object.fromEntries(
    Object.entries(all).map(([own, dims]) => [own, randomValue(dims, lengths, random, own === "Y" ? "regular" : "unit")]),
  ); // prettier-ignore
  const found = parse(body, { shapes: all }).evaluate({ ...lengths, ...values });
  const tensor = derived.evaluate({ ...lengths, ...values });
  // Where an entry does not exist, its NaN spreads through a product of matrices.
  if (!tensor.data.every(Number.isFinite)) return;
  const step = values[name]!;
  const wanted = Float64Array.from({ length: tensor.size / step.size }, (_, row) =>
    step.data.reduce((total, entry, column) => total + entry * tensor.data[row * step.size + column]!, 0),
  );
  expect(found.shape, text).toEqual(tensor.shape.slice(0, tensor.rank - step.rank));
  const size = Math.max(1, ...wanted.map(Math.abs));
  wanted.forEach((entry, k) => {
    expect(Math.abs(found.data[k]! - entry), text).toBeLessThanOrEqual(1e-9 * size);
  });
}

describe("the differential", () => {
  it.each([
    ["norm2(X*w - y)^2", "w", "dz = 2*(X*w - y)'*X*dw", "\\mathrm{d}z = 2 \\left(\\mathbf{X}\\mathbf{w} - \\mathbf{y}\\right)^{\\top} \\mathbf{X} \\mathrm{d}\\mathbf{w}"],
    ["logdet(Y)", "Y", "dz = tr(inv(Y)*dY)"],
    ["inv(Y)", "Y", "dF = -inv(Y)*dY*inv(Y)", "\\mathrm{d}\\mathbf{F} = -\\mathbf{Y}^{-1} \\mathrm{d}\\mathbf{Y} \\mathbf{Y}^{-1}"],
    ["X'", "X", "dF = dX_'"],
    ["X'*X", "X", "dF = dX_'*X + X'*dX_"],
    ["exp(X)", "X", "dF = exp(X).*dX_"],
    ["Y*w", "w", "df = Y*dw"],
    ["s^2", "s", "dz = 2*s*ds"],
    ["Y*(A^0 + tr(A))", "Y", "dF = dY*(A^0 + tr(A))"],
  ] as const)("of %s by %s", (text, wrt, wanted, latex?: string) => {
    const derived = derive(text, { wrt, shapes });
    const view = derived.toDifferential()!;
    expectIsTheContraction(derived, `${view}`, wrt, shapes);
    expect(`${view}`).toBe(wanted);
    if (latex !== undefined) expect(view.toLatex()).toBe(latex);
  }); // prettier-ignore

  it("does not depend on the layout, and is for derivatives", () => {
    const of = (layout: "natural" | "numerator" | "denominator"): string =>
      `${derive("tr(A*Y)", { wrt: "Y", shapes, layout }).toDifferential()}`;
    expect(new Set([of("natural"), of("numerator"), of("denominator")])).toEqual(new Set(["dz = tr(A*dY)"]));
    expect(() => parse("X", { shapes }).toDifferential()).toThrow(/derive\(formula, \{ wrt/);
  });

  it("is the derivative contracted with the change, for random formulas", () => {
    const formulas = fc.oneof(arrayFormula, wideFormulas.square, wideFormulas.wide);
    fc.assert(
      fc.property(formulas, fc.constantFrom("A", "X", "x", "s"), (text, wrt) => {
        const declared: Shapes = { ...arrayShapes, delta: ["n", "n"], i: ["n"] };
        const derived = derivedWherePossible(text, wrt, declared);
        if (derived === undefined) return;
        const view = derived.toDifferential();
        if (view === undefined) return;
        whereItHasValues(() => {
          expectIsTheContraction(derived, `${view}`, wrt, declared);
        });
        expect(balance(view.toLatex()), view.toLatex()).toBe(0);
      }),
      { numRuns: runs },
    );
  });
});
