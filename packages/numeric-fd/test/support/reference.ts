import { Decimal } from "decimal.js";

Decimal.set({ precision: 250, maxE: 9e15, minE: -9e15 });

/** The decimal that is exactly the float64 x (not the short text that prints it). */
export function exact(x: number): Decimal {
  if (x === 0) return new Decimal(0);
  const exponent = Math.floor(Math.log2(Math.abs(x))) - 60;
  const mantissa =
    exponent < -1000 ? BigInt(x * 2 ** 500 * 2 ** (-exponent - 500)) : BigInt(x * 2 ** -exponent);
  return new Decimal(mantissa.toString()).mul(new Decimal(2).pow(exponent));
}

const stencils: Record<number, readonly (readonly [number, number])[]> = {
  1: [
    [1, 0.5],
    [-1, -0.5],
  ],
  2: [
    [1, 1],
    [0, -2],
    [-1, 1],
  ],
  3: [
    [2, 0.5],
    [1, -1],
    [-1, 1],
    [-2, -0.5],
  ],
  4: [
    [2, 1],
    [1, -4],
    [0, 6],
    [-1, -4],
    [-2, 1],
  ],
};

/** The values of functions at the points of the stencils, which all orders share. */
const known = new WeakMap<(x: Decimal) => Decimal, Map<string, Decimal>>();

function valueAt(f: (x: Decimal) => Decimal, x: number, offset: number): Decimal {
  const values = known.get(f) ?? new Map<string, Decimal>();
  known.set(f, values);
  const key = `${x} ${offset}`;
  const value = values.get(key) ?? f(exact(x).add(stepAt(x).mul(offset)));
  values.set(key, value);
  return value;
}

function stepAt(x: number): Decimal {
  return new Decimal("1e-40").mul(x === 0 ? 1 : exact(x).abs());
}

/**
 * A derivative of order 1 to 4 of f at x, right to more digits than float64 has: differences in 250-digit decimals. Beyond
 * order 1, |x| is at least 1e-60 (or 0): smaller ones leave too few digits.
 */
export function reference(f: (x: Decimal) => Decimal, x: number, order = 1): Decimal {
  let total = new Decimal(0);
  let size = new Decimal(0);
  for (const [offset, weight] of stencils[order]!) {
    const term = valueAt(f, x, offset).mul(weight);
    total = total.add(term);
    size = Decimal.max(size, term.abs());
  }
  // What is left of 250 digits by their own rounding is 0.
  return total.abs().lt(size.mul("1e-240")) ? new Decimal(0) : total.div(stepAt(x).pow(order));
}
