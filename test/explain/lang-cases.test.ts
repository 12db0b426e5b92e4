// Every language case that fails, explained: whatever the error, the explanation has to be sound.
import fs from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { diagnosticCodes } from "../../src/explain/diagnostic-code.ts";
import type { RangeData } from "../../src/explain/diagnostic-data.ts";
import type { MemoryFile } from "../../src/host/memory-host.ts";
import { explainPrograms } from "./explain-programs.ts";
import type { Explained, Program } from "./run-programs.ts";

const lang = path.resolve(import.meta.dirname, "../lang");
const mounted = "/src";

const names = [...casesIn("fail", ".err"), ...casesIn("parse", ".err")];
const explained = new Map<string, Explained>();

beforeAll(async () => {
  const common = readFiles("files");
  const programs = names.map(
    (name): Program => ({
      name,
      files: { ...common, [`${mounted}/${name}.nix`]: fs.readFileSync(path.join(lang, `${name}.nix`)) },
      entry: `${mounted}/${name}.nix`,
      prelude: false,
      parseOnly: name.startsWith("parse/"),
    }),
  );
  for (const result of await explainPrograms(programs)) explained.set(result.name, result);
});

describe("the explanation of a language case", () => {
  it("is there for all that fail", () => {
    expect(names.length).toBeGreaterThanOrEqual(400);
    expect(explained.size).toBe(names.length);
    // Some fail only with the settings of their flags.
    const failing = names.filter((name) => explained.get(name)!.data !== undefined);
    expect(failing.length).toBeGreaterThanOrEqual(names.length * 0.95);
  });

  it.each(names)("%s", (name) => {
    const { data, plain, text, narrow, colored, sources } = explained.get(name)!;
    if (data === undefined) return;
    expect(Object.keys(diagnosticCodes)).toContain(data.code);
    for (const line of data.message.split("\n")) expect(withoutSpaces(plain)).toContain(withoutSpaces(line));
    for (const { file, range } of placesOf(data)) expect(faultsOf(sources[file], range)).toEqual([]);
    expect(text.startsWith(`error[${data.code}]: `)).toBe(true);
    expect(text).not.toMatch(controls);
    const code = narrow.split("\n").slice(data.message.split("\n").length);
    expect(code.filter((line) => /^ *\d* \|/.test(line) && columns(line) > 62)).toEqual([]);
    expect(colored.replaceAll(/\x1b\[[\d;]*m/g, "")).not.toMatch(controls);
    expect(JSON.parse(JSON.stringify(data))).toEqual(data);
  });
});

const controls = /[\x00-\x09\x0b-\x1f\x7f]/;

interface PlacedData {
  readonly file: string;
  readonly range: RangeData;
}

/** Every place that a diagnostic names. */
function placesOf(data: NonNullable<Explained["data"]>): PlacedData[] {
  return [data, ...data.labels, ...data.suggestions, ...data.trace].flatMap(({ file, range }) =>
    typeof file === "string" && range
      ? [{ file: /\u00ab(?:nix-internal)\u00bb/.test(file) ? "internal" : file, range }]
      : [],
  );
}

/** What is wrong with a range in a source (a byte string). */
function faultsOf(source: string | undefined, { start, end }: RangeData): string[] {
  if (source === undefined) return ["no such source"];
  const faults: string[] = [];
  if (!(0 <= start.offset && start.offset <= end.offset && end.offset <= source.length)) faults.push("outside");
  for (const { line, column, utf16Column, offset } of [start, end]) {
    const before = source.slice(0, offset).split(/\r\n|\r(?!\n)|\n/);
    if (line !== before.length) faults.push(`line ${line} is not ${before.length}`);
    if (column !== before.at(-1)!.length + 1) faults.push(`column ${column}`);
    if (utf16Column > column) faults.push(`utf16Column ${utf16Column}`);
  }
  return faults;
}

function columns(line: string): number {
  return [...line].reduce((sum, character) => sum + (/[\u1100-\uffff]/.test(character) ? 2 : 1), 0);
}

function withoutSpaces(text: string): string {
  return text.replaceAll(/\s/g, "").replaceAll(/\x1b\[[\d;]*m|[\x00-\x1f]/g, "");
}

function casesIn(folder: string, extension: string): string[] {
  const files = new Set(fs.readdirSync(path.join(lang, folder)));
  return [...files]
    .filter((file) => file.endsWith(".nix") && files.has(file.replace(/\.nix$/, extension)))
    .map((file) => `${folder}/${file.slice(0, -".nix".length)}`);
}

/** What the cases read. */
function readFiles(folder: string): Record<string, MemoryFile> {
  const files: Record<string, MemoryFile> = {};
  for (const entry of fs.readdirSync(path.join(lang, folder), { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    const place = `${mounted}/${path.relative(lang, file)}`;
    if (entry.isSymbolicLink()) files[place] = { symlink: fs.readlinkSync(file) };
    else if (entry.isFile()) files[place] = fs.readFileSync(file);
  }
  return files;
}
