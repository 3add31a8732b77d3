import { operatorNames } from "@fluxion/core";
import { compositeMakers } from "./composite.ts";
import { elementwiseMakers } from "./elementwise.ts";
import { linearAlgebraMakers } from "./linear-algebra.ts";
import type { Maker, Makers } from "./maker.ts";
import { reductionMakers } from "./reduction.ts";
import { shapeMakers } from "./shape.ts";

const makers: Makers = { ...elementwiseMakers, ...reductionMakers, ...linearAlgebraMakers, ...shapeMakers };

/** Every way in which a random program grows, under the name of the operator that is made. */
export const allMakers: readonly (readonly [name: string, maker: Maker])[] = [
  ...operatorNames.map((name) => [name, makers[name]] as const),
  ...Object.entries(compositeMakers),
];
