import type { Line, Question, Sample } from "../line/line.ts";
import { noEstimate } from "../types.ts";
import type { LineEstimate, Side } from "../types.ts";
import type { Start } from "./begin.ts";
import { directionLine, extentOf, move } from "./lines.ts";
import type { Direction } from "./lines.ts";
import type { Inputs } from "./point.ts";
import { survey } from "./survey.ts";
import type { Task } from "./survey.ts";

/** Two directions, and who takes an estimate of which `factor` times is uᵀHv; an offset of 1 is so long along each. */
export interface Pair {
  readonly u: Direction;
  readonly v: Direction;
  readonly take: (estimate: LineEstimate, factor: number, lengths: Lengths) => void;
}

/** How far an offset of 1 moves the inputs along u and along v, powers of two. */
export interface Lengths {
  readonly u: number;
  readonly v: number;
}

/** A function of one offset whose second derivative at 0 is `multiple` times uᵀHv: a sum of values of f with these signs. */
interface Form {
  readonly multiple: number;
  readonly terms: readonly Term[];
}

type Term = readonly [sign: number, u: number, v: number];

/**
 * The first forms look to both sides of x along one direction or both: the parts of H along u and v alone cancel. The
 * others stay between u and v, or between u and −v, as a corner of the domain does. On one side of x more of the digits
 * of f are lost, by about as much as with a shorter step.
 */
const forms: readonly (Form & { readonly sides: readonly (readonly [side: Side, favour: number])[] })[] = [
  { multiple: 4, terms: [[1, 1, 1], [-1, 1, -1]], sides: [["central", 1], ["forward", 2 ** -8], ["backward", 2 ** -8]] }, // prettier-ignore
  { multiple: 4, terms: [[1, 1, 1], [-1, -1, 1]], sides: [["forward", 2 ** -8], ["backward", 2 ** -8]] }, // prettier-ignore
  { multiple: 2, terms: [[1, 1, 1], [-1, 1, 0], [-1, 0, 1], [1, 0, 0]], sides: [["forward", 2 ** -10], ["backward", 2 ** -10]] }, // prettier-ignore
  { multiple: -2, terms: [[1, 1, -1], [-1, 1, 0], [-1, 0, -1], [1, 0, 0]], sides: [["forward", 2 ** -10], ["backward", 2 ** -10]] }, // prettier-ignore
];

/** A form and the lengths at which it fits into the bounds. */
interface Fit {
  readonly form: Form;
  readonly lengths: Lengths;
}

/**
 * uᵀHv of a scalar for many pairs of directions: the second derivative of a form along a line. The form and its lengths
 * are those that lose least where the bounds leave unequal room; the next ones are tried where f is not finite.
 */
export function mixedDerivatives(start: Start, pairs: readonly Pair[]): void {
  const { method, noise } = start.settings;
  const nowhere = noEstimate(method === "adaptive" ? "nonFinite" : "unresolved");
  let open = pairs.map((pair) => ({ pair, fits: fitsOf(start, pair) }));
  while (open.length > 0) {
    const left: typeof open = [];
    const tasks = open.flatMap(({ pair, fits: [fit, ...others] }) => {
      if (fit === undefined) {
        pair.take(nowhere, 1, { u: 1, v: 1 });
        return [];
      }
      const { form, lengths } = fit;
      const take: Task["take"] = ([estimate]) => {
        if (others.length > 0 && estimate!.status === "nonFinite") left.push({ pair, fits: others });
        else pair.take(estimate!, 1 / (form.multiple * lengths.u * lengths.v), lengths);
      };
      const settings = { ...start.settings, noise: form.terms.length * noise };
      return [(): Task => ({ line: mixedLine(start, pair, fit), aim: { order: 2 }, settings, take })];
    });
    survey(start.point, tasks);
    open = left;
  }
}

/** The forms at the lengths that fit, none twice, the best first; none where there is no room for any. */
function fitsOf({ point, coordinates, settings: { method } }: Start, { u, v }: Pair): Fit[] {
  const [along, across] = [directionLine(point, coordinates, u), directionLine(point, coordinates, v)];
  const fits = new Map<string, Fit & { readonly score: number }>();
  forms.forEach(({ sides, ...form }, k) => {
    for (const [side, favour] of sides) {
      if (method !== "adaptive" && side !== method) continue;
      const lengths = { u: lengthOf(along, form.terms, 1, side), v: lengthOf(across, form.terms, 2, side) };
      const key = `${k} ${lengths.u} ${lengths.v}`;
      const score = favour * lengths.u * lengths.v;
      if (score > 0 && !fits.has(key)) fits.set(key, { form, lengths, score });
    }
  });
  return [...fits.values()].toSorted((a, b) => b.score - a.score);
}

/** The length at which a direction moves the inputs by about their own size, or as far as they may go where terms go. */
function lengthOf(
  { scale, lowest, highest }: Line,
  terms: readonly Term[],
  which: 1 | 2,
  side: Side,
): number {
  const ways = new Set(terms.map((term) => term[which]));
  const [ahead, behind] = [ways.has(1), ways.has(-1)];
  const goesAhead = side === "central" || (side === "forward" ? ahead : behind);
  const goesBehind = side === "central" || (side === "forward" ? behind : ahead);
  const length = Math.min(scale, goesAhead ? highest : Infinity, goesBehind ? -lowest : Infinity);
  return length > 0 ? 2 ** Math.floor(Math.log2(length)) : 0;
}

function mixedLine({ point, coordinates }: Start, { u, v }: Pair, { form, lengths }: Fit): Line<Inputs> {
  const [along, across] = [times(u, lengths.u), times(v, lengths.v)];
  const ways = form.terms.map(([, a, b]) => combine(along, across, a, b));
  let evaluations = 0;
  return {
    // 0, or NaN where f is not finite at x.
    centre: point.centre.map((value) => value - value),
    ...extentOf(point.inputs, coordinates, ways),
    evaluations: () => evaluations,
    ask(offset): Question<Inputs> {
      const moving = form.terms.map(([, a, b]) => a !== 0 || b !== 0);
      const points = ways
        .filter((_, k) => moving[k]!)
        .map((way) => move(point.inputs, coordinates, way, offset));
      evaluations += points.length;
      const answer = (values: readonly Float64Array[]): Sample => {
        const all = form.terms.map((_, k) => (moving[k]! ? values[k]! : point.centre));
        const sum = (weight: (k: number) => number, part: (value: number) => number): Float64Array =>
          point.centre.map((_, i) => all.reduce((total, list, k) => total + weight(k) * part(list[i]!), 0));
        return {
          offset,
          values: sum(
            (k) => form.terms[k]![0],
            (value) => value,
          ),
          sizes: sum(() => 1, Math.abs),
        };
      };
      return { points, answer };
    },
    again: () => point.again().map((value, i) => value - point.centre[i]!),
  };
}

function times(direction: Direction, length: number): Direction {
  return direction.map((speeds) => speeds && speeds.map((speed) => length * speed));
}

/** a·u + b·v. */
function combine(u: Direction, v: Direction, a: number, b: number): Direction {
  return u.map((left, i) => {
    const right = v[i] ?? null;
    if (left === null || a === 0) return b === 0 ? null : right && right.map((value) => b * value);
    if (right === null || b === 0) return left.map((value) => a * value);
    return left.map((value, entry) => a * value + b * right[entry]!);
  });
}
