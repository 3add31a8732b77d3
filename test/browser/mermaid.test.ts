import { add, dot, matvec, mul, square, sub, type Tensor, tensor, toMermaid, trace } from "@fluxion/core";
import { reverseTape } from "@fluxion/reverse-tape";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchChromium } from "./support/chromium.ts";
import { mermaidScript } from "./support/mermaid.ts";
import { visit } from "./support/visit.ts";

let browser: Browser;
let page: Page;
let complaints: readonly string[];

beforeAll(async () => {
  browser = await launchChromium();
  ({ page, complaints } = await visit(browser, "about:blank"));
  await page.addScriptTag({ content: mermaidScript() });
  await page.evaluate("mermaid.initialize({ startOnLoad: false })");
});
afterAll(() => browser?.close());

/** The lines of text in each box of the picture that Mermaid draws; throws what its parser says against it. */
async function draw(picture: string): Promise<string[][]> {
  const text = JSON.stringify(picture);
  expect(await page.evaluate(`mermaid.parse(${text}).then(({ diagramType }) => diagramType)`)).toMatch(
    /^flowchart/,
  );
  return page.evaluate<string[][]>(`(async () => {
    const { svg } = await mermaid.render("picture", ${text});
    document.body.innerHTML = svg;
    return [...document.querySelectorAll(".node .nodeLabel")].map((node) => node.innerText.trim().split(/\\s*\\n\\s*/));
  })()`);
}

const chain = (x: Tensor): Tensor => square(add(mul(2, x), 1));

it("draws the computation graph of the notes", async () => {
  const boxes = await draw(toMermaid(trace(chain)(3), { names: ["x"] }));
  expect(boxes).toEqual([["x"], ["2"], ["mul"], ["1"], ["add"], ["square"], ["result"]]);
});

it("draws it with forward values and backward derivatives", async () => {
  const boxes = await draw(toMermaid(trace(chain)(3), { names: ["x"], at: [3], strategy: reverseTape }));
  expect(boxes).toContainEqual(["x", "value 3", "derivative 28"]);
  expect(boxes).toContainEqual(["mul", "value 6", "derivative 14"]);
  expect(boxes).toContainEqual(["square", "value 49", "derivative 1"]);
});

it("draws vectors and several results", async () => {
  const X = tensor([
    [1, 2],
    [3, 4],
  ]);
  const f = (w: Tensor) => {
    const residual = sub(matvec(X, w), tensor([1, 0]));
    return [residual, dot(residual, residual)];
  };
  const boxes = await draw(toMermaid(trace(f)(tensor([1, -1])), { at: [tensor([1, -1])] }));
  expect(boxes).toContainEqual(["x0", "value [1, -1]"]);
  expect(boxes).toContainEqual(["result 1"]);
});

it.each([
  '"]) --> n9',
  "<img src=x onerror=alert(1)>",
  "%%{init: {}}%%",
  "end",
  "`**a**`",
  "a#quot;b",
  String.raw`\n;`,
])("draws an input named %s as it is", async (name) => {
  const boxes = await draw(toMermaid(trace(chain)(3), { names: [name] }));
  expect(boxes[0]).toEqual([name]);
  expect(boxes).toHaveLength(7);
  expect(complaints).toEqual([]);
});

it("would notice a picture that Mermaid cannot read", async () => {
  await expect(draw('flowchart LR\n  n0(["x"]\n')).rejects.toThrow(/Parse error/);
});
