import { defineConfig } from "vitest/config";

/** The packages as they are published: what `npm run check:package` runs on top of the unit tests. */
export default defineConfig({
  test: { include: ["test/packed/**/*.test.ts"], testTimeout: 120_000, hookTimeout: 120_000 },
});
