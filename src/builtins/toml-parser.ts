// Reads TOML 1.0 as toml11 4 does: the same texts are accepted, and after a mistake it goes on at the next value or
// table, so that the report has the same mistakes in the same order. TomlError travels as an exception; where it is
// caught, the reader is where toml11 would go on from.
import { stackOverflow } from "../source/stack-overflow.ts";
import { reportTomlError, TomlError } from "./toml-error.ts";
import { guessKind } from "./toml-kind.ts";
import { TomlReader } from "./toml-reader.ts";
import { skipCommentBlock, skipPair, skipToHeader, skipValue } from "./toml-recovery.ts";
import {
  readBasicString,
  readBoolean,
  readFloat,
  readInteger,
  readLiteralString,
  readString,
  readTimestamp,
} from "./toml-scalar.ts";
import { byteRegion, type TomlRegion } from "./toml-source.ts";
import { expectedKeyByte, expectedNewline, expectHeader, scanToken, syntax } from "./toml-syntax.ts";
import { type Insertion, insertValue, newTable, type TomlArray, type TomlTable, type TomlValue } from "./toml-value.ts";

/** Everything that is wrong with a text, as one message. */
export class TomlReport extends Error {
  constructor(errors: readonly TomlError[]) {
    super(errors.map(reportTomlError).join(""));
    this.name = "TomlReport";
  }
}

/** The table that a text (a byte string) describes. `name` is for messages. Throws TomlReport. */
export function parseToml(text: string, name: string): TomlTable {
  if (text === "") return newTable("header", byteRegion({ name, text }, 0));
  return new TomlParser(/[\r\n]$/.test(text) ? text : `${text}\n`, name).parse();
}

/** About where the stack of C++ Nix ends. Mistakes in many nested values are reported once for every one of them. */
const maxNesting = 20_000;

interface Key {
  readonly keys: readonly string[];
  readonly region: TomlRegion;
}

class TomlParser {
  private readonly reader: TomlReader;
  private readonly errors: TomlError[] = [];
  private nesting = 0;

  constructor(text: string, name: string) {
    this.reader = new TomlReader({ name, text });
  }

  parse(): TomlTable {
    const { reader } = this;
    const root = newTable("header", byteRegion(reader.source, 0));
    if (reader.text.startsWith("\xef\xbb\xbf")) reader.at = 3;
    this.skipTopComments();
    this.parseBody(root);
    while (!reader.isAtEnd) this.parseSection(root);
    if (this.errors.length > 0) throw new TomlReport(this.errors);
    return root;
  }

  /** Runs a part; a mistake in it is noted down, and `recover` finds the place to go on from. */
  private attempt<T>(part: () => T, recover?: (reader: TomlReader) => void): T | undefined {
    try {
      return part();
    } catch (error) {
      if (!(error instanceof TomlError)) throw error;
      this.errors.push(error);
      recover?.(this.reader);
      return undefined;
    }
  }

  private throwLastSince(errorCount: number): void {
    if (this.errors.length > errorCount) throw this.errors.pop();
  }

  private skipTopComments(): void {
    const { reader } = this;
    const start = reader.at;
    while (!reader.isAtEnd) {
      if (this.attempt(() => this.parseComment(), skipCommentBlock) !== false) continue;
      reader.skip(syntax.whitespace);
      if (!reader.skip(syntax.newline)) reader.at = start;
      return;
    }
  }

  /** Goes behind a comment and its line end; false when there is none. */
  private parseComment(): boolean {
    const { reader } = this;
    const start = reader.at;
    reader.skip(syntax.whitespace);
    if (!reader.skip(syntax.comment)) {
      reader.at = start;
      return false;
    }
    if (reader.isAtEnd || reader.skip(syntax.newline)) return true;
    reader.advance();
    reader.skipTo("\n");
    reader.advance();
    throw reader.fail(
      "toml::parse_comment_line: newline (LF / CRLF) or EOF is expected",
      "but got this",
      reader.at,
      "Hint: most of the control characters are not allowed in comments",
    );
  }

  /** Skips blanks, line ends and comments. Says whether there was a line end. */
  private skipSpace(): boolean {
    const { reader } = this;
    let hasLineEnd = false;
    for (;;) {
      const start = reader.at;
      reader.skip(syntax.whitespace);
      const afterBlanks = reader.at;
      if (reader.skip(syntax.comment) && !reader.skip(syntax.newline)) reader.at = afterBlanks;
      else if (reader.at > afterBlanks || reader.skip(syntax.newline)) hasLineEnd = true;
      if (reader.at === start) return hasLineEnd;
    }
  }

  /** The key-value pairs up to the next header. The last mistake in them is thrown, those before are noted down. */
  private parseTable(table: TomlTable): void {
    const { reader } = this;
    const errorCount = this.errors.length;
    let isNewLine = true;
    while (!reader.isAtEnd) {
      const start = reader.at;
      if (this.skipSpace()) isNewLine = true;
      if (reader.isAtEnd) break;
      if (reader.current === "[") {
        reader.at = start;
        break;
      }
      if (!isNewLine) throw reader.fail("toml::parse_table: newline (LF / CRLF) or EOF is expected", "here");
      isNewLine = false;
      const pair = this.attempt(() => this.parsePair(), skipPair);
      if (pair === undefined) continue;
      if (this.attempt(() => this.parseComment()) === true) isNewLine = true;
      this.attempt(() => insertValue("key", table, pair.keys, pair.region, pair.value));
    }
    this.throwLastSince(errorCount);
  }

  /** The pairs of a table; after a mistake goes on at the next one. */
  private parseBody(table: TomlTable): void {
    this.attempt(() => this.parseTable(table), skipToHeader);
  }

  /** A header and the table below it. */
  private parseSection(root: TomlTable): void {
    const { reader } = this;
    this.skipSpace();
    const header = this.parseHeader("[[") ?? this.parseHeader("[");
    if (header === undefined) {
      const isArray = reader.text.startsWith("[[", reader.at);
      const title = `toml::parse_file: invalid ${isArray ? "array-table" : "table"} key`;
      this.errors.push(reader.failExpecting(title, expectHeader(reader.text, reader.at, isArray ? "[[" : "[")));
      skipToHeader(reader);
      return;
    }
    if (this.attempt(() => this.finishHeaderLine(), skipToHeader) === undefined) return;
    const { insertion, keys, region } = header;
    const table = newTable("header", region);
    const inserted = this.attempt(() => insertValue(insertion, root, keys, region, table));
    // The pairs of a table that has no place are looked through for mistakes all the same.
    this.parseBody((inserted as TomlTable | undefined) ?? table);
  }

  /** Undefined when there is no such header; what is wrong with it is said later. */
  private parseHeader(bracket: "[" | "[["): (Key & { readonly insertion: Insertion }) | undefined {
    const { reader } = this;
    const isArray = bracket === "[[";
    const first = reader.at;
    const last = scanToken(isArray ? syntax.tableArrayHeader : syntax.tableHeader, reader.text, first);
    if (last < 0) return undefined;
    reader.at = first + bracket.length;
    reader.skip(syntax.whitespace);
    try {
      const { keys } = this.parseKey();
      reader.at = last;
      return { insertion: isArray ? "arrayHeader" : "tableHeader", keys, region: reader.regionFrom(first) };
    } catch (error) {
      if (error instanceof TomlError) return undefined;
      throw error;
    }
  }

  private finishHeaderLine(): true {
    const { reader } = this;
    if (this.parseComment()) return true;
    reader.skip(syntax.whitespace);
    if (reader.isAtEnd || reader.skip(syntax.newline)) return true;
    throw reader.fail("toml::parse_file: newline (or EOF) expected", `expected ${expectedNewline}`);
  }

  private parsePair(): Key & { readonly value: TomlValue } {
    const { reader } = this;
    const first = reader.at;
    let key: Key;
    try {
      key = this.parseKey();
    } catch (error) {
      reader.at = first;
      throw error;
    }
    if (!reader.skip(syntax.keyEquals)) {
      reader.skip(syntax.whitespace);
      const place = reader.at;
      reader.at = first;
      throw reader.fail("toml::parse_key_value_pair: invalid key value separator `=`", "expected =", place);
    }
    return { ...key, value: this.parseValue() };
  }

  private parseKey(): Key {
    const { reader } = this;
    const first = reader.at;
    const keys: string[] = [];
    do keys.push(this.parseSimpleKey());
    while (reader.skip(syntax.keyDot));
    return { keys, region: reader.regionFrom(first) };
  }

  private parseSimpleKey(): string {
    const { reader } = this;
    if (reader.current === '"') return readBasicString(reader);
    if (reader.current === "'") return readLiteralString(reader);
    const first = reader.at;
    if (reader.skip(syntax.bareKey)) return reader.text.slice(first, reader.at);
    throw reader.failExpecting(
      "toml::parse_simple_key: invalid key: key must be \"quoted\", 'quoted-literal', or bare key.",
      { at: first, expected: expectedKeyByte },
      "Hint: non-ASCII scripts are allowed in toml v1.1.0, but not in v1.0.0.\n",
    );
  }

  private parseValue(): TomlValue {
    if (this.nesting === maxNesting) throw stackOverflow();
    this.nesting++;
    try {
      return this.parseInnerValue();
    } finally {
      this.nesting--;
    }
  }

  private parseInnerValue(): TomlValue {
    const { reader } = this;
    const first = reader.at;
    const scalar = (value: (TomlValue & { readonly kind: "scalar" })["value"]): TomlValue => ({
      kind: "scalar",
      value,
      region: reader.regionFrom(first),
    });
    const kind = guessKind(reader);
    switch (kind) {
      case "string":
        return scalar(readString(reader));
      case "boolean":
        return scalar(readBoolean(reader));
      case "integer":
        return scalar(readInteger(reader));
      case "float":
        return scalar(readFloat(reader));
      case "array":
        return this.parseArray();
      case "table":
        return this.parseInlineTable();
      default: {
        const text = readTimestamp(reader, kind);
        return { kind: "timestamp", text, region: reader.regionFrom(first) };
      }
    }
  }

  private parseArray(): TomlArray {
    const { reader } = this;
    const errorCount = this.errors.length;
    const first = reader.at;
    reader.advance();
    this.skipSpace();
    const items: TomlValue[] = [];
    let hasComma = true;
    while (!reader.isAtEnd && reader.current !== "]") {
      if (!hasComma) throw reader.fail("toml::parse_array: expected value-separator `,` or closing `]`", "here");
      const item = this.attempt(() => this.parseValue());
      if (item === undefined) {
        const before = reader.at;
        skipValue(reader);
        if (reader.at <= before) break;
        continue;
      }
      this.skipSpace();
      hasComma = reader.skipByte(",");
      this.attempt(() => this.parseComment());
      if (hasComma) this.skipSpace();
      items.push(item);
    }
    if (!reader.skipByte("]")) {
      throw reader.fail("toml::parse_array: missing closing bracket `]`", "expected `]`, reached EOF");
    }
    // It stays noted down as well: toml11 reports it once more for every array around it.
    if (this.errors.length > errorCount) throw this.errors.at(-1);
    return { kind: "array", items, byHeaders: false, region: reader.regionFrom(first) };
  }

  private parseInlineTable(): TomlTable {
    const { reader } = this;
    const errorCount = this.errors.length;
    const first = reader.at;
    reader.advance();
    reader.skip(syntax.whitespace);
    const table = newTable("inline", byteRegion(reader.source, first));
    let isEmpty = true;
    let hasComma = false;
    while (!reader.isAtEnd) {
      if (reader.current === "}") {
        if (!hasComma) break;
        throw reader.fail("toml::parse_inline_table: trailing comma is not allowed in TOML-v1.0.0)", "here");
      }
      if (!hasComma && !isEmpty) {
        throw reader.fail("toml::parse_inline_table: expected value-separator `,` or closing `}`", "here");
      }
      isEmpty = false;
      const pair = this.attempt(
        () => this.parsePair(),
        () => reader.skipTo("}\n"),
      );
      if (pair === undefined) break;
      const inserted = this.attempt(
        () => insertValue("key", table, pair.keys, pair.region, pair.value),
        () => reader.skipTo(",\n}"),
      );
      if (inserted === undefined) {
        hasComma = reader.current === ",";
        continue;
      }
      reader.skip(syntax.whitespace);
      hasComma = reader.skipByte(",");
      reader.skip(syntax.whitespace);
    }
    if (!reader.skipByte("}")) {
      const title = "toml::parse_inline_table: missing closing bracket `}`";
      throw reader.fail(title, "expected `}`, reached line end");
    }
    this.throwLastSince(errorCount);
    table.region = reader.regionFrom(first);
    return table;
  }
}
