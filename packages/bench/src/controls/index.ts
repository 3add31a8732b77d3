export type { Control } from "./control.ts";
export { type Kill, killControl, killTogether } from "./kill.ts";
export { controls } from "./registry.ts";
export { signControls } from "./sign-controls.ts";
