import {
  evaluateNotation,
  FluxionError,
  fromData,
  parseNotation,
  sizeOf,
  type Strategy,
  type Tensor,
} from "@fluxion/core";
import { numericFd } from "@fluxion/numeric-fd";
import { reverseTape } from "@fluxion/reverse-tape";
import { derive, type Expression, parse } from "@fluxion/symbolic";
import { type RandomSource, seeded } from "../data/index.ts";
import { type FormulaName, formulaShapes } from "./formulas.ts";

/** A formula to be derived, and where the derivative is evaluated. */
export interface ExpressionCase {
  readonly formula: string;
  readonly wrt: FormulaName;
  readonly order: 1 | 2;
  /** Chooses the values of the names. */
  readonly seed: number;
}

/**
 * What became of a case: the derivative agrees with the other strategies'; it is refused with a reason; or there is
 * nothing to compare at this point, because the derivative does not exist there or a condition of the form fails.
 */
export type ExpressionVerdict = "agree" | "refused" | "undefined";

const lengths = { n: 3, m: 2 } as const;

/** Relative error that rounding explains, beyond what moving the inputs by a rounding explains. */
const TOLERANCE = 1e-9;
/** Derivatives larger than this have lost the digits that would be compared. */
const LARGEST = 1e7;

type Values = Readonly<Record<string, Tensor>>;

/** A value for each name, in the domain that the formulas expect: p positive, S positive definite. */
function valuesOf(random: RandomSource): Values {
  const entries = Object.entries(formulaShapes).map(([name, dims]): readonly [string, Tensor] => {
    const shape = dims.map((dimension) => lengths[dimension]);
    const data = random.uniform(sizeOf(shape), name === "p" ? 0.5 : -1, name === "p" ? 2 : 1);
    return [name, name === "S" ? positiveDefinite(data, lengths.n) : fromData(data, shape)];
  });
  return Object.fromEntries(entries);
}

/** D·Dᵀ + I */
function positiveDefinite(data: Float64Array, n: number): Tensor {
  const product = Float64Array.from({ length: n * n }, (_, k) => {
    const [i, j] = [Math.floor(k / n), k % n];
    let total = i === j ? 1 : 0;
    for (let l = 0; l < n; l++) total += data[i * n + l]! * data[j * n + l]!;
    return total;
  });
  return fromData(product, [n, n]);
}

/** The formula as a function of one name, evaluated with core's operators. */
function functionOf(formula: string, wrt: string, values: Values): (x: Tensor) => Tensor {
  const tree = parseNotation(formula);
  const constants = new Map<string, Tensor | number>([...Object.entries(lengths), ...Object.entries(values)]);
  return (x) => evaluateNotation(formula, tree, new Map([...constants, [wrt, x]]));
}

/** The derivative of this order by a strategy. */
const jacobian = (strategy: Strategy, f: (x: Tensor) => Tensor, order: 1 | 2): ((x: Tensor) => Tensor) => {
  const first = (x: Tensor): Tensor => strategy.jacobian(f)(x);
  return order === 1 ? first : (x) => strategy.jacobian(first)(x);
};

const largest = (x: Tensor): number => x.data.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
const isFinite = (x: Tensor): boolean => x.data.every(Number.isFinite);

/** The values moved by a few roundings each. */
const moved = (values: Values, step: number): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, x]) => [
      name,
      fromData(
        x.data.map((entry, k) => entry * (1 + (k % 2 === 0 ? step : -step))),
        x.shape,
      ),
    ]),
  );

/** Whether every condition of a result holds, with room to spare. */
function conditionsHold(derived: Expression, values: Values): boolean {
  return derived.conditions.every((condition) => {
    const [left, relation, right] = condition.split(/ (~=|>=|>|<) /) as [string, string, string];
    if (left === "…" || right === "…") return true;
    const [a, b] = [left, right].map((text) => parse(text, { shapes: formulaShapes }).evaluate({ ...values, ...lengths })); // prettier-ignore
    const other = (k: number): number => b!.data[b!.size === 1 ? 0 : k]!;
    return a!.data.every((entry, k) => {
      const difference = entry - other(k);
      const clear = 1e-6 * Math.max(1, Math.abs(entry));
      if (relation === "~=") return Math.abs(difference) > clear;
      return relation === "<" ? difference < -clear : difference > clear;
    });
  });
}

/**
 * Derives the formula in closed form and compares the value at a random point with reverse-tape's derivative of the same
 * text, with numeric-fd's estimate within its claimed error, and with the value of the printed answer read back.
 * Throws an `Error` that shows what differs.
 */
export function checkExpression({ formula, wrt, order, seed }: ExpressionCase): ExpressionVerdict {
  const shapes = formulaShapes;
  let derived: Expression;
  try {
    derived = derive(formula, { wrt, order, shapes });
  } catch (error) {
    if (error instanceof FluxionError && (error.code === "DOMAIN" || error.code === "LIMIT"))
      return "refused";
    throw error;
  }
  const values = valuesOf(seeded(seed));
  const at = values[wrt]!;
  const f = functionOf(formula, wrt, values);
  const exact = jacobian(reverseTape, f, order)(at);
  const size = Math.max(1, largest(exact));
  if (!isFinite(exact) || !isFinite(f(at)) || size > LARGEST || !conditionsHold(derived, values))
    return "undefined";
  const step = 1e-11;
  const nearby = [step, -step].map((h) => {
    const around = moved(values, h);
    return jacobian(reverseTape, functionOf(formula, wrt, around), order)(around[wrt]!);
  });
  const wobble = Math.max(...nearby.map((other) => distance(other, exact)));
  // A kink or a pole next to the point, or digits lost to cancellation.
  if (!(wobble < 1e-5 * size)) return "undefined";
  const tolerance = TOLERANCE * size + 10 * wobble;

  const found = derived.evaluate({ ...values, ...lengths });
  const differs = (what: string, other: Tensor, allowed: number): never => {
    throw new Error(
      `${formula} by ${wrt}, order ${order}, is ${derived.toString()}\n= ${found.toString()}\nbut ${what} gives ${other.toString()} (they differ by ${distance(found, other)}, allowed ${allowed}).`,
    );
  };
  if (!(distance(found, exact) <= tolerance)) differs("reverse-tape", exact, tolerance);

  const inner = order === 1 ? f : (x: Tensor): Tensor => reverseTape.jacobian(f)(x);
  const { value, error, status } = numericFd.estimate!("jacobian", inner)(at) as unknown as { value: Tensor; error: Tensor; status: string }; // prettier-ignore
  if (status === "ok")
    value.data.forEach((entry, k) => {
      const allowed = error.data[k]! + tolerance;
      if (Math.abs(entry - found.data[k]!) > allowed) differs("numeric-fd", value, allowed);
    });

  if (derived.notation === "matrix") {
    const again = parse(derived.toString(), { shapes }).evaluate({ ...values, ...lengths });
    if (!(distance(again, found) <= tolerance)) differs("the answer read back", again, tolerance);
  }
  return "agree";
}

/** The largest difference of two entries; infinite for other shapes or what is no number. */
function distance(a: Tensor, b: Tensor): number {
  if (a.shape.join() !== b.shape.join()) return Infinity;
  let most = 0;
  for (let k = 0; k < a.size; k++) {
    const difference = Math.abs(a.data[k]! - b.data[k]!);
    if (!(difference <= most)) most = Number.isNaN(difference) ? Infinity : difference;
  }
  return most;
}
