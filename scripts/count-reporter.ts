// Ends a test run with one plain line for scripts to read: `N passed, N failed`. A test file that does not even load
// counts as one failure.
import type { Reporter, TestModule } from "vitest/node";

// biome-ignore lint/style/noDefaultExport: vitest loads reporters by their default export.
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    let passed = 0;
    let failed = errors.length;
    for (const module of modules) {
      let results = 0;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === "passed") passed++;
        if (state === "failed") failed++;
        results++;
      }
      if (module.state() === "failed" && (results === 0 || module.errors().length > 0)) failed++;
    }
    process.stdout.write(`${passed} passed, ${failed} failed\n`);
  }
}
