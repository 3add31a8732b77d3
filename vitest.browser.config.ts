import { defineConfig } from "vitest/config";

/** What needs a browser: `npm run test:browser`, never part of `npm test`. It tests the packages as they are built. */
export default defineConfig({
  test: {
    include: ["test/browser/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 300_000,
    fileParallelism: false,
  },
});
