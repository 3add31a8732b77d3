import { allocate } from "../../tensor/allocate.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { concrete, type Tensor } from "../../tensor/tensor.ts";
import { mul } from "../elementwise/binary.ts";
import { moveAxis } from "../shape/move-axis.ts";
import { reshape } from "../shape/reshape.ts";
import { take } from "../shape/take.ts";
import { det } from "./determinant.ts";
import { inverse } from "./inverse.ts";
import { squareLength } from "./leading.ts";

/** Up to here cofactors are n² determinants, which singular matrices have too; beyond, one inverse. */
const LARGEST_BY_MINORS = 8;

/**
 * The matrix of cofactors: shape [..., n, n]; entry (i, j) is (-1)^(i+j) times the determinant without row i and column
 * j. It is det(A)·A⁻ᵀ for regular A and exists for singular A, where it is still found for n ≤ 8.
 * Throws `DOMAIN` for a singular matrix of n > 8, `SHAPE_MISMATCH`.
 *
 * @example
 * import { cofactor, tensor } from "@fluxion/core";
 * cofactor(tensor([[1, 2], [3, 4]])).toArray(); // => [[4,-3],[-2,1]]
 */
export function cofactor(x: Numeric): Tensor {
  const a = asTensor(x);
  const n = squareLength("cofactor", a.shape);
  if (n === 0) return a;
  if (n > LARGEST_BY_MINORS)
    return mul(
      reshape(det(a), [...a.shape.slice(0, -2), 1, 1]),
      moveAxis(inverse(a), a.rank - 1, a.rank - 2),
    );
  return mul(det(minors(a, n)), checkerboard(n));
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
