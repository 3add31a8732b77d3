import { neg } from "../operators/elementwise/arithmetic.ts";
import { norm } from "../operators/reduction/norm.ts";
import { constant, type Domains, entriesIn, type KinkDistance, piecewise, smooth } from "./domain.ts";
import { least, leastLead } from "./distance.ts";
import { between, REALS } from "./interval.ts";

const everyday = [entriesIn(REALS, between(-2, 2))];

const amongLargest: KinkDistance<"max"> = ([x], { axes }) => leastLead(x, axes);
const amongSmallest: KinkDistance<"min"> = ([x], { axes }) => leastLead(neg(x), axes);
const ofArgmax: KinkDistance<"argmax"> = ([x], { axis }) => leastLead(x, [axis]);
const toOrigin: KinkDistance<"norm"> = ([x], attributes) => least(norm(x, attributes), Math.abs);

/** Domains of the reductions and of what works along an axis. */
export const reductionDomains: Domains<
  "sum" | "max" | "min" | "logsumexp" | "norm" | "cumsum" | "softmax" | "argmax"
> = {
  sum: smooth(everyday),
  max: piecewise(everyday, "two largest entries are equal", amongLargest),
  min: piecewise(everyday, "two smallest entries are equal", amongSmallest),
  logsumexp: smooth(everyday),
  norm: piecewise(everyday, "all entries are 0", toOrigin, true),
  cumsum: smooth(everyday),
  softmax: smooth(everyday),
  argmax: constant(everyday, "two largest entries are equal", ofArgmax),
};
