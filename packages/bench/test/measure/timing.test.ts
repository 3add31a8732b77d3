import { expect, test } from "vitest";
import { environment } from "../../src/measure/environment.ts";
import { timeInterleaved } from "../../src/measure/timing.ts";

const sumOfSines = (count: number) => () => {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += Math.sin(i);
  return sum;
};

test("every task is measured in every round, in turns", () => {
  const order: string[] = [];
  const note = (name: string) => () => {
    if (order.at(-1) !== name) order.push(name);
    return sumOfSines(20_000)();
  };
  const tasks = ["a", "b", "c"].map((name) => ({ name, run: note(name) }));
  const timings = timeInterleaved(tasks, { rounds: 3, millisecondsPerRound: 1 });
  expect([...timings.keys()]).toEqual(["a", "b", "c"]);
  for (const { milliseconds, spread, rounds } of timings.values()) {
    expect(milliseconds).toBeGreaterThan(0);
    expect(spread).toBeGreaterThanOrEqual(0);
    expect(rounds).toBe(3);
  }
  // The last three rounds: forwards, backwards, forwards.
  expect(order.join("")).toMatch(/abcbabc$/);
});

test("what throws while it is timed throws", () => {
  const run = () => {
    throw new Error("broken task");
  };
  expect(() => timeInterleaved([{ name: "a", run }], { rounds: 1, millisecondsPerRound: 1 })).toThrow(
    "broken task",
  );
});

test("the environment names the machine", () => {
  const { node, cores, processor, date } = environment();
  expect(node).toBe(process.version);
  expect(cores).toBeGreaterThan(0);
  expect(processor.length).toBeGreaterThan(0);
  expect(Number.isNaN(Date.parse(date))).toBe(false);
});
