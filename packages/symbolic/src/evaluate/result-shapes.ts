import type { Switches } from "@fluxion/core";
import { productOfDimensions } from "../ir/dimension.ts";
import type { Dimensions } from "../ir/node.ts";

/** What has a shape. */
interface Shaped {
  readonly shape: Dimensions;
}

/** The shape of a result of core's operators, as far as formulas use them. */
export function shapeAfter(name: string, operands: readonly Shaped[], switches: Switches): Dimensions {
  const [a, b] = operands.map(({ shape }) => shape) as [Dimensions, Dimensions?];
  switch (name) {
    case "matvec":
      return [switches["transpose"] === true ? a[1]! : a[0]!];
    case "matmul":
      return [
        switches["transposeA"] === true ? a[1]! : a[0]!,
        switches["transposeB"] === true ? b![0]! : b![1]!,
      ];
    case "outer":
      return [a[0]!, b![0]!];
    case "transpose":
      return [...a].reverse();
    case "diag":
      return a.length === 1 ? [a[0]!, a[0]!] : [a[0]!];
    case "kron":
      return kronShape(a, b!);
    case "vec":
      return a.length < 2 ? a : [productOfDimensions(...a)];
    case "lambdavec":
    case "sigmaright":
      return [a[1]!];
    case "sigmaleft":
      return [a[0]!];
    case "inverse":
    case "softmax":
    case "expm":
    case "dexpm":
      return a;
    case "dot":
    case "sum":
    case "mean":
    case "prod":
    case "norm":
    case "matrixTrace":
    case "det":
    case "logdet":
    case "lambdamax":
    case "sigmamax":
    case "logsumexp":
    case "max":
    case "min": // prettier-ignore
      return [];
    default:
      return operands.map(({ shape }) => shape).find((shape) => shape.length > 0) ?? [];
  }
}

/** The shape of a Kronecker product of matrices, or of a vector, which is a column, and another operand. */
function kronShape(a: Dimensions, b: Dimensions): Dimensions {
  if (a.length === 0 || b.length === 0) return a.length === 0 ? b : a;
  const rows = productOfDimensions(a[0]!, b[0]!);
  return a.length === 1 && b.length === 1 ? [rows] : [rows, productOfDimensions(a[1] ?? 1, b[1] ?? 1)];
}
