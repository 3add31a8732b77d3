import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import { describeDerivation } from "../../src/derivation/index.ts";
import type { DerivedFormula } from "../../src/derivation/index.ts";
import { derivationPage } from "../../src/derivation/page.ts";
import { hostile, hostileNames } from "./hostile.ts";

const leastSquares = describeDerivation("norm2(X*w - y)^2", {
  wrt: "w",
  shapes: { X: ["m", "n"], w: ["n"], y: ["m"] },
});

const page = (derived: DerivedFormula): { readonly html: string; readonly document: Document } => {
  const html = derivationPage(derived);
  return { html, document: parseHTML(html).document };
};

const texts = (document: Document, selector: string): (string | null)[] =>
  [...document.querySelectorAll(selector)].map((found) => found.textContent);

/** The LaTeX that KaTeX says it has set. */
const setFormulas = (document: Document): (string | null)[] => texts(document, "annotation");

describe("the page of a derivation", () => {
  const { html, document } = page(leastSquares);

  test("shows question, answer, variables, every step in both styles, layouts and source", () => {
    expect(texts(document, "h1")).toEqual(["Derivative of norm2(X*w - y)^2 by w"]);
    const formulas = setFormulas(document);
    expect(formulas).toContain(`${leastSquares.question.latex} \\;=\\; ${leastSquares.answer.latex}`);
    expect(formulas).toContain("\\mathbf{X} \\in \\mathbb{R}^{m \\times n}");
    expect(leastSquares.steps.map(({ styles }) => styles)).toEqual([["components"], ["differentials"]]);
    const lists = [...document.querySelectorAll("ol.steps")];
    expect(lists).toHaveLength(2);
    leastSquares.steps.forEach(({ steps }, style) => {
      const items = [...lists[style]!.querySelectorAll("li")];
      expect(items.map((item) => item.querySelector("annotation")!.textContent)).toEqual(
        steps.map(({ latex }) => latex),
      );
      items.forEach((item, k) => expect(item.textContent).toContain(steps[k]!.rule));
    });
    expect(texts(document, "pre.copy")).toEqual([
      "2*(X*w - y)'*X",
      "2*X'*(X*w - y)",
      "dz = 2*(X*w - y)'*X*dw",
      "2*(X*w - y)'*X",
      leastSquares.answer.latex,
    ]);
    expect(texts(document, "pre.source")).toEqual([leastSquares.source.trimEnd()]);
    expect(texts(document, "pre.source .hljs-keyword")).toContain("import");
  });

  test("needs nothing from outside and runs nothing", () => {
    expect(document.querySelectorAll("script, link, img, iframe, a")).toHaveLength(0);
    for (const [, address] of html.matchAll(/url\(([^)]*)\)/g)) expect(address).toMatch(/^data:/);
  });

  test("sets conditions as formulas, and names the orders", () => {
    const derived = describeDerivation("x^2*log(x/y_0)", { wrt: "x", order: 2 });
    const { document: second } = page(derived);
    expect(derived.conditions.map(({ text }) => text)).toContain("y_0 ~= 0");
    expect(setFormulas(second)).toContain("y_{0} \\ne 0");
    expect(setFormulas(second)).toContain("\\frac{x}{y_{0}} > 0");
    expect(texts(second, "h1")).toEqual(["Derivative of order 2 of x^2*log(x/y_0) by x"]);
    expect(derived.question.latex).toMatch(/^\\frac\{\\partial\^\{2\}\}\{\\partial x\^\{2\}\}/);
  });

  test("shows the differential and the Kronecker products where they exist and say something new", () => {
    const shapes = { A: ["k", "m"], X: ["m", "n"], B: ["n", "p"], S: ["n", "n"], x: ["n"] } as const;
    const namesOf = (...asked: Parameters<typeof describeDerivation>): readonly string[] =>
      describeDerivation(...asked).views.map(({ name }) => name);
    const derived = describeDerivation("A*X*B", { wrt: "X", shapes });
    const { document: second } = page(derived);
    expect(derived.views.map(({ text }) => text)).toEqual(["dY = A*dX*B", "kron(B', A)"]);
    expect(setFormulas(second)).toEqual(expect.arrayContaining(derived.views.map(({ latex }) => latex)));
    expect(texts(second, "h2")).toContain("In other forms");
    expect(namesOf("x'*S*x", { wrt: "x", shapes })).toEqual(["differential"]);
    expect(namesOf("tr(S*S*S)", { wrt: "S", shapes, order: 3 })).toEqual([]);
    const structured = { wrt: "S", shapes, assume: { S: "symmetric" }, structured: true } as const;
    expect(namesOf("logdet(S)", structured)).toEqual([]);
    expect(texts(page(describeDerivation("logdet(S)", structured)).document, "h2")).not.toContain(
      "In other forms",
    );
    expect(namesOf("x'*S*x", { wrt: "x", shapes, order: 0 })).toEqual([]);
  });

  test("writes mixed derivatives with the last variable first", () => {
    const shapes = { X: ["m", "n"], w: ["n"] } as const;
    const { question } = describeDerivation("norm2(X*w)^2", { wrt: ["w", "X"], shapes });
    expect(question.latex).toContain(
      "\\frac{\\partial^{2}}{\\partial \\mathbf{X} \\, \\partial \\mathbf{w}}",
    );
  });
});

describe("texts of others stay texts", () => {
  test.each(hostileNames)("the name %s", (name) => {
    const derived = describeDerivation(`${name}^2*x`, { wrt: name, shapes: { x: [] } });
    const { document } = page(derived);
    expect(document.querySelectorAll("script, a, img, .katex-error")).toHaveLength(0);
    expect(texts(document, "h1")).toEqual([`Derivative of ${name}^2*x by ${name}`]);
  });

  const poisoned = (text: string): DerivedFormula => ({
    ...leastSquares,
    question: { text, latex: text },
    by: [text],
    answer: { text, latex: text },
    variables: [{ latex: text, assumptions: [text] }],
    conditions: [{ text }, { text, latex: text }],
    layouts: [
      { layouts: ["natural"], answer: { text, latex: text } },
      { layouts: ["denominator"], answer: { text, latex: text } },
    ],
    views: [
      { name: "differential", text, latex: text },
      { name: "kronecker", text, latex: text },
    ],
    steps: [{ styles: ["components"], steps: [{ rule: text, before: text, after: text, latex: text }] }],
    source: text,
  });

  test.each(hostile)("%s, wherever a text can stand", (text) => {
    const { html, document } = page(poisoned(text));
    const inert = "script, img, iframe, a, link, object, [onerror], [onclick], [onload], [href], [src]";
    expect(document.querySelectorAll(inert)).toHaveLength(0);
    expect(document.querySelectorAll("[data-owned], .owned, #owned")).toHaveLength(0);
    expect(/<(?:script|img|iframe|svg onload)/i.exec(html)?.[0]).toBeUndefined();
    expect(document.querySelectorAll("title")).toHaveLength(1);
    expect(document.querySelectorAll("style")).toHaveLength(4);
    expect(texts(document, "h1")[0]).toContain(text);
    expect(texts(document, "pre.source")).toEqual([text]);
  });
});
