import { elementwiseRules } from "./elementwise.ts";
import { linearAlgebraRules } from "./linear-algebra.ts";
import { reductionRules } from "./reduction.ts";
import type { JvpRules } from "./rule.ts";
import { shapeRules } from "./shape.ts";

/** The forward rule of every operator. */
export const rules: JvpRules = {
  ...elementwiseRules,
  ...reductionRules,
  ...linearAlgebraRules,
  ...shapeRules,
};
