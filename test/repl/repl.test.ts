// Sessions beside those of `nix repl`: regenerate.sh writes fixtures/*.out.
import fs from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { SessionFolder } from "./run-session.ts";

const fixtures = path.join(import.meta.dirname, "fixtures");
const names = fs
  .readdirSync(fixtures)
  .filter((name) => name.endsWith(".in"))
  .map((name) => name.slice(0, -".in".length));

const folder = new SessionFolder();
afterAll(() => folder.remove());

describe("a session answers as nix repl does", () => {
  it("in enough of cases, all of which nix repl has answered", () => {
    const answered = names.filter((name) => fs.existsSync(path.join(fixtures, `${name}.out`)));
    expect(answered).toEqual(names);
    expect(names.length).toBeGreaterThanOrEqual(80);
  });

  it.for(names)("%s", (name) => {
    const args = ["flags", "own-flags"].flatMap((kind) => wordsIn(path.join(fixtures, `${name}.${kind}`)));
    const input = fs.readFileSync(path.join(fixtures, `${name}.in`), "utf8");
    const transcript = folder.transcript(input, ["--option", "message-version", "2.34", ...args]);
    expect(comparable(transcript)).toBe(fs.readFileSync(path.join(fixtures, `${name}.out`), "utf8"));
  });
});

function wordsIn(file: string): string[] {
  if (!fs.existsSync(file)) return [];
  return fs
    .readFileSync(file, "utf8")
    .split(/\s+/)
    .filter((word) => word !== "");
}

/** Without what regenerate.sh takes out as well. */
function comparable(transcript: string): string {
  const lines = transcript.replaceAll(folder.work, "/work").split("\n");
  const kept = lines.filter((line) => !/^ocinix [0-9.]+$|^Type :\? for help\.$/.test(line));
  // At the end of its input a session ends the line that its prompt would be in.
  if (kept.at(-1) === "" && kept.at(-2) === "") kept.pop();
  return kept.map((line) => line.trimEnd()).join("\n");
}
