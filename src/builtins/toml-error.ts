// Mistakes in TOML texts as toml11 4 words and draws them: a title, the places with their lines underlined, hints.
import { firstLineOf, lastLineOf, showLines, type TomlRegion } from "./toml-source.ts";

export interface TomlPlace {
  readonly region: TomlRegion;
  readonly message: string;
}

/** One mistake. `hint` is printed below as it is. */
export class TomlError extends Error {
  readonly places: readonly TomlPlace[];
  readonly hint: string;

  constructor(title: string, places: readonly TomlPlace[], hint = "") {
    super(title);
    this.name = "TomlError";
    this.places = places;
    this.hint = hint;
  }
}

/** The whole report of a mistake; its lines end with line ends, only a hint may not. */
export function reportTomlError({ message, places, hint }: TomlError): string {
  const width = Math.max(0, ...places.map(({ region }) => String(lastLineOf(region)).length));
  const margin = " ".repeat(width + 1);
  let report = `[error] ${message}\n`;
  let shownName: string | undefined;
  for (const { region, message: what } of places) {
    if (shownName !== undefined) report += `${margin} | ...\n${margin} |\n`;
    const { name } = region.source;
    if (name !== shownName) report += ` --> ${name}\n${margin} |\n`;
    shownName = name;
    report += drawRegion(region, what, width);
  }
  return report + hint;
}

function drawRegion(region: TomlRegion, message: string, width: number): string {
  const { lines, firstOffset, lastOffset } = showLines(region);
  const [first, second] = lines as readonly [string, ...string[]];
  const line = (number: number, text: string) => ` ${String(number).padStart(width)} | ${showBytes(text)}\n`;
  const underline = (offset: number, length: number, what: string) =>
    `${" ".repeat(width + 1)} | ${" ".repeat(offset)}${"^".repeat(length)}-- ${what}\n`;
  const firstNumber = firstLineOf(region);
  if (lines.length === 1) {
    // A place at a line end is behind the line.
    const room = Math.max(1, first.length - firstOffset);
    const length = Math.min(room, region.last - region.first);
    return line(firstNumber, first) + underline(firstOffset, length, message);
  }
  const top =
    line(firstNumber, first) + underline(firstOffset, first.length - firstOffset, lines.length > 2 ? "and" : "");
  const middle = lines.length > 2 ? line(firstNumber + 1, second as string) + underline(0, 3, "and") : "";
  const bottom = line(lastLineOf(region), lines.at(-1) as string) + underline(0, lastOffset + 1, message);
  return top + middle + bottom;
}

const names: Readonly<Record<string, string>> = {
  "\0": "(NUL)",
  " ": "(SPACE)",
  "\n": "(LINE FEED)",
  "\r": "(CARRIAGE RETURN)",
  "\t": "(TAB)",
  "\v": "(VERTICAL TAB)",
  "\f": "(FORM FEED)",
  "\x1b": "(ESCAPE)",
};

/** A byte in messages: `a`, `0x20(SPACE)`. */
export function showByte(byte: string): string {
  if (byte > " " && byte < "\x7f") return byte;
  return `0x${byte.charCodeAt(0).toString(16).padStart(2, "0")}${names[byte] ?? ""}`;
}

function showBytes(text: string): string {
  return text.replace(/[^ -~]/g, showByte);
}
