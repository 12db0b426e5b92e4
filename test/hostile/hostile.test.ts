// Thousands of odd and hostile inputs end as they end in C++ Nix 2.34: the same output, report and status. Where C++ Nix
// itself does not end, or crashes, ocinix ends with a value or a readable error.
import fs from "node:fs";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { topics } from "./catalogue/catalogue.ts";
import { deliberateDifferences } from "./deliberate-differences.ts";
import { fold } from "./outcome.ts";
import { fileOf, isCrash, readResults } from "./results.ts";
import type { RunOutcome, RunRequest } from "./run-cases.ts";

/** Those that C++ Nix has been asked about; what nests and recurses takes it, and the test, too long. */
const asked = Object.keys(topics).filter((topic) => fs.existsSync(fileOf(topic)));

describe("hostile inputs", () => {
  it("are thousands", () => {
    const count = asked.reduce((sum, topic) => sum + readResults(topic).size, 0);
    expect(count).toBeGreaterThan(15_000);
  });

  it.each(asked)("%s", async (topic) => {
    const expectations = readResults(topic);
    const texts = new Map(Array.from(topics[topic]!(), ({ name, text }) => [name, text]));
    const outcomes = await runAll({ topic, names: [...expectations.keys()] });
    const different = outcomes.flatMap((outcome) => {
      const { name, status, stderr } = outcome;
      const expectation = expectations.get(name)!;
      const found = fold(outcome, texts.get(name)!);
      const isFine = isCrash(expectation)
        ? status <= 1 && !/this is a bug of ocinix|\n +at .*\.[jt]s:\d/.test(stderr)
        : JSON.stringify(found) === JSON.stringify(expectation);
      return isFine || deliberateDifferences.has(name) ? [] : [{ name, expectation, found }];
    });
    expect(different).toEqual([]);
    expect(outcomes.map(({ name }) => name)).toEqual([...expectations.keys()]);
  });
});

function runAll(request: RunRequest): Promise<readonly RunOutcome[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(path.join(import.meta.dirname, "run-cases.ts"), {
      workerData: request,
      resourceLimits: { stackSizeMb: 256 },
    });
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", () => reject(new Error(`the worker of ${request.topic} ended without results`)));
  });
}
