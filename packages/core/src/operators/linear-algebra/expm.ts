import { FluxionError } from "../../errors.ts";
import { eye, zeros } from "../../tensor/create.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { given } from "../../tensor/found.ts";
import { readOptions } from "../../tensor/options.ts";
import { formatShape, sameShape } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { abs, neg } from "../elementwise/arithmetic.ts";
import { add, div, mul, pow, sub } from "../elementwise/binary.ts";
import { greater, less } from "../elementwise/comparison.ts";
import { log2 } from "../elementwise/exponential.ts";
import { ceil } from "../elementwise/piecewise.ts";
import { stopGradient } from "../elementwise/stop-gradient.ts";
import { where } from "../elementwise/where.ts";
import { max } from "../reduction/extremum.ts";
import { sum } from "../reduction/sum.ts";
import { broadcastTo } from "../shape/broadcast-to.ts";
import { concatenate } from "../shape/concatenate.ts";
import { permute } from "../shape/permute.ts";
import { reshape } from "../shape/reshape.ts";
import { slice } from "../shape/slice.ts";
import { einsum } from "./einsum.ts";
import { numbersOf, squareLength } from "./leading.ts";
import { matmul } from "./matmul.ts";
import { solve } from "./solve.ts";

/** Coefficients of the Padé approximant of degree 13. Source: Higham, SIAM J. Matrix Anal. Appl. 26 (2005), 1179. */
const PADE = [
  64764752532480000, 32382376266240000, 7771770303897600, 1187353796428800, 129060195264000, 10559470521600,
  670442572800, 33522128640, 1323241920, 40840800, 960960, 16380, 182, 1,
] as const; // prettier-ignore

/** Squarings for matrices whose numbers are not known. */
const MOST_SQUARINGS = 64;

/** The 1-norm up to which the approximant is exact to rounding. */
const LARGEST_NORM = 5.371920351148152;

/**
 * The exponential of a square matrix, I + A + A²/2! + …, by scaling and squaring: shape [..., n, n]. Made of other
 * operators, so every strategy differentiates it. Where there are no numbers, in a traced graph and inside vmap, the
 * matrix is squared as often as any of a norm up to 10²⁰ needs. Throws `SHAPE_MISMATCH`.
 *
 * @example
 * import { expm, tensor } from "@fluxion/core";
 * expm(tensor([[0, 1], [0, 0]])).toArray(); // => [[1,1],[0,1]]
 */
export function expm(x: Numeric): Tensor {
  const a = asTensor(x);
  const n = squareLength("expm", a.shape);
  if (a.size === 0) return a;
  const value = numbersOf(a);
  const wanted = squaringsFor(value ?? stopGradient(a));
  const known = value === null ? undefined : max(wanted).item();
  // A number is the same for all matrices of a stack; otherwise each has its own.
  const b = known === 0 ? a : mul(a, pow(2, neg(known ?? wanted)));
  const identity = eye(n);
  const b2 = matmul(b, b);
  const b4 = matmul(b2, b2);
  const b6 = matmul(b2, b4);
  const even = [identity, b2, b4, b6];
  const odd = matmul(b, polynomial(even, b6, 1));
  const rest = polynomial(even, b6, 0);
  let result = solve(sub(rest, odd), add(rest, odd));
  for (let k = 0; k < (known ?? MOST_SQUARINGS); k++) {
    const square = matmul(result, result);
    result = known === undefined ? where(greater(wanted, k), square, result) : square;
  }
  return result;
}

/** The even or the odd half of the approximant: Σ_k PADE[2k + odd] · B^(2k), with powers above 6 as B⁶ times a rest. */
function polynomial(powers: readonly Tensor[], b6: Tensor, odd: 0 | 1): Tensor {
  const combine = (first: number, last: number, shift: number): Tensor =>
    powers
      .slice(first, last)
      .map((power, k) => mul(PADE[2 * (k + first + shift) + odd]!, power))
      .reduce((left, right) => add(left, right));
  return add(matmul(b6, combine(1, 4, 3)), combine(0, 4, 0));
}

/** How often the exponential of a part is to be squared, for each matrix of a stack. */
function squaringsFor(a: Tensor): Tensor {
  const size = max(sum(abs(a), { axes: -2, keepDims: true }), { axes: -1, keepDims: true });
  const finite = mul(greater(size, LARGEST_NORM), less(size, Infinity));
  return where(finite, ceil(log2(div(where(finite, size, 1), LARGEST_NORM))), 0);
}

/**
 * The derivative of `expm` at an n×n matrix A along E, the matrix lim (expm(A + hE) - expm(A))/h, also called Fréchet
 * derivative. It is the upper right block of expm([A E; 0 A]). Throws `SHAPE_MISMATCH`.
 *
 * @example
 * import { dexpm, tensor } from "@fluxion/core";
 * dexpm(tensor([[0, 1], [0, 0]]), tensor([[0, 2], [0, 0]])).toArray(); // => [[0,2],[0,0]]
 */
export function dexpm(x: Numeric, direction: Numeric): Tensor {
  const [a, e] = [asTensor(x), asTensor(direction)];
  const n = squareLength("dexpm", a.shape);
  if (a.rank !== 2 || !sameShape(e.shape, a.shape))
    throw new FluxionError(
      "SHAPE_MISMATCH",
      `dexpm takes a square matrix and a direction of the same shape; found ${formatShape(a.shape)} and ${formatShape(e.shape)}.`,
    );
  return upperRight(expm(blocks(a, e)), n);
}

/**
 * All derivatives of `expm` of an order at an n×n matrix A: for order 1 the shape [n, n, n, n], with ∂expm(A)_ij/∂A_kl
 * at [i, j, k, l]; every further order adds two axes. The cost grows as n^(2·order + 3)·8^order.
 * Throws `SHAPE_MISMATCH`, `ARGUMENT`.
 *
 * @example
 * import { expmDerivative, tensor } from "@fluxion/core";
 * expmDerivative(tensor([[0]])).shape; // => [1,1,1,1]
 * expmDerivative(tensor([[0]]), { order: 2 }).item(); // => 1
 */
export function expmDerivative(x: Numeric, options: { readonly order?: number } = {}): Tensor {
  const a = asTensor(x);
  const n = squareLength("expmDerivative", a.shape);
  readOptions("expmDerivative", options, "order");
  const { order = 1 } = options;
  if (a.rank !== 2)
    throw new FluxionError(
      "SHAPE_MISMATCH",
      `expmDerivative takes one square matrix; found the shape ${formatShape(a.shape)}.`,
    );
  if (!Number.isInteger(order) || order < 1)
    throw new FluxionError(
      "ARGUMENT",
      `expmDerivative: order is a whole number from 1; found ${given(order)}.`,
    );
  const directions = reshape(eye(n * n), [n, n, n, n]);
  let block = a;
  for (let k = 0; k < order; k++) {
    const leading = [...block.shape.slice(0, -2), n, n];
    const size = block.shape.at(-1)!;
    const repeated = reshape(block, [...block.shape.slice(0, -2), 1, 1, size, size]);
    // Each copy of A inside the block moves in the new direction.
    const copies = einsum("ab,klij->klaibj", eye(size / n), directions);
    const moved = reshape(copies, [n, n, size, size]);
    block = blocks(
      broadcastTo(repeated, [...leading, size, size]),
      broadcastTo(moved, [...leading, size, size]),
    );
  }
  const all = upperRight(expm(block), n);
  const axes = Array.from({ length: all.rank - 2 }, (_, axis) => axis);
  return permute(all, [all.rank - 2, all.rank - 1, ...axes]);
}

/** [A E; 0 A] */
function blocks(a: Tensor, e: Tensor): Tensor {
  const upper = concatenate([a, e], { axis: -1 });
  const lower = concatenate([zeros(a.shape), a], { axis: -1 });
  return concatenate([upper, lower], { axis: -2 });
}

function upperRight(x: Tensor, n: number): Tensor {
  const size = x.shape.at(-1)!;
  return slice(x, [...x.shape.slice(0, -2).map(() => null), [0, n], [size - n, size]]);
}
