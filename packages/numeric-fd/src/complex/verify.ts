import { directionLine } from "../point/lines.ts";
import type { Direction } from "../point/lines.ts";
import type { Start } from "../point/begin.ts";
import { UNIT } from "./lanes.ts";
import { reachOf } from "./slopes.ts";

/** What complex steps found of an output along a direction. */
export interface Claim {
  readonly slope: number;
  /** The size of what was added up to give the slope. */
  readonly size: number;
  readonly error: number;
  /** By how much rounding may change the values of the output. */
  readonly noise: number;
}

/** The steps of the real differences, in units of the reach of the direction; the first is enough for most functions. */
const distances: readonly number[] = [2 ** -12, 2 ** -20, 2 ** -28, 2 ** -34];

/** How closely a real difference has to agree. */
const AGREEMENT = 1e-5;

/**
 * The outputs whose slope along one direction real differences of f contradict: what a complex step cannot see is
 * whatever f computes from primal(x). Two successive differences have to agree with each other and not with the claim,
 * or to run away from it (a jump); where they show nothing (a structure finer than they are) the claim stands. Bounds are
 * kept.
 */
export function contradicted(
  { point, coordinates }: Start,
  direction: Direction,
  claims: readonly Claim[],
): number[] {
  const valuesAt = (offset: number): Float64Array => {
    const { points, answer } = line.ask(offset);
    return answer(point.evaluate(points)).values;
  };
  const line = directionLine(point, coordinates, direction);
  const reach = reachOf(point.inputs, coordinates, direction);
  const found: number[][] = claims.map(() => []);
  let open = [...claims.keys()].filter((i) => Number.isFinite(claims[i]!.slope));
  for (const distance of distances) {
    if (open.length === 0 || reach === Infinity) break;
    const ahead = Math.min(distance * reach, line.highest);
    const behind = Math.max(-distance * reach, line.lowest);
    if (ahead <= behind) break;
    const above = ahead > 0 ? valuesAt(ahead) : point.centre;
    const below = behind < 0 ? valuesAt(behind) : point.centre;
    open = open.filter((i) => {
      const { slope, size, error, noise } = claims[i]!;
      const difference = differenceOf(above[i]!, point.centre[i]!, below[i]!, ahead, behind);
      if (Number.isNaN(difference)) return true;
      found[i]!.push(difference);
      const rounding = (64 * UNIT * Math.abs(point.centre[i]!) + 4 * noise) / (ahead - behind);
      return Math.abs(difference - slope) > AGREEMENT * Math.max(size, Math.abs(slope)) + rounding + error;
    });
  }
  return open.filter((i) => {
    const [last, before] = found[i]!.slice(-2).reverse();
    if (last === undefined || before === undefined) return false;
    const [off, wasOff] = [last - claims[i]!.slope, before - claims[i]!.slope];
    return Math.abs(off - wasOff) < 0.25 * Math.abs(off) || Math.abs(off) > 4 * Math.abs(wasOff);
  });
}

/** The slope between the outermost points at which f is a number; NaN where there is but one. */
function differenceOf(above: number, centre: number, below: number, ahead: number, behind: number): number {
  if (Number.isFinite(above) && Number.isFinite(below)) return (above - below) / (ahead - behind);
  if (Number.isFinite(above)) return (above - centre) / ahead;
  return Number.isFinite(below) ? (centre - below) / -behind : NaN;
}
