import { tensor } from "@fluxion/core";
import { describe, expect, it } from "vitest";
import { derive, parse, simplify } from "../../src/index.ts";
import { checkCase, type Case, expectClose, randomNumbers, randomValue } from "../support/numeric.ts";

const shapes = {
  A: ["m", "n"], B: ["p", "k"], C: ["n", "k"], X: ["m", "n"], Y: ["m", "n"], S: ["n", "n"], T: ["m", "m"],
  P: ["m*n", "m*n"], y: ["m*n"], z: ["n*m"], a: ["m"], b: ["n"], G: ["m*n", "n*m"], t: [],
} as const; // prettier-ignore

const used = (text: string, wrt: string): Case["shapes"] =>
  Object.fromEntries(
    Object.entries(shapes).filter(
      ([name]) => name === wrt || new RegExp(`(?<!\\w)${name}(?!\\w)`).test(text),
    ),
  );

const R = { S: "regular", T: "regular", P: "regular" } as const;

describe("laws of vec, kron and unvec", () => {
  it.each([
    ["vec(a*b')", "kron(b, a)"],
    ["vec(X)'*vec(Y)", "sum(X.*Y)"],
    ["norm2(vec(X))", "norm2(X)"],
    ["sum(vec(X))", "sum(X)"],
    ["kron(C', T)*vec(X)", "vec(T*X*C)"],
    ["kron(T, S)*kron(X, C)", "kron(T*X, S*C)"],
    ["kron(X, Y)'", "kron(X, Y)'"],
    ["tr(kron(S, T))", "tr(S)*tr(T)"],
    ["det(kron(S, T))", "det(S)^m*det(T)^n"],
    ["logdet(kron(S, T))", "m*logdet(S) + n*logdet(T)"],
    ["inv(kron(S, T))", "kron(inv(S), inv(T))"],
    ["kron(eye(m), eye(n))", "eye(m*n)"],
    ["kron(ones(m), ones(n))", "ones(m*n)"],
    ["kron(X, kron(B, C)) - kron(kron(X, B), C)", "zeros(m*n*p, k*k*n)"],
    ["kron(a, b')", "a*b'"],
    ["kron(a', b)", "b*a'"],
    ["kron(t, X)", "t*X"],
    ["kron(X, b)", "kron(X, b)"],
    ["kron(a', B)", "kron(a, B')'"],
    ["sum(kron(X, B))", "sum(B)*sum(X)"],
    ["kron(X, B).*kron(Y, B)", "kron(X.*Y, B.^2)"],
    ["diag(kron(S, T))", "kron(diag(S), diag(T))"],
    ["vec(X) + vec(Y)", "vec(X + Y)"],
    ["exp(vec(X))", "vec(exp(X))"],
    ["vec(X).^2", "vec(X.^2)"],
    ["unvec(vec(X), m, n)", "X"],
    ["vec(unvec(y, m, n))", "y"],
    ["unvec(y, m, n)'", "unvec(y, m, n)'"],
    ["unvec(kron(b, a), m, n)", "a*b'"],
    ["P*vec(X)", "P*vec(X)"],
    ["vec(b')", "b"],
    ["expm(kron(S, eye(m)))", "expm(kron(S, eye(m)))"],
  ])("%s", (text, printed) => {
    const simple = simplify(text, { shapes });
    expect(simple.toString()).toBe(printed);
    const random = randomNumbers(text.length);
    const lengths = { m: 2, n: 3, k: 2, p: 4 };
    const names = Object.keys(used(text, "")!);
    const values = Object.fromEntries(
      names.map((name) => [name, randomValue(shapes[name as "X"], lengths, random)]),
    );
    const [before, after] = [parse(text, { shapes }), simple].map((e) =>
      e.evaluate({ ...values, ...lengths }),
    );
    expect(after!.shape).toEqual(before!.shape);
    expectClose(after!.data, before!.data, 1e-11, text);
  });
});

type Row = readonly [text: string, wrt: string, prints?: string | undefined, more?: Partial<Case>];

const rows: readonly Row[] = [
  ["vec(X)'*y", "X", "unvec(y, m, n)"],
  ["z'*vec(X')", "X", "unvec(z, n, m)'"],
  ["norm2(vec(X) - y)^2", "X", "2*(X - unvec(y, m, n))"],
  ["norm2(vec(X) - vec(Y))^2", "X", "2*(X - Y)"],
  ["sum(sin(vec(X)))", "X", "cos(X)"],
  ["logsumexp(vec(X))", "X", "unvec(softmax(vec(X)), m, n)"],
  ["vec(X)'*P*vec(X)", "X", "unvec((P + P')*vec(X), m, n)"],
  ["tr(kron(S, T))", "S", "tr(T)*eye(n)"],
  ["tr(kron(S, T)*kron(S, T))", "T", "2*tr(S^2)*T'"],
  ["sum(kron(X, B).^2)", "X", "2*norm2(B)^2*X"],
  ["norm2(kron(X, B))", "B"],
  ["y'*kron(T, S)*y", "T", "unvec(y, n, m)'*S*unvec(y, n, m)"],
  ["y'*kron(T, S)*y", "y", "y'*(kron(T, S) + kron(T, S)')"],
  ["logdet(kron(S, T))", "S", "m*inv(S)'", { kinds: R }],
  ["det(kron(S, T))", "T", undefined, { kinds: R }],
  ["y'*inv(kron(T, S))*y", "S", undefined, { kinds: R }],
  ["logdet(kron(S, T) + P)", "t", "0", { kinds: R }],
  ["logdet(kron(S, T) + t*P)", "t", "tr(inv(kron(S, T) + t*P)*P)", { kinds: { ...R, t: "positive" } }],
  ["tr(kron(S, T)*P)", "S", "(kron(eye(n), vec(T)')*kron(P, eye(m))*kron(eye(n), vec(eye(m))))'"],
  ["norm2(kron(T, S)*y)^2", "y"],
  ["kron(T, S)*y", "y", "kron(T, S)"],
  ["vec(T*unvec(y, m, n)*S)", "y", "kron(S', T)"],
  ["kron(a, b)", "a", "kron(eye(m), b)"],
  ["kron(a, b)", "b", "kron(a, eye(n))"],
  ["vec(a*b')", "b"],
  ["vec(X)", "X", "[i:m*n,j:m,k:n] delta[i,(k,j)]"],
  ["vec(X*C)", "X"],
  ["vec(X')", "X"],
  ["vec(X)'*G*vec(X')", "X"],
  ["kron(X, B)", "X"],
  // The table of all pairs is a term of a sum.
  ["y'*y*X + X.*unvec(y, m, n)", "y"],
  ["kron(B, X)", "X"],
  ["kron(X, b)", "X"],
  ["kron(a', X)", "X"],
  ["kron(kron(a, b), a)", "a"],
  ["kron(eye(n), T)*y", "T"],
  ["vec(inv(S))", "S", undefined, { kinds: R }],
  ["exp(kron(a, b))", "a"],
  ["max(vec(X))", "X"],
  ["unvec(y, m, n)*b", "y"],
  ["tr(unvec(y, m, n)*X')", "y", "vec(X)'"],
  ["diag(vec(X))*y", "X"],
];

describe("derivatives of vec, kron and unvec", () => {
  for (const [text, wrt, prints, more] of rows)
    it(`${text} by ${wrt}`, () => {
      checkCase({ text, wrt, shapes: used(text, wrt)!, ...(prints !== undefined && { prints }), ...more });
    });

  it.each([
    ["norm2(vec(X) - y)^2", "X"],
    ["y'*kron(T, S)*y", "T"],
    ["y'*kron(T, S)*y", "y"],
    ["logdet(kron(S, T))", "S"],
  ])("the Hessian of %s by %s", (text, wrt) => {
    checkCase({ text, wrt, shapes: used(text, wrt)!, order: 2, kinds: R });
  });
});

describe("lengths that are products", () => {
  it("are normalised, and numbers multiply", () => {
    expect(parse("x + y", { shapes: { x: ["n*m"], y: ["m * n"] } }).shape).toEqual(["m*n"]);
    expect(parse("vec(X)", { shapes: { X: [2, 3] } }).shape).toEqual([6]);
    expect(parse("vec(X)", { shapes: { X: [2, "n"] } }).shape).toEqual(["2*n"]);
    expect(parse("eye(2*n^2)*vec(X)", { shapes: { X: ["2*n", "n"] } }).shape).toEqual(["2*n*n"]);
  });
  it("are checked, and solved for what is missing", () => {
    const sum = parse("sum(x)/n", { shapes: { x: ["2*n"] } });
    expect(sum.evaluate({ x: tensor([1, 2, 3, 6]) }).item()).toBe(6);
    expect(sum.toTypeScript()).toContain("const n = Number(asTensor(values.x).shape[0]) / 2;");
    expect(() => sum.evaluate({ x: tensor([1, 2, 3]) })).toThrow(
      /Axis 0 of x has length 3; 2\*n is a multiple of 2/,
    );
    const both = parse("vec(X)'*y", { shapes: { X: ["m", "n"], y: ["m*n"] } });
    expect(() => both.evaluate({ X: tensor([[1, 2]]), y: tensor([1, 2, 3]) })).toThrow(
      /Axis 0 of y has length 3; m\*n is 2 by the other values/,
    );
  });
  it.each([
    ["m*", /cannot name an axis/],
    ["0*n", /cannot name an axis/],
    ["m**n", /cannot name an axis/],
    ["m*n}", /cannot name an axis/],
  ])("%s is refused", (length, pattern) => {
    expect(() => parse("x", { shapes: { x: [length] } })).toThrow(pattern);
  });
});

describe("refusals point at the function", () => {
  it.each([
    [
      "unvec(y, n, n)",
      /into n rows and n columns needs a vector of length n\*n, not a column vector of length m\*n/,
    ],
    ["unvec(P, m, n)", /write unvec\(vec\(A\), m, n\)/],
    ["unvec(y, t, n)", /needs the length of an axis/],
    ["kron(X)", /kron takes 2 operands, found 1/],
    ["vec(X) + vec(X*C)", /only a scalar spreads over an array/],
  ])("%s", (text, pattern) => {
    expect(() => parse(text, { shapes })).toThrow(pattern);
  });
});

describe("LaTeX", () => {
  const latex = (text: string, wrt: string): string => derive(text, { wrt, shapes }).toLatex();
  it("writes ⊗, vec and its inverse", () => {
    expect(latex("kron(T, S)*y", "y")).toBe("\\left(\\mathbf{T} \\otimes \\mathbf{S}\\right)");
    expect(latex("vec(X)'*y", "X")).toBe("\\operatorname{vec}_{m \\times n}^{-1}\\left(\\mathbf{y}\\right)");
    expect(latex("vec(X)", "X")).toBe("\\delta_{i (k,j)}");
  });
});
