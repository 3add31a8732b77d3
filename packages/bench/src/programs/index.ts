export { type ProgramOptions, programs } from "./arbitrary.ts";
export { programText } from "./print.ts";
export { operatorsIn, type Program, programFunction } from "./program.ts";
