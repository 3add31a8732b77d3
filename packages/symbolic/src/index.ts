export * from "./strategy/index.ts";
