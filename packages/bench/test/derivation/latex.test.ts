import katex from "katex";
import { derive } from "@fluxion/symbolic";
import { describe, expect, it } from "vitest";
import { allCases, grammarFunctions } from "../../../symbolic/test/support/all-cases.ts";
import { suiteCases } from "../../../symbolic/test/support/suite-cases.ts";
import { describeViews, questionLatex } from "../../src/derivation/index.ts";

/** What KaTeX says against a formula: whatever it does not know, and what LaTeX itself would refuse. */
function complaint(latex: string): string {
  try {
    katex.renderToString(latex, { displayMode: true, throwOnError: true, strict: "error" });
    return "";
  } catch (error) {
    return `${latex}: ${String(error)}`;
  }
}

const cases = allCases();

describe("KaTeX sets what symbolic writes, without an error or a warning", () => {
  it("has a case for every function of the grammar", () => {
    const missing = grammarFunctions().filter(
      (name) => !cases.some(({ text }) => text.startsWith(`${name}(`)),
    );
    expect(missing).toEqual([]);
    expect(cases.length).toBeGreaterThan(150);
  });

  it.each(cases.map((each) => [each.text, JSON.stringify(each.options), each] as const))(
    "%s %s",
    (_text, _options, { text, options }) => {
      const names = typeof options.wrt === "string" ? [options.wrt] : options.wrt;
      const layouts = (["natural", "numerator", "denominator"] as const).map((layout) =>
        derive(text, { ...options, layout }).toLatex(),
      );
      const steps = (["components", "differentials"] as const).flatMap(
        (style) => derive(text, { ...options, style }).steps,
      );
      expect(steps.length).toBeGreaterThan(0);
      const views =
        options.structured === true || names.length === 0 || options.order === 0
          ? []
          : Object.values(describeViews(derive(text, options)));
      const viewed = views.flatMap((view) => ("latex" in view ? [view.latex] : []));
      const formulas = [questionLatex(text, names, options), ...layouts, ...viewed, ...steps.map(({ latex }) => latex)]; // prettier-ignore
      expect(formulas.map(complaint).filter((said) => said !== "")).toEqual([]);
    },
  );

  it("sets every answer of the suites, with its question", () => {
    const suite = suiteCases();
    expect(suite.length).toBeGreaterThan(650);
    const said = suite.flatMap(({ text, options }) => [
      complaint(derive(text, options).toLatex()),
      complaint(questionLatex(text, [options.wrt].flat(), options)),
    ]);
    expect(said.filter((each) => each !== "")).toEqual([]);
  });

  it("refuses what it does not know", () => {
    expect(complaint("\\mathbf{A}_{1}_{2}")).toContain("Double subscript");
    expect(complaint("\\nonsense")).toContain("Undefined control sequence");
    expect(complaint("x_é")).toContain("unicodeTextInMathMode");
  });
});
