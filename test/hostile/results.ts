// What is expected of every hostile input, as regenerate.ts wrote it.
import fs from "node:fs";
import path from "node:path";
import type { MessageVersion } from "../../src/evaluator/settings.ts";
import type { FoldedOutcome } from "./outcome.ts";

/** C++ Nix did not end by itself: it crashed, or had to be stopped. Ocinix then only has to end. */
export interface Crash {
  readonly end: string;
  readonly said: string;
}

export type Expectation = FoldedOutcome | Crash;

/** The file of a topic; that of 2.36 only has what 2.34 says otherwise. */
export function fileOf(topic: string, version: MessageVersion): string {
  return path.join(import.meta.dirname, "results", ...(version === "2.36" ? [version] : []), `${topic}.json`);
}

/** The expectations of a topic by the names of its cases. */
export function readResults(topic: string, version: MessageVersion): ReadonlyMap<string, Expectation> {
  const results = readEntries(fileOf(topic, "2.34"));
  const newer = fileOf(topic, "2.36");
  return new Map([...results, ...(version === "2.36" && fs.existsSync(newer) ? readEntries(newer) : [])]);
}

function readEntries(file: string): readonly [name: string, Expectation][] {
  return Object.entries(JSON.parse(fs.readFileSync(file, "utf8")) as Record<string, Expectation>);
}

export function isCrash(expectation: Expectation): expectation is Crash {
  return typeof expectation === "object" && "end" in expectation;
}
