import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { derive, type Expression, parse, type Shapes } from "../../src/index.ts";
import { arrayFormula, arrayShapes } from "../support/arbitrary.ts";
import { evaluateKronecker } from "../support/kronecker.ts";
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
  A: ["k", "m"], X: ["m", "n"], B: ["n", "p"], Y: ["n", "n"], C: ["m", "m"], x: ["n"], u: ["m"], v: ["m"], D: ["n", "n"], s: [],
}; // prettier-ignore
const lengths = { m: 2, n: 3, k: 4, p: 2 };

/** The printed matrix is the tensor with its axes put together, column by column. */
function expectIsTheTensor(derived: Expression, text: string, wrtRank: number, declared: Shapes): void {
  const random = randomNumbers(text.length);
  const values = Object.fromEntries(
    Object.entries(declared).map(([name, dims]) => [name, randomValue(dims, lengths, random, name === "Y" ? "regular" : "unit")]),
  ); // prettier-ignore
  const tensor = derived.evaluate({ ...lengths, ...values });
  // Where an entry does not exist, its NaN spreads through a product of matrices.
  if (!tensor.data.every(Number.isFinite)) return;
  const found = evaluateKronecker(text, declared, values, lengths);
  const split = tensor.rank - wrtRank;
  const [rowShape, columnShape] = [tensor.shape.slice(0, split), tensor.shape.slice(split)];
  const strides = tensor.shape.map((_, axis) => tensor.shape.slice(axis + 1).reduce((a, b) => a * b, 1));
  /** The offset of entry k of vec, whose first axis runs fastest. */
  const offset = (k: number, shape: readonly number[], first: number): number => {
    let rest = k;
    return shape.reduce((total, length, axis) => {
      const index = rest % length;
      rest = Math.floor(rest / length);
      return total + index * strides[first + axis]!;
    }, 0);
  };
  const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
  expect([found.rows, found.columns], text).toEqual([size(rowShape), size(columnShape)]);
  for (let r = 0; r < found.rows; r++)
    for (let c = 0; c < found.columns; c++) {
      const wanted = tensor.data[offset(r, rowShape, 0) + offset(c, columnShape, split)]!;
      expect(Math.abs(found.at(r, c) - wanted), `${text} at ${r}, ${c}`).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(wanted))); // prettier-ignore
    }
}

describe("∂vec(Y)/∂vec(X)ᵀ", () => {
  it.each([
    ["X", "X", "eye(m*n)", "\\mathbf{I}_{m n}"],
    ["A*X*B", "X", "kron(B', A)", "\\mathbf{B}^{\\top} \\otimes \\mathbf{A}"],
    ["X*B", "X", "kron(B', eye(m))", "\\mathbf{B}^{\\top} \\otimes \\mathbf{I}_{m}"],
    ["X'", "X", "commutation(m, n)", "\\mathbf{K}_{m, n}"],
    ["inv(Y)", "Y", "-kron(inv(Y)', inv(Y))", "-\\mathbf{Y}^{-\\top} \\otimes \\mathbf{Y}^{-1}"],
    ["exp(X)", "X", "diag(vec(exp(X)))"],
    ["X*X'", "X", "kron(X, eye(m)) + kron(eye(m), X)*commutation(m, n)"],
    ["X'*C*X", "X", "kron((C*X)', eye(n))*commutation(m, n) + kron(eye(n), X'*C)"],
    ["Y^2", "Y", "kron(Y', eye(n)) + kron(eye(n), Y)"],
    ["tr(Y)*D", "Y", "vec(D)*vec(eye(n))'"],
    ["x*u'", "x", "kron(u, eye(n))"],
    ["u*x'", "x", "kron(eye(n), u)"],
    ["X*x", "X", "kron(x', eye(m))"],
    ["X'*u", "X", "kron(eye(n), u')"],
    ["diag(x)*D", "x", "diag(vec(D))*kron(ones(n), eye(n))"],
    ["exp(A*X)", "X", "diag(vec(exp(A*X)))*kron(eye(n), A)"],
    ["3*exp(s)*X/2", "X", "3*exp(s)/2*eye(m*n)"],

    ["norm2(X)^2", "X", "2*vec(X)'"],
    ["D*x", "x", "D"],
  ] as const)("%s by %s", (text, wrt, wanted, latex?: string) => {
    const derived = derive(text, { wrt, shapes });
    const view = derived.toKronecker()!;
    expect(`${view}`).toBe(wanted);
    if (latex !== undefined) expect(view.toLatex()).toBe(latex);
    expect(balance(view.toLatex())).toBe(0);
    expectIsTheTensor(derived, `${view}`, shapes[wrt]!.length, shapes);
  });

  it("is refused where there is none, and for what is no derivative", () => {
    // A column of the result scales a column of A: a product of columns, which kron is not.
    expect(derive("D*diag(x)*Y", { wrt: "x", shapes }).toKronecker()).toBeUndefined();
    expect(() => parse("X", { shapes }).toKronecker()).toThrow(/derive\(formula, \{ wrt/);
    expect(() => derive("tr(Y^3)", { wrt: "Y", order: 3, shapes }).toKronecker()).toThrow(/4 axes/);
  });

  it("is the tensor, for random formulas", () => {
    const matrices = fc.oneof(arrayFormula, wideFormulas.square, wideFormulas.wide);
    fc.assert(
      fc.property(matrices, fc.constantFrom("A", "X", "x", "s"), (text, wrt) => {
        const declared: Shapes = { ...arrayShapes, delta: ["n", "n"], i: ["n"] };
        const derived = derivedWherePossible(text, wrt, declared);
        if (derived === undefined) return;
        const view = derived.toKronecker();
        whereItHasValues(() => {
          if (view !== undefined) expectIsTheTensor(derived, `${view}`, declared[wrt]!.length, declared);
        });
      }),
      { numRuns: runs },
    );
  });
});
