import { describe, expect, it } from "vitest";
import { parse, simplify, type Shapes } from "../../src/index.ts";

const shapes: Shapes = {
  A: ["n", "n"],
  B: ["n", "n"],
  C: ["n", "n"],
  S: ["n", "n"],
  Q: ["n", "n"],
  x: ["n"],
  y: ["n"],
  z: ["n"],
};
const assume = { S: "symmetric", Q: "orthogonal" } as const;

/** Two texts are one node when their difference is the zero of their shape. */
const difference = (a: string, b: string): string =>
  simplify(`(${a}) - (${b})`, { shapes, assume }).toString();

describe("equal networks are one node", () => {
  it.each([
    ["tr(A*B)", "tr(B*A)"],
    ["tr(A*B*C)", "tr(C*A*B)"],
    ["tr(A*B*C)", "tr(C'*B'*A')"],
    ["x'*A*y", "y'*A'*x"],
    ["x'*y", "y'*x"],
    ["x'*S*y", "y'*S*x"],
    ["tr(A*A'*B*B')", "tr(B*B'*A*A')"],
    ["sum(x.*y.*z)", "z'*(y.*x)"],
    ["x'*diag(y)*z", "sum(x.*y.*z)"],
    ["tr(diag(x)*A)", "x'*diag(A)"],
    ["sum(A*x)", "ones(n)'*A*x"],
    ["norm2(A)^2", "tr(A'*A)"],
    ["tr(inv(A)*A)", "n"],
    ["tr(Q'*Q)", "n"],
    ["x'*Q'*Q*y", "x'*y"],
    ["det(A*B)", "det(B)*det(A)"],
    ["det(A')", "det(A)"],
    ["logdet(inv(A))", "-logdet(A)"],
    ["tr(inv(A'))", "tr(inv(A))"],
    ["sum((A*x).*(A*x))", "norm2(A*x)^2"],
    ["x'*A'*A*x", "norm2(A*x)^2"],
    ["sum((A*x).*(A*x).*y)", "((A*x).^2)'*y"],
    ["sum(ones(n))", "n"],
    ["sum(A.*B)", "tr(A'*B)"],
  ])("%s = %s", (a, b) => expect(difference(a, b)).toBe("0"));

  it.each([
    ["A*x + x", "x + A*x"],
    ["(A*B)'", "B'*A'"],
    ["inv(A*B)", "inv(B)*inv(A)"],
    ["inv(inv(A))", "A"],
    ["inv(2*A)", "inv(A)/2"],
    ["A*inv(A)*B", "B"],
    ["diag(x)*y", "x.*y"],
    ["eye(n)*A", "A"],
    ["S'", "S"],
  ])("%s = %s", (a, b) => expect(difference(a, b)).toMatch(/^zeros\(/));
});

describe("different networks stay apart", () => {
  it.each([
    ["tr(A*B)", "tr(A'*B)"],
    ["x'*A*y", "x'*A'*y"],
    ["tr(A*A)", "tr(A*A')"],
    ["tr(A*B*A*C)", "tr(A*A*B*C)"],
    ["tr(A)^2", "tr(A^2)"],
  ])("%s and %s", (a, b) => expect(difference(a, b)).not.toBe("0"));
});

it("names that collide with nothing: a dimension 3 is not a symbol", () => {
  expect(
    parse("sum(x)/3", { shapes: { x: [3] } })
      .evaluate({ x: Float64Array.of(1, 2, 3) })
      .item(),
  ).toBe(2);
});
