import { logSoftmax, mean, prod, variance } from "@fluxion/core";
import type { Builder } from "../builder.ts";
import { type Maker, maker } from "./maker.ts";
import { anAxis, someAxes } from "./reduction.ts";

function over(f: typeof mean): Maker {
  return maker(2, (b: Builder) => {
    const x = b.ofRank(1);
    const options = { axes: someAxes(b, b.shapeOf(x).length), keepDims: b.choice.chance(30) };
    return b.inline((a) => f(a, options), [x]);
  });
}

/** Functions of core that are made of several operators. */
export const compositeMakers: Readonly<Record<string, Maker>> = {
  mean: over(mean),
  variance: over(variance),
  prod: over(prod),
  logSoftmax: maker(2, (b) => {
    const x = b.ofRank(1);
    const axis = anAxis(b, x);
    return b.inline((a) => logSoftmax(a, { axis }), [x]);
  }),
};
