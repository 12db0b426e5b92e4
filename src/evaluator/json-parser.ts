// Reads JSON as nlohmann::json does, with its messages. Positions in them count what its scanner has read: usually the
// byte behind the mistake.
import { NixError } from "../source/nix-error.ts";
import { noPos } from "../source/position.ts";
import { utf8Length } from "./utf8.ts";

/** What is made of the parts of a text, from the inside out. */
export interface JsonBuilder<T> {
  literal(value: null | boolean): T;
  string(text: string): T;
  integer(digits: string): T;
  float(value: number): T;
  array(items: T[]): T;
  /** Called for every key when it is read. */
  checkKey(name: string): void;
  object(members: Map<string, T>): T;
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

/** An array or object being read. `key` is the name of the next value. */
type Container<T> =
  | { readonly kind: "array"; readonly items: T[] }
  | { readonly kind: "object"; readonly members: Map<string, T>; key: string };

const structural: Readonly<Record<string, Token | undefined>> = {
  "[": "'['",
  "]": "']'",
  "{": "'{'",
  "}": "'}'",
  ":": "':'",
  ",": "','",
};
const literals: Readonly<Record<string, readonly [text: string, token: Token]>> = {
  t: ["true", "true literal"],
  f: ["false", "false literal"],
  n: ["null", "null literal"],
};

const number = /(-?)(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
const plainCharacters = /[^"\\\x00-\x1f\x80-\xff]*/y;
const whitespace = /[ \t\n\r]*/y;

export class JsonParser<T> {
  private readonly text: string;
  private readonly builder: JsonBuilder<T>;
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

  constructor(text: string, builder: JsonBuilder<T>) {
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
    const open: Container<T>[] = [];
    this.next();
    for (;;) {
      let value: T;
      switch (this.token) {
        case "'['":
          if (this.next() !== "']'") {
            open.push({ kind: "array", items: [] });
            continue;
          }
          value = builder.array([]);
          break;
        case "'{'":
          if (this.next() !== "'}'") {
            open.push({ kind: "object", members: new Map(), key: this.readKey() });
            this.next();
            continue;
          }
          value = builder.object(new Map());
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
        const container = open.at(-1);
        if (container === undefined) return value;
        const isArray = container.kind === "array";
        if (isArray) container.items.push(value);
        else container.members.set(container.key, value);
        const separator = this.next();
        if (separator === "','") {
          this.next();
          if (!isArray) {
            container.key = this.readKey();
            this.next();
          }
          break;
        }
        const close = isArray ? "']'" : "'}'";
        if (separator !== close) throw this.unexpected(container.kind, close);
        open.pop();
        value = isArray ? builder.array(container.items) : builder.object(container.members);
      }
    }
  }

  /** The key that is the current token, and the colon behind it. */
  private readKey(): string {
    if (this.token !== "string literal") throw this.unexpected("object key", "string literal");
    const key = this.value;
    this.builder.checkKey(key);
    if (this.next() !== "':'") throw this.unexpected("object separator", "':'");
    return key;
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
    this.ungotLineEnd = false;
    whitespace.lastIndex = this.at;
    whitespace.test(this.text);
    this.at = whitespace.lastIndex;
    const start = this.at;
    const character = this.read();
    this.token = character === undefined || character === "\0" ? "end of input" : this.scan(character, start);
    return this.token;
  }

  private scan(character: string, start: number): Token {
    const punctuation = structural[character];
    if (punctuation !== undefined) return punctuation;
    if (character === '"') {
      this.lastStart = start;
      return this.scanString();
    }
    if (character === "-" || (character >= "0" && character <= "9")) {
      this.lastStart = start;
      return this.scanNumber(start);
    }
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
    for (;;) {
      plainCharacters.lastIndex = this.at;
      plainCharacters.test(text);
      const end = plainCharacters.lastIndex;
      if (end > this.at) value += text.slice(this.at, end);
      this.at = end;
      const character = this.read();
      if (character === undefined) return this.fail("invalid string: missing closing quote");
      if (character === '"') {
        this.value = value;
        return "string literal";
      }
      if (character === "\\") {
        const unescaped = this.scanEscape();
        if (unescaped === undefined) return "mistake";
        value += unescaped;
      } else if (character < " ") return this.fail(controlCharacterMistake(character.charCodeAt(0)));
      else {
        const length = utf8Length(text, end);
        if (length < 0) {
          this.at = end + ~length;
          if (~length > 0) this.read();
          else this.at++;
          return this.fail("invalid string: ill-formed UTF-8 byte");
        }
        value += text.slice(end, end + length);
        this.at = end + length;
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
