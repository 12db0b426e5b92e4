// Deep and long texts: no crash on any stack, and no error on a large one.
import path from "node:path";
import { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { parseNix } from "../../src/parser/parse.ts";
import { NixError } from "../../src/source/nix-error.ts";
import { PositionTable } from "../../src/source/position.ts";
import { brokenTexts, nestedTexts } from "./nested-texts.ts";
import type { Outcomes } from "./parse-nested.ts";

const depth = 10_000;

describe("nesting", () => {
  it("of 10,000 levels is parsed and printed, and its errors are found", async () => {
    const { nested, broken } = await parseOnLargeStack();
    expect(nested).toEqual(every(nestedTexts, "parsed and printed"));
    expect(broken).toEqual(every(brokenTexts, "syntax"));
  });

  it.each(Object.keys(nestedTexts))("of %s is a Nix error when the stack is too small", (name) => {
    const source = new PositionTable().addSource({ kind: "string" }, nestedTexts[name]!(depth));
    let thrown: unknown;
    try {
      parseNix(source, { baseDir: "/", homeDir: undefined, features: new Set() });
    } catch (error) {
      thrown = error;
    }
    if (thrown === undefined) return;
    expect(thrown).toBeInstanceOf(NixError);
    expect(thrown).toMatchObject({ kind: "stackOverflow", message: expect.stringContaining("stack overflow") });
  });
});

function parseOnLargeStack(): Promise<Outcomes> {
  const script = path.join(import.meta.dirname, "parse-nested.ts");
  const worker = new Worker(script, { workerData: { depth }, resourceLimits: { stackSizeMb: 240 } });
  return new Promise((resolve, reject) => worker.once("message", resolve).once("error", reject));
}

function every(texts: typeof nestedTexts, outcome: string): Record<string, string> {
  return Object.fromEntries(Object.keys(texts).map((name) => [name, outcome]));
}
