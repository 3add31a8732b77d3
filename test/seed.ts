import fc from "fast-check";

/**
 * Where random tests begin: at the same seed on every run of `npm test`, so that a change fails for what it did and
 * not for what was never tried before; at another seed every time in long runs, which look for the new.
 */
const BEGIN = 20261126;

const { FLUXION_SEED: asked, FLUXION_RUNS: long } = process.env;
const seed = asked === undefined ? (long === undefined ? BEGIN : undefined) : Number(asked);

if (seed !== undefined && !Number.isInteger(seed))
  throw new Error(`FLUXION_SEED is a whole number, not ${asked}.`);
fc.configureGlobal(seed === undefined ? {} : { seed });
