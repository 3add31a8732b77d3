import type { Control } from "./control.ts";
import { mechanismControls } from "./mechanism-controls.ts";
import { productControls } from "./product-controls.ts";
import { ruleControls } from "./rule-controls.ts";

/** Every deliberately wrong strategy: the cross-check must notice each of them. */
export const controls: readonly Control[] = [...ruleControls, ...mechanismControls, ...productControls];
