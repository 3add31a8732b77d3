import { defineConfig } from "vitest/config";

const conditions = ["@fluxion/source"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: [
      "packages/*/test/**/*.test.ts",
      "docs/test/**/*.test.ts",
      "examples/test/**/*.test.ts",
      "test/**/*.test.ts",
    ],
    exclude: ["**/node_modules/**", "**/dist/**", "test/packed/**", "test/browser/**", "test/fixtures/**"],
    testTimeout: 60_000,
    passWithNoTests: true,
  },
});
