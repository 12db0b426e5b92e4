import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: "test/build-when-stale.ts",
    // What is slow is the machine, not the test: no result may depend on the time it took.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    reporters: ["default", "./scripts/count-reporter.ts"],
  },
});
