import { allocate } from "../../tensor/allocate.ts";
import { eye } from "../../tensor/create.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { concrete, type Tensor } from "../../tensor/tensor.ts";
import { abs } from "../elementwise/arithmetic.ts";
import { add, div, maximum, mul, pow, sub } from "../elementwise/binary.ts";
import { equal, greater, notEqual } from "../elementwise/comparison.ts";
import { log2 } from "../elementwise/exponential.ts";
import { round } from "../elementwise/piecewise.ts";
import { stopGradient } from "../elementwise/stop-gradient.ts";
import { strongMul } from "../elementwise/strong-mul.ts";
import { where } from "../elementwise/where.ts";
import { max } from "../reduction/extremum.ts";
import { moveAxis } from "../shape/move-axis.ts";
import { reshape } from "../shape/reshape.ts";
import { take } from "../shape/take.ts";
import { det, logdet } from "./determinant.ts";
import { inverse } from "./inverse.ts";
import { numbersOf, squareLength } from "./leading.ts";
import { matmul } from "./matmul.ts";

/** Up to here cofactors are n² determinants, which singular matrices have too; beyond, one inverse. */
const LARGEST_BY_MINORS = 8;

/** The |log|det|| up to which neither the determinant nor its products with the inverse come near the end of float64. */
const LARGEST_PLAIN = 300;

/** By how much the rank of a singular matrix of n > 8 is raised to make it regular. */
const RAISED_BY = 3;

/**
 * The matrix of cofactors: shape [..., n, n]; entry (i, j) is (-1)^(i+j) times the determinant without row i and column
 * j. It is det(A)·A⁻ᵀ for regular A and exists for singular A, too; it overflows or underflows only if an entry does.
 * It may be differentiated: for singular matrices of n > 8 twice, or, if they lack at most 3 in rank, without limit
 * (near a singular matrix, derivatives of these cofactors lose digits).
 * Throws `SHAPE_MISMATCH`.
 *
 * @example
 * import { cofactor, tensor } from "@fluxion/core";
 * cofactor(tensor([[1, 2], [3, 4]])).toArray(); // => [[4,-3],[-2,1]]
 */
export function cofactor(x: Numeric): Tensor {
  const a = asTensor(x);
  const n = squareLength("cofactor", a.shape);
  if (n === 0) return a;
  if (n <= LARGEST_BY_MINORS) return mul(det(minors(a, n)), checkerboard(n));
  const value = numbersOf(a) ?? stopGradient(a);
  const logarithm = perMatrix(logdet(value));
  // Where there are numbers it is known by now what the matrices are like; a graph has to be ready for any.
  const known = logarithm.level === 0 ? logarithm.data : null;
  if (known?.every((x) => Math.abs(x) < LARGEST_PLAIN)) return ofRegular(a);
  const singular = equal(logarithm, -Infinity);
  const largest = max(abs(value), { axes: [-2, -1], keepDims: true });
  const size = log2(where(equal(largest, 0), 1, largest));
  // Divided by a power of two the determinant is about 1; the largest entry must stay a number.
  const exponent = maximum(maximum(round(div(logarithm, n * Math.LN2)), sub(round(size), 1000)), -1000);
  const regular = scaled(a, exponent, n, (b) => ofRegular(where(singular, eye(n), b)));
  if (known?.includes(-Infinity) === false) return regular;
  return where(
    singular,
    scaled(a, round(size), n, (b) => ofSingular(b, singular, n)),
    regular,
  );
}

/** One number for every matrix, so that it broadcasts against the matrix. */
function perMatrix(x: Tensor): Tensor {
  return reshape(x, [...x.shape, 1, 1]);
}

/** The cofactors of a from those of a/2^exponent, which are smaller by the factor 2^((n-1)·exponent). */
function scaled(a: Tensor, exponent: Tensor, n: number, cofactors: (b: Tensor) => Tensor): Tensor {
  const total = mul(exponent, n - 1);
  const third = round(div(total, 3)); // The whole power may be beyond float64 where the cofactors are not.
  return [third, third, sub(total, mul(2, third))].reduce<Tensor>(
    (product, part) => strongMul(product, pow(2, part)),
    cofactors(mul(a, pow(2, mul(-1, exponent)))),
  );
}

function ofRegular(b: Tensor): Tensor {
  return mul(perMatrix(det(b)), transposed(inverse(b)));
}

/**
 * B = A + U·Vᵀ with three columns in U and V is regular unless A lacks more than three in rank. The derivative of
 * det A = det B · det K, K = I - Vᵀ·B⁻¹·U (the matrix determinant lemma), by B is det K · cof B + det B · B⁻ᵀ·V·cof K·Uᵀ·B⁻ᵀ.
 * A matrix of lower rank has the cofactors 0, and so have their first two derivatives.
 */
function ofSingular(a: Tensor, singular: Tensor, n: number): Tensor {
  const [u, v] = [spread(n, Math.sin), spread(n, Math.cos)];
  const raised = add(a, matmul(u, v, { transposeB: true }));
  const regular = mul(singular, notEqual(perMatrix(det(stopGradient(raised))), 0));
  const b = where(regular, raised, eye(n));
  const inverseOfB = inverse(b);
  // The entries of B are about 1: an inverse as large as this is the rounding of a singular matrix's.
  const still = greater(max(abs(stopGradient(inverseOfB)), { axes: [-2, -1], keepDims: true }), 1e11);
  const k = sub(eye(RAISED_BY), matmul(v, matmul(inverseOfB, u), { transposeA: true }));
  const left = matmul(inverseOfB, v, { transposeA: true });
  const right = matmul(u, inverseOfB, { transposeA: true, transposeB: true });
  const sum = add(mul(perMatrix(det(k)), transposed(inverseOfB)), matmul(left, matmul(cofactor(k), right)));
  return where(maximum(still, sub(1, regular)), 0, mul(perMatrix(det(b)), sum));
}

/** Columns in general position: numbers without a pattern that a matrix might share. */
function spread(n: number, wave: (x: number) => number): Tensor {
  const entries = allocate(n * RAISED_BY);
  for (let p = 0; p < entries.length; p++) entries[p] = wave((p + 1) ** 2);
  return concrete(entries, [n, RAISED_BY]);
}

function transposed(a: Tensor): Tensor {
  return moveAxis(a, a.rank - 1, a.rank - 2);
}

/** Every matrix without one row and one column: shape [..., n, n, n-1, n-1]. */
function minors(a: Tensor, n: number): Tensor {
  const others = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j) => j).filter((j) => j !== i),
  ).flat();
  const leading = a.rank - 2;
  const rows = take(a, others, { axis: leading });
  const both = take(rows, others, { axis: leading + 1 });
  return moveAxis(reshape(both, [...a.shape.slice(0, -2), n, n - 1, n, n - 1]), leading + 2, leading + 1);
}

function checkerboard(n: number): Tensor {
  const signs = allocate(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) signs[i * n + j] = (i + j) % 2 === 0 ? 1 : -1;
  return concrete(signs, [n, n]);
}
