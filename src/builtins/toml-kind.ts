// What a TOML value is, told from its beginning, and what is said of something that cannot be a value.
import type { TomlReader } from "./toml-reader.ts";
import {
  expectedBoolean,
  expectedDateDelimiter,
  expectedFloat,
  expectOffset,
  expectTime,
  scanToken,
  syntax,
} from "./toml-syntax.ts";

export type TimestampKind = "offsetDatetime" | "localDatetime" | "localDate" | "localTime";
export type TomlKind = "string" | "array" | "table" | "boolean" | "integer" | "float" | TimestampKind;

const numberHints = "Hint: valid  : -42, 1_000, 1_2_3_4_5, 0xC0FFEE, 0b0010, 0o755\nHint: invalid: _42, 1__000, 0123\n";
const floatHints =
  "Hint: valid  : +1.0, -2e-2, 3.141_592_653_589, inf, nan\nHint: invalid: .0, 1., _1.0, 1.0_, 1_.0, 1.0__0\n";
const timeHints =
  "Hint: valid  : 1979-05-27T07:32:00, 1979-05-27 07:32:00.999999\nHint: invalid: 1979-05-27T7:32:00, 1979-05-27 17:32\n";
const offsetHints = "Hint: valid  : +09:00, -05:30\nHint: invalid: +9:00,  -5:30\n";
const datetimeHints =
  "Hint: valid  : 1979-05-27T07:32:00-07:00, 1979-05-27 07:32:00.999999Z\nHint: invalid: 1979-05-27T7:32:00-7:00, 1979-05-27 7:32-00:30";

/** Does not move. Throws TomlError. */
export function guessKind(reader: TomlReader): TomlKind {
  switch (reader.current) {
    case '"':
    case "'":
      return "string";
    case "[":
      return "array";
    case "{":
      return "table";
    case "t":
    case "f":
      return "boolean";
    case "T":
      throw notLowercase(reader, "true", expectedBoolean);
    case "F":
      throw notLowercase(reader, "false", expectedBoolean);
    case "i":
    case "I":
      return guessFloatWord(reader, "inf");
    case "n":
    case "N":
      return guessFloatWord(reader, "nan");
    default:
      return guessNumber(reader);
  }
}

function guessFloatWord(reader: TomlReader, word: "inf" | "nan"): "float" {
  if (reader.text.startsWith(word, reader.at)) return "float";
  throw notLowercase(reader, word, expectedFloat);
}

function notLowercase(reader: TomlReader, word: string, expected: string): Error {
  const title = `toml::parse_value: \`${word}\` must be in lowercase. A string must be surrounded by quotes.`;
  return reader.failExpecting(title, { at: reader.at, expected });
}

function guessNumber(reader: TomlReader): TomlKind {
  const { text, at } = reader;
  if (scanToken(syntax.offsetDatetime, text, at) >= 0) return "offsetDatetime";
  const afterDatetime = scanToken(syntax.localDatetime, text, at);
  if (afterDatetime >= 0) {
    if (!/^[+-]/.test(text[afterDatetime] ?? "")) return "localDatetime";
    const title = "bad offset: must be [+-]HH:MM or Z";
    throw reader.failExpecting(title, expectOffset(text, afterDatetime), offsetHints);
  }
  const afterDate = scanToken(syntax.date, text, at);
  if (afterDate >= 0) return guessAfterDate(reader, afterDate);
  if (scanToken(syntax.time, text, at) >= 0) return "localTime";
  const afterFloat = scanToken(syntax.float, text, at);
  if (afterFloat >= 0) {
    if (text[afterFloat] !== "_") return "float";
    throw reader.fail("bad float: `_` must be surrounded by digits", "invalid underscore", afterFloat, floatHints);
  }
  for (const token of [syntax.hexadecimal, syntax.octal, syntax.binary, syntax.decimal]) {
    const afterInteger = scanToken(token, text, at);
    if (afterInteger >= 0) return guessAfterInteger(reader, afterInteger);
  }
  if (reader.current === ".") {
    const title = "bad float: integer part is required before decimal point";
    throw reader.fail(title, "missing integer part", at, floatHints);
  }
  if (reader.current === "_") {
    const title = "bad number: `_` must be surrounded by digits";
    throw reader.fail(title, "digits required before `_`", at, numberHints);
  }
  throw reader.fail("bad format: unknown value appeared", "here");
}

function guessAfterDate(reader: TomlReader, end: number): "localDate" {
  const { text } = reader;
  const byte = text[end] ?? "";
  if (byte === "T" || byte === "t" || (byte === " " && /^[0-9]/.test(text[end + 1] ?? ""))) {
    throw reader.failExpecting("bad time: must be HH:MM:SS.subsec", expectTime(text, end + 1), timeHints);
  }
  if (/^[0-9]/.test(byte)) {
    const expectation = { at: end, expected: expectedDateDelimiter };
    throw reader.failExpecting("bad datetime: missing T or space", expectation, timeHints);
  }
  return "localDate";
}

function guessAfterInteger(reader: TomlReader, end: number): "integer" {
  const { text, at } = reader;
  const byte = text[end] ?? "";
  if (byte === "_") {
    if (/^[+-]?0$/.test(text.slice(at, end))) {
      const title = "bad integer: leading zero is not allowed in decimal int";
      throw reader.fail(title, "leading zero", end, numberHints);
    }
    throw reader.fail("bad integer: `_` must be surrounded by digits", "invalid underscore", end, numberHints);
  }
  if (byte === "0") {
    throw reader.fail("bad integer: leading zero", "leading zero is not allowed", end - 1, numberHints);
  }
  if (byte >= "1" && byte <= "9") {
    const title = "bad integer: invalid digit after an integer";
    throw reader.fail(title, "this digit is not allowed", end, numberHints);
  }
  if (byte === ":" || byte === "-") throw reader.fail("bad datetime: invalid format", "here", end, datetimeHints);
  if (byte === "." || byte === "e" || byte === "E") {
    throw reader.fail("bad float: invalid format", "here", end, floatHints);
  }
  return "integer";
}
