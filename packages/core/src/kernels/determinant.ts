/** The product is kept as mantissa·2^exponent with the mantissa within 2^±STEP, so that it neither over- nor underflows. */
const STEP = 500;

interface Scaled {
  readonly mantissa: number;
  readonly exponent: number;
}

/** How many times 2^STEP goes into x; none into 0, ∞ and NaN. */
function stepsIn(x: number): number {
  return x === 0 || !Number.isFinite(x) ? 0 : Math.trunc(Math.log2(Math.abs(x)) / STEP);
}

/** sign times the product of the diagonal of an n×n matrix. */
function diagonalProduct(u: Float64Array, offset: number, sign: number, n: number): Scaled {
  let mantissa = sign;
  let steps = 0;
  for (let i = 0; i < n; i++) {
    const entry = u[offset + i * n + i]!;
    const inEntry = stepsIn(entry);
    mantissa *= inEntry === 0 ? entry : entry * 2 ** (-STEP * inEntry);
    const inProduct = stepsIn(mantissa);
    if (inProduct !== 0) mantissa *= 2 ** (-STEP * inProduct);
    steps += inEntry + inProduct;
  }
  return { mantissa, exponent: STEP * steps };
}

/** det A from its factors P·A = L·U and the sign of P; overflows or underflows only if the determinant does. */
export function luDeterminant(lu: Float64Array, offset: number, sign: number, n: number): number {
  const { mantissa, exponent } = diagonalProduct(lu, offset, sign, n);
  let determinant = mantissa;
  // 2^exponent itself may not be a number; after three steps the determinant is 0 or infinite and stays so.
  for (let rest = Math.abs(exponent), count = 0; rest > 0 && count < 4; rest -= STEP, count++)
    determinant *= 2 ** (Math.sign(exponent) * STEP);
  return determinant + 0; // A singular matrix has the determinant +0, whatever the sign of its permutation.
}

/** log|det A| from the factors of A: finite wherever A is regular, −∞ where it is singular, 0 for the empty matrix. */
export function luLogDeterminant(lu: Float64Array, offset: number, n: number): number {
  const { mantissa, exponent } = diagonalProduct(lu, offset, 1, n);
  return Math.log(Math.abs(mantissa)) + exponent * Math.LN2;
}
