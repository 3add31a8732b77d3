import type { Attributes, OperatorName } from "../../src/operators/operator.ts";
import { operatorNames } from "../../src/operators/table.ts";
import type { Shape } from "../../src/tensor/shape.ts";

/** Shapes and attributes that an operator accepts. */
export interface Example<N extends OperatorName> {
  readonly shapes: readonly Shape[];
  readonly attributes: Attributes<N>;
}

const reduced = { shapes: [[2, 3]], attributes: { axes: [1], keepDims: false } } as const;
const square = { shapes: [[2, 3, 3]], attributes: {} } as const;

/** What isn't one or two operands that broadcast, without attributes. */
const special: { readonly [N in OperatorName]?: Example<N> } = {
  polygamma: { shapes: [[2, 3]], attributes: { order: 1 } },
  where: { shapes: [[3], [2, 3], []], attributes: {} },
  sum: reduced,
  max: reduced,
  min: reduced,
  logsumexp: reduced,
  norm: reduced,
  cumsum: { shapes: [[2, 3]], attributes: { axis: 0, reverse: true } },
  softmax: { shapes: [[2, 3]], attributes: { axis: 1 } },
  argmax: { shapes: [[2, 3]], attributes: { axis: 0 } },
  matmul: { shapes: [[3, 2], [3, 2]], attributes: { transposeA: true, transposeB: false, strong: true } }, // prettier-ignore
  matvec: { shapes: [[2, 3], [3]], attributes: { transpose: false, strong: true } }, // prettier-ignore
  dot: { shapes: [[2, 3], [3]], attributes: {} }, // prettier-ignore
  outer: { shapes: [[2], [3]], attributes: {} }, // prettier-ignore
  trace: square,
  diagonal: square,
  diagonalMatrix: { shapes: [[3]], attributes: {} },
  det: square,
  logdet: square,
  inverse: square,
  solve: { shapes: [[3, 3], [3, 2]], attributes: {} }, // prettier-ignore
  triangularSolve: { shapes: [[3, 3], [3, 2]], attributes: { lower: true, transpose: true, unitDiagonal: false } }, // prettier-ignore
  cholesky: square,
  einsum: { shapes: [[2, 3], [3], [2]], attributes: { subscripts: "ij,j,i->ij", strong: true } }, // prettier-ignore
  reshape: { shapes: [[2, 3]], attributes: { shape: [3, 2] } },
  permute: { shapes: [[2, 3]], attributes: { axes: [1, 0] } },
  broadcastTo: { shapes: [[2, 1]], attributes: { shape: [2, 2, 3] } },
  slice: { shapes: [[4, 3]], attributes: { starts: [1, 0], stops: [4, 2], steps: [2, 1] } },
  concatenate: { shapes: [[2, 3], [1, 3]], attributes: { axis: 0 } }, // prettier-ignore
  stack: { shapes: [[2], [2], [2]], attributes: { axis: 1 } }, // prettier-ignore
  pad: { shapes: [[2]], attributes: { before: [1], after: [2] } },
  take: { shapes: [[3, 2]], attributes: { axis: 0, indices: [2, 2, 0] } },
  scatterAdd: { shapes: [[3, 2]], attributes: { axis: 0, indices: [2, 2, 0], size: 4 } },
  flip: { shapes: [[2, 3]], attributes: { axes: [1] } },
  tril: { shapes: [[3, 3]], attributes: { k: 0 } },
  triu: { shapes: [[3, 3]], attributes: { k: 1 } },
};

export function exampleOf(name: OperatorName): Example<OperatorName> {
  const binary = operatorNames.indexOf(name) >= operatorNames.indexOf("add");
  return (special[name] as Example<OperatorName> | undefined) ?? { shapes: binary ? [[2, 3], [3]] : [[2, 3]], attributes: {} }; // prettier-ignore
}
