import { arch, cpus, platform, totalmem } from "node:os";

/** Where and when the figures were measured. */
export interface Environment {
  readonly date: string;
  readonly node: string;
  readonly engine: string;
  readonly platform: string;
  readonly processor: string;
  readonly cores: number;
  readonly memoryGigabytes: number;
}

/**
 * The machine that this process runs on, now.
 *
 * @example
 * import { environment } from "@fluxion/bench";
 * environment().node === process.version; // => true
 */
export function environment(): Environment {
  const processors = cpus();
  return {
    date: new Date().toISOString(),
    node: process.version,
    engine: `V8 ${process.versions.v8}`,
    platform: `${platform()} ${arch()}`,
    processor: processors[0]?.model ?? "unknown",
    cores: processors.length,
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
  };
}

/** The environment in one line. */
export function describeEnvironment(stamp: Environment): string {
  return `${stamp.processor}, ${stamp.cores} cores, ${stamp.memoryGigabytes} GB, ${stamp.platform}, Node ${stamp.node} (${stamp.engine}), ${stamp.date}`;
}
