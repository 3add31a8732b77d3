import {
  type Attributes, cofactor, cumsum, div, equal, exp, eye, flip, type Inputs, inverse, maximum,
  type OperatorName, pad, permute, reshape, scatterAdd, type Shape, slice, strongMatmul, strongMul, sub, sum, take, type Tensor,
  tril, triu,
} from "@fluxion/core"; // prettier-ignore
import type { ElementwiseName } from "../rules/elementwise.ts";
import { choleskyMap, solveMaps, triangularSolveMaps } from "./elimination.ts";
import { compose, contraction, type LinearMap, negate, scale, selfAdjoint, stretch } from "./linear-map.ts";

/** Where an operator was applied. */
export interface Point<N extends OperatorName> {
  readonly inputs: Inputs<N>;
  readonly output: Tensor;
  readonly attributes: Attributes<N>;
}

/** The derivative by each operand, null where it is zero everywhere; never a silent zero. */
export type LinearRules = {
  readonly [N in Exclude<OperatorName, ElementwiseName>]: (point: Point<N>) => readonly (LinearMap | null)[];
};

export const linearRules: LinearRules = {
  // Contractions: one rule, the product without the factor.
  matmul: ({ inputs: [a, b], output, attributes: { transposeA, transposeB } }) =>
    product([a, transposeA ? "kr" : "rk"], [b, transposeB ? "ck" : "kc"], "rc", output),
  matvec: ({ inputs: [a, x], output, attributes: { transpose: flipped } }) =>
    product([a, flipped ? "kr" : "rk"], [x, "k"], "r", output),
  dot: ({ inputs: [a, b], output }) => product([a, "k"], [b, "k"], "", output),
  outer: ({ inputs: [a, b], output }) => product([a, "r"], [b, "c"], "rc", output),
  trace: ({ inputs: [a], output }) => [product([a, "rc"], [eye(a.shape.at(-1)!), "rc"], "", output)[0]],
  diagonal: ({ inputs: [a], output }) => [product([a, "rc"], [eye(a.shape.at(-1)!), "rc"], "r", output)[0]],
  diagonalMatrix: ({ inputs: [x], output }) => [
    product([x, "r"], [eye(x.shape.at(-1)!), "rc"], "rc", output)[0],
  ],
  einsum: ({ inputs, attributes: { subscripts } }) => {
    const [operands, result] = subscripts.split("->") as [string, string];
    const letters = operands.split(",");
    return inputs.map((x, i) =>
      contraction(
        { letters: letters[i]!, shape: x.shape },
        letters.flatMap((own, j) => (j === i ? [] : [{ letters: own, value: inputs[j]! }])),
        result,
      ),
    );
  },

  // Reductions: a factor for every entry, then the sum.
  sum: ({ inputs: [x], attributes }) => [sumOver(x.shape, attributes)],
  max: ({ inputs: [x], output, attributes }) => [
    compose(scale(shareOfTies(x, output, attributes)), sumOver(x.shape, attributes)),
  ],
  min: ({ inputs: [x], output, attributes }) => [
    compose(scale(shareOfTies(x, output, attributes)), sumOver(x.shape, attributes)),
  ],
  logsumexp: ({ inputs: [x], output, attributes }) => {
    const weights = exp(sub(x, keepAxes(output, x.shape, attributes)));
    // Their sum is 1 up to the rounding of a large output.
    const shares = div(weights, sum(weights, { axes: attributes.axes, keepDims: true }));
    return [compose(scale(shares), sumOver(x.shape, attributes))];
  },
  norm: ({ inputs: [x], output, attributes }) => [
    compose(
      // The smallest number instead of a norm of 0: 0/0 becomes 0, with an infinite slope.
      scale(div(x, maximum(keepAxes(output, x.shape, attributes), Number.MIN_VALUE))),
      sumOver(x.shape, attributes),
    ),
  ],
  softmax: ({ output, attributes: { axis } }) => [
    // diag(y) - y yᵀ
    selfAdjoint((t) => {
      const weighted = strongMul(output, t);
      return sub(weighted, strongMul(output, sum(weighted, { axes: axis, keepDims: true })));
    }),
  ],
  cumsum: ({ attributes: { axis, reverse } }) => [
    { apply: (t) => cumsum(t, { axis, reverse }), transpose: (g) => cumsum(g, { axis, reverse: !reverse }) },
  ],
  argmax: () => [null],

  // Functions of matrices.
  det: ({ inputs: [a], output }) => [product([a, "rc"], [cofactor(a), "rc"], "", output)[0]],
  logdet: ({ inputs: [a], output }) => [product([a, "rc"], [inverse(a), "cr"], "", output)[0]],
  inverse: ({ output: y }) => [
    compose(
      {
        apply: (t) => strongMatmul(strongMatmul(y, t), y),
        transpose: (g) => strongMatmul(strongMatmul(y, g, { transposeA: true }), y, { transposeB: true }),
      },
      negate,
    ),
  ],
  solve: solveMaps,
  triangularSolve: triangularSolveMaps,
  cholesky: (point) => [choleskyMap(point)],

  // Rearrangements.
  reshape: ({ inputs: [x], attributes: { shape } }) => [
    { apply: (t) => reshape(t, shape), transpose: (g) => reshape(g, x.shape) },
  ],
  permute: ({ attributes: { axes } }) => [{ apply: (t) => permute(t, axes), transpose: (g) => permute(g, axes.map((_, axis) => axes.indexOf(axis))) }], // prettier-ignore
  broadcastTo: ({ inputs: [x], attributes: { shape } }) => [stretch(x.shape, shape)],
  slice: ({ inputs: [x], attributes }) => [sliced(x.shape, attributes)],
  pad: ({ inputs: [x], attributes: { before, after } }) => [padded(x.shape, before, after)],
  take: ({ inputs: [x], attributes: { axis, indices } }) => [taken(x.shape[axis]!, axis, indices)],
  scatterAdd: ({ attributes: { axis, indices, size } }) => [transposeOf(taken(size, axis, indices))],
  flip: ({ attributes: { axes } }) => [selfAdjoint((t) => flip(t, { axes }))],
  tril: ({ attributes: { k } }) => [selfAdjoint((t) => tril(t, k))],
  triu: ({ attributes: { k } }) => [selfAdjoint((t) => triu(t, k))],
  concatenate: ({ inputs, output, attributes: { axis } }) => {
    let start = 0;
    return inputs.map((x) => {
      const before = output.shape.map((_, i) => (i === axis ? start : 0));
      start += x.shape[axis]!;
      return padded(x.shape, before, output.shape.map((length, i) => length - before[i]! - x.shape[i]!)); // prettier-ignore
    });
  },
  stack: ({ inputs, attributes: { axis } }) =>
    inputs.map((x, i) => ({
      apply: (t) =>
        scatterAdd(reshape(t, [...x.shape.slice(0, axis), 1, ...x.shape.slice(axis)]), [i], {
          axis,
          size: inputs.length,
        }),
      transpose: (g) => reshape(take(g, [i], { axis }), x.shape),
    })),
};

type Reduction = Attributes<"sum">;

function keepAxes(reduced: Tensor, x: Shape, { axes }: Reduction): Tensor {
  return reshape(reduced, x.map((length, axis) => (axes.includes(axis) ? 1 : length))); // prettier-ignore
}

function sumOver(x: Shape, attributes: Reduction): LinearMap {
  return {
    apply: (t) => sum(t, attributes),
    transpose: (g) => stretch(keepAxes(g, x, attributes).shape, x).apply(keepAxes(g, x, attributes)),
  };
}

function shareOfTies(x: Tensor, output: Tensor, attributes: Reduction): Tensor {
  const attained = equal(x, keepAxes(output, x.shape, attributes));
  return div(attained, sum(attained, { axes: attributes.axes, keepDims: true }));
}

function transposeOf(map: LinearMap): LinearMap {
  return { apply: map.transpose, transpose: map.apply };
}

function taken(length: number, axis: number, indices: readonly number[]): LinearMap {
  return {
    apply: (t) => take(t, indices, { axis }),
    transpose: (g) => scatterAdd(g, indices, { axis, size: length }),
  };
}

function padded(x: Shape, before: readonly number[], after: readonly number[]): LinearMap {
  return {
    apply: (t) => pad(t, before.map((count, axis) => [count, after[axis]!])), // prettier-ignore
    transpose: (g) => slice(g, x.map((length, axis) => [before[axis]!, before[axis]! + length])), // prettier-ignore
  };
}

/** A slice is, axis by axis, what `take` does at evenly spaced indices; with steps of 1 it undoes a padding. */
function sliced(x: Shape, { starts, stops, steps }: Attributes<"slice">): LinearMap {
  if (steps.every((step) => step === 1))
    return transposeOf(
      padded(
        starts.map((start, axis) => Math.max(0, stops[axis]! - start)),
        starts,
        x.map((length, axis) => length - Math.max(stops[axis]!, starts[axis]!)),
      ),
    );
  return x
    .map(
      (length, axis) =>
      taken(length, axis, Array.from({ length: Math.max(0, Math.ceil((stops[axis]! - starts[axis]!) / steps[axis]!)) }, (_, i) => starts[axis]! + i * steps[axis]!)), // prettier-ignore
    )
    .reduce(compose);
}

const LEADING_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/**
 * A product of two operands over their last axes, with axes before them that broadcast: the map of each operand. An
 * axis of length 1 that stretches has no letter; the operand goes without it.
 */
function product(
  first: readonly [Tensor, string],
  second: readonly [Tensor, string],
  result: string,
  output: Tensor,
): readonly [LinearMap, LinearMap] {
  const leading = output.shape.slice(0, output.shape.length - result.length);
  const outputLetters = LEADING_LETTERS.slice(0, leading.length) + result;
  const labelled = ([x, own]: readonly [Tensor, string]): {
    letters: string;
    value: Tensor;
    restore: Shape;
  } => {
    const rank = x.shape.length;
    const missing = leading.length - (rank - own.length);
    const kept = x.shape.flatMap((length, axis) =>
      axis < rank - own.length && length === 1 && leading[axis + missing] !== 1 ? [] : [axis],
    );
    const letters = kept
      .map((axis) =>
        axis < rank - own.length ? LEADING_LETTERS[axis + missing]! : own[axis - (rank - own.length)]!,
      )
      .join("");
    return { letters, value: reshape(x, kept.map((axis) => x.shape[axis]!)), restore: x.shape }; // prettier-ignore
  };
  const a = labelled(first);
  const b = labelled(second);
  const map = (own: typeof a, other: typeof a): LinearMap => {
    const squeeze: LinearMap = {
      apply: (t) => reshape(t, own.value.shape),
      transpose: (g) => reshape(g, own.restore),
    };
    return compose(
      squeeze,
      contraction(
        { letters: own.letters, shape: own.value.shape },
        [{ letters: other.letters, value: other.value }],
        outputLetters,
      ),
    );
  };
  return [map(a, b), map(b, a)];
}
