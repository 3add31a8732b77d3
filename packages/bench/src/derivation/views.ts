import { FluxionError } from "@fluxion/core";
import type { Expression } from "@fluxion/symbolic";
import type { Written } from "./describe.ts";

/** A derivative as a differential and as a matrix of Kronecker products; where it has no such form, why not. */
export interface Views {
  readonly differential: View;
  readonly kronecker: View;
}

/** A way to write a derivative, or the reason why it cannot be written so. */
export type View = Required<Written> | { readonly missing: string };

/** Both views of a derivative. Throws `ARGUMENT` for what is no derivative by independent entries. */
export function describeViews(answer: Expression): Views {
  return {
    differential: viewOf(() => answer.toDifferential(), "matrix notation has no words for it"),
    kronecker: viewOf(() => answer.toKronecker(), "it is no sum of Kronecker products"),
  };
}

function viewOf(make: () => ReturnType<Expression["toKronecker"]>, missing: string): View {
  try {
    const view = make();
    return view === undefined ? { missing } : { text: view.toString(), latex: view.toLatex() };
  } catch (error) {
    if (error instanceof FluxionError && (error.code === "UNSUPPORTED" || error.code === "LIMIT"))
      return { missing: error.message };
    throw error;
  }
}
