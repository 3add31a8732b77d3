import { eye, mul, type Shape } from "@fluxion/core";
import type { Builder } from "../builder.ts";
import { type Maker, maker, type Makers } from "./maker.ts";

/** A short axis. */
function length(b: Builder): number {
  return b.choice.integer(1, 3);
}

/** A stack of matrices now and then, else one. */
function leading(b: Builder): Shape {
  return b.choice.chance(25) ? [2] : [];
}

/** Leading axes that broadcast with these: the same, none, some of length 1, or one more. */
function beside(b: Builder, shape: Shape): Shape {
  const kinds = [
    shape,
    [],
    shape.map((axis) => (b.choice.chance(60) ? 1 : axis)),
    [b.choice.integer(1, 2), ...shape],
  ];
  return b.choice.weighted(kinds, (kind) => (kind === shape ? 6 : 2));
}

function square(b: Builder): number {
  const found = b.choice.chance(70)
    ? b.find((shape) => shape.length >= 2 && shape.at(-1) === shape.at(-2))
    : null;
  if (found !== null) return found;
  const n = length(b);
  return b.ofShape([...leading(b), n, n]);
}

/** A square matrix plus a multiple of the identity that outweighs every row. */
function dominant(b: Builder, node: number): number {
  const n = b.shapeOf(node).at(-1)!;
  const { data } = b.values[node]!;
  let heaviest = 0;
  for (let row = 0; row < data.length; row += n)
    heaviest = Math.max(
      heaviest,
      data.slice(row, row + n).reduce((sum, entry) => sum + Math.abs(entry), 0),
    );
  return b.add("add", [node, b.constant(mul(Math.ceil(heaviest) + 1, eye(n)))], {});
}

/** A·Aᵀ plus a multiple of the identity. */
function positiveDefinite(b: Builder): number {
  const a = square(b);
  return dominant(
    b,
    b.choice.chance(60) ? b.add("matmul", [a, a], { transposeA: false, transposeB: true, strong: false }) : a,
  );
}

/** Of a matrix that is far from singular. */
function ofRegular(name: "det" | "logdet" | "inverse"): Maker {
  return maker(4, (b) => b.add(name, [dominant(b, square(b))], {}));
}

function product(b: Builder): number {
  const [transposeA, transposeB] = [b.choice.chance(40), b.choice.chance(40)];
  const a = b.ofRank(2);
  const shape = b.shapeOf(a);
  if (b.choice.chance(10))
    return b.add("matmul", [a, a], { transposeA: !transposeB, transposeB, strong: false });
  const inner = shape.at(transposeA ? -2 : -1)!;
  const columns = length(b);
  const right = b.ofShape([
    ...beside(b, shape.slice(0, -2)),
    ...(transposeB ? [columns, inner] : [inner, columns]),
  ]);
  return b.add("matmul", [a, right], { transposeA, transposeB, strong: false });
}

/** Columns to solve for. */
function rightSides(b: Builder, matrix: number): number {
  const shape = b.shapeOf(matrix);
  return b.ofShape([...beside(b, shape.slice(0, -2)), shape.at(-1)!, length(b)]);
}

/** Subscripts as the primitive takes them, with the rank of each operand. */
const CONTRACTIONS = [
  "ij,jk->ik",
  "ij,ik->jk",
  "ij,ij->ij",
  "ij,ji->i",
  "i,j->ji",
  "ij,j->i",
  "i,ij,j->",
  "ijk,k->ji",
  "ij->ji",
  "ij,kj->ik",
  "bij,bjk->bik",
  "ij,jk,kl->il",
];

function contraction(b: Builder): number {
  const subscripts = b.choice.one(CONTRACTIONS);
  const lengths = new Map<string, number>();
  const operands = subscripts
    .split("->")[0]!
    .split(",")
    .map((letters) => {
      const known = [...letters].every((letter) => !lengths.has(letter))
        ? b.find((shape) => shape.length === letters.length)
        : null;
      const shape = [...letters].map(
        (letter, axis) => lengths.get(letter) ?? (known === null ? length(b) : b.shapeOf(known)[axis]!),
      );
      [...letters].forEach((letter, axis) => lengths.set(letter, shape[axis]!));
      return known ?? b.ofShape(shape);
    });
  return b.add("einsum", operands, { subscripts, strong: false });
}

export const linearAlgebraMakers: Makers<
  | "matmul" | "matvec" | "dot" | "outer" | "trace" | "diagonal" | "diagonalMatrix" | "det" | "logdet" | "inverse" | "solve"
  | "triangularSolve" | "cholesky" | "einsum"
> = {
  matmul: maker(8, product),
  matvec: maker(5, (b) => {
    const a = b.ofRank(2);
    const shape = b.shapeOf(a);
    const transpose = b.choice.chance(40);
    return b.add("matvec", [a, b.ofShape([...beside(b, shape.slice(0, -2)), shape.at(transpose ? -2 : -1)!])], { transpose, strong: false });
  }),
  dot: maker(4, (b) => {
    const x = b.ofRank(1);
    return b.add("dot", [x, b.choice.chance(12) ? x : b.ofShape([...beside(b, b.shapeOf(x).slice(0, -1)), b.shapeOf(x).at(-1)!])], {});
  }),
  outer: maker(3, (b) => {
    const x = b.ofRank(1);
    return b.add("outer", [x, b.choice.chance(12) ? x : b.ofShape([...beside(b, b.shapeOf(x).slice(0, -1)), length(b)])], {});
  }),
  trace: maker(3, (b) => b.add("trace", [square(b)], {})),
  diagonal: maker(3, (b) => b.add("diagonal", [square(b)], {})),
  diagonalMatrix: maker(3, (b) => b.add("diagonalMatrix", [b.ofRank(1)], {})),
  det: ofRegular("det"),
  logdet: ofRegular("logdet"),
  inverse: ofRegular("inverse"),
  solve: maker(4, (b) => {
    const a = dominant(b, square(b));
    return b.add("solve", [a, rightSides(b, a)], {});
  }),
  triangularSolve: maker(4, (b) => {
    const a = dominant(b, square(b));
    return b.add("triangularSolve", [a, rightSides(b, a)], { lower: b.choice.chance(50), transpose: b.choice.chance(50), unitDiagonal: b.choice.chance(20) });
  }),
  cholesky: maker(4, (b) => b.add("cholesky", [positiveDefinite(b)], {})),
  einsum: maker(5, contraction),
}; // prettier-ignore
