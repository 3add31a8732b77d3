import { describe, expect, test } from "vitest";
import { parseInteger, parseNumber, parseShapes, parseValues } from "../../src/command/arguments.ts";

test("shapes are numbers, names, or nothing for a scalar", () => {
  expect(parseShapes(["X=m,n", "w=3", "A= 2 , k", "y="])).toEqual({
    X: ["m", "n"],
    w: [3],
    A: [2, "k"],
    y: [],
  });
});

test("values are JSON", () => {
  const { X, t } = parseValues(["X=[[1,2],[3,4]]", "t=-1e-3"]);
  expect(X!.toArray()).toEqual([
    [1, 2],
    [3, 4],
  ]);
  expect(t!.item()).toBe(-1e-3);
});

describe("what can't be read is refused, and the message says what to write", () => {
  test.each([
    [() => parseShapes(["X"]), /--shape X: expected a name and a value/],
    [() => parseShapes(["2=m"]), /expected a name/],
    [() => parseShapes(["X=m,-1"]), /"-1" is not the size of an axis/],
    [() => parseShapes(["X=m,"]), /"" is not the size/],
    [() => parseValues(["X=[1,2"]), /--at X=\[1,2: not a number or nested arrays/],
    [() => parseValues(['X="text"']), /--at X="text"/],
    [() => parseValues(["X=[[1],[2,3]]"]), /--at X/],
    [() => parseNumber("--budget", "fast", 0), /--budget fast: expected a number/],
    [() => parseNumber("--budget", "", 0), /expected a number/],
    [() => parseNumber("--budget", "Infinity", 0), /expected a number/],
    [() => parseInteger("--runs", "0", 1), /--runs 0: expected a number of at least 1/],
    [() => parseInteger("--runs", "1.5", 1), /expected a whole number/],
  ])("%s", (parse, message) => {
    expect(parse).toThrow(message);
  });
});
