import { Bench } from "tinybench";
import { cpuMilliseconds, timeOnce } from "./clock.ts";
import { median, relativeSpread } from "./statistics.ts";

/** What one call costs. */
export interface Timing {
  /** Median over rounds of the median CPU time, in milliseconds. */
  readonly milliseconds: number;
  /** (Slowest round − fastest round) / median. */
  readonly spread: number;
  readonly rounds: number;
}

export interface TimingOptions {
  /** Every task is measured once in each round, in turn, so that a disturbance hits all alike. */
  readonly rounds: number;
  /** CPU time for each task in each round. */
  readonly millisecondsPerRound: number;
}

/** A function to be timed; its result is kept, so that the engine cannot drop the work. */
export interface Task {
  readonly name: string;
  readonly run: () => unknown;
}

/** Short calls are repeated until one sample takes this long; the clock then adds less than 1 %. */
const shortestSample = 0.2;

/** Holds the latest result of a timed call. */
const kept: { result: unknown } = { result: undefined };

/** CPU times of the tasks, by name, measured in interleaved rounds. */
export function timeInterleaved(
  tasks: readonly Task[],
  { rounds, millisecondsPerRound }: TimingOptions,
): ReadonlyMap<string, Timing> {
  const batches = tasks.map((task) => ({
    ...task,
    repeats: calibrate(task.run),
    medians: new Array<number>(),
  }));
  for (let round = 0; round < rounds; round++) {
    const bench = new Bench({
      now: cpuMilliseconds,
      time: millisecondsPerRound,
      iterations: 1,
      warmup: round === 0,
      warmupTime: millisecondsPerRound / 2,
      warmupIterations: 1,
      throws: true,
    });
    const order = round % 2 === 0 ? batches : batches.toReversed();
    for (const { name, run, repeats } of order)
      bench.add(name, () => timeBatch(run, repeats), { async: false });
    bench.runSync();
    for (const { name, medians } of batches) {
      const result = bench.getTask(name)?.result;
      if (result?.state === "completed") medians.push(result.latency.p50);
    }
  }
  return new Map(
    batches.map(({ name, medians }) => [
      name,
      { milliseconds: median(medians), spread: relativeSpread(medians), rounds: medians.length },
    ]),
  );
}

/** Calls `run` several times; tinybench takes the durations from what is returned. */
function timeBatch(
  run: () => unknown,
  repeats: number,
): { readonly overriddenDuration: number; readonly overriddenIterationCost: number } {
  const start = cpuMilliseconds();
  for (let i = 0; i < repeats; i++) kept.result = run();
  const duration = cpuMilliseconds() - start;
  return { overriddenDuration: duration / repeats, overriddenIterationCost: Math.max(duration, 1e-3) };
}

/** How many calls make a sample that is long enough for the clock. */
function calibrate(run: () => unknown): number {
  let repeats = 1;
  while (repeats < 1 << 20) {
    const sample = (): number =>
      timeOnce(() => {
        for (let i = 0; i < repeats; i++) kept.result = run();
      });
    // Twice: the engine's own threads (compilation, garbage collection) can make one sample look long.
    if (sample() >= shortestSample && sample() >= shortestSample) break;
    repeats *= 2;
  }
  return repeats;
}
