import { parse } from "@fluxion/symbolic";
import type { Declarations } from "@fluxion/symbolic";

/** ∂/∂w (…), or ∂²/∂X ∂w (…): what is asked for, in LaTeX; names as they are differentiated by, one after the other. */
export function questionLatex(
  question: string,
  names: readonly string[],
  declarations: Declarations,
): string {
  return `${operatorLatex(names, declarations)} \\left(${parse(question, declarations).toLatex()}\\right)`;
}

function operatorLatex(names: readonly string[], declarations: Declarations): string {
  // The last to be differentiated by stands first, as operators do.
  const runs: { readonly name: string; readonly length: number }[] = [];
  for (const name of [...names].reverse()) {
    const last = runs.at(-1);
    if (last?.name === name) runs.splice(-1, 1, { name, length: last.length + 1 });
    else runs.push({ name, length: 1 });
  }
  const power = (length: number): string => (length === 1 ? "" : `^{${length}}`);
  const under = runs.map(
    ({ name, length }) => `\\partial ${parse(name, declarations).toLatex()}${power(length)}`,
  );
  return `\\frac{\\partial${power(names.length)}}{${under.join(" \\, ")}}`;
}
