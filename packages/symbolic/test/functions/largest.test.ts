import {
  lambdamax,
  lambdavec,
  matmul,
  matvec,
  mul,
  sigmaleft,
  sigmamax,
  sigmaright,
  tensor,
  transpose,
} from "@fluxion/core";
import { describe, expect, it } from "vitest";
import { derive, parse, simplify } from "../../src/index.ts";
import { checkCase, type Case, expectClose, randomNumbers, randomValue } from "../support/numeric.ts";

const shapes = { S: ["n", "n"], A: ["n", "n"], B: ["n", "n"], X: ["m", "n"], Y: ["m", "n"], x: ["n"], a: ["m"], t: [] } as const; // prettier-ignore
const assume = { S: "symmetric" } as const;
const kinds = { S: "symmetric" } as const;

const used = (text: string, wrt: string): Case["shapes"] =>
  Object.fromEntries(
    Object.entries(shapes).filter(
      ([name]) => name === wrt || new RegExp(`(?<!\\w)${name}(?!\\w)`).test(text),
    ),
  );

describe("laws", () => {
  it.each([
    ["lambdamax(2*S)", "2*lambdamax(S)"],
    ["lambdamax(-S)", "lambdamax(-S)"],
    ["lambdamax(eye(n))", "1"],
    ["lambdavec(3*S)", "lambdavec(S)"],
    ["sigmamax(-3*X)", "3*sigmamax(X)"],
    ["sigmamax(X') - sigmamax(X)", "0"],
    ["abs(sigmamax(X))", "sigmamax(X)"],
    ["sigmaleft(2*X)", "sigmaleft(X)"],
    ["sigmaright(-X)", "sigmaright(-X)"],
  ])("%s", (text, printed) => {
    const simple = simplify(text, { shapes, assume });
    expect(simple.toString()).toBe(printed);
    const random = randomNumbers(text.length);
    const values = { S: randomValue(["n", "n"], { n: 3 }, random, "symmetric"), X: randomValue(["m", "n"], { m: 4, n: 3 }, random), n: 3 }; // prettier-ignore
    const names = {
      ...(text.includes("S") && { S: values.S }),
      ...(text.includes("X") && { X: values.X }),
      n: 3,
    };
    const [before, after] = [parse(text, { shapes, assume }), simple].map((e) => e.evaluate(names));
    expectClose(after!.data, before!.data, 1e-11, text);
  });
});

type Row = readonly [text: string, wrt: string, prints?: string];

const rows: readonly Row[] = [
  ["lambdamax(S)", "S", "lambdavec(S)*lambdavec(S)'"],
  ["lambdamax(A + A')", "A", "2*lambdavec(A + A')*lambdavec(A + A')'"],
  ["lambdamax(X'*X)", "X", "2*X*lambdavec(X'*X)*lambdavec(X'*X)'"],
  ["lambdamax(S + t*(B + B'))", "t"],
  ["lambdamax(S + diag(x))", "x", "(lambdavec(S + diag(x)).^2)'"],
  ["log(lambdamax(X'*X))", "X"],
  ["lambdavec(S)", "S"],
  ["x'*lambdavec(S)", "S"],
  ["sigmamax(X)", "X", "sigmaleft(X)*sigmaright(X)'"],
  ["sigmamax(X)^2", "X", "2*sigmamax(X)*sigmaleft(X)*sigmaright(X)'"],
  ["sigmamax(X - Y)", "X", "sigmaleft(X - Y)*sigmaright(X - Y)'"],
  ["sigmamax(A + t*B)", "t", "sigmaleft(A + t*B)'*B*sigmaright(A + t*B)"],
  ["sigmamax(diag(a)*X)", "a"],
  ["sigmaright(X)", "X"],
  ["a'*sigmaleft(X)", "X"],
];

describe("derivatives", () => {
  for (const [text, wrt, prints] of rows)
    it(`${text} by ${wrt}`, () => {
      const own = text.includes("S") ? { assume, kinds } : {};
      checkCase({ text, wrt, shapes: used(text, wrt)!, ...own, ...(prints !== undefined && { prints }) });
    });

  it.each([
    ["lambdamax(S)", "S"],
    ["lambdamax(S + diag(x))", "x"],
    ["lambdamax(X'*X)", "X"],
    ["sigmamax(X)", "X"],
    ["sigmamax(A + t*B)", "t"],
  ])("the second of %s by %s", (text, wrt) => {
    const own = text.includes("S") ? { assume, kinds } : {};
    checkCase({ text, wrt, shapes: used(text, wrt)!, order: 2, ...own });
  });
});

describe("where they hold", () => {
  it.each([
    ["lambdamax(S)", "S", ["lambdamax(S) is simple"]],
    ["lambdamax(S)", "t", []],
    ["sigmamax(X)", "X", ["sigmamax(X) is simple", "sigmamax(X) > 0"]],
  ])("%s by %s", (text, wrt, conditions) => {
    expect(derive(text, { wrt, shapes, assume }).conditions).toEqual(conditions);
  });
  it("a matrix that may have complex eigenvalues is refused with advice", () => {
    const ofAny =
      (text: string): (() => unknown) =>
      () =>
        derive(text, { wrt: "A", shapes });
    expect(ofAny("lambdamax(A)")).toThrow(/known to be symmetric.*assume: \{ A: "symmetric" \}.*sigmamax/);
    expect(ofAny("lambdavec(A*B)")).toThrow(/known to be symmetric/);
    expect(ofAny("lambdamax(X)")).toThrow(/needs a square matrix, not a m×n matrix/);
    expect(ofAny("sigmamax(x)")).toThrow(
      /needs a matrix, not a column vector of length n; for a vector it is norm2/,
    );
  });
});

describe("LaTeX", () => {
  it("has the usual letters", () => {
    expect(derive("lambdamax(S)", { wrt: "S", shapes, assume }).toLatex()).toBe(
      "\\mathbf{q}_{\\max}\\left(\\mathbf{S}\\right) \\mathbf{q}_{\\max}\\left(\\mathbf{S}\\right)^{\\top}",
    );
    expect(derive("sigmamax(X)^2/2", { wrt: "X", shapes }).toLatex()).toBe(
      "\\sigma_{\\max}\\left(\\mathbf{X}\\right) \\mathbf{u}_{\\max}\\left(\\mathbf{X}\\right) \\mathbf{v}_{\\max}\\left(\\mathbf{X}\\right)^{\\top}",
    );
  });
});

describe("core's values", () => {
  const random = randomNumbers(11);
  it.each([1, 2, 3, 8])("eigenvectors of symmetric %i×%i matrices", (n) => {
    const S = randomValue(["n", "n"], { n }, random, "symmetric");
    const [value, vector] = [lambdamax(S), lambdavec(S)];
    expectClose(matvec(S, vector).data, mul(value, vector).data, 1e-12, "eigenvector");
  });
  it("close, equal and negative eigenvalues", () => {
    expect(lambdamax(tensor([[-3]])).item()).toBe(-3);
    expect(lambdamax(tensor([[0, 0], [0, 0]])).item()).toBe(0); // prettier-ignore
    expect(lambdamax(tensor([[-1, 0], [0, -1]])).item()).toBeCloseTo(-1, 14); // prettier-ignore
    const close = tensor([[1, 1e-9], [1e-9, 1]]); // prettier-ignore
    expect(lambdamax(close).item()).toBeCloseTo(1 + 1e-9, 14);
    expectClose(lambdavec(close).data, Float64Array.of(Math.SQRT1_2, Math.SQRT1_2), 1e-6, "close");
  });
  it.each([
    [2, 5],
    [5, 2],
    [1, 3],
  ])("singular vectors of %i×%i matrices", (m, n) => {
    const X = randomValue(["m", "n"], { m, n }, random);
    const [s, u, v] = [sigmamax(X), sigmaleft(X), sigmaright(X)];
    expectClose(matvec(X, v).data, mul(s, u).data, 1e-12, "X*v");
    expectClose(matvec(transpose(X), u).data, mul(s, v).data, 1e-12, "X'*u");
    expectClose(mul(s, s).data, lambdamax(matmul(X, X, { transposeA: true })).data, 1e-12, "X'*X");
  });
});
