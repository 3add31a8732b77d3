import type { Line, Question, Sample } from "../line/line.ts";
import type { LineEstimate } from "../types.ts";
import type { Start } from "./begin.ts";
import { directionLine, extentOf, move } from "./lines.ts";
import type { Direction } from "./lines.ts";
import type { Inputs } from "./point.ts";
import { survey } from "./survey.ts";
import type { Task } from "./survey.ts";

/** A direction, and the length at which it moves the inputs by about their own size. */
export interface Scaled {
  readonly direction: Direction;
  readonly length: number;
}

export function scaled({ point, coordinates }: Start, direction: Direction): Scaled {
  const { scale } = directionLine(point, coordinates, direction);
  return { direction, length: 2 ** Math.round(Math.log2(scale)) };
}

/** Two directions, and who takes an estimate of which `factor` times is uᵀHv. */
export interface Pair {
  readonly u: Scaled;
  readonly v: Scaled;
  readonly take: (estimate: LineEstimate, factor: number) => void;
}

/** A function of one offset whose second derivative at 0 is `multiple` times uᵀHv: a sum of values of f with these signs. */
interface Form {
  readonly multiple: number;
  readonly terms: readonly (readonly [sign: number, u: number, v: number])[];
}

/**
 * The first form looks to both sides of x along each direction: the parts of H along u and v alone cancel. At an edge or
 * a corner of the domain, where that leaves it, the others stay between u and v, or between u and −v.
 */
const forms: readonly Form[] = [
  { multiple: 4, terms: [[1, 1, 1], [-1, 1, -1]] }, // prettier-ignore
  { multiple: 2, terms: [[1, 1, 1], [-1, 1, 0], [-1, 0, 1], [1, 0, 0]] }, // prettier-ignore
  { multiple: -2, terms: [[1, 1, -1], [-1, 1, 0], [-1, 0, -1], [1, 0, 0]] }, // prettier-ignore
];
/** With less room than this, in units of the scale, another form is better. */
const narrow = 2 ** -20;

/** uᵀHv of a scalar for many pairs of directions: the second derivative of a form along a line. */
export function mixedDerivatives(start: Start, pairs: readonly Pair[]): void {
  let open = pairs;
  forms.forEach((form, k) => {
    const isLast = k === forms.length - 1;
    const left: Pair[] = [];
    const tasks = open.map((pair) => (): Task => {
      const line = mixedLine(start, pair, form);
      const hasRoom = Math.max(line.highest, -line.lowest) > narrow * line.scale;
      return {
        line,
        aim: { order: 2, ...(isLast || hasRoom ? {} : { outputs: [] }) },
        settings: { ...start.settings, noise: form.terms.length * start.settings.noise },
        take([estimate]): void {
          if (!isLast && (!hasRoom || estimate!.status === "nonFinite")) left.push(pair);
          else pair.take(estimate!, 1 / (form.multiple * pair.u.length * pair.v.length));
        },
      };
    });
    survey(start.point, tasks);
    open = left;
  });
}

function mixedLine({ point, coordinates }: Start, { u, v }: Pair, form: Form): Line<Inputs> {
  const [along, across] = [times(u), times(v)];
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

function times({ direction, length }: Scaled): Direction {
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
