import type { Control } from "./control.ts";
import { mechanismControls } from "./mechanism-controls.ts";
import { productControls } from "./product-controls.ts";
import { ruleControls } from "./rule-controls.ts";

/**
 * Every deliberately wrong strategy: the cross-check must notice each of them.
 *
 * @example
 * import { controls, crossCheck } from "@fluxion/bench";
 * import { forwardDual } from "@fluxion/forward-dual";
 * import { reverseTape } from "@fluxion/reverse-tape";
 * const [first] = controls;
 * const report = crossCheck({ strategies: [forwardDual, reverseTape, first!.strategy], runs: 100, seed: 7, maximumDisagreements: 1 });
 * report.disagreements[0]?.operator; // => cos
 */
export const controls: readonly Control[] = [...ruleControls, ...mechanismControls, ...productControls];
