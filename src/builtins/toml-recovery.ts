// Where toml11 goes on after a mistake in a TOML text, so that the mistakes it reports next are ours too.
import { TomlError } from "./toml-error.ts";
import { guessKind, type TomlKind } from "./toml-kind.ts";
import type { TomlReader } from "./toml-reader.ts";
import { scanToken, syntax } from "./toml-syntax.ts";

/** Goes behind comments and empty lines. Where toml11 would stay at a comment for ever, this goes on. */
export function skipCommentBlock(reader: TomlReader): void {
  while (!reader.isAtEnd) {
    reader.skip(syntax.whitespace);
    if (reader.current === "#") {
      reader.skipTo("\n");
      reader.advance();
    } else if (!reader.skip(syntax.newline)) return;
  }
}

/** Goes behind the value of the pair in this line. */
export function skipPair(reader: TomlReader): void {
  reader.skipTo("=\n");
  if (reader.current === "=") skipValue(reader);
}

/** Goes to the next line with a table header. */
export function skipToHeader(reader: TomlReader): void {
  while (!reader.isAtEnd) {
    if (reader.skipByte("\n")) {
      const lineStart = reader.at;
      reader.skip(syntax.whitespace);
      if (isAtHeader(reader)) {
        reader.at = lineStart;
        return;
      }
    }
    reader.advance();
  }
}

/** Goes behind something that looks like a value, or to its closing bracket. */
export function skipValue(reader: TomlReader): void {
  let kind: TomlKind | undefined;
  try {
    kind = guessKind(reader);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
  }
  if (kind === "string") skipString(reader);
  else if (kind === "array") skipArray(reader);
  else if (kind === "table") skipInlineTable(reader);
  else reader.skipTo("\n,]}");
}

function skipString(reader: TomlReader): void {
  for (const quotes of ['"""', "'''"]) {
    if (!reader.text.startsWith(quotes, reader.at)) continue;
    const end = reader.text.indexOf(quotes, reader.at + 3);
    reader.at = end < 0 ? reader.text.length : end + 3;
    return;
  }
  const quote = reader.current;
  reader.advance();
  reader.skipTo(`${quote}\n`);
  reader.advance();
}

function skipArray(reader: TomlReader): void {
  reader.advance();
  while (!reader.isAtEnd) {
    switch (reader.current) {
      case '"':
      case "'":
        skipString(reader);
        break;
      case "#":
        skipCommentBlock(reader);
        break;
      case "{":
        skipInlineTable(reader);
        break;
      case "[":
        if (isAtHeader(reader)) return;
        skipArray(reader);
        break;
      case "=":
        // A pair cannot be in an array, so the bracket is missing: back to the start of the line.
        reader.at = reader.text.lastIndexOf("\n", reader.at) + 1;
        return;
      case "]":
        return;
      default:
        reader.advance();
    }
  }
}

function skipInlineTable(reader: TomlReader): void {
  reader.advance();
  while (!reader.isAtEnd) {
    switch (reader.current) {
      case "\n":
      case "}":
        return;
      case '"':
      case "'":
        skipString(reader);
        break;
      case "#":
        skipCommentBlock(reader);
        return;
      case "[":
        if (isAtHeader(reader)) return;
        skipArray(reader);
        break;
      case "{":
        skipInlineTable(reader);
        break;
      default:
        reader.advance();
    }
  }
}

function isAtHeader({ text, at }: TomlReader): boolean {
  return scanToken(syntax.tableHeader, text, at) >= 0 || scanToken(syntax.tableArrayHeader, text, at) >= 0;
}
