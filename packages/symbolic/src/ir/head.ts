import { FluxionError } from "@fluxion/core";
import { lengthNode } from "./dimension.ts";
import { exponentialOf, traceOf } from "./exponential.ts";
import { largestOf, vectorOfLargest } from "./largest.ts";
import { squareChain, takeDiagonals } from "./matrix-product.ts";
import { takeMultiple, takeScalars } from "./multiple.ts";
import type { Dimensions, Head, HeadName, TensorNode } from "./node.ts";
import { axes, einsum, isZeroNode, number, powerOf, scale, type LooseFactor } from "./product.ts";
import * as Q from "./rational.ts";
import { intern, markSymmetric, type Store } from "./store.ts";
import { sum } from "./sum.ts";
import { elementwise } from "./elementwise.ts";
import { kron, splitKronecker } from "./kronecker.ts";
import { transposed } from "./transposed.ts";
import { gather, isSpread } from "./varying.ts";

/** The derivative of expm at a matrix, of an order: axes i, j of expm, then k, l of the matrix, order times. */
export const expmDerivative = (store: Store, operand: TensorNode, order: number): TensorNode =>
  intern<Head>(store, `h dexpm ${operand.id} ${order}`, {
    kind: "head",
    name: "dexpm",
    operand,
    dims: Array.from({ length: 1 + order }, () => operand.dims).flat(),
  });

/** An operator on a whole array in normal form; `dexpm` is of first order. */
export function head(store: Store, name: HeadName, operand: TensorNode): TensorNode {
  if (name === "dexpm") return expmDerivative(store, operand, 1);
  return simpler(store, name, operand) ?? makeHead(store, name, operand);
}

function makeHead(store: Store, name: HeadName, operand: TensorNode): TensorNode {
  const dims = dimsOf(name, operand.dims);
  const node = intern<Head>(store, `h ${name} ${operand.id}`, { kind: "head", name, operand, dims });
  if ((name === "inv" || name === "expm") && transposed(store, operand) === operand) markSymmetric(node);
  return node;
}

function simpler(store: Store, name: HeadName, operand: TensorNode): TensorNode | undefined {
  switch (name) {
    case "inv":
      return inverseOf(store, operand);
    case "det":
      return determinantOf(store, operand);
    case "logdet":
      return logDeterminantOf(store, operand);
    case "expm":
      return exponentialOf(store, operand) ?? whereFlipped(store, operand, (flipped) => transposed(store, makeHead(store, "expm", flipped))); // prettier-ignore
    case "lambdamax":
    case "sigmamax":
      return largestOf(store, name, operand);
    case "lambdavec":
    case "sigmaleft":
    case "sigmaright":
      return vectorOfLargest(store, name, operand);
    case "prod":
      return productOf(store, operand);
    case "dexpm":
    case "softmax":
    case "logsumexp":
    case "max":
    case "min":
      return undefined;
  }
}

function dimsOf(name: HeadName, operand: Dimensions): Dimensions {
  switch (name) {
    case "inv":
    case "softmax":
    case "expm":
      return operand;
    case "lambdavec":
    case "sigmaright":
      return [operand[1]!];
    case "sigmaleft":
      return [operand[0]!];
    default:
      return [];
  }
}

/** Π exp(u) = exp(Σ u), and the product of equal entries is a power. */
function productOf(store: Store, u: TensorNode): TensorNode | undefined {
  const all = axes(u.dims.length);
  if (u.kind === "elementwise" && u.name === "exp")
    return elementwise(store, "exp", [
      einsum(store, Q.one, [{ node: u.operands[0]!, indices: all }], [], []),
    ]);
  if (isZeroNode(u)) return number(store, Q.zero);
  if (!isSpread(u)) return undefined;
  const count = einsum(store, Q.one, [{ node: number(store, Q.one, u.dims), indices: all }], [], []);
  return elementwise(store, "pow", [gather(store, u), count]);
}

/** What stands for a matrix whose transpose is older. */
function whereFlipped(
  store: Store,
  a: TensorNode,
  make: (flipped: TensorNode) => TensorNode,
): TensorNode | undefined {
  const flipped = untransposed(store, a);
  return flipped === a ? undefined : make(flipped);
}

/** det and logdet do not see a transpose; of A and A' the older stands for both. */
const untransposed = (store: Store, node: TensorNode): TensorNode => {
  const other = transposed(store, node);
  return other.id < node.id ? other : node;
};

const isSquare = (node: TensorNode): boolean => node.dims.length === 2 && node.dims[0] === node.dims[1];

const isOrthogonal = (node: TensorNode): boolean =>
  node.kind === "variable" && node.assumptions.has("orthogonal");

const isIdentity = (node: TensorNode): boolean => node.kind === "delta";

/** inv(c*A) = inv(A)/c, inv(inv(A)) = A, inv(A') = inv(A)', inv(A*B) = inv(B)*inv(A) for square A, B. */
function inverseOf(store: Store, a: TensorNode): TensorNode | undefined {
  if (isIdentity(a)) return a;
  if (isZeroNode(a)) throw new FluxionError("DOMAIN", "inv of a matrix of zeros: it has no inverse.");
  if (isOrthogonal(a)) return transposed(store, a);
  if (a.kind === "head" && a.name === "inv") return a.operand;
  if (a.kind === "head" && a.name === "expm") return head(store, "expm", scale(store, Q.minusOne, a.operand));
  const { coefficient, primitive } = takeMultiple(store, a);
  if (!Q.isOne(coefficient)) return scale(store, Q.divide(Q.one, coefficient), head(store, "inv", primitive));
  const scalars = takeScalars(store, a);
  if (scalars !== undefined) {
    return einsum(store, Q.one, [{ node: scalars.scalar, indices: [], power: Q.minusOne }, { node: head(store, "inv", scalars.matrix), indices: [0, 1] }], [0, 1], a.dims); // prettier-ignore
  }
  const scaled = takeDiagonals(store, a);
  if (scaled !== undefined) {
    // inv(M) runs against M, so what stood at its rows stands at its columns.
    const factors = [
      ...scaled.factors.map((factor) => ({ ...factor, power: Q.minusOne })),
      { node: head(store, "inv", scaled.matrix), indices: [1, 0] },
    ];
    return einsum(store, Q.one, factors, [1, 0], a.dims);
  }
  const kronecker = splitKronecker(store, a);
  if (kronecker !== undefined && isSquare(kronecker.left) && isSquare(kronecker.right))
    return kron(store, head(store, "inv", kronecker.left), head(store, "inv", kronecker.right));
  const chain = squareChain(a);
  if (chain !== undefined) {
    const factors: LooseFactor[] = chain.map(({ node, from, to, flipped }) => ({
      node: head(store, "inv", node),
      // inv(M) runs against M: from → to becomes to → from.
      indices: flipped ? [from, to] : [to, from],
    }));
    return einsum(store, Q.one, factors, [1, 0], a.dims);
  }
  const flipped = untransposed(store, a);
  if (flipped !== a) return transposed(store, makeHead(store, "inv", flipped));
  return undefined;
}

/** det(c*A) = c^n*det(A), det(A*B) = det(A)*det(B) for square A, B, det(inv(A)) = 1/det(A), det(A') = det(A). */
function determinantOf(store: Store, a: TensorNode): TensorNode | undefined {
  if (isIdentity(a)) return number(store, Q.one);
  if (isZeroNode(a)) return number(store, Q.zero);
  if (a.kind === "head" && a.name === "inv") return powerOf(store, head(store, "det", a.operand), Q.minusOne);
  if (a.kind === "head" && a.name === "expm") return elementwise(store, "exp", [traceOf(store, a.operand)]);
  const { coefficient, primitive } = takeMultiple(store, a);
  if (!Q.isOne(coefficient)) {
    const factor = raised(store, number(store, coefficient), a);
    return product(store, factor, head(store, "det", primitive));
  }
  const scalars = takeScalars(store, a);
  if (scalars !== undefined)
    return product(store, raised(store, scalars.scalar, a), head(store, "det", scalars.matrix));
  const kronecker = splitKronecker(store, a);
  if (kronecker !== undefined && isSquare(kronecker.left) && isSquare(kronecker.right)) {
    const { left, right } = kronecker;
    return product(store, raised(store, head(store, "det", left), right), raised(store, head(store, "det", right), left)); // prettier-ignore
  }
  const chain = squareChain(a);
  if (chain !== undefined) return product(store, ...chain.map(({ node }) => head(store, "det", node)));
  const flipped = untransposed(store, a);
  return flipped === a ? undefined : makeHead(store, "det", flipped);
}

/** logdet is log|det|, so it turns the laws of det into sums. */
function logDeterminantOf(store: Store, a: TensorNode): TensorNode | undefined {
  if (isIdentity(a) || isOrthogonal(a)) return number(store, Q.zero);
  if (isZeroNode(a))
    throw new FluxionError(
      "DOMAIN",
      "logdet of a matrix of zeros is the logarithm of 0, which is no number.",
    );
  if (a.kind === "head" && a.name === "inv")
    return scale(store, Q.minusOne, head(store, "logdet", a.operand));
  if (a.kind === "head" && a.name === "expm") return traceOf(store, a.operand);
  const { coefficient, primitive } = takeMultiple(store, a);
  const scalars = takeScalars(store, primitive);
  if (!Q.isOne(coefficient) || scalars !== undefined) {
    const scalar = scale(store, coefficient, scalars?.scalar ?? number(store, Q.one));
    const logarithm = elementwise(store, "log", [elementwise(store, "abs", [scalar])]);
    const multiple = product(store, size(store, a), logarithm);
    const rest = head(store, "logdet", scalars?.matrix ?? primitive);
    return sum(store, [{ coefficient: Q.one, node: multiple }, { coefficient: Q.one, node: rest }], []); // prettier-ignore
  }
  const scaled = takeDiagonals(store, a);
  if (scaled !== undefined) {
    const logarithms = scaled.factors.map(({ node }) => {
      const logarithm = elementwise(store, "log", [elementwise(store, "abs", [node])]);
      return { coefficient: Q.one, node: einsum(store, Q.one, [{ node: logarithm, indices: [0] }], [], []) };
    });
    return sum(
      store,
      [...logarithms, { coefficient: Q.one, node: head(store, "logdet", scaled.matrix) }],
      [],
    );
  }
  const kronecker = splitKronecker(store, a);
  if (kronecker !== undefined && isSquare(kronecker.left) && isSquare(kronecker.right)) {
    const { left, right } = kronecker;
    const part = (matrix: TensorNode, other: TensorNode): TensorNode =>
      product(store, size(store, other), head(store, "logdet", matrix));
    return sum(store, [{ coefficient: Q.one, node: part(left, right) }, { coefficient: Q.one, node: part(right, left) }], []); // prettier-ignore
  }
  const chain = squareChain(a);
  if (chain !== undefined) {
    return sum(store, chain.map(({ node }) => ({ coefficient: Q.one, node: head(store, "logdet", node) })), []); // prettier-ignore
  }
  const flipped = untransposed(store, a);
  return flipped === a ? undefined : makeHead(store, "logdet", flipped);
}

const product = (store: Store, ...factors: readonly TensorNode[]): TensorNode =>
  einsum(store, Q.one, factors.map((node) => ({ node, indices: [] })), [], []); // prettier-ignore

const size = (store: Store, a: TensorNode): TensorNode => lengthNode(store, a.dims[0]!);

/** scalar^n, n the size of the matrix. */
const raised = (store: Store, scalar: TensorNode, a: TensorNode): TensorNode =>
  elementwise(store, "pow", [scalar, size(store, a)]);
