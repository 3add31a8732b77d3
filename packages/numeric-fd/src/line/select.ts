import type { Row, Tableau } from "./tableau.ts";

/** An entry of a tableau, with the bound for its error. */
export interface Choice {
  readonly level: number;
  readonly column: number;
  readonly value: number;
  readonly bound: number;
}

/** How much the error estimate is widened, and how much scatter counts, by side. */
interface Caution {
  readonly widen: number;
  readonly scatter: number;
}

const bothSides: Caution = { widen: 3, scatter: 2 };
const oneSide: Caution = { widen: 4, scatter: 4 };

/** A bound of more than so many times what noise makes of a choice is not explained by it. */
export const unexplained = 256;

/** f is the same at so many levels, 45 times apart, where it is constant. */
export const constantLevels = 7;

/** The entry of a row with the least error estimate, up to a column; noise is that of f, absolute. */
export function bestOfRow(
  row: Row,
  first: number,
  noise: number,
  last: number = Infinity,
): { column: number; error: number } {
  let column = -1;
  let error = Infinity;
  for (let j = first + 1; j < row.values.length && j <= last; j++) {
    const candidate = row.differences[j]! + perturbation(row, j, noise);
    if (candidate < error) [column, error] = [j, candidate];
  }
  return { column, error };
}

/**
 * Whether an entry has seen f at its own scale: its error is noise, or well below what differences of f make of any
 * change of f at this level, or far smaller than at the start. At points too coarse for a wave, differences are of the
 * size of f / h^order, and so are their changes: small, and no measure of the error.
 */
export function isResolved(
  { rows, first }: Tableau,
  level: number,
  column: number,
  noise: number,
  tolerance: number,
): boolean {
  const row = rows[level]!;
  const difference = row.differences[column]!;
  if (difference <= 4 * perturbation(row, column, noise)) return true;
  if (difference <= tolerance * row.variation * row.gain[first]!) return true;
  const begin = rows[first + 1];
  return begin !== undefined && difference <= 0.001 * bestOfRow(begin, first, noise).error;
}

/**
 * Whether f does not change at all over the finest levels, or by no more than its rounding at any, enough of them, and
 * steps long enough, to say that it is constant and not only coarse.
 */
export function isConstantNearby({ rows, leastTelling }: Tableau): boolean {
  const isFlat = rows.every(({ variation, blur }) => variation <= blur);
  const begin = isFlat ? 0 : rows.findLastIndex(({ variation }) => variation !== 0) + 1;
  const first = rows[begin];
  return (
    first !== undefined &&
    rows.length - begin >= Math.min(rows.length, constantLevels) &&
    first.step >= leastTelling
  );
}

/** The error of an entry that rounding, or a larger noise in f, explains. */
export function perturbation(row: Row, column: number, noise: number): number {
  return Math.max(row.rounding[column]!, noise * row.gain[column]!);
}

/**
 * The best entry of a tableau: least estimated error, not contradicted by any finer level.
 *
 * Coarse levels may agree with each other and be wrong (a fast wave seen at few points), so a choice that finer levels
 * contradict is discarded together with everything coarser, and the search goes on below it.
 * The last two levels are never chosen: nothing finer would confirm them.
 */
export function select(tableau: Tableau, sided: boolean, noise: number, start: number = 0): Choice | null {
  const caution = sided ? oneSide : bothSides;
  const { rows } = tableau;
  let from = start;
  while (from < rows.length) {
    const plain = least(tableau, from, noise, 0);
    if (plain === null) return null;
    const choice =
      least(tableau, from, noise, caution.scatter * scatterBelow(tableau, plain, noise)) ?? plain;
    const bound = Math.max(caution.widen * choice.bound, 2 * tailOf(tableau, choice));
    const isCoarse = tableau.order > 1 && !isResolved(tableau, choice.level, choice.column, noise, 0.25);
    // What the choice claims of itself, whatever its scatter is.
    const claim = caution.widen * errorOf(tableau, choice, noise);
    const isOutdone =
      isContradicted(tableau, choice, bound, noise) || isContradicted(tableau, choice, claim, noise, claim);
    if (!isCoarse && !isOutdone)
      return { ...choice, bound: Math.max(bound, rivalry(tableau, choice, claim, noise)) };
    from = choice.level + 1;
  }
  return null;
}

function least(tableau: Tableau, from: number, noise: number, scatter: number): Choice | null {
  const { rows, first } = tableau;
  let best: Choice | null = null;
  const end = rows.length > from + 4 ? rows.length - 2 : rows.length;
  const isConstant = isConstantNearby(tableau);
  for (let k = Math.max(from, first + 1); k < end; k++) {
    const row = rows[k]!;
    // A step within one value of f says nothing, unless f is constant.
    if (row.isStep || (row.variation === 0 && !isConstant)) continue;
    const columns = Math.min(row.values.length - 1, k - from);
    // Errors grow by less than 16 times from one level to the next: what is far better than the next is so by chance.
    const next = rows[k + 1];
    const lowest = next === undefined ? 0 : bestOfRow(next, first, noise).error / unexplained;
    for (let j = first + 1; j <= columns; j++) {
      const own = row.differences[j]! + perturbation(row, j, noise);
      const bound = Math.max(own, lowest) + scatter / row.power;
      if (best === null || bound < best.bound) best = { level: k, column: j, value: row.values[j]!, bound };
    }
  }
  return best;
}

/**
 * The noise in f, scaled like the derivative's, that the next five finer levels betray by leaving the choice; of each,
 * the best entry made of no coarser level than the choice is, so that it is noise that parts them and not truncation.
 */
function scatterBelow({ rows, first }: Tableau, choice: Choice, noise: number): number {
  let scatter = 0;
  rows.slice(choice.level + 1, choice.level + 6).forEach((row, n) => {
    const { column } = bestOfRow(row, first, noise, choice.column + n + 1);
    if (column >= 0) scatter = Math.max(scatter, Math.abs(row.values[column]! - choice.value) * row.power);
  });
  return scatter;
}

/**
 * What a geometric series of changes still has before it: where f is no power series (x^1.1 at its edge), all columns
 * converge at one slow rate, and the last change is a small part of what is missing. 0 where there is no such series.
 */
function tailOf({ rows }: Tableau, { level, column }: Choice): number {
  const change = (k: number): number => rows[k]!.values[column]! - rows[k - 1]!.values[column]!;
  if (level < column + 3) return 0;
  const [last, ratio, before] = [
    change(level),
    change(level) / change(level - 1),
    change(level - 1) / change(level - 2),
  ];
  const isSeries = ratio > 0.5 && ratio < 1 && Math.abs(ratio - before) < 0.05;
  return isSeries ? (Math.abs(last) * ratio) / (1 - ratio) : 0;
}

/**
 * Whether a choice whose error the noise in f does not explain is ruled out by a finer level that has a far smaller error
 * than noise of that size would leave it: what the choice has not resolved, that level sees.
 */
export function isRuledOut(tableau: Tableau, choice: Choice, noise: number): boolean {
  const { rows } = tableau;
  const { level, column, value, bound } = choice;
  const chosen = rows[level]!;
  if (bound <= unexplained * perturbation(chosen, column, noise)) return false;
  return rows.some((row, k) => {
    if (k <= level) return false;
    const interval = intervalOf(tableau, k, noise, (bound * chosen.power) / row.power / unexplained);
    return interval !== null && Math.abs(interval.value - value) > bound + 2 * interval.error;
  });
}

function errorOf({ rows }: Tableau, { level, column }: Choice, noise: number): number {
  const row = rows[level]!;
  return row.differences[column]! + perturbation(row, column, noise);
}

/**
 * How far away those of the next five levels are that claim no larger error and yet exclude the choice; 0 where there is none. Of many
 * differences one is small by chance, and who is right cannot be told from two.
 */
function rivalry(tableau: Tableau, choice: Choice, claim: number, noise: number): number {
  let distance = 0;
  for (let k = choice.level + 1; k < Math.min(tableau.rows.length, choice.level + 6); k++) {
    const interval = intervalOf(tableau, k, noise, claim);
    const apart = interval === null ? 0 : Math.abs(interval.value - choice.value);
    if (interval !== null && apart > claim + interval.error)
      distance = Math.max(distance, apart + interval.error);
  }
  return distance;
}

/**
 * Whether two neighbouring finer levels agree with each other and not with the choice. One alone proves nothing: noise
 * that looks regular at one step does not at the next. With a limit, levels of a larger error have no say.
 */
function isContradicted(
  tableau: Tableau,
  choice: Choice,
  bound: number,
  noise: number,
  limit: number = Infinity,
): boolean {
  let before: Interval | null = null;
  const scale = bound * tableau.rows[choice.level]!.power;
  for (let k = choice.level + 1; k < tableau.rows.length; k++) {
    // Far below, noise that the bound of the choice allows leaves levels that agree by chance.
    const allowed = Math.max(bound, scale / tableau.rows[k]!.power / 16);
    const interval = intervalOf(tableau, k, noise, Math.min(limit, allowed));
    const isApart = interval !== null && Math.abs(interval.value - choice.value) > bound + 2 * interval.error;
    if (
      isApart &&
      before !== null &&
      Math.abs(interval.value - before.value) <= interval.error + before.error
    )
      return true;
    before = isApart ? interval : null;
  }
  return false;
}

/** What a level says best; null where it says nothing, or with a larger error than the limit. */
function intervalOf(tableau: Tableau, level: number, noise: number, limit: number): Interval | null {
  const row = tableau.rows[level]!;
  const { column, error } = bestOfRow(row, tableau.first, noise);
  // Where f does not change at all the step is within one of its values.
  const saysNothing = column < 0 || error > limit || (row.variation === 0 && !isConstantNearby(tableau));
  return saysNothing ? null : { value: row.values[column]!, error };
}

/**
 * The best entry of the coarser levels that have seen f at their scale, agree with each other and not with the choice;
 * null where there is none.
 */
export function refutedBy(tableau: Tableau, choice: Choice, noise: number): Choice | null {
  const { rows, first } = tableau;
  let best: Choice | null = null;
  let before: Interval | null = null;
  for (let level = first + 1; level < choice.level; level++) {
    const { column, error } = bestOfRow(rows[level]!, first, noise);
    const value = column < 0 ? NaN : rows[level]!.values[column]!;
    const isApart =
      Math.abs(value - choice.value) > choice.bound + 2 * error &&
      isResolved(tableau, level, column, noise, 0.25);
    const agrees = before !== null && Math.abs(value - before.value) <= error + before.error;
    if (isApart && agrees && (best === null || error < best.bound))
      best = { level, column, value, bound: error };
    before = isApart ? { value, error } : null;
  }
  return best;
}

interface Interval {
  readonly value: number;
  readonly error: number;
}
