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
