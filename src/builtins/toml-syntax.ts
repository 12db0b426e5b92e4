// The tokens of TOML 1.0 as toml11 4 takes them apart, as sticky expressions over a byte string, and what its messages
// say was expected where one does not match.
import { showByte } from "./toml-error.ts";

const utf8 =
  "[\\xc2-\\xdf][\\x80-\\xbf]|\\xe0[\\xa0-\\xbf][\\x80-\\xbf]|[\\xe1-\\xec\\xee\\xef][\\x80-\\xbf]{2}|\\xed[\\x80-\\x9f][\\x80-\\xbf]|" +
  "\\xf0[\\x90-\\xbf][\\x80-\\xbf]{2}|[\\xf1-\\xf3][\\x80-\\xbf]{3}|\\xf4[\\x80-\\x8f][\\x80-\\xbf]{2}";
const escapeSequence = '\\\\(?:["\\\\bfnrt]|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})';
const basic = `[\\t !#-\\[\\]-~]|${utf8}|${escapeSequence}`;
const literal = `[\\t -&(-~]|${utf8}`;
const newline = "\\r?\\n";
const lineEndEscape = `\\\\[ \\t]*${newline}(?:[ \\t]|${newline})*`;
const bareKey = "[A-Za-z0-9_-]+";
const basicString = `"(?:${basic})*"`;
const literalString = `'(?:${literal})*'`;
const simpleKey = `(?:${bareKey}|${basicString}|${literalString})`;
const key = `${simpleKey}(?:[ \\t]*\\.[ \\t]*${simpleKey})*`;
const digits = "[0-9](?:_?[0-9])*";
const decimal = "[+-]?(?:[1-9](?:_?[0-9])+|[0-9])";
const exponent = `[eE][+-]?${digits}`;
const date = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
const time = "[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]+)?";
const offset = "(?:[zZ]|[+-][0-9]{2}:[0-9]{2})";

const sticky = (source: string) => new RegExp(source, "y");

export const syntax = {
  whitespace: sticky("[ \\t]*"),
  newline: sticky(newline),
  comment: sticky(`#(?:[\\t -~]|${utf8})*`),
  boolean: sticky("true|false"),
  hexadecimal: sticky("0x[0-9a-fA-F](?:_?[0-9a-fA-F])*"),
  octal: sticky("0o[0-7](?:_?[0-7])*"),
  binary: sticky("0b[01](?:_?[01])*"),
  decimal: sticky(decimal),
  float: sticky(`${decimal}(?:${exponent}|\\.${digits}(?:${exponent})?)|[+-]?(?:inf|nan)`),
  date: sticky(date),
  time: sticky(time),
  offset: sticky(offset),
  localDatetime: sticky(`${date}[Tt ]${time}`),
  offsetDatetime: sticky(`${date}[Tt ]${time}${offset}`),
  basicContent: sticky(`(?:${basic})*`),
  literalContent: sticky(`(?:${literal})*`),
  basicLinesContent: sticky(`(?:${basic}|${newline}|${lineEndEscape})*`),
  literalLinesContent: sticky(`(?:${literal}|${newline})*`),
  lineEndEscape: sticky(lineEndEscape),
  bareKey: sticky(bareKey),
  keyDot: sticky("[ \\t]*\\.[ \\t]*"),
  keyEquals: sticky("[ \\t]*=[ \\t]*"),
  tableHeader: sticky(`\\[[ \\t]*${key}[ \\t]*\\]`),
  tableArrayHeader: sticky(`\\[\\[[ \\t]*${key}[ \\t]*\\]\\]`),
  key: sticky(key),
} as const;

/** Where `token` ends when it is at `at`; -1 when it is not. */
export function scanToken(token: RegExp, text: string, at: number): number {
  token.lastIndex = at;
  return token.test(text) ? token.lastIndex : -1;
}

/** What was expected, and where. */
export interface Expectation {
  readonly at: number;
  readonly expected: string;
}

const oneDigit = "digit [0-9]";

export const expectedBoolean = "true or false";
export const expectedFloat = "from `1` to `9` or digit [0-9] or inf or nan";
export const expectedKeyByte = "alpha [a-zA-Z], digit [0-9], -, or _";
export const expectedDateDelimiter = "T, t, or 0x20(SPACE)";
export const expectedNewline = "0x0a(LINE FEED) or \r\n";

/** Why there is no `HH:MM:SS` at a position. */
export function expectTime(text: string, at: number): Expectation {
  return expectShape(text, at, "dd:dd:dd");
}

/** Why there is no offset such as `+01:00` at a position, which has a sign. */
export function expectOffset(text: string, at: number): Expectation {
  const { at: place, expected } = expectShape(text, at + 1, "dd:dd");
  return { at: place, expected: `z or Z or ${expected}` };
}

/** Follows a shape of digits (`d`) and punctuation. */
function expectShape(text: string, start: number, shape: string): Expectation {
  let at = start;
  for (const wanted of shape) {
    const byte = text[at] ?? "";
    if (wanted === "d" ? !/^[0-9]$/.test(byte) : byte !== wanted) {
      return { at, expected: wanted === "d" ? oneDigit : showByte(wanted) };
    }
    at++;
  }
  return { at, expected: "" };
}

/** Why there is no table header at a position; `bracket` is `[` or `[[`. */
export function expectHeader(text: string, start: number, bracket: "[" | "[["): Expectation {
  if (!text.startsWith(bracket, start)) return { at: start, expected: bracket };
  let at = scanToken(syntax.whitespace, text, start + bracket.length);
  const afterKey = scanToken(syntax.key, text, at);
  if (afterKey < 0) return { at, expected: "basic key([a-zA-Z0-9_-]) or quoted key(\" or ')" };
  at = scanToken(syntax.whitespace, text, afterKey);
  return { at, expected: bracket === "[" ? "]" : "]]" };
}
