import type { PrintedCase } from "./all-cases.ts";
import { matrixCases } from "./matrix-cases/all.ts";
import { shapesOf } from "./matrix-cases/case.ts";
import { scalarCases } from "./scalar-cases.ts";

/** Every case of the matrix suite and of the scalar suite. */
export const suiteCases = (): readonly PrintedCase[] => [
  ...matrixCases.flatMap((group) =>
    group.rows.map((row): PrintedCase => {
      const [text, wrt, , { order, assume = {} } = {}] = row;
      return {
        text,
        options: { wrt, shapes: shapesOf(group, row), assume, ...(order !== undefined && { order }) },
      };
    }),
  ),
  ...scalarCases.map(({ text, wrt, order }) => ({
    text,
    options: { wrt, ...(order !== undefined && { order }) },
  })),
];
