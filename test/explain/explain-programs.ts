// Explains programs in a worker, for the tests.
import path from "node:path";
import { Worker } from "node:worker_threads";
import type { Explained, Program } from "./run-programs.ts";

export function explainPrograms(programs: readonly Program[]): Promise<readonly Explained[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(path.join(import.meta.dirname, "run-programs.ts"), {
      workerData: { programs },
      resourceLimits: { stackSizeMb: 256 },
    });
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", () => reject(new Error("the worker ended without results")));
  });
}
