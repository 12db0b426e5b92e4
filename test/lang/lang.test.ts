// The language, case by case, compared with what C++ Nix says to the byte: with the messages of 2.34 and with those of
// 2.36, with functions that run as closures and as JavaScript. See regenerate.sh for how to add a case.
import fs from "node:fs";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { beforeAll, describe, expect, it } from "vitest";
import type { MessageVersion } from "../../src/evaluator/settings.ts";
import type { CaseRequest, CaseResult, Tier } from "./run-cases.ts";

const folder = import.meta.dirname;
const okay = casesOf("okay");
const fail = casesOf("fail");

const results = new Map<string, CaseResult>();

const versions: readonly MessageVersion[] = ["2.34", "2.36"];
const tiers: readonly Tier[] = ["closures", "JavaScript"];

beforeAll(async () => {
  const requests = versions.flatMap((messageVersion): CaseRequest[] => [
    ...tiers.flatMap((tier) => [...okay, ...fail].map((name) => ({ name, messageVersion, showTrace: false, tier }))),
    ...fail.map((name) => ({ name, messageVersion, showTrace: true, tier: "closures" as const })),
  ]);
  for (const result of await runAll(requests)) results.set(keyOf(result), result);
});

describe("language cases", () => {
  it("are all here", () => {
    expect(okay.length).toBeGreaterThanOrEqual(150);
    expect(fail.length).toBeGreaterThanOrEqual(150);
    expect(results.size).toBe(versions.length * (2 * okay.length + 3 * fail.length));
  });

  it("have the expectations that they need, and no others", () => {
    const stray = ["okay", "fail"].flatMap((kind) =>
      list(kind).filter((file) => !fs.existsSync(path.join(folder, `${file.replace(/(\.(2\.36|[a-z]+))+$/, "")}.nix`))),
    );
    expect(stray).toEqual([]);
    expect(okay.filter((name) => expected(name, "exp") === undefined)).toEqual([]);
    expect(fail.filter((name) => !expected(name, "err") || !expected(name, "trace.err"))).toEqual([]);
  });

  describe.each(versions)("with the messages of %s", (version) => {
    describe.each(tiers)("as %s", (tier) => {
      it.each(okay)("%s", (name) => {
        const { output, errors } = resultOf(name, version, false, tier);
        expect({ output, errors }).toEqual({ output: expected(name, "exp"), errors: report(name, version, "err") });
      });

      it.each(fail)("%s", (name) => {
        const { output, errors } = resultOf(name, version, false, tier);
        expect({ output, errors }).toEqual({ output: undefined, errors: report(name, version, "err") });
      });
    });

    it.each(fail)("%s, traced", (name) => {
      expect(resultOf(name, version, true, "closures").errors).toBe(report(name, version, "trace.err"));
    });
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

/** What is expected on standard error; there is a file for 2.36 where that differs from 2.34. */
function report(name: string, version: MessageVersion, extension: string): string {
  return (version === "2.36" ? expected(name, `2.36.${extension}`) : undefined) ?? expected(name, extension) ?? "";
}

function keyOf({ name, messageVersion, showTrace, tier }: CaseRequest): string {
  return `${name} ${messageVersion} ${showTrace} ${tier}`;
}

function resultOf(name: string, messageVersion: MessageVersion, showTrace: boolean, tier: Tier): CaseResult {
  const result = results.get(keyOf({ name, messageVersion, showTrace, tier }));
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
