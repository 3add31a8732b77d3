export { indexById, type Interpreter } from "./interpreter.ts";
export { highestInterpreter, invoke } from "./invoke.ts";
export { escaped, primal, withLevel } from "./level.ts";
