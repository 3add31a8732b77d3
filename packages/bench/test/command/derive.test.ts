import { describe, expect, test } from "vitest";
import { fluxion } from "./capture.ts";

const leastSquares = ["norm2(X*w - y)^2", "--wrt", "w", "-s", "X=m,n", "-s", "w=n", "-s", "y=m"];

describe("fluxion derive", () => {
  test("prints the notes' answers", async () => {
    expect(await fluxion("derive", ...leastSquares)).toEqual({
      status: 0,
      out: "2*(X*w - y)'*X\n",
      error: "",
    });
    expect((await fluxion("derive", "4*x^3 + x^2 + 3", "--wrt", "x")).out).toBe("12*x^2 + 2*x\n");
  });

  test("prints LaTeX, and the steps", async () => {
    const latex = await fluxion("derive", ...leastSquares, "--latex");
    expect(latex.out).toContain("\\mathbf{X}");
    const steps = await fluxion("derive", ...leastSquares, "--steps");
    expect(steps.out).toMatch(/^1\. [^]*\n2\*\(X\*w - y\)'\*X\n$/);
  });

  test("prints everything as JSON", async () => {
    const { out } = await fluxion("derive", ...leastSquares, "--json");
    const { answer, shape, steps } = JSON.parse(out) as { answer: string; shape: string[]; steps: unknown[] };
    expect(answer).toBe("2*(X*w - y)'*X");
    expect(shape).toEqual(["n"]);
    expect(steps.length).toBeGreaterThan(0);
  });

  test("the second derivative", async () => {
    expect((await fluxion("derive", "x^3", "--wrt", "x", "--order", "2")).out).toBe("6*x\n");
  });
});
