// Reads JSON as nlohmann::json does, with its messages. Positions in them count what its scanner has read: usually the
// byte behind the mistake.
import { NixError } from "../source/nix-error.ts";
import { noPos } from "../source/position.ts";
import { utf8Length } from "./utf8.ts";

/** What is made of the parts of a text, from the inside out. `Keys` is what it knows of the keys of an object. */
export interface JsonBuilder<T, Keys = string[]> {
  literal(value: null | boolean): T;
  string(text: string): T;
  integer(digits: string): T;
  float(value: number): T;
  array(items: T[]): T;
  /** The keys of an object that has none yet. */
  noKeys(): Keys;
  /** Called for every key when it is read, with the object's keys before it; gives them with it. */
  addKey(keys: Keys, name: string): Keys;
  /** Of several members with one name, the last counts. */
  object(keys: Keys, values: readonly T[]): T;
}

type Token =
  | "'['"
  | "']'"
  | "'{'"
  | "'}'"
  | "':'"
  | "','"
  | "true literal"
  | "false literal"
  | "null literal"
  | "string literal"
  | "number literal"
  | "end of input"
  | "mistake";

/** What was expected in place of a token. */
type Expected = Token | "'[', '{', or a literal";

/** An array or object being read. */
interface Container<T, Keys> {
  /** Of an object. */
  keys: Keys | undefined;
  readonly values: T[];
}

const literals: Readonly<Record<string, readonly [text: string, token: Token]>> = {
  t: ["true", "true literal"],
  f: ["false", "false literal"],
  n: ["null", "null literal"],
};

const number = /(-?)(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
const byte = {
  tab: 0x09,
  lineFeed: 0x0a,
  carriageReturn: 0x0d,
  space: 0x20,
  quote: 0x22,
  comma: 0x2c,
  minus: 0x2d,
  dot: 0x2e,
  zero: 0x30,
  nine: 0x39,
  colon: 0x3a,
  E: 0x45,
  openBracket: 0x5b,
  backslash: 0x5c,
  closeBracket: 0x5d,
  e: 0x65,
  openBrace: 0x7b,
  closeBrace: 0x7d,
  firstBeyondAscii: 0x80,
} as const;

export class JsonParser<T, Keys = string[]> {
  private readonly text: string;
  private readonly builder: JsonBuilder<T, Keys>;
  /** The first byte not read yet. */
  private at = 0;
  /** Whether the end of the text was read as well; it counts as a column. */
  private readEnd = false;
  /** A number is over when the next byte is seen. A line end there loses the column. */
  private ungotLineEnd = false;
  private token: Token = "end of input";
  /** The decoded string, or the number as it is written. */
  private value = "";
  private isInteger = false;
  /** What is wrong, when the token is a mistake. */
  private mistake = "";
  /** Where the text that messages call "last read" starts: at the last string or number. */
  private lastStart = 0;

  constructor(text: string, builder: JsonBuilder<T, Keys>) {
    this.text = text;
    this.builder = builder;
  }

  parse(): T {
    if (!this.skipByteOrderMark()) throw this.unexpected("value");
    const value = this.parseValue();
    if (this.next() !== "end of input") throw this.unexpected("value", "end of input");
    return value;
  }

  /** Values nested in each other are kept on a stack of our own, so any depth will do. */
  private parseValue(): T {
    const { builder } = this;
    const open: Container<T, Keys>[] = [];
    this.next();
    for (;;) {
      let value: T;
      switch (this.token) {
        case "'['":
          if (this.next() !== "']'") {
            open.push({ keys: undefined, values: [] });
            continue;
          }
          value = builder.array([]);
          break;
        case "'{'":
          if (this.next() !== "'}'") {
            open.push({ keys: this.readKey(builder.noKeys()), values: [] });
            this.next();
            continue;
          }
          value = builder.object(builder.noKeys(), []);
          break;
        case "true literal":
          value = builder.literal(true);
          break;
        case "false literal":
          value = builder.literal(false);
          break;
        case "null literal":
          value = builder.literal(null);
          break;
        case "number literal":
          value =
            this.isInteger && isInRange(this.value)
              ? builder.integer(this.value)
              : builder.float(readFloat(this.value));
          break;
        case "string literal":
          value = builder.string(this.value);
          break;
        case "end of input":
          if (this.text === "") {
            throw this.failure(
              "attempting to parse an empty input; check that your input string or stream contains the expected JSON",
            );
          }
          throw this.unexpected("value", "'[', '{', or a literal");
        case "mistake":
          throw this.unexpected("value");
        default:
          throw this.unexpected("value", "'[', '{', or a literal");
      }
      for (;;) {
        const container = open[open.length - 1];
        if (container === undefined) return value;
        const { keys, values } = container;
        values.push(value);
        const separator = this.next();
        if (separator === "','") {
          this.next();
          if (keys !== undefined) {
            container.keys = this.readKey(keys);
            this.next();
          }
          break;
        }
        const close = keys === undefined ? "']'" : "'}'";
        if (separator !== close) throw this.unexpected(keys === undefined ? "array" : "object", close);
        open.pop();
        value = keys === undefined ? builder.array(values.slice()) : builder.object(keys, values);
      }
    }
  }

  /** The keys with the one that is the current token; reads the colon behind it as well. */
  private readKey(keys: Keys): Keys {
    if (this.token !== "string literal") throw this.unexpected("object key", "string literal");
    const longer = this.builder.addKey(keys, this.value);
    if (this.next() !== "':'") throw this.unexpected("object separator", "':'");
    return longer;
  }

  private skipByteOrderMark(): boolean {
    if (!this.text.startsWith("\xef")) return true;
    for (const byte of "\xef\xbb\xbf") {
      if (this.read() === byte) continue;
      this.token = "mistake";
      this.mistake = "invalid BOM; must be 0xEF 0xBB 0xBF if given";
      return false;
    }
    return true;
  }

  private read(): string | undefined {
    if (this.at < this.text.length) return this.text[this.at++];
    this.readEnd = true;
    return undefined;
  }

  private next(): Token {
    this.token = this.scan();
    return this.token;
  }

  private scan(): Token {
    const { text } = this;
    this.ungotLineEnd = false;
    let start = this.at;
    let code = text.charCodeAt(start);
    while (code === byte.space || code === byte.lineFeed || code === byte.carriageReturn || code === byte.tab) {
      code = text.charCodeAt(++start);
    }
    this.at = start + 1;
    switch (code) {
      case byte.comma:
        return "','";
      case byte.colon:
        return "':'";
      case byte.openBracket:
        return "'['";
      case byte.closeBracket:
        return "']'";
      case byte.openBrace:
        return "'{'";
      case byte.closeBrace:
        return "'}'";
      case byte.quote:
        this.lastStart = start;
        return this.scanString();
      default:
        if (code === byte.minus || (code >= byte.zero && code <= byte.nine)) {
          this.lastStart = start;
          return this.scanNumber(start);
        }
        this.at = start;
        return this.scanLiteral();
    }
  }

  private scanLiteral(): Token {
    const character = this.read();
    if (character === undefined || character === "\0") return "end of input";
    const literal = literals[character];
    if (literal === undefined) return this.fail("invalid literal");
    const [text, token] = literal;
    for (let i = 1; i < text.length; i++) {
      if (this.read() !== text[i]) return this.fail("invalid literal");
    }
    return token;
  }

  private fail(mistake: string): Token {
    this.mistake = mistake;
    return "mistake";
  }

  private scanString(): Token {
    const { text } = this;
    let value = "";
    let copied = this.at;
    for (let at = copied; ; ) {
      const code = text.charCodeAt(at);
      if (code >= byte.firstBeyondAscii) {
        const length = utf8Length(text, at);
        if (length < 0) {
          this.at = at + ~length;
          if (~length > 0) this.read();
          else this.at++;
          return this.fail("invalid string: ill-formed UTF-8 byte");
        }
        at += length;
      } else if (code === byte.quote) {
        const rest = text.slice(copied, at);
        this.value = value === "" ? rest : value + rest;
        this.at = at + 1;
        return "string literal";
      } else if (code === byte.backslash) {
        value += text.slice(copied, at);
        this.at = at + 1;
        const unescaped = this.scanEscape();
        if (unescaped === undefined) return "mistake";
        value += unescaped;
        at = this.at;
        copied = at;
      } else if (code >= byte.space) at++;
      else {
        this.at = at;
        const character = this.read();
        if (character === undefined) return this.fail("invalid string: missing closing quote");
        return this.fail(controlCharacterMistake(code));
      }
    }
  }

  /** The bytes that an escape stands for; undefined for a mistake. */
  private scanEscape(): string | undefined {
    const character = this.read();
    switch (character) {
      case '"':
      case "\\":
      case "/":
        return character;
      case "b":
        return "\b";
      case "f":
        return "\f";
      case "n":
        return "\n";
      case "r":
        return "\r";
      case "t":
        return "\t";
      case "u":
        return this.scanUnicodeEscape();
      default:
        this.fail("invalid string: forbidden character after backslash");
        return undefined;
    }
  }

  private scanUnicodeEscape(): string | undefined {
    const noDigits = "invalid string: '\\u' must be followed by 4 hex digits";
    const unpaired = "invalid string: surrogate U+D800..U+DBFF must be followed by U+DC00..U+DFFF";
    const refuse = (mistake: string) => {
      this.fail(mistake);
      return undefined;
    };
    const first = this.scanHexDigits();
    if (first === undefined) return refuse(noDigits);
    if (first >= 0xdc00 && first <= 0xdfff) {
      return refuse("invalid string: surrogate U+DC00..U+DFFF must follow U+D800..U+DBFF");
    }
    if (first < 0xd800 || first > 0xdbff) return encodeUtf8(first);
    if (this.read() !== "\\" || this.read() !== "u") return refuse(unpaired);
    const second = this.scanHexDigits();
    if (second === undefined) return refuse(noDigits);
    if (second < 0xdc00 || second > 0xdfff) return refuse(unpaired);
    return encodeUtf8(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00));
  }

  private scanHexDigits(): number | undefined {
    let value = 0;
    for (let i = 0; i < 4; i++) {
      const digit = this.read();
      if (digit === undefined || !/^[0-9A-Fa-f]$/.test(digit)) return undefined;
      value = value * 16 + Number.parseInt(digit, 16);
    }
    return value;
  }

  private scanNumber(start: number): Token {
    const { text } = this;
    let end = start + 1;
    let last = text.charCodeAt(end);
    while (last >= byte.zero && last <= byte.nine) last = text.charCodeAt(++end);
    const first = text.charCodeAt(start);
    if (first > byte.zero && last !== byte.dot && last !== byte.e && last !== byte.E) {
      this.at = end;
      this.ungotLineEnd = last === byte.lineFeed;
      this.value = text.slice(start, end);
      this.isInteger = true;
      return "number literal";
    }
    number.lastIndex = start;
    const found = number.exec(text);
    this.at = found === null ? start + 1 : number.lastIndex;
    if (found === null) return this.failAfterNumber("invalid number; expected digit after '-'");
    const [literal, , fraction, exponent] = found as unknown as readonly [string, string, string?, string?];
    const following = text[this.at];
    if (exponent === undefined && (following === "e" || following === "E")) {
      this.at++;
      if (text[this.at] !== "+" && text[this.at] !== "-") {
        return this.failAfterNumber("invalid number; expected '+', '-', or digit after exponent");
      }
      this.at++;
      return this.failAfterNumber("invalid number; expected digit after exponent sign");
    }
    if (fraction === undefined && exponent === undefined && following === ".") {
      this.at++;
      return this.failAfterNumber("invalid number; expected digit after '.'");
    }
    this.ungotLineEnd = following === "\n";
    this.value = literal;
    this.isInteger = fraction === undefined && exponent === undefined;
    return "number literal";
  }

  private failAfterNumber(mistake: string): Token {
    this.read();
    return this.fail(mistake);
  }

  private unexpected(context: string, expected?: Expected): NixError {
    const lastRead = () => showControlCharacters(this.text.slice(this.lastStart, this.at));
    const what = this.token === "mistake" ? `${this.mistake}; last read: '${lastRead()}'` : `unexpected ${this.token}`;
    const wanted = expected === undefined ? "" : `; expected ${expected}`;
    return this.failure(`syntax error while parsing ${context} - ${what}${wanted}`);
  }

  private failure(message: string): NixError {
    const read = this.text.slice(0, this.at);
    const line = read.split("\n").length;
    const column = this.ungotLineEnd ? 0 : read.length - (read.lastIndexOf("\n") + 1) + (this.readEnd ? 1 : 0);
    return decodingError(`parse_error.101] parse error at line ${line}, column ${column}: ${message}`);
  }
}

function decodingError(message: string): NixError {
  return new NixError("eval", `[json.exception.${message}`).addTrace("while decoding a JSON string", noPos);
}

/** Integers beyond 64 bits, signed or unsigned, are read as floats. */
function isInRange(digits: string): boolean {
  if (digits.length < 19) return true;
  const integer = BigInt(digits);
  return integer >= -(2n ** 63n) && integer < 2n ** 64n;
}

function readFloat(literal: string): number {
  const value = Number(literal);
  if (Number.isFinite(value)) return value;
  throw decodingError(`out_of_range.406] number overflow parsing '${literal}'`);
}

function encodeUtf8(codePoint: number): string {
  if (codePoint < 0x80) return String.fromCharCode(codePoint);
  const last = 0x80 | (codePoint & 0x3f);
  if (codePoint < 0x800) return String.fromCharCode(0xc0 | (codePoint >> 6), last);
  const third = 0x80 | ((codePoint >> 6) & 0x3f);
  if (codePoint < 0x10000) return String.fromCharCode(0xe0 | (codePoint >> 12), third, last);
  return String.fromCharCode(0xf0 | (codePoint >> 18), 0x80 | ((codePoint >> 12) & 0x3f), third, last);
}

const controlNames = [
  ..."NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI".split(" "),
  ..."DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US".split(" "),
];
const controlEscapes: Readonly<Record<string, string>> = { BS: "b", HT: "t", LF: "n", FF: "f", CR: "r" };

function controlCharacterMistake(code: number): string {
  const name = controlNames[code] as string;
  const digits = hexDigits(code);
  const short = controlEscapes[name] === undefined ? "" : ` or \\${controlEscapes[name]}`;
  return `invalid string: control character U+${digits} (${name}) must be escaped to \\u${digits}${short}`;
}

function showControlCharacters(text: string): string {
  return text.replace(/[\x00-\x1f]/g, (character) => `<U+${hexDigits(character.charCodeAt(0))}>`);
}

function hexDigits(code: number): string {
  return code.toString(16).toUpperCase().padStart(4, "0");
}
