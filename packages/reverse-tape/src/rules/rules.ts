import { elementwiseRules } from "./elementwise.ts";
import { linearAlgebraRules } from "./linear-algebra.ts";
import { reductionRules } from "./reduction.ts";
import type { VjpRules } from "./rule.ts";
import { shapeRules } from "./shape.ts";

/** The reverse rule of every operator. */
export const rules: VjpRules = {
  ...elementwiseRules,
  ...reductionRules,
  ...linearAlgebraRules,
  ...shapeRules,
};
