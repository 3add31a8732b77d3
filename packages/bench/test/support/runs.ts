/** The number of runs of a long property; FLUXION_RUNS raises it. */
export function runs(otherwise: number): number {
  return Number(process.env["FLUXION_RUNS"] ?? otherwise);
}
