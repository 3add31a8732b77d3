import { add, mul, reshape, sum, type Tensor, transpose } from "@fluxion/core";
import { has } from "../agreement/quantities.ts";
import { randomDirection, randomIntegers } from "../agreement/random.ts";
import type { Subject } from "../agreement/subject.ts";
import { equation, type Law } from "./law.ts";

function twiceDifferentiable(subject: Subject): boolean {
  return has(subject, "hessian");
}

function other(tangents: readonly Tensor[]): readonly Tensor[] {
  const next = randomIntegers(13);
  return tangents.map((x) => randomDirection(next, x.shape));
}

function inner(xs: readonly Tensor[], ys: readonly Tensor[]): Tensor {
  return xs.map((x, i) => sum(mul(x, ys[i]!))).reduce((a, b) => add(a, b));
}

/** The matrix of a block of the Hessian, by the entries of two inputs. */
function matrix(block: Tensor, rows: Tensor, columns: Tensor): Tensor {
  return reshape(block, [rows.size, columns.size]);
}

/** What holds for second derivatives of twice differentiable functions. */
export const secondOrderLaws: readonly Law[] = [
  equation(
    "Schwarz",
    "H = Hᵀ",
    twiceDifferentiable,
    (s, { scalar, inputs }) =>
      s
        .hessian(scalar!)(inputs)
        .flatMap((row, i) => row.map((block, j) => matrix(block, inputs[i]!, inputs[j]!))),
    (s, { scalar, inputs }) => {
      const hessian = s.hessian(scalar!)(inputs);
      return inputs.flatMap((x, i) => inputs.map((y, j) => transpose(matrix(hessian[j]![i]!, y, x))));
    },
  ),
  equation(
    "Schwarz along directions",
    "ẋ·(H·ẏ) = ẏ·(H·ẋ)",
    twiceDifferentiable,
    (s, { scalar, inputs, tangents }) => [inner(tangents, s.hvp(scalar!)(inputs)(other(tangents)))],
    (s, { scalar, inputs, tangents }) => [inner(other(tangents), s.hvp(scalar!)(inputs)(tangents))],
  ),
  equation(
    "hvp is H·v",
    "hvp(v) = H·v",
    twiceDifferentiable,
    (s, { scalar, inputs, tangents }) => s.hvp(scalar!)(inputs)(tangents),
    (s, { scalar, inputs, tangents }) =>
      s
        .hessian(scalar!)(inputs)
        .map((row, i) => {
          const parts = row.map((block, j) =>
            sum(mul(matrix(block, inputs[i]!, inputs[j]!), reshape(tangents[j]!, [inputs[j]!.size])), {
              axes: 1,
            }),
          );
          return reshape(
            parts.reduce((a, b) => add(a, b)),
            inputs[i]!.shape,
          );
        }),
  ),
];
