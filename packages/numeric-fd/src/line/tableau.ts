import type { Sizes } from "./granularity.ts";
import { amplify, combine } from "./neville.ts";

/** One level of a tableau: extrapolations to h = 0 from the levels k − j … k; every list is indexed by j. */
export interface Row {
  readonly step: number;
  /** step^order, in units of the tableau. */
  readonly power: number;
  /** The derivative, extrapolated. NaN where j levels are too few for its order. */
  readonly values: readonly number[];
  /** How far the neighbours in the tableau, and the value at x, disagree with it: an estimate of the truncation error. */
  readonly differences: readonly number[];
  /** The error that rounding each value of f to float64 causes. */
  readonly rounding: readonly number[];
  /** The error that an error of 1 in each value of f causes. */
  readonly gain: readonly number[];
  /** The first derivative, extrapolated. */
  readonly slopes: readonly number[];
  /** How much f changes between x and the points of this level. */
  readonly variation: number;
  /** How much of that may be rounding of the values, whatever they are made of. */
  readonly blur: number;
  /** Whether f changes by a few steps of its own: no slope can be told from those. */
  readonly isStep: boolean;
  /** |f(x + h) + f(x − h) − 2 f(x)| / h, or 0 on one side: at a kink it tends to a constant. */
  readonly bend: number;
}

/** What a level adds to the series: quotients of differences of f, and how errors of f enter them. */
interface Level {
  readonly step: number;
  /** The variable of the series: h², or h on one side. */
  readonly node: number;
  readonly quotient: number;
  readonly gain: number;
  readonly slope: number;
  /** What must extrapolate to zero. */
  readonly residual: number;
  readonly size: number;
  readonly blur: number;
  readonly isStep: boolean;
  readonly variation: number;
  readonly bend: number;
}

/** The extrapolations of one level, indexed by j and by the power of the node. */
interface Series {
  readonly quotient: number[][];
  readonly rounding: number[][];
  readonly gain: number[][];
  readonly slope: number[][];
  readonly residual: number[][];
}

const depth = 12;
const epsilon = Number.EPSILON;
const factorials = [1, 1, 2, 6, 24];

/**
 * Richardson extrapolation of difference quotients, by Neville's algorithm on Taylor coefficients.
 *
 * On both sides of x the odd part (f(x + h) − f(x − h)) / 2h and the even part of f are power series in s = h²; on one
 * side (f(x + h) − f(x)) / h is one in s = h. The derivative of order q is q! times a coefficient of such a series.
 * The even part (on one side: f(x + h)) must extrapolate to f(x) exactly; by how much it does not is a measure of the
 * error that needs no further evaluation and sees what the differences themselves cannot: a spike at x that all other
 * points miss. For even q the odd part is the second opinion in the same way.
 */
export class Tableau {
  readonly rows: Row[] = [];
  readonly order: number;
  /** The smallest j that gives the derivative. */
  readonly first: number;
  /** Levels at which f does not change say something if their steps begin here or above. */
  readonly leastTelling: number;
  readonly #centre: number;
  #unit = 1;
  #nodes: number[] = [];
  #previous: Series = { quotient: [], rounding: [], gain: [], slope: [], residual: [] };

  constructor(order: number, centre: number, sided: boolean, leastTelling: number) {
    this.order = order;
    this.leastTelling = leastTelling;
    this.#centre = centre;
    this.first = sided ? order - 1 : Math.floor((order - 1) / 2);
  }

  /** Adds a level with points on both sides, at the offsets that they really have. */
  addPair(above: number, valueAbove: number, below: number, valueBelow: number, sizes: Sizes): void {
    const centre = this.#centre;
    const step = this.#inUnits((above - below) / 2);
    const residual = (valueAbove - centre) / 2 + (valueBelow - centre) / 2;
    const slope = (valueAbove / 2 - valueBelow / 2) / step;
    const odd = this.order % 2 === 1;
    this.#add({
      step,
      node: step * step,
      quotient: odd ? slope : residual / step / step,
      gain: odd ? 1 / step : 2 / step / step,
      slope,
      residual,
      size: Math.max(sizes.behind, Math.abs(centre)),
      blur: 2 * epsilon * Math.max(sizes.known, Math.abs(centre)),
      isStep: sizes.isStep,
      variation: Math.max(Math.abs(valueAbove - centre), Math.abs(valueBelow - centre)),
      bend: (2 * Math.abs(residual)) / step / this.#unit,
    });
  }

  /** Adds a level with a point on one side. */
  addPoint(offset: number, value: number, sizes: Sizes): void {
    const node = this.#inUnits(offset);
    const step = Math.abs(node);
    const residual = value - this.#centre;
    this.#add({
      step,
      node,
      quotient: residual / node,
      gain: 2 / step,
      slope: residual / node,
      residual,
      size: Math.max(sizes.behind, Math.abs(this.#centre)),
      blur: 2 * epsilon * Math.max(sizes.known, Math.abs(this.#centre)),
      isStep: sizes.isStep,
      variation: Math.abs(residual),
      bend: 0,
    });
  }

  /** Forgets the coarsest levels, all unless a number is given. */
  discard(count: number = this.rows.length): void {
    this.rows.splice(0, count);
    this.#nodes.splice(0, count);
  }

  /** Steps are counted in units of a power of two next to the first, so that their powers stay in range. */
  #inUnits(offset: number): number {
    if (this.rows.length === 0)
      this.#unit = 2 ** Math.max(-1000, Math.min(1000, Math.round(Math.log2(Math.abs(offset)))));
    return offset / this.#unit;
  }

  #add(level: Level): void {
    const last = this.#nodes.push(level.node) - 1;
    const series = this.#extrapolate(level, Math.min(last, depth));
    const power = level.step ** this.order;
    const factor = factorials[this.order]! / this.#unit ** this.order;
    const coefficient = (list: number[][]): number[] =>
      list.map((c, j) => (j < this.first ? NaN : factor * c[this.first]!));
    const values = coefficient(series.quotient);
    const before = this.rows[last - 1];
    const differences = values.map((value, j) => {
      const sameDegree = Math.abs(value - (before?.values[j - 1] ?? NaN));
      const lowerDegree = Math.abs(value - (values[j - 1] ?? NaN));
      const gauge = missAtCentre(series, this.#previous, j, this.order, level.step);
      return Math.max(sameDegree, lowerDegree, (factor * gauge) / power);
    });
    this.rows.push({
      step: level.step * this.#unit,
      power,
      values,
      differences,
      rounding: coefficient(series.rounding).map((error, j) => error + 2 * epsilon * Math.abs(values[j]!)),
      gain: coefficient(series.gain),
      slopes: series.slope.map((c) => c[0]! / this.#unit),
      variation: level.variation,
      blur: level.blur,
      isStep: level.isStep && level.variation > 0,
      bend: level.bend,
    });
    this.#previous = series;
  }

  #extrapolate(level: Level, columns: number): Series {
    const pad = new Array<number>(this.first).fill(0);
    const series: Series = {
      quotient: [[level.quotient, ...pad]],
      rounding: [[Math.max(epsilon * level.size, Number.MIN_VALUE) * level.gain, ...pad]],
      gain: [[level.gain, ...pad]],
      slope: [[level.slope]],
      residual: [[level.residual]],
    };
    const last = this.#nodes.length - 1;
    for (let j = 1; j <= columns; j++) {
      const far = this.#nodes[last - j]!;
      for (const name of ["quotient", "slope", "residual"] as const) {
        series[name].push(combine(series[name][j - 1]!, this.#previous[name][j - 1]!, far, level.node));
      }
      for (const name of ["rounding", "gain"] as const) {
        series[name].push(amplify(series[name][j - 1]!, this.#previous[name][j - 1]!, far, level.node));
      }
    }
    return series;
  }
}

/**
 * How far the other part of f is from what it must be: what extrapolates to zero is not zero, and for an even order the
 * first derivative is still moving. A first derivative has to be supported by the level before, too: among many entries
 * one is small by chance where f has no limit at all.
 */
function missAtCentre(
  { residual, slope }: Series,
  before: Series,
  j: number,
  order: number,
  step: number,
): number {
  const miss = Math.abs(residual[j]![0]!);
  if (j === 0) return miss;
  if (order === 1) return Math.max(miss, Math.abs(before.residual[j - 1]![0]!));
  if (order % 2 === 1) return miss;
  const value = slope[j]![0]!;
  const change = Math.max(Math.abs(value - slope[j - 1]![0]!), Math.abs(value - before.slope[j - 1]![0]!));
  return Math.max(miss, change * step);
}
