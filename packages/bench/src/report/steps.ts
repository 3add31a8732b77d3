import type { Builder } from "./document.ts";
import { formula } from "./formula.ts";
import type { DerivationStep } from "./report.ts";

/** The lines of a derivation, numbered, each with its rule. */
export function stepList(build: Builder, steps: readonly DerivationStep[]): HTMLElement {
  const items = steps.map(({ rule, latex }) => build.element("li", {}, rule, formula(build, latex)));
  return build.element("ol", { class: "steps" }, ...items);
}
