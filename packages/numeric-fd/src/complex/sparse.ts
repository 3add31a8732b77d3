import { places } from "../point/estimates.ts";
import type { Start } from "../point/begin.ts";
import { Numbers } from "../point/numbers.ts";
import { columnColouring } from "../sparse/colouring.ts";
import { detect } from "../sparse/detect.ts";
import { patternContradicted } from "../sparse/jacobian.ts";
import { givenPattern } from "../sparse/pattern.ts";
import type { Pattern, Sparsity } from "../sparse/pattern.ts";
import type { LineEstimate } from "../types.ts";
import { along, combined, direct, refuted, sizeOf, speedOf } from "./along.ts";

/** How closely slopes from several calls have to agree, beside their bounds, in units of what is added up. */
const TOLERANCE = 2 ** -40;

/** Coordinates beyond these need steps of their own: in the company of others theirs would underflow, or overflow. */
const SMALLEST = 2 ** -200;
const LARGEST = 2 ** 200;

/**
 * A Jacobian with a sparsity pattern: columns that share no row take their complex steps in the same call of f, one call
 * for each colour, and one more along a direction that moves everything, which tells whether the pattern holds. Null where
 * colours save nothing, and where a detected pattern turned out to be wrong. Throws `ARGUMENT` for a given one.
 */
export function sparseJacobian(start: Start, sparsity: Sparsity): Numbers | null {
  const { point } = start;
  const columns = places(point.inputs);
  const pattern = sparsity === "detect" ? detect(start) : givenPattern(sparsity, point.outputs, point.inputs);
  const { colours, count } = columnColouring(pattern);
  const paces = columns.map((place) => 2 ** Math.floor(Math.log2(sizeOf(start, place))));
  if (count + 1 >= columns.length || paces.some((pace) => pace < SMALLEST || pace > LARGEST)) return null;
  const result = new Numbers(point.centre.length * columns.length);
  const at = (row: number, column: number): number => row * columns.length + column;
  for (let colour = 0; colour < count; colour++) {
    const group = [...columns.keys()].filter((column) => colours[column] === colour);
    const speeds = columns.map((_, column) => (colours[column] === colour ? paces[column]! : 0));
    const { estimates } = along(start, direct(point.inputs, columns, speeds), "bounds");
    for (const column of group) {
      const pace = paces[column]!;
      for (const row of pattern.rowsOf[column]!) result.put(at(row, column), estimates[row]!, 1 / pace, pace);
    }
  }
  const verdict = judge(start, pattern, result);
  if (verdict.problem === null) {
    for (const [row, estimate] of verdict.wrong)
      columns.forEach((_, column) => result.put(at(row, column), estimate));
    return result;
  }
  if (sparsity === "detect") return null;
  throw patternContradicted(verdict.problem);
}

interface Verdict {
  /** What contradicts the pattern; null when nothing does. */
  readonly problem: string | null;
  readonly wrong: ReadonlyMap<number, LineEstimate>;
}

/** Compares the entries with a complex step, and that with real differences, along a direction that moves everything. */
function judge(start: Start, pattern: Pattern, result: Numbers): Verdict {
  const { point } = start;
  const columns = places(point.inputs);
  const speeds = columns.map((place, column) => speedOf(start, place, column));
  const direction = direct(point.inputs, columns, speeds);
  const { estimates, noise } = along(start, direction, "bounds");
  const claims = estimates.map((_, row) => {
    const known = pattern.columnsOf[row]!;
    const entries = known.map((column) => result.entry(row * columns.length + column));
    return combined(
      entries,
      known.map((column) => speeds[column]!),
      noise[row]!,
    );
  });
  const row = claims.findIndex(
    ({ slope, size, error }, i) =>
      Math.abs(estimates[i]!.value - slope) > error + estimates[i]!.error + TOLERANCE * size,
  );
  if (row >= 0)
    return {
      problem:
        `along a test direction the derivative of entry ${row} of the result is ${estimates[row]!.value}, ` +
        `and the entries of its row make ${claims[row]!.slope}`,
      wrong: new Map(),
    };
  // A row that has no slope along the direction could not be looked at.
  const unknown = [...estimates.entries()].filter(([, { error }]) => error === Infinity);
  return { problem: null, wrong: new Map([...unknown, ...refuted(start, direction, claims)]) };
}
