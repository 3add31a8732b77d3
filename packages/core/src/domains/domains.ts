import type { Domains } from "./domain.ts";
import { elementwiseDomains } from "./elementwise.ts";
import { linearAlgebraDomains } from "./linear-algebra.ts";
import { reductionDomains } from "./reduction.ts";
import { shapeDomains } from "./shape.ts";

/**
 * Where every operator is defined and smooth, for generators of random programs: intervals to draw operands from, and
 * how far given operands are from the nearest kink, pole or edge of the domain.
 *
 * @example
 * import { domains } from "@fluxion/core/domains";
 * import { tensor } from "@fluxion/core";
 * domains.abs.kinks; // => "x = 0"
 * domains.abs.kinkDistance([tensor([3, -0.5])], {}); // => 0.5
 * domains.maximum.kinkDistance([tensor([1, 2]), tensor(2)], {}); // => 0
 */
export const domains: Domains = {
  ...elementwiseDomains,
  ...reductionDomains,
  ...linearAlgebraDomains,
  ...shapeDomains,
};
