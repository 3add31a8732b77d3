export * from "./broadcast-to.ts";
export * from "./reshape.ts";
