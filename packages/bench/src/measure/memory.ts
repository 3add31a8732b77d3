import { GCProfiler, getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Bytes that are allocated without a collection in between, to be on the safe side. */
const quiet = 300_000;

/** Counts of which the least is taken. */
const attempts = 5;

/**
 * About how many bytes one call allocates, on the engine's heap and in array buffers; null where a collection came in between.
 *
 * Collects garbage first, which takes some milliseconds; what is counted is allocation, not what is still in use. The engine
 * hands out memory by the page, so a single call is known to about 100 kB and many small ones to 100 bytes each.
 */
export function allocatedBytes(run: () => unknown): number | null {
  const collect = collector();
  // What counting itself allocates.
  const nothing = leastBytes(collect, () => undefined, 1) ?? 0;
  const found = leastBytes(collect, run, 1);
  if (found === null) return null;
  const one = Math.max(0, found - nothing);
  const calls = Math.min(1000, Math.floor(quiet / Math.max(one, 1)));
  return calls > 1 ? (leastBytes(collect, run, calls) ?? one) : one;
}

/** The least of several counts: a fresh page and whatever else happens to be allocated only ever add. */
function leastBytes(collect: () => void, run: () => unknown, calls: number): number | null {
  const counts = Array.from({ length: attempts }, () => countBytes(collect, run, calls));
  const known = counts.filter((count) => count !== null);
  return known.length === 0 ? null : Math.min(...known);
}

/** Average over calls. */
function countBytes(collect: () => void, run: () => unknown, calls: number): number | null {
  // The second collection waits until the first has given back its array buffers.
  collect();
  collect();
  const profiler = new GCProfiler();
  profiler.start();
  const before = bytesInUse();
  for (let i = 0; i < calls; i++) run();
  const after = bytesInUse();
  const collections = profiler.stop().statistics.length;
  return collections === 0 ? Math.max(0, after - before) / calls : null;
}

function bytesInUse(): number {
  const { used_heap_size, external_memory } = getHeapStatistics();
  return used_heap_size + external_memory;
}

/** The engine's own collector, which a flag makes visible. */
function collector(): () => void {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc") as () => void;
}
