import { adaptive } from "./adaptive.ts";
import { fixed } from "./fixed.ts";
import type { Line } from "./line.ts";
import type { Settings } from "../options.ts";
import type { LineEstimate } from "../types.ts";

/** The derivatives of one order of all outputs of f along a line, by the method that the settings name. */
export function approximate(line: Line, order: number, settings: Settings): LineEstimate[] {
  const { method, accuracyOrder, noise, maximumEvaluations } = settings;
  if (method !== "adaptive" && method !== "complexStep")
    return fixed(line, { side: method, order, accuracyOrder, noise });
  // The last calls look at the noise and at x once more.
  return adaptive(line, { order, noise, maximumEvaluations: maximumEvaluations - 8 });
}
