import { describe, expect, it } from "vitest";
import { derive, parse } from "../src/index.ts";
import { checkCase, type Case } from "./support/numeric.ts";

const shapes = {
  x: ["n"], z: ["n"], w: ["n"], a: ["n"], b: ["n"], c: ["m"], y: ["m"], u: ["m"],
  A: ["n", "n"], B: ["n", "n"], S: ["n", "n"], X: ["m", "n"], Y: ["n", "n"], C: ["m", "n"], D: ["k", "m"], E: ["n", "p"], F: ["n", "k"],
} as const; // prettier-ignore

const used = (text: string, wrt: string): Case["shapes"] =>
  Object.fromEntries(
    Object.entries(shapes).filter(
      ([name]) => name === wrt || new RegExp(`(?<!\\w)${name}(?!\\w)`).test(text),
    ),
  );

const R = { Y: "regular", A: "regular" } as const;
const P = { x: "positive", X: "positive", w: "positive" } as const;

type Row = readonly [text: string, wrt: string, prints?: string | undefined, more?: Partial<Case>];

const byVector: readonly Row[] = [
  ["a'*x", "x", "a'"],
  ["x'*a", "x", "a'"],
  ["x'*x", "x", "2*x'"],
  ["x'*A*x", "x", "x'*(A + A')"],
  ["x'*A*x", "x", "2*x'*A", { assume: { A: "symmetric" }, kinds: { A: "symmetric" } }],
  ["x'*A*x + b'*x", "x"],
  ["(x'*a)*(x'*b)", "x"],
  ["(a'*x)^2", "x", "2*(a'*x)*a'"],
  ["norm2(x)", "x", "x'/norm2(x)"],
  ["norm2(x)^2", "x", "2*x'"],
  ["norm2(X*w - y)", "w", "(X*w - y)'*X/norm2(X*w - y)"],
  ["norm2(x - a)^3", "x"],
  ["norm1(x)", "x", "sign(x)'"],
  ["norm1(X*w - y)", "w", "sign(X*w - y)'*X"],
  ["sum(x)", "x", "ones(n)'"],
  ["sum(x)/n", "x", "ones(n)'/n"],
  ["sum(x.^2)", "x", "2*x'"],
  ["sum(exp(x))", "x", "exp(x)'"],
  ["sum(log(x))", "x", "(1 ./ x)'", { kinds: P }],
  ["sum(x.*log(x))", "x", undefined, { kinds: P }],
  ["sum(a.*x.^3)", "x", "3*(a.*x.^2)'"],
  ["sum(sqrt(x))", "x", undefined, { kinds: P }],
  ["sum(1./x)", "x", undefined, { kinds: P }],
  ["sum(abs(x))", "x", "sign(x)'"],
  ["prodless(x)".replace("prodless(x)", "exp(a'*x)"), "x", "exp(a'*x)*a'"],
  ["log(a'*exp(x))", "x", undefined, { kinds: { a: "positive" } }],
  ["log(sum(exp(x)))", "x", "softmax(x)'"],
  ["logsumexp(x)", "x", "softmax(x)'"],
  ["logsumexp(X*w)", "w", "softmax(X*w)'*X"],
  ["softmax(x)'*a", "x"],
  ["sin(x'*x)", "x", "2*cos(x'*x)*x'"],
  ["sum(log(1 + exp(-y.*(X*w))))", "w", "-(y.*sigmoid(-y.*(X*w)))'*X", { kinds: { y: "sign" } }],
  ["-y'*log(sigmoid(X*w)) - (1 - y)'*log(1 - sigmoid(X*w))", "w", undefined, { kinds: { y: "unit" } }],
  ["norm2(X*w - y)^2/2 + 3*norm2(w)^2", "w"],
  ["sum(relu(X*w))", "w", "where(greater(X*w, 0), 1, 0)'*X"],
  ["max(x)", "x"],
  ["x'*A*x/(x'*x)", "x", "((A + A')*x - 2*(x'*A*x)*x/(x'*x))'/(x'*x)"],
  [
    "x'*A*x/(x'*x)",
    "x",
    "2*(A*x - (x'*A*x)*x/(x'*x))'/(x'*x)",
    { assume: { A: "symmetric" }, kinds: { A: "symmetric" } },
  ],
  ["sum((x - sum(x)/n).^2)/n", "x", "2*(x - sum(x)/n)'/n"],
  ["x'*z/(norm2(x)*norm2(z))", "x", "(z - (x'*z)*x/(x'*x))'/(norm2(x)*norm2(z))"],
  ["sum(relu(1 - y.*(X*w)))", "w", "-where(greater(1 - y.*(X*w), 0), y, 0)'*X"],
  [
    "norm2(X*w - y)^2 + s*norm2(w)^2",
    "w",
    "2*((X*w - y)'*X + s*w')",
    { shapes: { X: ["m", "n"], w: ["n"], y: ["m"], s: [] } },
  ],
  ["a'*inv(A)*x", "x", "a'*inv(A)", { kinds: R }],
  ["w'*(x.*x)", "x", "2*(w.*x)'"],
  ["tr(x*a')", "x", "a'"],
  ["mean(x)", "x", "ones(n)'/n"],
  ["mean((X*w - y).^2)", "w", "2*(X*w - y)'*X/m"],
  ["tr(outer(x, a))", "x", "a'"],
  ["tr(diag(x)*A)", "x", "diag(A)'"],
  ["det(diag(x))", "x", undefined, { kinds: P }],
];

const vectorByVector: readonly Row[] = [
  ["x", "x", "eye(n)"],
  ["X*w", "w", "X"],
  ["X*w - y", "w", "X"],
  ["A'*x", "x", "A'"],
  ["x'*A", "x", "A'"],
  ["exp(x)", "x", "diag(exp(x))"],
  ["x.*a", "x", "diag(a)"],
  ["x./a", "x", undefined, { kinds: { a: "positive" } }],
  ["sin(X*w)", "w", "diag(cos(X*w))*X"],
  ["tanh(X*w)", "w", "diag(1 - tanh(X*w).^2)*X"],
  ["softmax(x)", "x", "diag(softmax(x)) - softmax(x)*softmax(x)'"],
  ["x*(a'*x)", "x"],
  ["x/norm2(x)", "x", "(eye(n) - x*x'/(x'*x))/norm2(x)"],
  ["diag(x)*A*x", "x"],
  ["A*diag(x)*b", "x", "A*diag(b)"],
  ["x*sum(x)", "x"],
  ["2*x + ones(n)", "x", "2*eye(n)"],
  ["relu(X*w)", "w", "diag(where(greater(X*w, 0), 1, 0))*X"],
  ["A*A*x", "x", "A^2"],
];

const byMatrix: readonly Row[] = [
  ["tr(X'*X)", "X", "2*X"],
  ["norm2(X)^2", "X", "2*X"],
  ["norm2(X)", "X", "X/norm2(X)"],
  ["sum(X)", "X", "ones(m, n)"],
  ["sum(X.*C)", "X", "C"],
  ["sum(exp(X))", "X", "exp(X)"],
  ["c'*X*b", "X", "c*b'"],
  ["b'*X'*c", "X", "c*b'"],
  ["b'*X'*X*a", "X", "X*(a*b' + b*a')"],
  ["a'*Y*Y'*b", "Y", "(b*a' + a*b')*Y"],
  ["a'*Y^2*b", "Y", "a*b'*Y' + Y'*a*b'"],
  ["tr(Y)", "Y", "eye(n)"],
  ["tr(A*Y)", "Y", "A'"],
  ["tr(A*Y*B)", "Y", "(B*A)'"],
  ["tr(A*Y'*B)", "Y", "B*A"],
  ["tr(Y^2)", "Y", "2*Y'"],
  ["tr(Y^3)", "Y", "3*Y'^2"],
  ["tr(Y^2*B)", "Y"],
  ["tr(X'*D'*D*X)", "X", "2*D'*D*X"],
  ["tr(A*Y*B*Y)", "Y"],
  ["tr(Y'*B*Y)", "Y", "(B + B')*Y"],
  ["tr(Y*B*Y')", "Y", "Y*(B + B')"],
  ["tr(A*Y*B*Y'*A')", "Y"],
  ["det(Y)", "Y", "det(Y)*inv(Y)'", { kinds: R }],
  ["det(A*Y*B)", "Y", "det(A*Y*B)*inv(Y)'", { kinds: { ...R, B: "regular" } }],
  ["det(Y)^2", "Y", "2*det(Y)^2*inv(Y)'", { kinds: R }],
  ["logdet(Y)", "Y", "inv(Y)'", { kinds: R }],
  ["log(det(Y))", "Y", "inv(Y)'", { kinds: R }],
  ["logdet(X'*X)", "X", undefined, { shapes: { X: [5, 2] } }],
  ["a'*inv(Y)*b", "Y", "-inv(Y)'*a*b'*inv(Y)'", { kinds: R }],
  ["tr(A*inv(Y)*B)", "Y", undefined, { kinds: R }],
  ["tr(inv(Y))", "Y", "-inv(Y)'^2", { kinds: R }],
  ["tr(inv(Y + A))", "Y", undefined, { kinds: R }],
  ["norm2(X*w - y)^2", "X", "2*(X*w - y)*w'"],
  ["norm2(C - X)^2", "X", "2*(X - C)"],
  ["norm2(Y*A - B)^2", "Y", "2*(Y*A - B)*A'"],
  ["sum(sin(X*w))", "X", "cos(X*w)*w'"],
  ["y'*tanh(X*w)", "X", "y.*(1 - tanh(X*w).^2)*w'"],
  ["sum((X.*C).^2)", "X", "2*X.*C.^2"],
  ["logsumexp(X*w)", "X", "softmax(X*w)*w'"],
  ["tr(log(X)'*C)", "X", "C./X", { kinds: P }],
  ["norm1(X)", "X", "sign(X)"],
  ["logdet(X'*X)", "X", "2*X*inv(X'*X)", { shapes: { X: [5, 2] } }],
  ["tr(inv(Y'*B*Y)*A)", "Y", undefined, { kinds: { Y: "regular", B: "regular" } }],
  ["tr((A*Y*B + A)*(A*Y*B + A)')", "Y", "2*A'*(A*Y*B + A)*B'"],
  ["tr(sin(Y))", "Y", "diag(diag(cos(Y)))"],
  ["norm2(C - D'*F')^2", "D", "2*F'*(F*D - C')", { shapes: { C: ["m", "n"], D: ["k", "m"], F: ["n", "k"] } }],
  ["-y'*log(softmax(X*w))", "X", "(sum(y)*softmax(X*w) - y)*w'"],
  ["-logdet(Y)/2 - a'*inv(Y)*a/2", "Y", undefined, { kinds: R }],
  ["norm2(B*tanh(Y*x + a) - b)^2", "Y"],
  ["max(X)", "X"],
  ["tr(diag(diag(Y))*A)", "Y", "diag(diag(A))"],
  ["sum(diag(Y))", "Y", "eye(n)"],
  ["exp(tr(Y))", "Y", "exp(tr(Y))*eye(n)"],
];

const hessians: readonly Row[] = [
  ["x'*A*x", "x", "A + A'"],
  ["norm2(X*w - y)^2", "w", "2*X'*X"],
  ["x'*x", "x", "2*eye(n)"],
  ["norm2(x)", "x", "(eye(n) - x*x'/(x'*x))/norm2(x)"],
  ["logsumexp(x)", "x", "diag(softmax(x)) - softmax(x)*softmax(x)'"],
  ["sum(exp(x))", "x", "diag(exp(x))"],
  ["sum(log(1 + exp(-y.*(X*w))))", "w", undefined, { kinds: { y: "sign" } }],
  ["(a'*x)^3", "x", "6*(a'*x)*a*a'"],
  ["exp(a'*x)", "x", "exp(a'*x)*a*a'"],
  ["sin(x'*x)", "x"],
  ["log(sum(exp(X*w)))", "w"],
  ["sum(x.^4)", "x", "12*diag(x.^2)"],
  ["1/(1 + x'*x)", "x"],
  ["sum(sqrt(1 + (A*x).^2))", "x", "A'*diag(1 ./ (1 + (A*x).^2).^(3/2))*A"],
  [
    "exp(-x'*A*x/2)",
    "x",
    "exp(-x'*A*x/2)*(A*x*x'*A - A)",
    { assume: { A: "symmetric" }, kinds: { A: "symmetric" } },
  ],
  [
    "logdet(A + diag(x))",
    "x",
    "-inv(A + diag(x)).*inv(A + diag(x))'",
    { kinds: { A: "regular", x: "positive" } },
  ],
  ["softmax(A*x)'*b", "x"],
  ["norm2(A*x - b)", "x"],
];

const others: readonly Row[] = [
  ["t*x", "t", "x", { shapes: { t: [], x: ["n"] } }],
  ["t^2*X", "t", "2*t*X", { shapes: { t: [], X: ["m", "n"] } }],
  ["sin(t*x)", "t", "x.*cos(t*x)", { shapes: { t: [], x: ["n"] } }],
  [
    "inv(A + t*B)",
    "t",
    "-inv(A + t*B)*B*inv(A + t*B)",
    { shapes: { t: [], A: ["n", "n"], B: ["n", "n"] }, kinds: R },
  ],
  ["logdet(A + t*B)", "t", undefined, { shapes: { t: [], A: ["n", "n"], B: ["n", "n"] }, kinds: R }],
  ["norm2(a - t*b)^2", "t", undefined, { shapes: { t: [], a: ["n"], b: ["n"] } }],
  // Rank above 2: index notation.
  ["X", "X", "[i:m,j:n,k,l] delta[i,k]*delta[j,l]"],
  ["D*X*E", "X", "[i,j,k,l] D[i,k]*E[l,j]"],
  ["X'", "X", "[i:n,j:m,k,l] delta[i,l]*delta[j,k]"],
  ["inv(Y)", "Y", "[i,j,k,l] -inv(Y)[i,k]*inv(Y)[l,j]", { kinds: R }],
  ["X*w", "X", "[i:m,j,k] w[k]*delta[i,j]"],
  [
    "sigmoid(X*w)",
    "X",
    "[i,j,k] w[k]*delta[i,j]*sigmoid(sum[l](X[i,l]*w[l]))*(1 - sigmoid(sum[l](X[i,l]*w[l])))",
  ],
  ["x*x'", "x"],
  ["exp(X)", "X"],
  ["tr(Y^3)", "Y", undefined, { order: 2 }],
  ["det(Y)", "Y", undefined, { order: 2, kinds: R }],
  ["sum(x.^3)", "x", undefined, { order: 3 }],
];

/** One test for each row. */
function checkRows(rows: readonly Row[], order: number): void {
  for (const [text, wrt, prints, more] of rows) {
    it(`${text} by ${wrt}`, () => {
      checkCase({
        text,
        wrt,
        shapes: used(text, wrt)!,
        order,
        ...(prints !== undefined && { prints }),
        ...more,
      });
    });
  }
}

describe("scalar by vector", () => {
  checkRows(byVector, 1);
});
describe("vector by vector", () => {
  checkRows(vectorByVector, 1);
});
describe("scalar by matrix", () => {
  checkRows(byMatrix, 1);
});
describe("Hessians", () => {
  checkRows(hessians, 2);
});
describe("by a scalar, and of higher rank", () => {
  checkRows(others, 1);
});

describe("layouts change the text, never the value", () => {
  const options = { wrt: "X", shapes: { A: ["n", "m"], X: ["m", "n"] } } as const;
  it.each([
    ["natural", "A'"],
    ["numerator", "A"],
    ["denominator", "A'"],
  ] as const)("scalar by matrix, %s", (layout, text) => {
    const derived = derive("tr(A*X)", { ...options, layout });
    expect(derived.toString()).toBe(text);
    expect(derived.shape).toEqual(["m", "n"]);
    expect(
      derived.evaluate({ A: parse("ones(3, 2)").evaluate(), X: parse("ones(2, 3)").evaluate() }).shape,
    ).toEqual([2, 3]);
  });
  it("vector by vector", () => {
    const text = (layout: "natural" | "denominator"): string =>
      derive("A*x", { wrt: "x", layout, shapes: { A: ["m", "n"], x: ["n"] } }).toString();
    expect([text("natural"), text("denominator")]).toEqual(["A", "A'"]);
  });
});

describe("conditions", () => {
  it.each([
    ["norm2(x)", "x", ["x'*x > 0"]],
    ["norm2(x)^2", "x", []],
    ["norm1(x)", "x", ["x ~= 0"]],
    ["det(A)", "A", ["det(A) ~= 0"]],
    ["inv(A)*x", "x", []],
    ["sum(sqrt(x))", "x", ["x > 0"]],
    ["sum(exp(x)./(1 + exp(x)))", "x", []],
  ] as const)("%s by %s", (text, wrt, conditions) => {
    expect(derive(text, { wrt, shapes: used(text, wrt)! }).conditions).toEqual(conditions);
  });
});

describe("refusals", () => {
  const codeOf = (text: string, more: Record<string, unknown> = {}): string => {
    try {
      derive(text, { wrt: "x", shapes, ...more });
    } catch (error) {
      return `${(error as { code: string }).code}: ${(error as Error).message}`;
    }
    return "nothing thrown";
  };
  it.each([
    ["x*z", /^SHAPE_MISMATCH: .*write x'\*y for the scalar product/],
    ["X*x + x", /^SHAPE_MISMATCH: "\+" between a column vector of length m and a column vector of length n/],
    ["A + x", /^SHAPE_MISMATCH: .*to repeat a column write v\*ones\(n\)'/],
    ["X*y", /^SHAPE_MISMATCH: .*the inner dimensions n and m differ/],
    ["x/x", /^SHAPE_MISMATCH: .*write \.\/ for the elementwise quotient/],
    ["inv(X)*x", /^SHAPE_MISMATCH: inv needs a square matrix, not a m×n matrix/],
    ["det(x)", /^SHAPE_MISMATCH: det needs a square matrix/],
    ["logm(A)*x", /^UNSUPPORTED: No closed form is known for logm/],
    ["A^0.5*x", /^UNSUPPORTED/],
    ["A^x", /^SHAPE_MISMATCH/],
    ["sum(x, x)", /^ARGUMENT: sum takes 1 operand, found 2/],
  ])("%s", (text, pattern) => expect(codeOf(text)).toMatch(pattern));

  it("declarations are checked", () => {
    expect(codeOf("x", { shapes: { "x y": [] } })).toMatch(/^ARGUMENT/);
    expect(codeOf("x", { shapes: { x: ["n}"] } })).toMatch(/^ARGUMENT/);
    expect(codeOf("x", { shapes: { x: [0] } })).toMatch(/^ARGUMENT/);
    expect(codeOf("x", { shapes: { x: ["n"], n: [] } })).toMatch(/^ARGUMENT/);
    expect(codeOf("x", { shapes: { x: ["pi"] } })).toMatch(/^ARGUMENT: pi is a number/);
    expect(codeOf("x", { shapes: { x: ["m", "n"] }, assume: { x: "symmetric" } })).toMatch(/^SHAPE_MISMATCH/);
    expect(codeOf("x", { assume: { x: "round" } })).toMatch(/^ARGUMENT/);
  });
});
