import { type Shape, sizeOf } from "@fluxion/core";
import type { Builder } from "../builder.ts";
import { maker, type Makers } from "./maker.ts";
import { anAxis, someAxes } from "./reduction.ts";

function reshaped(b: Builder, shape: Shape): Shape {
  const size = sizeOf(shape);
  const rows = b.choice.one(
    Array.from({ length: size }, (_, i) => i + 1).filter((divisor) => size % divisor === 0),
  );
  return b.choice.one([[size], [rows, size / rows], [1, size], [rows, 1, size / rows]]);
}

/** Leading axes are new, axes of length 1 are stretched. */
function stretched(b: Builder, shape: Shape): Shape {
  const stretch = shape.map((length) => (length === 1 ? b.choice.integer(1, 3) : length));
  return b.choice.chance(60) ? [b.choice.integer(1, 3), ...stretch] : stretch;
}

function someIndices(b: Builder, length: number, count: number): readonly number[] {
  return Array.from({ length: count }, () => b.choice.integer(0, length - 1));
}

function slice(b: Builder): number {
  const x = b.ofRank(1);
  const ranges = b.shapeOf(x).map((length) => {
    if (b.choice.chance(35)) return { start: 0, stop: length, step: 1 };
    const start = b.choice.integer(0, length - 1);
    return { start, stop: b.choice.integer(start + 1, length), step: b.choice.integer(1, 2) };
  });
  return b.add("slice", [x], {
    starts: ranges.map((r) => r.start),
    stops: ranges.map((r) => r.stop),
    steps: ranges.map((r) => r.step),
  });
}

/** Of nodes that differ in length along one axis. */
function concatenate(b: Builder): number {
  const x = b.ofRank(1);
  const axis = anAxis(b, x);
  const others = Array.from({ length: b.choice.integer(1, 2) }, () =>
    b.choice.chance(15)
      ? x
      : b.ofShape(b.shapeOf(x).map((length, i) => (i === axis ? b.choice.integer(1, 3) : length))),
  );
  return b.add("concatenate", b.choice.shuffled([x, ...others]), { axis });
}

export const shapeMakers: Makers<
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
  reshape: maker(3, (b) => {
    const x = b.any();
    return b.add("reshape", [x], { shape: reshaped(b, b.shapeOf(x)) });
  }),
  // From three axes on a permutation may differ from its inverse.
  permute: maker(4, (b) => {
    const x = b.ofRank(b.choice.chance(50) ? 3 : 2);
    return b.add("permute", [x], { axes: b.choice.shuffled(b.shapeOf(x).map((_, axis) => axis)) });
  }),
  broadcastTo: maker(4, (b) => {
    const x = b.any();
    return b.add("broadcastTo", [x], { shape: stretched(b, b.shapeOf(x)) });
  }),
  slice: maker(4, slice),
  concatenate: maker(4, concatenate),
  stack: maker(4, (b) => {
    const x = b.any();
    const others = Array.from({ length: b.choice.integer(1, 2) }, () =>
      b.choice.chance(15) ? x : b.ofShape(b.shapeOf(x)),
    );
    return b.add("stack", b.choice.shuffled([x, ...others]), {
      axis: b.choice.integer(0, b.shapeOf(x).length),
    });
  }),
  pad: maker(3, (b) => {
    const x = b.ofRank(1);
    const widths = (): readonly number[] =>
      b.shapeOf(x).map(() => b.choice.weighted([0, 1, 2], (width) => 3 - width));
    return b.add("pad", [x], { before: widths(), after: widths() });
  }),
  take: maker(4, (b) => {
    const x = b.ofRank(1);
    const axis = anAxis(b, x);
    return b.add("take", [x], { axis, indices: someIndices(b, b.shapeOf(x)[axis]!, b.choice.integer(1, 4)) });
  }),
  scatterAdd: maker(4, (b) => {
    const x = b.ofRank(1);
    const axis = anAxis(b, x);
    const size = b.choice.integer(1, 4);
    return b.add("scatterAdd", [x], { axis, indices: someIndices(b, size, b.shapeOf(x)[axis]!), size });
  }),
  flip: maker(3, (b) => {
    const x = b.ofRank(1);
    return b.add("flip", [x], { axes: someAxes(b, b.shapeOf(x).length) });
  }),
  tril: maker(3, (b) => b.add("tril", [b.ofRank(2)], { k: b.choice.integer(-1, 1) })),
  triu: maker(3, (b) => b.add("triu", [b.ofRank(2)], { k: b.choice.integer(-1, 1) })),
};
