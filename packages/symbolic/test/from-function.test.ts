import {
  add, argmax, broadcastTo, cholesky, concatenate, cumsum, customRule, det, diag, div, dot, einsum, exp, flip, FluxionError, greater, inverse, log, logdet, logsumexp, matmul, matvec, max, mean, mul, neg, norm, outer, pad, polygamma, pow, prod, relu, reshape, scatterAdd, sigmoid, sin, slice, softmax, solve, square, stack, sub, sum, take, tensor, trace, transpose, triangularSolve, tril, triu, type Tensor, where,
} from "@fluxion/core"; // prettier-ignore
import { describe, expect, it } from "vitest";
import { derive, expand, simplify, type Shapes, type TracedFunction } from "../src/index.ts";
import {
  expectClose,
  expectReadsBack,
  finiteDifference,
  randomNumbers,
  randomValue,
} from "./support/numeric.ts";

const shapes: Shapes = {
  T: [3, 2, 4],
  X: [3, 2],
  w: [2],
  y: [3],
  x: [2],
  A: [2, 2],
  B: [2, 2],
  s: [],
  t: [],
};

describe("a function over core's operators", () => {
  it.each<readonly [string, readonly string[], TracedFunction, string, string]>([
    ["example 1", ["x", "w", "s"], (x: Tensor, w: Tensor, s: Tensor) => square(sub(dot(x, w), s)), "(x'*w - s)^2", "w"],
    ["example 2", ["X", "w", "y"], (X: Tensor, w: Tensor, y: Tensor) => square(norm(sub(matvec(X, w), y))), "norm2(X*w - y)^2", "w"],
    ["(2-4)", ["x"], (x: Tensor) => dot(x, x), "x'*x", "x"],
    ["(2-6)", ["X", "w", "y"], (X: Tensor, w: Tensor, y: Tensor) => sub(matvec(X, w), y), "X*w - y", "w"],
    ["the polynomial", ["s"], (s: Tensor) => add(add(mul(4, pow(s, 3)), square(s)), 3), "4*s^3 + s^2 + 3", "s"],
    ["a quadratic form", ["x", "A"], (x: Tensor, A: Tensor) => dot(x, matvec(A, x)), "x'*A*x", "x"],
    ["logistic loss", ["y", "X", "w"], (y: Tensor, X: Tensor, w: Tensor) => sum(log(add(1, exp(neg(mul(y, matvec(X, w))))))), "sum(log(1 + exp(-y.*(X*w))))", "w"],
    ["a trace", ["A", "B"], (A: Tensor, B: Tensor) => trace(matmul(A, B)), "tr(A*B)", "A"],
    ["an inverse", ["A"], (A: Tensor) => inverse(A), "inv(A)", "A"],
  ])("%s has the text of its formula", (_, names, f, text, wrt) => {
    const ofFunction = derive(f, { arguments: names, wrt, shapes });
    const ofText = derive(text, { wrt, shapes: Object.fromEntries(names.map((name) => [name, shapes[name]!])) });
    expect(ofFunction.toString()).toBe(ofText.toString());
    expect(ofFunction.toLatex()).toBe(ofText.toLatex());
    expect(ofFunction.shape).toEqual(ofText.shape);
    expectReadsBack(ofFunction);
    expect(ofFunction.steps.length).toBeGreaterThan(0);
  }); // prettier-ignore

  it.each<readonly [string, readonly string[], TracedFunction, string]>([
    ["stretching", ["X", "w"], (X: Tensor, w: Tensor) => sum(exp(mul(X, w))), "w"],
    ["stretching an axis of length 1", ["X", "y"], (X: Tensor, y: Tensor) => sum(mul(X, reshape(y, [3, 1])), { axes: [0] }), "y"],
    ["means over an axis", ["X"], (X: Tensor) => mean(square(X), { axes: 0, keepDims: true }), "X"],
    ["norms over an axis", ["X"], (X: Tensor) => norm(X, { axes: 1 }), "X"],
    ["einsum", ["X", "A"], (X: Tensor, A: Tensor) => einsum("ij,jk,ij->ik", X, A, X), "A"],
    ["products with transposes", ["X", "A"], (X: Tensor, A: Tensor) => matmul(matmul(X, A, { transposeB: true }), X, { transposeB: true }), "A"],
    ["solve", ["A", "x"], (A: Tensor, x: Tensor) => solve(A, x), "A"],
    ["determinants", ["A"], (A: Tensor) => add(det(A), logdet(A)), "A"],
    ["softmax and logsumexp", ["x"], (x: Tensor) => mul(softmax(x), logsumexp(x)), "x"],
    ["max over all", ["X"], (X: Tensor) => max(X), "X"],
    ["choices", ["x", "s"], (x: Tensor, s: Tensor) => where(greater(x, 0), mul(s, x), relu(x)), "x"],
    ["diagonals", ["x", "A"], (x: Tensor, A: Tensor) => add(diag(matmul(diag(x), A)), diag(A)), "x"],
    ["outer products and transposes", ["x", "w"], (x: Tensor, w: Tensor) => transpose(outer(x, sin(w))), "w"],
    ["broadcastTo", ["s"], (s: Tensor) => broadcastTo(square(s), [2, 2]), "s"],
    ["polygamma", ["x"], (x: Tensor) => polygamma(1, exp(x)), "x"],
    ["powers and quotients", ["x", "s"], (x: Tensor, s: Tensor) => div(pow(exp(x), s), sigmoid(s)), "s"],
    ["slices", ["X"], (X: Tensor) => sum(exp(mul(slice(X, [[0, 2], [null, null, -1]]), slice(X, [[1]])))), "X"],
    ["entries", ["x"], (x: Tensor) => mul(slice(x, [0]), sin(slice(x, [-1]))), "x"],
    ["concatenate", ["x", "y"], (x: Tensor, y: Tensor) => norm(concatenate([x, square(y), x])), "x"],
    ["concatenate along columns", ["X", "y"], (X: Tensor, y: Tensor) => matmul(concatenate([X, reshape(y, [3, 1])], { axis: 1 }), X, { transposeA: true }), "y"],
    ["stack", ["s", "t", "x"], (s: Tensor, t: Tensor, x: Tensor) => dot(stack([s, mul(s, t)]), x), "s"],
    ["stack along columns", ["x", "w"], (x: Tensor, w: Tensor) => stack([x, exp(w)], { axis: 1 }), "w"],
    ["pad", ["x", "y"], (x: Tensor, y: Tensor) => dot(pad(x, [[0, 1]]), y), "x"],
    ["pad a matrix", ["X"], (X: Tensor) => square(pad(X, [[1, 0], [0, 2]])), "X"],
    ["take", ["y"], (y: Tensor) => square(take(y, [2, 2, 0])), "y"],
    ["scatterAdd", ["X"], (X: Tensor) => square(scatterAdd(X, [1, 0, 1], { size: 4 })), "X"],
    ["flip", ["X"], (X: Tensor) => mul(X, flip(X)), "X"],
    ["cumsum", ["X"], (X: Tensor) => square(cumsum(X, { axis: 0 })), "X"],
    ["cumsum from behind", ["y"], (y: Tensor) => square(cumsum(y, { reverse: true })), "y"],
    ["triangles", ["A", "x"], (A: Tensor, x: Tensor) => dot(x, matvec(add(tril(A, -1), square(triu(A))), x)), "A"],
    ["triangularSolve", ["A", "B"], (A: Tensor, B: Tensor) => triangularSolve(A, B, { lower: true }), "A"],
    ["triangularSolve, unit diagonal, transposed", ["A", "x"], (A: Tensor, x: Tensor) => triangularSolve(A, x, { lower: false, transpose: true, unitDiagonal: true }), "A"],
    ["flattened", ["X", "y"], (X: Tensor, y: Tensor) => dot(reshape(X, [6]), concatenate([y, y])), "X"],
    ["reshape", ["X"], (X: Tensor) => sin(reshape(X, [2, 3])), "X"],
    ["reshape of axes that share no boundary", ["T"], (T: Tensor) => square(reshape(T, [4, 3, 2])), "T"],
    ["reshape to fewer axes", ["T"], (T: Tensor) => square(reshape(T, [6, 1, 4])), "T"],
    ["products with leading axes", ["T", "X"], (T: Tensor, X: Tensor) => matmul(reshape(T, [2, 4, 3]), X), "X"],
    ["a product of entries", ["x"], (x: Tensor) => prod(x), "x"],
    ["constants", ["x"], (x: Tensor) => mul(0.1, mul(Math.PI, mul(-2, x))), "x"],
  ])("%s: agrees with finite differences", (_, names, f, wrt) => {
    const derived = derive(f, { arguments: names, wrt, shapes });
    const random = randomNumbers(7);
    const values = Object.fromEntries(names.map((name) => [name, randomValue(shapes[name]!, {}, random, name === "A" ? "regular" : "unit")]));
    const call = f as unknown as (...args: readonly Tensor[]) => Tensor;
    const wanted = finiteDifference((moved) => call(...names.map((name) => (name === wrt ? moved : values[name]!))), values[wrt]!);
    const found = derived.evaluate(values);
    expect(found.shape).toEqual(wanted.shape);
    expectClose(found.data, wanted.data, 2e-7, `${derived}`);
    expectClose(simplify(f, { arguments: names, shapes }).evaluate(values).data, call(...names.map((name) => values[name]!)).data, 1e-12, "the value");
    expectReadsBack(derived);
  }); // prettier-ignore

  it("keeps matrices of zeros and ones where entries move", () => {
    const smooth = (x: Tensor): Tensor => sum(square(sub(slice(x, [[1]]), slice(x, [[0, -1]]))));
    const derived = derive(smooth, { arguments: ["x"], wrt: "x", shapes: { x: [3] } });
    expect(derived.toString()).toBe("2*x'*(K1 - K2)'*(K1 - K2)");
    const { constants } = derived;
    expect([...constants.keys()]).toEqual(["K1", "K2"]);
    expect(constants.get("K1")!.toArray()).toEqual([[0, 1, 0], [0, 0, 1]]);
    expect(constants.get("K2")!.toArray()).toEqual([[1, 0, 0], [0, 1, 0]]);
    expect(derive("x^2", { wrt: "x" }).constants.size).toBe(0);
    const flattened = (X: Tensor): Tensor => square(norm(sub(reshape(X, [6]), 2)));
    expect(derive(flattened, { arguments: ["X"], wrt: "X", shapes: { X: [3, 2] } }).toString()).toBe("2*X - 4");
  }); // prettier-ignore

  it("names the arrays that it captures, and knows their values", () => {
    const [M, b] = [tensor([[1, 2], [3, 4]]), tensor([5, 6])]; // prettier-ignore
    const derived = derive((x: Tensor) => square(norm(sub(matvec(M, x), b))), { arguments: ["x"], wrt: "x", shapes: { x: [2] } }); // prettier-ignore
    expect(derived.toString()).toBe("2*(K1*x - K2)'*K1");
    expect([...derived.evaluate({ x: tensor([1, 1]) }).data]).toEqual([
      2 * (-2 * 1 + 1 * 3),
      2 * (-2 * 2 + 1 * 4),
    ]);
    expect([...derived.evaluate({ x: tensor([1, 1]), K2: tensor([3, 7]) }).data]).toEqual([0, 0]);
    const taken = derive((K1: Tensor) => matvec(M, K1), {
      arguments: ["K1"],
      wrt: "K1",
      shapes: { K1: [2] },
    });
    expect(taken.toString()).toBe("K2");
  });

  it("takes functions with rules of their own as they compute", () => {
    const cube = customRule((x: Tensor) => mul(x, mul(x, x)), {
      vjp: (cotangent, [x]) => [mul(cotangent, mul(3, mul(x, x)))],
    });
    expect(derive(cube, { arguments: ["s"], wrt: "s" }).toString()).toBe("3*s^2");
  });

  it.each<readonly [string, TracedFunction, object, RegExp]>([
    ["no names", (x: Tensor) => x, { wrt: "x" }, /^A function needs names for its arguments/],
    ["symbols for lengths", (x: Tensor) => x, { arguments: ["x"], wrt: "x", shapes: { x: ["n"] } }, /recorded at shapes of numbers; x has \[n\]/],
    ["several results", (x: Tensor) => [x, x], { arguments: ["x"], wrt: "x" }, /returns 2 tensors/],
    ["argmax", (x: Tensor) => argmax(x), { arguments: ["x"], wrt: "x", shapes: { x: [3] } }, /no closed form for argmax/],
    ["cholesky", (x: Tensor) => cholesky(x), { arguments: ["x"], wrt: "x", shapes: { x: [3, 3] } }, /no closed form for cholesky/],
    ["nothing", (x: Tensor) => sum(slice(x, [[2, 2]])), { arguments: ["x"], wrt: "x", shapes: { x: [3] } }, /no closed form for slice with an empty result/],
    ["a slice of a long vector", (x: Tensor) => sum(slice(x, [[0, 9000]])), { arguments: ["x"], wrt: "x", shapes: { x: [9001] } }, /an array of 9000×9001 zeros and ones/],
    ["max over an axis", (x: Tensor) => max(x, { axes: 0 }), { arguments: ["x"], wrt: "x", shapes: { x: [2, 2] } }, /max over some axes/],
    ["batches", (x: Tensor) => inverse(x), { arguments: ["x"], wrt: "x", shapes: { x: [3, 2, 2] } }, /inverse of an array with 3 axes/],
    ["branches on values", (x: Tensor) => (x.item() > 0 ? x : neg(x)), { arguments: ["x"], wrt: "x" }, /./],
  ])("%s is refused with a reason", (_, f, options, pattern) => {
    expect(() => derive(f, options as never)).toThrow(pattern);
  }); // prettier-ignore

  it.each<readonly [string, unknown]>([
    ["null (TypeError)", null],
    ["names with holes", { arguments: new Array(2) }],
    ["names that are no texts", { arguments: [1n, Symbol("x")] }],
    ["one name twice", { arguments: ["x", "x"] }],
    ["a name that is none", { arguments: ["x y"] }],
    ["shapes that are none", { arguments: ["x"], shapes: null }],
    ["a shape that is none", { arguments: ["x"], shapes: { x: 5 } }],
    ["no whole length", { arguments: ["x"], shapes: { x: [1.5] } }],
    ["a length beyond all memory", { arguments: ["x"], shapes: { x: [2 ** 53] } }],
    ["assumptions that are none", { arguments: ["x"], assume: "symmetric" }],
  ])("declarations that make no sense are refused: %s", (_, declarations) => {
    for (const run of [simplify, expand])
      expect(() => run((x: Tensor) => x, declarations as never)).toThrow(FluxionError);
  });
});
