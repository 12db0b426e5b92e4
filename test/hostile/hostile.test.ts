// Thousands of odd and hostile inputs end as they end in C++ Nix 2.34 and 2.36: the same output, report and status. Where
// C++ Nix itself does not end, or crashes, ocinix ends with a value or a readable error.
import path from "node:path";
import { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import type { MessageVersion } from "../../src/evaluator/settings.ts";
import { topics } from "./catalogue/catalogue.ts";
import { deliberateDifferences } from "./deliberate-differences.ts";
import { fold } from "./outcome.ts";
import { isCrash, readResults } from "./results.ts";
import type { RunOutcome, RunRequest } from "./run-cases.ts";

const names = Object.keys(topics);
const versions: readonly MessageVersion[] = ["2.34", "2.36"];

describe("hostile inputs", () => {
  it("are thousands", () => {
    const counts = names.map((topic) => readResults(topic, "2.34").size);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(15_000);
  });

  describe.each(versions)("with the messages of %s", (messageVersion) => {
    it.each(names)("%s", (topic) => expectSameOutcomes(topic, messageVersion));
  });
});

async function expectSameOutcomes(topic: string, messageVersion: MessageVersion): Promise<void> {
  const expectations = readResults(topic, messageVersion);
  const texts = new Map(Array.from(topics[topic]!(), ({ name, text }) => [name, text]));
  expect([...expectations.keys()]).toEqual([...texts.keys()]);
  const outcomes = await runAll({ topic, names: [...expectations.keys()], messageVersion });
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
}

function runAll(request: RunRequest): Promise<readonly RunOutcome[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(path.join(import.meta.dirname, "run-cases.ts"), {
      workerData: request,
      // Each collection of the young generation walks the stack, which is deep.
      resourceLimits: { stackSizeMb: 256, maxYoungGenerationSizeMb: 384 },
    });
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", () => reject(new Error(`the worker of ${request.topic} ended without results`)));
  });
}
