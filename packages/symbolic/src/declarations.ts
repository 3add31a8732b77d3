import { FluxionError } from "@fluxion/core";
import { found, isRecord } from "./found.ts";
import type { Declarations } from "./parse.ts";

/** Shapes and assumptions by name, none where they are left out. Throws `ARGUMENT`. */
export function checkDeclarations(
  declarations: Declarations,
): Required<Pick<Declarations, "shapes" | "assume">> {
  if (!isRecord(declarations))
    throw new FluxionError(
      "ARGUMENT",
      `What the names are is given as in { shapes: { x: ["n"] } }; found ${found(declarations)}.`,
    );
  const { shapes = {}, assume = {} } = declarations as Declarations;
  if (!isRecord(shapes) || !isRecord(assume))
    throw new FluxionError(
      "ARGUMENT",
      'Shapes and assumptions are given by name, as in { shapes: { x: ["n"] } }.',
    );
  return { shapes, assume };
}
