import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
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

  test("--structured differentiates within symmetric matrices, and says what it needs", async () => {
    const logdet = ["logdet(S)", "--wrt", "S", "-s", "S=n,n"];
    const symmetric = [...logdet, "--assume", "S=symmetric"];
    expect((await fluxion("derive", ...symmetric)).out).toBe("inv(S)\n");
    expect((await fluxion("derive", ...symmetric, "--structured")).out).toMatch(
      /^2\*inv\(S\) - diag\(diag\(inv\(S\)\)\)\n/,
    );
    const { status, error } = await fluxion("derive", ...logdet, "--structured");
    expect(status).toBe(2);
    expect(error).toMatch(/nothing says that S is one/);
  });

  test("--views writes the differential and the Kronecker products, or why there are none", async () => {
    const product = ["A*X*B", "--wrt", "X", "-s", "A=k,m", "-s", "X=m,n", "-s", "B=n,p", "--views"];
    expect((await fluxion("derive", ...product)).out).toMatch(
      /\ndifferential: dY = A\*dX\*B\nkronecker: kron\(B', A\)\n$/,
    );
    expect((await fluxion("derive", ...product, "--latex")).out).toMatch(/\nkronecker: .*\\otimes .*\n$/);
    const { out } = await fluxion("derive", ...product, "--json");
    const { views } = JSON.parse(out) as { views: Record<string, { text: string; latex: string }> };
    expect(views["differential"]!.text).toBe("dY = A*dX*B");
    expect(views["kronecker"]!.text).toBe("kron(B', A)");
    expect(views["kronecker"]!.latex).toContain("\\otimes");
    const second = await fluxion(
      "derive",
      "tr(X*X*X)",
      "--wrt",
      "X",
      "-s",
      "X=n,n",
      "--order",
      "3",
      "--views",
    );
    expect(second.status).toBe(0);
    expect(second.out).toMatch(/\nkronecker: none: .+\n$/);
    expect((await fluxion("derive", "x^2", "--wrt", "x", "--order", "0", "--views")).status).toBe(2);
  });

  test("the second derivative", async () => {
    expect((await fluxion("derive", "x^3", "--wrt", "x", "--order", "2")).out).toBe("6*x\n");
  });
});

describe("fluxion derive --html", () => {
  const folder = mkdtempSync(join(tmpdir(), "fluxion-derive-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("prints the answer as without it, and writes the page into a folder that it makes", async () => {
    const file = join(folder, "new", "answer.html");
    const { status, out, error } = await fluxion("derive", ...leastSquares, "--html", file);
    expect({ status, out, error }).toEqual({
      status: 0,
      out: "2*(X*w - y)'*X\n",
      error: `Page: ${file}\n`,
    });
    expect(readFileSync(file, "utf8")).toMatch(/^<!DOCTYPE html>[^]*Step by step, by differentials/);
    expect((await fluxion("derive", ...leastSquares, "--json", "--html", file)).out).toMatch(/^\{[^]*\}\n$/);
  });

  test.each([
    [["x<script>alert(1)</script>", "--wrt", "x"]],
    [["x^2", "--wrt", "<img src=x onerror=alert(1)>"]],
    [["x^2", "--wrt", "x", "--shape", "<b>=n"]],
    [["x'*x", "--wrt", "x", "--shape", "x=<b>"]],
    [["\\href{javascript:alert(1)}{x}", "--wrt", "x"]],
    [["x^2", "--wrt", "x", "--assume", "x=</style>"]],
  ])("what is no formula writes no page: %s", async (args) => {
    const file = join(folder, "none.html");
    const { status, out, error } = await fluxion("derive", ...args, "--html", file);
    expect({ status, out }).toEqual({ status: 2, out: "" });
    expect(error).toMatch(/^fluxion: /);
    expect(existsSync(file)).toBe(false);
  });

  test("a file that can't be written is an error that says so", async () => {
    const blocked = join(folder, "blocked");
    writeFileSync(blocked, "");
    const { status, error } = await fluxion("derive", "x^2", "--wrt", "x", "--html", join(blocked, "x.html"));
    expect(status).toBe(2);
    expect(error).toMatch(/--html .*x\.html: E[A-Z]+[^]*Give the name of a file to write/);
  });
});
