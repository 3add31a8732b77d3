import { defineConfig } from "vitest/config";

const conditions = ["@fluxion/source"];

/** Tests that replace modules need them loaded for themselves; all others share what is loaded, which takes half the time. */
const mocking = ["packages/symbolic/test/strategy/cache.test.ts"];

const ignored = ["**/node_modules/**", "**/dist/**", "test/packed/**", "test/browser/**", "test/fixtures/**"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    testTimeout: 60_000,
    setupFiles: ["test/seed.ts"],
    passWithNoTests: true,
    projects: [
      {
        extends: true,
        test: {
          name: "shared",
          isolate: false,
          include: [
            "packages/*/test/**/*.test.ts",
            "docs/test/**/*.test.ts",
            "examples/test/**/*.test.ts",
            "test/**/*.test.ts",
          ],
          exclude: [...ignored, ...mocking],
        },
      },
      { extends: true, test: { name: "mocking", include: mocking, exclude: ignored } },
    ],
  },
});
