export { type BatchAxes, vmap, vmapFlat } from "./vmap.ts";
