import { expect } from "vitest";

/** What a block of the documentation imports from its test runner: tests that run where they stand. */
export { expect };

const running: Promise<unknown>[] = [];

export function test(...args: readonly unknown[]): void {
  const body = args.find((argument) => typeof argument === "function");
  running.push((async (): Promise<unknown> => body?.())());
}

export function it(...args: readonly unknown[]): void {
  test(...args);
}

export function describe(_name: string, body: () => void): void {
  body();
}

/** Waits for the tests of the block that has just run, and throws what the first failing one threw. */
export async function settled(): Promise<void> {
  await Promise.all(running.splice(0));
}
