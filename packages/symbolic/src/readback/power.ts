import type { NotationNode } from "@fluxion/core";
import { binary, call, fraction } from "../display/tree.ts";
import * as Q from "../ir/rational.ts";

/** base^power for a scalar and a positive power; a square root by its name. */
export function scalarPower(base: NotationNode, power: Q.Rational): NotationNode {
  if (Q.isOne(power)) return base;
  if (Q.equals(power, Q.half)) return call("sqrt", base);
  return binary("^", base, fraction(power));
}
