/**
 * CPU time of this process so far, in milliseconds, with a resolution of a microsecond.
 *
 * Unlike wall time it does not count what other processes do on the machine; work that the engine does on other
 * threads (garbage collection, compilation) it does.
 */
export function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** CPU time of one call, in milliseconds. */
export function timeOnce(run: () => unknown): number {
  const start = cpuMilliseconds();
  run();
  return cpuMilliseconds() - start;
}
