import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { derive } from "@fluxion/symbolic";
import { matrixQuestions, scalarCases } from "../symbolic-comparison/cases.ts";
import { countOperations, judge } from "../symbolic-comparison/judge.ts";
import { readMathJson, writeInfix, writeMathJson } from "../symbolic-comparison/infix.ts";
import { fluxionRow, rowText } from "../symbolic-comparison/page.ts";

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");

describe("docs/symbolic-comparison.md", () => {
  const page = read("../symbolic-comparison.md");

  it("names the command that writes it, which exists", () => {
    const command = /`node (docs\/symbolic-comparison\/run\.mjs)`/.exec(page)![1]!;
    expect(read(`../../${command}`)).toContain("main.ts");
  });

  it("has Fluxion's figures as they are now; if not, run it with --fluxion", () => {
    const row = fluxionRow();
    expect(page).toContain(`\n${rowText(row)}\n`);
    expect(page).toContain(`${scalarCases.length} derivatives of orders 1 to 5`);
    expect({ right: row.right, wrong: row.wrong, none: row.none }).toEqual({
      right: scalarCases.length,
      wrong: 0,
      none: 0,
    });
  });

  it("has Fluxion's matrix answers as they are now", () => {
    for (const { text, wrt, shapes } of matrixQuestions)
      expect(page).toContain(`| \`\` ${text} \`\` by ${wrt} | \`\` ${derive(text, { wrt, shapes })} \`\` |`);
  });

  it("has the libraries at the versions that the script installs", () => {
    const script = read("../symbolic-comparison/libraries.ts");
    for (const [, name, version] of script.matchAll(/"((?:@[\w-]+\/)?[\w-]+)@([\d.]+)"/g))
      expect(page).toContain(`${name!.replace(/.*\//, "").replace("mathjs", "math.js")} ${version!}`);
  });
});

describe("how answers are judged", () => {
  const question = { text: "x^2*y", wrt: "x", expected: "2*x*y", source: "by hand" };

  it("by value, not by form", () => {
    expect(judge(question, "x*y + y*x")).toEqual({ verdict: "right", operations: 3, answer: "x*y + y*x" });
    expect(judge(question, "2*x*y + 1e-5").verdict).toBe("wrong");
    expect(judge(question, "x*y").verdict).toBe("wrong");
    expect(judge(question, "diff(x^2*y, x)").verdict).toBe("none");
    expect(judge({ ...question, text: "exp(x)", expected: "exp(x)" }, "e^x").verdict).toBe("right");
  });

  it("operations are operators, signs and functions", () => {
    expect(countOperations("-2*sin(x)^2 + 1/(x*y)")).toBe(7);
    expect(countOperations("x")).toBe(0);
  });

  it("questions keep their meaning in other words", () => {
    expect(writeInfix("sigmoid(x)*log(y)", { log: "ln" })).toBe("((1/(1 + exp(-(x))))*ln(y))");
    expect(writeInfix("x'*A*x", {})).toBe("((transpose(x)*A)*x)");
    expect(writeMathJson("-sin(x)^2")).toEqual(["Negate", ["Power", ["Sin", "x"], 2]]);
    expect(readMathJson(["Add", ["Multiply", -2, "x"], ["Rational", 1, 2]])).toBe("(((-2)*x) + (1/2))");
  });
});
