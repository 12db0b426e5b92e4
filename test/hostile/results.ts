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

type Entry = Expectation | Readonly<Record<MessageVersion, Expectation>>;

export function fileOf(topic: string): string {
  return path.join(import.meta.dirname, "results", `${topic}.json`);
}

/** The expectations of a topic by the names of its cases. */
export function readResults(topic: string, version: MessageVersion): ReadonlyMap<string, Expectation> {
  const entries: Readonly<Record<string, Entry>> = JSON.parse(fs.readFileSync(fileOf(topic), "utf8"));
  return new Map(Object.entries(entries).map(([name, entry]) => [name, isOfVersions(entry) ? entry[version] : entry]));
}

export function isCrash(expectation: Expectation): expectation is Crash {
  return typeof expectation === "object" && "end" in expectation;
}

function isOfVersions(entry: Entry): entry is Readonly<Record<MessageVersion, Expectation>> {
  return typeof entry === "object" && "2.34" in entry;
}
