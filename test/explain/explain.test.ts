// Explanations of faulty programs: what is marked, what is said, and whether the suggested change helps.
import { beforeAll, describe, expect, it } from "vitest";
import { type Case, cases } from "./cases.ts";
import { explainPrograms } from "./explain-programs.ts";
import type { Explained, Program } from "./run-programs.ts";

const explained = new Map<string, Explained>();
/** The programs after the change that is suggested first. */
const changed = new Map<string, Explained>();

beforeAll(async () => {
  for (const result of await explainPrograms(cases.map(programOf))) explained.set(result.name, result);
  const working = cases.filter(({ works }) => works);
  for (const result of await explainPrograms(working.map(changedProgram))) changed.set(result.name, result);
});

describe("an explanation", () => {
  it("is tested with many programs", () => {
    expect(cases.length).toBeGreaterThanOrEqual(100);
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
  });

  it.for(cases.map((one) => [one.name, one] as const))("of %s", ([name, one]) => {
    const { data, sources } = explained.get(name)!;
    if (data === undefined) throw new Error("the program does not fail");
    const source = sources[data.file ?? ""] ?? "";
    const { start, end } = data.range!;
    const place = `${start.line}:${start.column}`;
    const said = [
      data.label,
      ...data.labels.map(({ text }) => text),
      ...data.notes,
      ...data.suggestions.map(({ text }) => text),
    ];
    expect({
      code: data.code,
      marked: source.slice(start.offset, end.offset),
      at: data.file === "/src/case.nix" ? place : `${data.file?.replace("/src/", "")}:${place}`,
    }).toEqual({ code: one.code, marked: one.marked, at: one.at });
    for (const words of one.says) expect(said.join("\n")).toContain(words);
    if (one.also !== undefined)
      expect(data.labels.map((label) => markedBy(label, sources))).toEqual(expect.arrayContaining([...one.also]));
    if (one.fix !== undefined) expect(changedLines(explained.get(name)!)).toBe(one.fix);
    if (one.works) expect(changed.get(name)!.data?.message).toBeUndefined();
  });
});

describe("a trace", () => {
  const traceOf = (name: string) => explained.get(name)!.data!.trace.map(({ message, library }) => [message, library]);

  it("knows the frames of lib", () => {
    const name = "an error inside of lib of any nixpkgs";
    expect(traceOf(name)).toContainEqual(["while calling anonymous lambda", "lib"]);
    expect(traceOf(name)).toContainEqual(["from call site", null]);
    expect(explained.get(name)!.text).toMatch(/^ {2}\.\.\. \d+ frames in lib$/m);
  });

  it("knows the frames of derivations", () => {
    const name = "a call in a list of a derivation";
    expect(traceOf(name).filter(([, library]) => library === "derivation").length).toBeGreaterThanOrEqual(2);
    expect(explained.get(name)!.text).toMatch(/^ {2}\.\.\. \d+ frames in derivation$/m);
  });

  it("tells a recursion once", () => {
    const { data } = explained.get("a function that always calls itself")!;
    expect(data!.trace.length).toBeLessThan(20);
    expect(Math.max(...data!.trace.map(({ repeats }) => repeats))).toBeGreaterThanOrEqual(9000);
  });
});

function programOf({ name, program, files = {}, prelude = false }: Case): Program {
  const others = Object.entries(files).map(([file, text]) => [`/src/${file}`, text]);
  return { name, prelude, entry: "/src/case.nix", files: { "/src/case.nix": program, ...Object.fromEntries(others) } };
}

function changedProgram(one: Case): Program {
  const program = programOf(one);
  const change = firstChange(explained.get(one.name)!);
  return { ...program, files: { ...program.files, [change.file]: change.after } };
}

/** The file with the first suggested change in it. */
function firstChange({ name, data, sources }: Explained) {
  const suggestion = data?.suggestions.find(({ range }) => range !== undefined);
  if (suggestion?.file === undefined || suggestion.range === undefined) throw new Error(`${name}: nothing to change`);
  const { file, range, replacement = "" } = suggestion;
  const before = sources[file]!;
  const after = before.slice(0, range.start.offset) + replacement + before.slice(range.end.offset);
  return { file, before, after };
}

/** The lines that the change makes other. */
function changedLines(result: Explained): string {
  const { before, after } = firstChange(result);
  const [old, now] = [before.split("\n"), after.split("\n")];
  let first = 0;
  while (old[first] === now[first]) first++;
  let last = 0;
  while (last < old.length - first && old.at(-1 - last) === now.at(-1 - last)) last++;
  // A line that is added is shown with the one before it.
  const isAdded = old.length - first - last === 0;
  return now.slice(isAdded ? first - 1 : first, now.length - last).join("\n");
}

function markedBy(
  {
    file,
    range,
  }: {
    readonly file: string;
    readonly range: { readonly start: { offset: number }; readonly end: { offset: number } };
  },
  sources: Explained["sources"],
): string {
  return sources[file]!.slice(range.start.offset, range.end.offset);
}
