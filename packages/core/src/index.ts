export * from "./notation/index.ts";
export * from "./errors.ts";
