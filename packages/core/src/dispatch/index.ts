export { indexById, type Interpreter } from "./interpreter.ts";
export { highestInterpreter, invoke } from "./invoke.ts";
export { escaped, withLevel } from "./level.ts";
export { primal } from "./primal.ts";
