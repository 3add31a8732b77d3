import {
  broadcastTo, concatenate, flip, pad, permute, reshape, scatterAdd, slice, stack, take, tril, triu, zeros, type Tensor,
} from "@fluxion/core"; // prettier-ignore
import type { JvpRules } from "./rule.ts";

/** Every shape operator is linear: a tangent goes the way of its primal. */
export const shapeRules: JvpRules<
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
  reshape: [(t, { attributes: { shape } }) => reshape(t, shape)],
  permute: [(t, { attributes: { axes } }) => permute(t, axes)],
  broadcastTo: [(t, { attributes: { shape } }) => broadcastTo(t, shape)],
  slice: [(t, { attributes: { starts, stops, steps } }) => slice(t, starts.map((start, axis) => [start, stops[axis]!, steps[axis]!] as const))], // prettier-ignore
  concatenate: (tangents, { inputs, attributes: { axis } }) =>
    concatenate(withZeros(tangents, inputs), { axis }),
  stack: (tangents, { inputs, attributes: { axis } }) => stack(withZeros(tangents, inputs), { axis }),
  pad: [(t, { attributes: { before, after } }) => pad(t, before.map((count, axis) => [count, after[axis]!] as const))], // prettier-ignore
  take: [(t, { attributes: { axis, indices } }) => take(t, indices, { axis })],
  scatterAdd: [(t, { attributes: { axis, indices, size } }) => scatterAdd(t, indices, { axis, size })],
  flip: [(t, { attributes: { axes } }) => flip(t, { axes })],
  tril: [(t, { attributes: { k } }) => tril(t, k)],
  triu: [(t, { attributes: { k } }) => triu(t, k)],
};

function withZeros(tangents: readonly (Tensor | null)[], inputs: readonly Tensor[]): readonly Tensor[] {
  return tangents.map((t, i) => t ?? zeros(inputs[i]!.shape));
}
