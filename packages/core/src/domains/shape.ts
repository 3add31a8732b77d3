import { type Domains, entriesIn, smooth } from "./domain.ts";
import { between, REALS } from "./interval.ts";

/** Moving entries about is linear. */
const linear = smooth([entriesIn(REALS, between(-2, 2))]);

/** Domains of the operators that move entries about. */
export const shapeDomains: Domains<
  | "reshape" | "permute" | "broadcastTo" | "slice" | "concatenate" | "stack" | "pad" | "take" | "scatterAdd" | "flip" | "tril" | "triu"
> = {
  reshape: linear,
  permute: linear,
  broadcastTo: linear,
  slice: linear,
  concatenate: linear,
  stack: linear,
  pad: linear,
  take: linear,
  scatterAdd: linear,
  flip: linear,
  tril: linear,
  triu: linear,
}; // prettier-ignore
