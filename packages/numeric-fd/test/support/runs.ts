/** How often a property is tried: FLUXION_RUNS in long runs, the default in `npm test`. */
export function runs(byDefault: number): number {
  return Number(process.env["FLUXION_RUNS"] ?? byDefault);
}
