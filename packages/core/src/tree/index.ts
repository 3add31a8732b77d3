export { flatten, sameStructure, type Tree, type TreeStructure, unflatten } from "./tree.ts";
