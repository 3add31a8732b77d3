import { describeEnvironment } from "../measure/environment.ts";
import { builder } from "./document.ts";
import type { Builder, Child } from "./document.ts";
import { formulaStyle } from "./formula.ts";
import type { Report } from "./report.ts";
import { crossCheckSection, derivationSection } from "./section-correctness.ts";
import { fitSection } from "./section-fit.ts";
import { speedSection } from "./section-speed.ts";
import { style } from "./style.ts";

const title = "Fluxion: comparison of differentiation strategies";

/** The report as one HTML page that needs nothing else: style, fonts, formulas and plots are inside. */
export function htmlReport({ benchmark, derivations, crossCheck, fits }: Report): string {
  const build = builder(title);
  const { document, element } = build;
  document.head.append(element("style", {}, style), element("style", {}, formulaStyle()));
  const content = [
    ...(derivations ? derivationSection(build, derivations) : []),
    ...(crossCheck ? crossCheckSection(build, crossCheck) : []),
    ...speedSection(build, benchmark),
    ...(fits ? fitSection(build, fits) : []),
  ];
  document.body.append(
    element("h1", {}, title),
    element("p", { class: "note" }, describeEnvironment(benchmark.environment)),
    contents(build, content),
    ...content,
  );
  return document.toString();
}

/** A link to every section. */
function contents({ element }: Builder, content: readonly Child[]): HTMLElement {
  const headings = content.filter(
    (child): child is HTMLElement => typeof child !== "string" && child.nodeName === "H2",
  );
  const links = headings.map((heading, index) => {
    heading.setAttribute("id", `section-${index + 1}`);
    return element("a", { href: `#section-${index + 1}` }, heading.textContent);
  });
  return element("nav", { "aria-label": "Sections" }, ...links);
}
