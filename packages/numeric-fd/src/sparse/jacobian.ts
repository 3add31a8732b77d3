import { FluxionError } from "@fluxion/core";
import type { Start } from "../point/begin.ts";
import { jacobian } from "../point/estimates.ts";
import { Numbers } from "../point/numbers.ts";
import { noEstimate } from "../types.ts";
import { columnColouring } from "./colouring.ts";
import type { Group } from "./coloured-line.ts";
import { followGroups, groupsOf } from "./compressed.ts";
import type { Take } from "./compressed.ts";
import { detect } from "./detect.ts";
import { pacesOf } from "./paces.ts";
import type { Pace } from "./paces.ts";
import { givenPattern } from "./pattern.ts";
import type { Pattern, Sparsity } from "./pattern.ts";
import { verify } from "./verify.ts";

/**
 * A Jacobian with a sparsity pattern: one sweep for each colour in place of one for each column, and one more to see
 * whether the pattern holds. Where it does not, a pattern that was given is an error, and one that was detected is given
 * up for the full Jacobian. Where colours save nothing the full Jacobian is computed in the first place.
 */
export function sparseJacobian(start: Start, sparsity: Sparsity): Numbers {
  const { point } = start;
  const columns = point.inputs.reduce((total, { size }) => total + size, 0);
  const pattern = sparsity === "detect" ? detect(start) : givenPattern(sparsity, point.outputs, point.inputs);
  const colouring = columnColouring(pattern);
  const paces = pacesOf(start);
  const groups = groupsOf(pattern, colouring, paces);
  if (groups.length + checksFor(paces) >= columns) return jacobian(start);
  const result = new Numbers(point.centre.length * columns);
  const put: Take = (row, column, estimate, speed) => result.put(row * columns + column, estimate, 1 / speed);
  const problem = followAndVerify(start, groups, pattern, paces, result, put);
  if (problem === null) return result;
  if (sparsity === "detect") return jacobian(start);
  throw patternContradicted(problem);
}

/** How many sweeps the verification takes. */
export function checksFor(paces: readonly Pace[]): number {
  return new Set(paces.map(({ kind }) => kind).filter((kind) => kind !== "none")).size;
}

/** Fills a matrix from the lines of groups and says what contradicts its pattern; null when nothing does. */
export function followAndVerify(
  start: Start,
  groups: readonly Group[],
  pattern: Pattern,
  paces: readonly Pace[],
  result: Numbers,
  put: Take,
): string | null {
  const { point } = start;
  const columns = paces.length;
  const refuse = (row: number, column: number): void =>
    result.put(row * columns + column, noEstimate("nonFinite"));
  // Until a line says something else: a column without room says nothing.
  pattern.columnsOf.forEach((list, row) => list.forEach((column) => refuse(row, column)));
  const strays: { row: number; isCertain: boolean }[] = [];
  followGroups(start, groups, pattern, paces, put, (row, { value, error }) => {
    if (Math.abs(value) > error || error === Infinity) strays.push({ row, isCertain: error < Infinity });
  });
  point.centre.forEach((value, row) => {
    if (!Number.isFinite(value)) for (let column = 0; column < columns; column++) refuse(row, column);
  });
  const stray = strays.find(({ isCertain }) => isCertain);
  if (stray) return `entry ${stray.row} of the result changes with arguments that its row leaves out`;
  const { violated, unknown, isComplete } = verify(start, result, paces);
  const [first] = violated;
  if (first)
    return (
      `along a test direction the derivative of entry ${first.row} of the result is ${first.found}, ` +
      `and the entries of its row make ${first.expected}`
    );
  const doubtful = new Set([...unknown, ...(isComplete ? [] : strays.map(({ row }) => row))]);
  for (const row of doubtful)
    for (let column = 0; column < columns; column++)
      if (result.errors[row * columns + column]! < Infinity)
        result.refuse(row * columns + column, "unresolved");
  return null;
}

/** The error for a pattern that f contradicts. */
export function patternContradicted(problem: string): FluxionError {
  return new FluxionError(
    "ARGUMENT",
    `numericFd: the option sparsity leaves out a dependence of f: ${problem}. Add the missing places, or use ` +
      '{ sparsity: "detect" }, or leave sparsity out.',
  );
}
