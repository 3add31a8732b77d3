import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  abs, add, asTensor, det, diag, dot, exp, eye, FluxionError, greater, inverse, logdet, logsumexp, math, matmul, matrixTrace, matvec,
  maximum, mul, norm, outer, softmax, square, sub, sum, tensor, trace, evaluate, where, type Numeric, type Tensor,
} from "../../src/index.ts"; // prettier-ignore

const runs = Number(process.env["FLUXION_RUNS"] ?? 100);

const A = tensor([[1, 2, -1], [0.5, 3, 2]]); // prettier-ignore
const S = tensor([[4, 1], [2, 3]]); // prettier-ignore
const u = tensor([1, -2, 0.5]);
const v = tensor([3, 0.25, -1]);
const w = tensor([2, -1]);

const expectClose = (x: Tensor, y: Numeric): void => {
  const [found, wanted] = [x, asTensor(y)];
  expect(found.shape).toEqual(wanted.shape);
  found.data.forEach((entry, k) => expect(entry).toBeCloseTo(wanted.data[k]!, 12));
};

const failure = (make: () => unknown): FluxionError => {
  try {
    make();
  } catch (error) {
    expect(error).toBeInstanceOf(FluxionError);
    return error as FluxionError;
  }
  throw new Error("nothing was thrown");
};

describe("formulas are operators", () => {
  it.each<[string, Tensor, Numeric]>([
    ["u'*v", math`${u}'*${v}`, dot(u, v)],
    ["u*w'", math`${u}*${w}'`, outer(u, w)],
    ["A*u", math`${A}*${u}`, matvec(A, u)],
    ["A'*w", math`${A}'*${w}`, matvec(A, w, { transpose: true })],
    ["w'*A is a row and leaves with shape [n]", math`${w}'*${A}`, matvec(A, w, { transpose: true })],
    ["u'*A'", math`${u}'*${A}'`, matvec(A, u)],
    ["A*A'", math`${A}*${A}'`, matmul(A, A, { transposeB: true })],
    ["A'*A", math`${A}'*${A}`, matmul(A, A, { transposeA: true })],
    ["A'", math`${A}'`, tensor([[1, 0.5], [2, 3], [-1, 2]])], // prettier-ignore
    ["A''", math`${A}''`, A],
    ["A' + A'", math`${A}' + ${A}'`, tensor([[2, 1], [4, 6], [-2, 4]])], // prettier-ignore
    ["A*A' + S'", math`${A}*${A}' + ${S}'`, add(matmul(A, A, { transposeB: true }), tensor([[4, 2], [1, 3]]))], // prettier-ignore
    ["norm2(A*u - w)^2", math`norm2(${A}*${u} - ${w})^2`, square(norm(sub(matvec(A, u), w)))],
    ["2.*u", math`2.*${u}`, mul(2, u)],
    ["1 - u", math`1 - ${u}`, sub(1, u)],
    ["1./u", math`1./${u}`, tensor([1, -0.5, 2])],
    ["u.^2", math`${u}.^2`, square(u)],
    ["-u.^2", math`-${u}.^2`, mul(-1, square(u))],
    ["S^2", math`${S}^2`, matmul(S, S)],
    ["S^-1", math`${S}^-1`, inverse(S)],
    ["S^0", math`${S}^0 + ${S}`, add(eye(2), S)],
    ["(S')^3", math`(${S}')^3`, tensor([[86, 78], [39, 47]])], // prettier-ignore
    ["S^k", math`${S}^${2}`, matmul(S, S)],
    ["2^3^2", math`2^3^2`, 512],
    ["-2^2", math`-2^2`, -4],
    ["2^-1", math`2^-1`, 0.5],
    ["1e-3*2", math`1e-3*2`, 0.002],
    [
      "tr, det, logdet, inv",
      math`tr(${S}) + det(${S}) + logdet(${S}) + sum(inv(${S}))`,
      add(add(matrixTrace(S), det(S)), add(logdet(S), sum(inverse(S)))),
    ],
    ["inv(S')*w", math`inv(${S}')*${w}`, matvec(inverse(S), w, { transpose: true })],
    ["norm1", math`norm1(${u})`, sum(abs(u))],
    ["softmax, logsumexp", math`softmax(${u})*logsumexp(${u})`, mul(softmax(u), logsumexp(u))],
    ["max of one, of two", math`max(${u}) + max(${u}, 0)`, add(1, maximum(u, 0))],
    ["diag both ways", math`diag(${S}) + diag(diag(${w}))`, add(diag(S), w)],
    ["where", math`where(greater(${u}, 0), exp(${u}), 0)`, where(greater(u, 0), exp(u), 0)],
    ["eye, ones", math`eye(2) + ones(2, 2)`, tensor([[2, 1], [1, 2]])], // prettier-ignore
    ["a length from outside", math`${S}*ones(${2})`, tensor([5, 5])],
    ["pi", math`sin(pi/2)`, 1],
    ["ln is log", math`ln(exp(${u}))`, u],
    ["polygamma", math`polygamma(1, 1)`, Math.PI ** 2 / 6],
    ["a Float64Array", math`${Float64Array.of(1, 2)}'*${w}`, 0],
  ])("%s", (_, found, wanted) => expectClose(found, wanted));
});

describe("errors say what to write, and where", () => {
  it("u*v of columns", () => {
    const error = failure(() => math`${u}*${v}`);
    expect(error.code).toBe("SHAPE_MISMATCH");
    expect(error.message).toContain("Write x'*y for the scalar product, x*y' for the outer product, x.*y");
    expect(error.message).toContain("\n  ${…}*${…}\n      ^");
  });

  it.each([
    ["matrix + column", () => math`${A} + ${w}`, "SHAPE_MISMATCH", "write v*ones(n)'"],
    ["matrix + row", () => math`${A} + ${u}'`, "SHAPE_MISMATCH", "write ones(m)*v"],
    ["column + row", () => math`${u} + ${u}'`, "SHAPE_MISMATCH", "Transpose one of them"],
    [
      "columns of unequal lengths",
      () => math`${u} + ${w}`,
      "SHAPE_MISMATCH",
      "shape [3] and a column of shape [2]",
    ],
    [
      "a length of 1 does not spread",
      () => math`${u} + ${tensor([1])}`,
      "SHAPE_MISMATCH",
      "only a scalar spreads",
    ],
    ["inner lengths", () => math`${A}*${w}`, "SHAPE_MISMATCH", "inner lengths differ"],
    [
      "inner lengths of a transpose",
      () => math`${A}'*${u}`,
      "SHAPE_MISMATCH",
      "the transpose of a matrix of shape [2, 3]",
    ],
    ["division by a matrix", () => math`${S}/${S}`, "SHAPE_MISMATCH", "A*inv(B)"],
    ["a power of a vector", () => math`${u}^2`, "SHAPE_MISMATCH", "write .^"],
    ["the zeroth power of a matrix that is not square", () => math`${A}^0`, "SHAPE_MISMATCH", "2×3"],
    ["a power of a matrix that is no whole number", () => math`${S}^0.5`, "UNSUPPORTED", "whole exponent"],
    [
      "tr of a vector",
      () => math`tr(${u})`,
      "SHAPE_MISMATCH",
      "needs a square matrix, not a column of shape [3]",
    ],
    ["an unknown function", () => math`foo(${u})`, "UNSUPPORTED", "There is no function foo"],
    [
      "Object.prototype is no function",
      () => math`constructor(${u})`,
      "UNSUPPORTED",
      "There is no function constructor",
    ],
    ["too many operands", () => math`sin(${u}, ${u})`, "ARGUMENT", "sin takes 1 operands; found 2"],
    ["a name", () => math`x + ${u}`, "ARGUMENT", "write ${x}"],
    ["a syntax error", () => math`2 ${u}`, "PARSE", "Expected an operator"],
    ["an array", () => math`sum(${[1, 2] as unknown as Tensor})`, "ARGUMENT", "use tensor"],
    ["no template", () => math("x" as unknown as TemplateStringsArray), "ARGUMENT", "template tag"],
    ["a size that is no number", () => math`eye(${0.5})`, "ARGUMENT", "needs a whole number"],
  ] as const)("%s", (_, make, code, text) => {
    const error = failure(make);
    expect(error.code).toBe(code);
    expect(error.message).toContain(text);
  });
});

describe("traced values", () => {
  it("a template is traced like the operators that it stands for", () => {
    const loss = (x: Tensor): Tensor => math`norm2(${A} * ${x} - ${w})^2`;
    const graph = trace(loss)(u);
    expect(graph.nodes.map((node) => node.operator)).toEqual(
      expect.arrayContaining(["matvec", "sub", "norm", "square"]),
    );
    expectClose(evaluate(graph, v) as Tensor, loss(v));
  });
});

describe("long products", () => {
  const operatorsOf = (f: (x: Tensor) => Tensor, x: Tensor): readonly string[] =>
    trace(f)(x)
      .nodes.map((node) => node.operator)
      .filter((name) => name !== "input" && name !== "constant");

  it("multiply no two matrices where a vector ends them", () => {
    expect(operatorsOf((x) => math`${A}'*${A}*${x}`, u)).toEqual(["matvec", "matvec"]);
    expect(operatorsOf((x) => math`${x}'*${A}'*${A}`, u)).toEqual(["matvec", "matvec"]);
  });
  it("multiply by scalars at the end", () => {
    expect(operatorsOf((x) => math`2*${A}*${x}*3`, u)).toEqual(["matvec", "mul", "mul"]);
  });
  it("have the same value in any order", () => {
    expectClose(math`2*${A}'*${S}*${A}*${u}*0.5`, math`${A}'*(${S}*(${A}*${u}))`);
    expectClose(math`${u}*${v}'*${u}`, math`${u}*(${v}'*${u})`);
  });
  it("still say which product does not fit", () => {
    const error = failure(() => math`${S}*${A}*${w}`);
    expect(error.message).toContain("a matrix of shape [2, 3] and a column of shape [2]");
    expect(failure(() => math`2*${u}*${v}`).message).toContain("x'*y for the scalar product");
  });
});

describe("laws", () => {
  const entry = fc.double({ min: -4, max: 4, noNaN: true });
  const vector = fc.array(entry, { minLength: 3, maxLength: 3 }).map((list) => tensor(list));
  it("(A*x)'*y = x'*(A'*y)", () => {
    fc.assert(
      fc.property(vector, fc.array(entry, { minLength: 2, maxLength: 2 }), (x, list) => {
        const y = tensor(list);
        expectClose(math`(${A}*${x})'*${y}`, math`${x}'*(${A}'*${y})`);
      }),
      { numRuns: runs },
    );
  });
});
