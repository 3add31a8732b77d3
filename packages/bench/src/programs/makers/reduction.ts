import type { Builder } from "../builder.ts";
import { type Maker, maker, type Makers } from "./maker.ts";

/** Over some of the axes, or all of them. */
function reduction(name: "sum" | "max" | "min" | "logsumexp" | "norm", weight: number): Maker {
  return maker(weight, (b) => {
    const x = b.ofRank(1);
    return b.add(name, [x], { axes: someAxes(b, b.shapeOf(x).length), keepDims: b.choice.chance(30) });
  });
}

/** One axis or more, in order. */
export function someAxes(b: Builder, rank: number): readonly number[] {
  const axes = Array.from({ length: rank }, (_, axis) => axis);
  const chosen = axes.filter(() => b.choice.chance(50));
  return chosen.length > 0 ? chosen : b.choice.chance(50) ? axes : [b.choice.one(axes)];
}

export function anAxis(b: Builder, node: number): number {
  return b.choice.integer(0, b.shapeOf(node).length - 1);
}

export const reductionMakers: Makers<
  "sum" | "max" | "min" | "logsumexp" | "norm" | "cumsum" | "softmax" | "argmax"
> = {
  sum: reduction("sum", 5),
  max: reduction("max", 4),
  min: reduction("min", 4),
  logsumexp: reduction("logsumexp", 4),
  norm: reduction("norm", 4),
  cumsum: maker(3, (b) => {
    const x = b.ofRank(1);
    return b.add("cumsum", [x], { axis: anAxis(b, x), reverse: b.choice.chance(50) });
  }),
  softmax: maker(3, (b) => {
    const x = b.ofRank(1);
    return b.add("softmax", [x], { axis: anAxis(b, x) });
  }),
  argmax: maker(2, (b) => {
    const x = b.ofRank(1);
    const position = b.add("argmax", [x], { axis: anAxis(b, x) });
    return b.choice.chance(20) ? position : b.add("mul", [position, b.partner(position)], {});
  }),
};
