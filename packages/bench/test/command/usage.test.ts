import { describe, expect, test } from "vitest";
import { fluxion } from "./capture.ts";

test.each([
  [["--help"], /derive[^]*graph[^]*check[^]*bench[^]*demo[^]*Exit status/],
  [["derive", "--help"], /--wrt <names>[^]*Example: fluxion derive/],
  [["graph", "--help"], /--derivatives \[strategy\]/],
  [["check", "--help"], /--runs <n>/],
  [["bench", "--help"], /--baseline <file>[^]*--json/],
  [["demo", "--help"], /fluxion-report/],
])("fluxion %s explains itself and succeeds", async (args, text) => {
  const { status, out, error } = await fluxion(...args);
  expect(out).toMatch(text);
  expect(error).toBe("");
  expect(status).toBe(0);
});

describe("wrong usage has status 2, says what to do on standard error, and writes nothing else", () => {
  test.each([
    [["derivate"], /unknown command 'derivate'/],
    [["derive", "--wrt", "x"], /missing required argument 'expression'/],
    [["derive", "x^2"], /required option '-w, --wrt <names>'/],
    [["derive", "x^2 +", "--wrt", "x"], /fluxion: /],
    [["derive", "x'*x", "--wrt", "x", "--shape", "x"], /expected a name and a value/],
    [["derive", "x^2", "--wrt", "x", "--layout", "sideways"], /Allowed choices/],
    [["graph", "x*", "--at", "x=1"], /fluxion: /],
    [["graph", "x*w", "--at", "z=1"], /"z" does not occur in the expression; its variables are x, w/],
    [["graph", "x*w", "--derivatives"], /--derivatives needs a value for every variable; give --at x=…/],
    [["graph", "sum(x)", "--shape", "x=n"], /a graph needs numbers/],
    [
      ["bench", "--strategies", "magic"],
      /there is no strategy "magic". Choose from forward-dual, reverse-tape/,
    ],
    [["bench", "--workloads", "sudoku"], /there is no workload "sudoku". Choose from inner-product/],
    [["bench", "--rounds", "none"], /--rounds none: expected a number/],
    [["bench", "--baseline", "no-such-file.json"], /--baseline no-such-file.json: ENOENT/],
    [["bench", "--baseline", "package.json"], /not the result of a benchmark/],
    [["check", "--runs", "-1"], /--runs -1: expected a number of at least 1/],
    [["check", "--strategies", "reverse-tape,magic"], /there is no strategy "magic"/],
  ])("fluxion %s", async (args, message) => {
    const { status, out, error } = await fluxion(...args);
    expect(error).toMatch(message);
    expect(out).toBe("");
    expect(status).toBe(2);
  });
});
