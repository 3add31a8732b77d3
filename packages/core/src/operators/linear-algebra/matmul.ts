import { invoke } from "../../dispatch/invoke.ts";
import { FluxionError } from "../../errors.ts";
import { matmul as multiply, recomputeNaN, strongDot } from "../../kernels/index.ts";
import { allocateShape } from "../../tensor/allocate.ts";
import { asTensor, type Numeric } from "../../tensor/numeric.ts";
import { readOptions, readSwitch } from "../../tensor/options.ts";
import { formatShape, type Shape, sizeOf } from "../../tensor/shape.ts";
import { concrete, type Tensor } from "../../tensor/tensor.ts";
import { strongMul } from "../elementwise/strong-mul.ts";
import { defineOperator, type Operator } from "../operator.ts";
import { sum } from "../reduction/sum.ts";
import { dot } from "./dot.ts";
import { alignLeading, broadcastLeading, leadingOffsets, leadingShape } from "./leading.ts";
import { matvec, strongMatvec } from "./matvec.ts";

export const matmulOperator: Operator<"matmul"> = /* @__PURE__ */ defineOperator("matmul", {
  shape: ([a, b], attributes) => productShape(a!, b!, attributes),
  evaluate: ([a, b], { transposeA, transposeB, strong }) => {
    const shape = productShape(a.shape, b.shape, { transposeA, transposeB });
    const out = allocateShape(shape);
    const m = shape[shape.length - 2]!;
    const n = shape[shape.length - 1]!;
    const k = a.shape[a.rank - (transposeA ? 2 : 1)]!;
    const [aRow, aColumn] = transposeA ? [1, m] : [k, 1];
    const [bRow, bColumn] = transposeB ? [1, k] : [n, 1];
    const leading = leadingShape("matmul", shape, 2);
    const count = sizeOf(leading);
    const offsets = (): readonly [a: readonly number[], b: readonly number[]] => [
      leadingOffsets(leading, leadingShape("matmul", a.shape, 2), m * k),
      leadingOffsets(leading, leadingShape("matmul", b.shape, 2), k * n),
    ];
    if (count === 1 || (b.size === k * n && !transposeA)) {
      // The rows of a stack of matrices, times one matrix, are one tall product.
      multiply(out, 0, a.store!, 0, aRow, aColumn, b.store!, 0, bRow, bColumn, count * m, k, n);
    } else {
      const [aOffsets, bOffsets] = offsets();
      for (let i = 0; i < count; i++)
        multiply(
          out,
          i * m * n,
          a.store!,
          aOffsets[i]!,
          aRow,
          aColumn,
          b.store!,
          bOffsets[i]!,
          bRow,
          bColumn,
          m,
          k,
          n,
        );
    }
    if (strong)
      recomputeNaN(out, () => {
        const [aOffsets, bOffsets] = offsets();
        return (index) => {
          const [matrix, row, column] = [Math.floor(index / (m * n)), Math.floor(index / n) % m, index % n];
          return strongDot(
            a.store!, aOffsets[matrix]! + row * aRow, aColumn,
            b.store!, bOffsets[matrix]! + column * bColumn, bRow, k,
          ); // prettier-ignore
        };
      });
    return concrete(out, shape);
  },
  batch: (batch, inputs, attributes) =>
    invoke(matmulOperator, alignLeading(batch, inputs, [2, 2]), attributes),
});

function productShape(a: Shape, b: Shape, { transposeA, transposeB }: MatmulOptions): Shape {
  const leading = broadcastLeading("matmul", leadingShape("matmul", a, 2), leadingShape("matmul", b, 2));
  const [rows, inner] = transposeA ? [a.at(-1)!, a.at(-2)!] : [a.at(-2)!, a.at(-1)!];
  const [other, columns] = transposeB ? [b.at(-1)!, b.at(-2)!] : [b.at(-2)!, b.at(-1)!];
  if (inner !== other)
    throw new FluxionError(
      "SHAPE_MISMATCH",
      `matmul: ${rows}×${inner} times ${other}×${columns} has no product, ${inner} and ${other} must be equal ` +
        `(shapes ${formatShape(a)}${transposeA ? " transposed" : ""} and ${formatShape(b)}${transposeB ? " transposed" : ""}). ` +
        "Transpose an operand with { transposeA: true } or { transposeB: true }, or multiply elementwise with mul().",
    );
  return leading.length === 0 ? [rows, columns] : [...leading, rows, columns];
}

/** Which operands of a matrix product are transposed, without being copied. */
export interface MatmulOptions {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
}

/**
 * The matrix product op(a)·op(b), op being the transpose where an option says so. Shapes [..., m, k] and [..., k, n]
 * give [..., m, n], leading axes broadcast; a vector of shape [k] is a row on the left and a column on the right (of
 * rank 1 it has no transpose), and the axis it lacks is absent from the result: vector times vector is the dot product.
 * Throws `SHAPE_MISMATCH`.
 *
 * @example
 * import { matmul, tensor } from "@fluxion/core";
 * const A = tensor([[1, 2], [3, 4]]);
 * matmul(A, A).toArray(); // => [[7,10],[15,22]]
 * matmul(A, tensor([1, 1])).toArray(); // => [3,7]
 * matmul(A, tensor([1, 1]), { transposeA: true }).toArray(); // => [4,6]
 */
export function matmul(x: Numeric, y: Numeric, options: MatmulOptions = {}): Tensor {
  const a = asTensor(x);
  const b = asTensor(y);
  const { transposeA, transposeB } = readTransposes("matmul", options);
  if (a.rank === 1 && b.rank === 1) return dot(a, b);
  if (b.rank === 1) return matvec(a, b, { transpose: transposeA });
  if (a.rank === 1) return matvec(b, a, { transpose: !transposeB });
  return invoke(matmulOperator, [a, b], { transposeA, transposeB, strong: false });
}

/**
 * The matrix product in which an exact zero annihilates ±∞ and NaN, as in `strongMul`: for derivative rules, which
 * multiply by slopes that may be infinite. Shapes, options and errors are those of `matmul`; as fast, unless entries
 * come out NaN.
 *
 * @example
 * import { matmul, strongMatmul, tensor } from "@fluxion/core";
 * const slopes = tensor([[Infinity], [2]]);
 * matmul(tensor([[0, 1]]), slopes).toArray(); // => [[NaN]]
 * strongMatmul(tensor([[0, 1]]), slopes).toArray(); // => [[2]]
 */
export function strongMatmul(x: Numeric, y: Numeric, options: MatmulOptions = {}): Tensor {
  const a = asTensor(x);
  const b = asTensor(y);
  const { transposeA, transposeB } = readTransposes("strongMatmul", options);
  if (a.rank === 1 && b.rank === 1) return sum(strongMul(a, b));
  if (b.rank === 1) return strongMatvec(a, b, { transpose: transposeA });
  if (a.rank === 1) return strongMatvec(b, a, { transpose: !transposeB });
  return invoke(matmulOperator, [a, b], { transposeA, transposeB, strong: true });
}

function readTransposes(asked: string, options: MatmulOptions): Required<MatmulOptions> {
  readOptions(asked, options, "transposeA", "transposeB");
  return {
    transposeA: readSwitch(asked, "transposeA", options.transposeA),
    transposeB: readSwitch(asked, "transposeB", options.transposeB),
  };
}
