// Program text as it can be shown in a terminal: decoded, with tabs as spaces and nothing that a terminal would obey.
import { textFromBytes } from "../source/bytes.ts";
import { columnsOf } from "../source/log-text.ts";

const character = /[\xc0-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf7][\x80-\xbf]{3}|./sy;
// Characters that change the order of others: code could look like what it is not.
const reordering = /[\u202a-\u202e\u2066-\u2069\u200e\u200f]/;
const tabWidth = 4;

/** One line of code, and where each of its bytes is on the screen. */
export class DisplayLine {
  readonly text: string;
  /** In columns. */
  readonly width: number;
  private readonly columns: readonly number[];
  private readonly cells: readonly { readonly text: string; readonly column: number; readonly width: number }[];

  constructor(bytes: string) {
    const columns: number[] = [];
    const cells: { text: string; column: number; width: number }[] = [];
    let column = 0;
    for (let i = 0; i < bytes.length; ) {
      character.lastIndex = i;
      const sequence = character.exec(bytes)![0];
      const cell = displayed(sequence, column);
      cells.push({ ...cell, column });
      for (let j = 0; j < sequence.length; j++) columns.push(column);
      column += cell.width;
      i += sequence.length;
    }
    this.columns = columns;
    this.cells = cells;
    this.width = column;
    this.text = cells.map((cell) => cell.text).join("");
  }

  /** The column of a byte, counted from 0; past the end, what follows the last one. */
  columnOf(byte: number): number {
    return this.columns[byte] ?? this.width + Math.max(0, byte - this.columns.length);
  }

  /** What is between two columns. */
  slice(from: number, to: number): string {
    return this.cells
      .filter(({ column, width }) => column >= from && column + width <= to)
      .map(({ text }) => text)
      .join("");
  }
}

function displayed(sequence: string, column: number): { readonly text: string; readonly width: number } {
  if (sequence === "\t") {
    const width = tabWidth - (column % tabWidth);
    return { text: " ".repeat(width), width };
  }
  const code = sequence.charCodeAt(0);
  if (sequence.length === 1 && (code < 0x20 || code === 0x7f)) {
    return { text: code === 0x7f ? "\u2421" : String.fromCharCode(0x2400 + code), width: 1 };
  }
  const text = textFromBytes(sequence);
  if (reordering.test(text)) {
    const shown = `<U+${text.charCodeAt(0).toString(16).toUpperCase()}>`;
    return { text: shown, width: shown.length };
  }
  return { text, width: sequence.length === 1 ? 1 : columnsOf(sequence) };
}

// One that is unfinished ends with the quotes around the text, where Nix's own colours end.
const escapeSequence =
  /\x1b(?:\[[\x30-\x3f]*[\x20-\x26\x28-\x2f]*[\x40-\x7e]?|\][^\x1b\x07]*(?:\x1b\\?|\x07)?|[\x40-\x5f])?/g;

/** A text without the escape sequences that a program can put into its messages. */
export function withoutEscapes(bytes: string): string {
  return bytes.includes("\x1b") ? bytes.replaceAll(escapeSequence, "") : bytes;
}

/** Words of ours or of a program for a terminal: the same, but lines stay lines. Escape sequences are dropped. */
export function displayText(bytes: string): string {
  return withoutEscapes(bytes)
    .split("\n")
    .map((line) => new DisplayLine(line.replace(/\r$/, "")).text)
    .join("\n");
}

/** Fills lines up to a width; a line end in the text is kept. */
export function wrapText(text: string, width: number): string[] {
  return text.split("\n").flatMap((paragraph) => {
    const lines: string[] = [];
    let line = "";
    for (const word of paragraph.split(" ")) {
      if (line !== "" && line.length + 1 + word.length > width) {
        lines.push(line);
        line = word;
      } else line = line === "" ? word : `${line} ${word}`;
    }
    return [...lines, line];
  });
}
