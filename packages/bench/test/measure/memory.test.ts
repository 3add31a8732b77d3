import { expect, test } from "vitest";
import { allocatedBytes } from "../../src/measure/memory.ts";

let kept: unknown;

test.each([
  [1000, 8000],
  [100_000, 800_000],
  [1_000_000, 8_000_000],
])("a Float64Array of %i numbers takes about %i bytes", (length, bytes) => {
  const found = allocatedBytes(() => (kept = new Float64Array(length)));
  expect(kept).toHaveLength(length);
  expect(found! / bytes).toBeGreaterThan(0.9);
  expect(found! / bytes).toBeLessThan(1.3);
});

test("what allocates nothing takes next to nothing", () => {
  const sums = [0];
  expect(allocatedBytes(() => (sums[0]! += 1))).toBeLessThan(3000);
});
