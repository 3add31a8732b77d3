import { flip, pad, permute, reshape, scatterAdd, slice, take, tril, triu, type Attributes, type Shape, type Tensor } from "@fluxion/core"; // prettier-ignore
import type { VjpRules } from "./rule.ts";

/** Every shape operator is linear: a cotangent goes back through its transpose. */
export const shapeRules: VjpRules<
  | "reshape"
  | "permute"
  | "broadcastTo"
  | "slice"
  | "concatenate"
  | "stack"
  | "pad"
  | "take"
  | "scatterAdd"
  | "flip"
  | "tril"
  | "triu"
> = {
  // prettier-ignore
  reshape: { keeps: "nothing", pullback: [(g, { shapes: [x] }) => reshape(g, x!)] },
  permute: {
    keeps: "nothing",
    pullback: [(g, { attributes: { axes } }) => permute(g, inversePermutation(axes))],
  },
  broadcastTo: { keeps: "nothing", pullback: [(g) => g] }, // the tape sums over stretched axes
  slice: { keeps: "nothing", pullback: [(g, { shapes: [x], attributes }) => unslice(g, x!, attributes)] },
  concatenate: {
    keeps: "nothing",
    pullback: (g, { shapes, attributes: { axis } }, position) => partOf(g, shapes, axis, position),
  },
  stack: {
    keeps: "nothing",
    pullback: (g, { shapes: [x], attributes: { axis } }, position) =>
      reshape(take(g, [position], { axis }), x!),
  },
  pad: {
    keeps: "nothing",
    pullback: [(g, { shapes: [x], attributes: { before } }) => slice(g, before.map((start, axis) => [start, start + x![axis]!] as const))], // prettier-ignore
  },
  take: {
    keeps: "nothing",
    pullback: [
      (g, { shapes: [x], attributes: { axis, indices } }) =>
        scatterAdd(g, indices, { axis, size: x![axis]! }),
    ],
  },
  scatterAdd: {
    keeps: "nothing",
    pullback: [(g, { attributes: { axis, indices } }) => take(g, indices, { axis })],
  },
  flip: { keeps: "nothing", pullback: [(g, { attributes: { axes } }) => flip(g, { axes })] },
  tril: { keeps: "nothing", pullback: [(g, { attributes: { k } }) => tril(g, k)] },
  triu: { keeps: "nothing", pullback: [(g, { attributes: { k } }) => triu(g, k)] },
};

function inversePermutation(axes: readonly number[]): readonly number[] {
  return axes.map((_, axis) => axes.indexOf(axis));
}

/** Zeros of x's shape with g at the entries that the slice took. */
function unslice(g: Tensor, x: Shape, { starts, stops, steps }: Attributes<"slice">): Tensor {
  const spread = steps.reduce((part, step, axis) => {
    if (step === 1) return part;
    const count = part.shape[axis]!;
    const indices = Array.from({ length: count }, (_, i) => i * step);
    return scatterAdd(part, indices, { axis, size: Math.max(0, stops[axis]! - starts[axis]!) });
  }, g);
  return pad(
    spread,
    x.map((length, axis) => [starts[axis]!, length - starts[axis]! - spread.shape[axis]!] as const),
  );
}

/** The cotangent of one of the concatenated parts. */
function partOf(g: Tensor, shapes: readonly Shape[], axis: number, position: number): Tensor {
  const start = shapes.slice(0, position).reduce((total, shape) => total + shape[axis]!, 0);
  return slice(
    g,
    g.shape.map((_, i) => (i === axis ? ([start, start + shapes[position]![axis]!] as const) : null)),
  );
}
