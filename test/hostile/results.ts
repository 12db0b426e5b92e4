// What is expected of every hostile input, as regenerate.ts wrote it.
import fs from "node:fs";
import path from "node:path";
import type { FoldedOutcome } from "./outcome.ts";

/** C++ Nix did not end by itself: it crashed, or had to be stopped. Ocinix then only has to end. */
export interface Crash {
  readonly end: string;
  readonly said: string;
}

export type Expectation = FoldedOutcome | Crash;

export function fileOf(topic: string): string {
  return path.join(import.meta.dirname, "results", `${topic}.json`);
}

/** The expectations of a topic by the names of its cases. */
export function readResults(topic: string): ReadonlyMap<string, Expectation> {
  return new Map(Object.entries(JSON.parse(fs.readFileSync(fileOf(topic), "utf8")) as Record<string, Expectation>));
}

export function isCrash(expectation: Expectation): expectation is Crash {
  return typeof expectation === "object" && "end" in expectation;
}
