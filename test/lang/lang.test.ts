// The language, case by case, compared with what C++ Nix says to the byte. See regenerate.sh for how to add a case.
import fs from "node:fs";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { beforeAll, describe, expect, it } from "vitest";
import type { CaseRequest, CaseResult } from "./run-cases.ts";

const folder = import.meta.dirname;
const okay = casesOf("okay");
const fail = casesOf("fail");
const pending = casesOf("pending");

const results = new Map<string, CaseResult>();

beforeAll(async () => {
  const requests: CaseRequest[] = [
    ...[...okay, ...fail, ...pending].map((name) => ({ name, showTrace: false })),
    ...[...fail, ...pending].map((name) => ({ name, showTrace: true })),
  ];
  for (const result of await runAll(requests)) results.set(keyOf(result), result);
});

describe("language cases", () => {
  it("are all here", () => {
    expect(okay.length).toBeGreaterThanOrEqual(150);
    expect(fail.length).toBeGreaterThanOrEqual(150);
    expect(results.size).toBe(okay.length + 2 * fail.length + 2 * pending.length);
  });

  it("have the expectations that they need, and no others", () => {
    const stray = ["okay", "fail", "pending"].flatMap((kind) =>
      list(kind).filter(
        (file) => !fs.existsSync(path.join(folder, `${file.replace(/\.(trace\.err|[a-z]+)$/, "")}.nix`)),
      ),
    );
    expect(stray).toEqual([]);
    expect(okay.filter((name) => expected(name, "exp") === undefined)).toEqual([]);
    expect(fail.filter((name) => !expected(name, "err") || !expected(name, "trace.err"))).toEqual([]);
  });

  it.each(okay)("%s", (name) => {
    const { output, errors } = resultOf(name, false);
    expect({ output, errors }).toEqual({ output: expected(name, "exp"), errors: expected(name, "err") ?? "" });
  });

  it.each(fail)("%s", (name) => {
    const { output, errors } = resultOf(name, false);
    expect({ output, errors }).toEqual({ output: undefined, errors: expected(name, "err") });
    expect(resultOf(name, true).errors).toBe(expected(name, "trace.err"));
  });
});

describe("pending language cases", () => {
  it("fail; one that passes has to move to okay/ or fail/", () => {
    const passing = pending.filter((name) => {
      const { output, errors } = resultOf(name, false);
      const isSame = output === expected(name, "exp") && errors === (expected(name, "err") ?? "");
      return isSame && (output !== undefined || resultOf(name, true).errors === expected(name, "trace.err"));
    });
    expect(passing).toEqual([]);
  });
});

function list(kind: string): string[] {
  return fs
    .readdirSync(path.join(folder, kind))
    .filter((file) => !file.startsWith("."))
    .map((file) => `${kind}/${file}`);
}

function casesOf(kind: string): string[] {
  return list(kind)
    .filter((file) => file.endsWith(".nix"))
    .map((file) => file.slice(0, -".nix".length));
}

function expected(name: string, extension: string): string | undefined {
  const file = path.join(folder, `${name}.${extension}`);
  return fs.existsSync(file) ? fs.readFileSync(file, "latin1") : undefined;
}

function keyOf({ name, showTrace }: CaseRequest): string {
  return `${name} ${showTrace}`;
}

function resultOf(name: string, showTrace: boolean): CaseResult {
  const result = results.get(keyOf({ name, showTrace }));
  if (result === undefined) throw new Error(`${name} was not run`);
  return result;
}

function runAll(requests: readonly CaseRequest[]): Promise<readonly CaseResult[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(path.join(folder, "run-cases.ts"), {
      workerData: { folder, requests },
      resourceLimits: { stackSizeMb: 256 },
    });
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", () => reject(new Error("the worker ended without results")));
  });
}
