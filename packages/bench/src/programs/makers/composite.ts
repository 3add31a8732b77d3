import {
  add,
  cos,
  customRule,
  floor,
  logSoftmax,
  mean,
  mul,
  prod,
  sin,
  square,
  type Tensor,
  variance,
} from "@fluxion/core";
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

/** A step whose rules say that it has the slope of the sine: whoever differentiates the step itself is found out. */
const step = customRule(
  function step(x: Tensor) {
    return floor(x);
  },
  { jvp: ([x], [dx]) => mul(cos(x), dx), vjp: (dy, [x]) => [mul(cos(x), dy)] },
);

/**
 * A product of two arrays of one shape whose rules are those of y² sin x. They belong to some function, so that second
 * derivatives are symmetric.
 */
const product = customRule(
  function product(x: Tensor, y: Tensor) {
    return mul(x, y);
  },
  {
    jvp: ([x, y], [dx, dy]) => add(mul(slopes(x, y)[0], dx), mul(slopes(x, y)[1], dy)),
    vjp: (dz, [x, y]) => slopes(x, y).map((slope) => mul(slope, dz)),
  },
);

function slopes(x: Tensor, y: Tensor): readonly [byX: Tensor, byY: Tensor] {
  return [mul(square(y), cos(x)), mul(mul(2, y), sin(x))];
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
  customRule: maker(2, (b) => b.inline(step, [b.any()])),
  "customRule of two": maker(1, (b) => {
    const x = b.any();
    return b.inline(product, [x, b.choice.chance(20) ? x : b.ofShape(b.shapeOf(x))]);
  }),
};
