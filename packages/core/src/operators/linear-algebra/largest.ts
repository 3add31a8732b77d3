import { FluxionError } from "../../errors.ts";
import { arange, eye } from "../../tensor/create.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { formatShape } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { add, div, mul } from "../elementwise/binary.ts";
import { equal } from "../elementwise/comparison.ts";
import { stopGradient } from "../elementwise/stop-gradient.ts";
import { where } from "../elementwise/where.ts";
import { norm } from "../reduction/norm.ts";
import { argmax } from "../reduction/argmax.ts";
import { transpose } from "../shape/transpose.ts";
import { diag } from "./diagonal.ts";
import { dot } from "./dot.ts";
import { squareLength } from "./leading.ts";
import { matmul } from "./matmul.ts";
import { matvec } from "./matvec.ts";

/** After so many squarings two eigenvalues that float64 tells apart differ by any factor. */
const SQUARINGS = 60;

function oneMatrix(asked: string, x: Numeric): Tensor {
  const a = asTensor(x);
  if (a.rank === 2 && a.size > 0) return a;
  throw new FluxionError(
    "SHAPE_MISMATCH",
    `${asked} takes one matrix with at least one entry; found the shape ${formatShape(a.shape)}.`,
  );
}

/**
 * The unit eigenvector of the largest eigenvalue of a symmetric matrix (of (A + A')/2 otherwise), its largest entry
 * positive: shape [n, n] gives [n]. Only the subspace is determined where the eigenvalue is multiple. Made of other
 * operators, so every strategy differentiates it. Throws `SHAPE_MISMATCH`.
 *
 * @example
 * import { lambdavec, tensor } from "@fluxion/core";
 * lambdavec(tensor([[2, 0], [0, 1]])).toArray(); // => [1,0]
 */
export function lambdavec(x: Numeric): Tensor {
  const a = oneMatrix("lambdavec", x);
  const n = squareLength("lambdavec", a.shape);
  const s = mul(0.5, add(a, transpose(a)));
  // A shift that makes every eigenvalue positive; powers then tend to the projector onto the leading eigenvector.
  const size = stopGradient(mul(2, norm(s)));
  let power = add(div(s, where(equal(size, 0), 1, size)), eye(n));
  for (let k = 0; k < SQUARINGS; k++) {
    const square = matmul(power, power);
    power = div(square, norm(square));
  }
  const column = matvec(power, equal(arange(n), argmax(stopGradient(diag(power)))));
  return div(column, norm(column));
}

/**
 * The largest eigenvalue of a symmetric matrix (of (A + A')/2 otherwise): shape [n, n] gives a scalar. Its derivative
 * exists where the eigenvalue is simple. Throws `SHAPE_MISMATCH`.
 *
 * @example
 * import { lambdamax, tensor } from "@fluxion/core";
 * lambdamax(tensor([[2, 0], [0, 1]])).item(); // => 2
 */
export function lambdamax(x: Numeric): Tensor {
  const a = oneMatrix("lambdamax", x);
  squareLength("lambdamax", a.shape);
  const v = lambdavec(a);
  return dot(v, matvec(a, v));
}

/**
 * The right singular vector of the largest singular value, of length 1, its largest entry positive: shape [m, n] gives
 * [n]. Throws `SHAPE_MISMATCH`.
 *
 * @example
 * import { sigmaright, tensor } from "@fluxion/core";
 * sigmaright(tensor([[0, 3], [1, 0]])).toArray(); // => [0,1]
 */
export function sigmaright(x: Numeric): Tensor {
  const a = oneMatrix("sigmaright", x);
  return lambdavec(matmul(a, a, { transposeA: true }));
}

/**
 * The left singular vector A·v/σ of the largest singular value, for the right one v of `sigmaright`: shape [m, n] gives
 * [m]. Throws `SHAPE_MISMATCH`.
 *
 * @example
 * import { sigmaleft, tensor } from "@fluxion/core";
 * sigmaleft(tensor([[0, 3], [1, 0]])).toArray(); // => [1,0]
 */
export function sigmaleft(x: Numeric): Tensor {
  const a = oneMatrix("sigmaleft", x);
  const u = matvec(a, sigmaright(a));
  return div(u, norm(u));
}

/**
 * The largest singular value, the spectral norm: shape [m, n] gives a scalar. Its derivative exists where the value is
 * simple and not 0. Throws `SHAPE_MISMATCH`.
 *
 * @example
 * import { sigmamax, tensor } from "@fluxion/core";
 * sigmamax(tensor([[0, 3], [1, 0]])).item(); // => 3
 */
export function sigmamax(x: Numeric): Tensor {
  const a = oneMatrix("sigmamax", x);
  return norm(matvec(a, sigmaright(a)));
}
