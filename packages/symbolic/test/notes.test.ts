import { describe, expect, it } from "vitest";
import { derive, type Shapes } from "../src/index.ts";
import { checkCase } from "./support/numeric.ts";

const shapes: Shapes = { X: ["m", "n"], w: ["n"], y: ["m"] };

describe("the notes' examples", () => {
  it("example 1", () => {
    const derived = checkCase({
      text: "(x'*w - y)^2",
      wrt: "w",
      shapes: { x: ["n"], w: ["n"], y: [] },
      prints: "2*(x'*w - y)*x'",
    });
    expect(derived.toLatex()).toBe(
      "2 \\left(\\mathbf{x}^{\\top} \\mathbf{w} - y\\right) \\mathbf{x}^{\\top}",
    );
    expect(derived.shape).toEqual(["n"]);
  });

  it("example 2", () => {
    const derived = checkCase({ text: "norm2(X*w - y)^2", wrt: "w", shapes, prints: "2*(X*w - y)'*X" });
    expect(derived.toLatex()).toBe(
      "2 \\left(\\mathbf{X}\\mathbf{w} - \\mathbf{y}\\right)^{\\top} \\mathbf{X}",
    );
    expect(derived.notation).toBe("matrix");
    expect(derived.conditions).toEqual([]);
  });

  it("(2-4): a'*a by a", () =>
    void checkCase({ text: "a'*a", wrt: "a", shapes: { a: ["n"] }, prints: "2*a'" }));
  it("(2-6): X*w - y by w", () => void checkCase({ text: "X*w - y", wrt: "w", shapes, prints: "X" }));
  it("the polynomial", () => void checkCase({ text: "4*x^3 + x^2 + 3", wrt: "x", prints: "12*x^2 + 2*x" }));

  it("the column is a rendering option", () => {
    const options = { wrt: "w", shapes, layout: "denominator" } as const;
    expect(derive("norm2(X*w - y)^2", options).toString()).toBe("2*X'*(X*w - y)");
  });
});
