// TOML strings, numbers, booleans and timestamps. Each function reads one whose kind is known already and goes behind
// it. They throw TomlError.
import { bytesFromText } from "../source/bytes.ts";
import { intFromBigInt, NixFloat, type NixInt } from "../value/value.ts";
import { TomlError } from "./toml-error.ts";
import type { TimestampKind } from "./toml-kind.ts";
import type { TomlReader } from "./toml-reader.ts";
import type { TomlRegion, TomlSource } from "./toml-source.ts";
import { expectedBoolean, scanToken, syntax } from "./toml-syntax.ts";

export function readBoolean(reader: TomlReader): boolean {
  const first = reader.at;
  if (reader.skip(syntax.boolean)) return reader.text[first] === "t";
  throw reader.failExpecting(
    "toml::parse_boolean: invalid boolean: boolean must be `true` or `false`, in lowercase. " +
      'string must be surrounded by `"`',
    { at: first, expected: expectedBoolean },
  );
}

interface IntegerBase {
  readonly name: string;
  readonly token: RegExp;
  readonly limit: string;
  readonly prefix: string;
  readonly digit: string;
  readonly shape: string;
}

const decimalBase: IntegerBase = {
  name: "dec",
  token: syntax.decimal,
  limit: "digits",
  prefix: "",
  digit: "",
  shape: "",
};
const prefixedBases: Readonly<Record<string, IntegerBase | undefined>> = {
  b: {
    name: "bin",
    token: syntax.binary,
    limit: "value",
    prefix: "0b",
    digit: "0 or 1",
    shape: "0b0101, 0b1111_0000",
  },
  o: {
    name: "oct",
    token: syntax.octal,
    limit: "value",
    prefix: "0o",
    digit: "from `0` to `7`",
    shape: "0o775, 0o04_44",
  },
  x: {
    name: "hex",
    token: syntax.hexadecimal,
    limit: "value",
    prefix: "0x",
    digit: "hex [0-9a-fA-F]",
    shape: "0xC0FFEE, 0xdead_beef",
  },
};

export function readInteger(reader: TomlReader): NixInt {
  const { text, at: first } = reader;
  const unsigned = /^[+-]/.test(reader.current) ? first + 1 : first;
  const letter = text[unsigned] === "0" ? (text[unsigned + 1] ?? "") : "";
  const { name, token, limit, prefix, digit, shape } = prefixedBases[letter] ?? decimalBase;
  if (!reader.skip(token)) {
    // A sign is not allowed in front of a prefix, so the prefix is what is missed there.
    const hasPrefix = text.startsWith(prefix, first);
    throw reader.failExpecting(`toml::parse_${name}_integer: invalid integer: ${name}_int must be like: ${shape}`, {
      at: hasPrefix ? first + prefix.length : first,
      expected: hasPrefix ? digit : prefix,
    });
  }
  const written = text.slice(unsigned, reader.at).replaceAll("_", "");
  const value = intFromBigInt(text[first] === "-" ? -BigInt(written) : BigInt(written));
  if (value !== undefined) return value;
  const end = reader.at;
  reader.at = first;
  const title = `toml::parse_${name}_integer: too large integer: current max ${limit} = 2^63`;
  throw reader.fail(title, "must be < 2^63", end);
}

export function readFloat(reader: TomlReader): NixFloat {
  const first = reader.at;
  reader.skip(syntax.float);
  const written = reader.text.slice(first, reader.at).replaceAll("_", "");
  if (written.endsWith("inf")) {
    return new NixFloat(written[0] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY);
  }
  if (written.endsWith("nan")) return written[0] === "-" ? NixFloat.negativeNaN : new NixFloat(Number.NaN);
  const value = Number(written);
  if (Number.isFinite(value)) return new NixFloat(value);
  throw reader.fail("toml::parse_floating: failed to read floating point value from stream", "here");
}

/** A timestamp in its normal form: `T`, seconds, and of a second's fraction as many groups of three digits as needed. */
export function readTimestamp(reader: TomlReader, kind: TimestampKind): string {
  if (kind === "localTime") return readTime(reader);
  const first = reader.at;
  const date = readDate(reader);
  if (kind === "localDate") return date;
  reader.advance();
  const datetime = `${date}T${readTime(reader)}`;
  return kind === "localDatetime" ? datetime : datetime + readOffset(reader, first);
}

function readDate(reader: TomlReader): string {
  const first = reader.at;
  reader.skip(syntax.date);
  const date = reader.text.slice(first, reader.at);
  const [year, month, day] = date.split("-").map(Number) as [number, number, number];
  const isLeapYear = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const lastDay = month === 2 ? (isLeapYear ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  if (month >= 1 && month <= 12 && day >= 1 && day <= lastDay) return date;
  throw reader.fail(
    "toml::parse_local_date: invalid date.",
    "month must be 01-12, day must be any of 01-28,29,30,31 depending on the month/year.",
    first,
  );
}

function readTime(reader: TomlReader): string {
  const first = reader.at;
  reader.skip(syntax.time);
  const [clock, fraction = ""] = reader.text.slice(first, reader.at).split(".") as [string, string?];
  const [hour, minute, second] = clock.split(":").map(Number) as [number, number, number];
  const title = "toml::parse_local_time: invalid time.";
  if (hour >= 24 || minute >= 60) throw reader.fail(title, "hour must be 00-23, minute must be 00-59.", first);
  if (second > 60) throw reader.fail(title, "second must be 00-60.", first);
  const shown = fraction
    .slice(0, 9)
    .padEnd(9, "0")
    .replace(/(?:000)+$/, "");
  return shown === "" ? clock : `${clock}.${shown}`;
}

function readOffset(reader: TomlReader, first: number): string {
  const start = reader.at;
  reader.skip(syntax.offset);
  const written = reader.text.slice(start, reader.at);
  if (/^[zZ]/.test(written)) return "Z";
  const hour = Number(written.slice(1, 3));
  const minute = Number(written.slice(4));
  if (hour > 24 || minute > 60) {
    throw new TomlError("toml::parse_offset_datetime: too large offset: |hour| <= 24, |minute| <= 60", [
      { region: reader.regionFrom(first), message: "here" },
    ]);
  }
  const minutes = hour * 60 + minute;
  if (minutes === 0) return "Z";
  const twoDigits = (number: number) => String(number).padStart(2, "0");
  return `${written[0]}${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
}

export function readString(reader: TomlReader): string {
  const { text, at } = reader;
  if (text.startsWith('"""', at)) return readLines(reader, '"', syntax.basicLinesContent, "ml_basic");
  if (text.startsWith("'''", at)) return readLines(reader, "'", syntax.literalLinesContent, "ml_literal");
  return reader.current === '"' ? readBasicString(reader) : readLiteralString(reader);
}

export function readBasicString(reader: TomlReader): string {
  return decodeEscapes(readLine(reader, '"', syntax.basicContent, "basic"));
}

export function readLiteralString(reader: TomlReader): string {
  return readLine(reader, "'", syntax.literalContent, "literal");
}

function readLine(reader: TomlReader, quote: string, content: RegExp, name: string): string {
  const start = reader.at + 1;
  const end = scanToken(content, reader.text, start);
  if (reader.text[end] !== quote) throw invalidString(reader, name, quote, end);
  reader.at = end + 1;
  return reader.text.slice(start, end);
}

/** A string between triple quotes. One or two quotes may stand anywhere in it, at its end too. */
function readLines(reader: TomlReader, quote: string, content: RegExp, name: string): string {
  const { text } = reader;
  const quotes = quote.repeat(3);
  const start = reader.at + 3;
  const countQuotes = (at: number) => (text[at] !== quote ? 0 : text[at + 1] === quote ? 2 : 1);
  let end = scanToken(content, text, start);
  for (;;) {
    const contentStart = end + countQuotes(end);
    const next = scanToken(content, text, contentStart);
    if (contentStart === end || next === contentStart) break;
    end = next;
  }
  if (!text.startsWith(quotes, end)) throw invalidString(reader, name, quotes, end);
  end += countQuotes(end + 3);
  reader.at = end + 3;
  const raw = text.slice(start, end).replace(/^\r?\n/, "");
  return quote === '"' ? decodeEscapes(raw) : raw;
}

function invalidString(reader: TomlReader, name: string, quotes: string, at: number): TomlError {
  return reader.fail(`toml::parse_${name}_string: invalid string format`, `expected ${quotes}`, at);
}

const escapes: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

/** The escapes are right by their syntax; a code point may still be wrong. */
function decodeEscapes(raw: string): string {
  let value = "";
  let copied = 0;
  for (let at = raw.indexOf("\\"); at >= 0; at = raw.indexOf("\\", copied)) {
    value += raw.slice(copied, at);
    const lineStart = scanToken(syntax.lineEndEscape, raw, at);
    if (lineStart >= 0) {
      copied = lineStart;
      continue;
    }
    const letter = raw[at + 1] as string;
    const length = letter === "u" ? 4 : letter === "U" ? 8 : 0;
    value += length === 0 ? (escapes[letter] ?? letter) : readCodePoint(raw, at, length);
    copied = at + 2 + length;
  }
  return value + raw.slice(copied);
}

/** The UTF-8 of an escape such as `\u20ac`. toml11 shows a wrong one in a text of its own, the rest of the string. */
function readCodePoint(raw: string, at: number, length: number): string {
  const codePoint = Number.parseInt(raw.slice(at + 2, at + 2 + length), 16);
  const isSurrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
  if (codePoint <= 0x10ffff && !isSurrogate) return bytesFromText(String.fromCodePoint(codePoint));
  const source: TomlSource = { name: "internal temporary", text: raw.slice(at) };
  const region: TomlRegion = { source, first: 1, last: 2 + length };
  throw isSurrogate
    ? new TomlError("toml::parse_utf8_codepoint: [0xD800, 0xDFFF] is not a valid UTF-8", [{ region, message: "here" }])
    : new TomlError("toml::parse_utf8_codepoint: input codepoint is too large.", [
        { region, message: "must be in range [0x00, 0x10FFFF]" },
      ]);
}
