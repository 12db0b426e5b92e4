// Source text to tokens. As in Nix the longest match wins, so `a/b`, `a:b` and `1.2/3` are single tokens. The surprise:
// the scanner looks back when it meets `:`, `@`, `,`, `?`, `}` or `...` and tells by a token's type that it begins a
// function, which makes the grammar LL(1).
import type { TokenType } from "chevrotain";
import { NixError } from "../source/nix-error.ts";
import type { Source } from "../source/position.ts";
import {
  charClasses,
  digit,
  identifierPart,
  identifierStart,
  pathPart,
  schemePart,
  uriPart,
  whitespace,
} from "./char-class.ts";
import { Token } from "./token.ts";
import {
  At,
  BinaryOperator,
  Colon,
  Comma,
  Dot,
  Ellipsis,
  EndOfFile,
  Equals,
  Float,
  FormalsBrace,
  HomePath,
  Id,
  IndentedClose,
  IndentedEscape,
  IndentedOpen,
  IndentedText,
  Int,
  Interpolation,
  Invalid,
  keywords,
  LastComma,
  LeftBrace,
  LeftBracket,
  LeftParenthesis,
  LegacyLet,
  Let,
  Minus,
  Not,
  Parameter,
  Path,
  PathEnd,
  PipeFrom,
  PipeInto,
  PlainString,
  Question,
  Quote,
  RightBrace,
  RightBracket,
  RightParenthesis,
  ScanError,
  SearchPath,
  Semicolon,
  Text,
  Uri,
  WholeParameter,
} from "./token-types.ts";

/** Offsets of a comment's first byte and past its last. */
export interface DocComment {
  readonly start: number;
  readonly end: number;
}

export interface ScannedSource {
  /** The last one is EndOfFile or ScanError. */
  readonly tokens: Token[];
  /** Comments that begin with two stars, by the offset of the token behind. */
  readonly docComments: ReadonlyMap<number, DocComment>;
  /** What the ScanError stands for. */
  readonly error: NixError | undefined;
}

/** Never throws: an error is the last token, since a syntax error may come before it. */
export function scan(source: Source, features: ReadonlySet<string>): ScannedSource {
  const scanner = new Scanner(source, features);
  scanner.run();
  return scanner;
}

type Mode = "code" | "string" | "indented" | "path" | "pathSlash";

const newline = 10;
const carriageReturn = 13;
const space = 32;
const bang = 33;
const doubleQuote = 34;
const hash = 35;
const dollar = 36;
const ampersand = 38;
const quote = 39;
const leftParenthesis = 40;
const rightParenthesis = 41;
const star = 42;
const plus = 43;
const comma = 44;
const minus = 45;
const dot = 46;
const slash = 47;
const zero = 48;
const nine = 57;
const colon = 58;
const semicolon = 59;
const less = 60;
const equals = 61;
const greater = 62;
const question = 63;
const at = 64;
const leftBracket = 91;
const backslash = 92;
const rightBracket = 93;
const leftBrace = 123;
const bar = 124;
const rightBrace = 125;
const tilde = 126;

const floatLiteral = /(?:[1-9][0-9]*\.[0-9]*|0?\.[0-9]+)(?:[Ee][+-]?[0-9]+)?/y;
const smallestNormalFloat = 2.2250738585072014e-308;
const largestInt = 0x7fff_ffff_ffff_ffffn;

class Scanner implements ScannedSource {
  readonly tokens: Token[] = [];
  readonly docComments = new Map<number, DocComment>();
  error: NixError | undefined;
  private readonly source: Source;
  private readonly features: ReadonlySet<string>;
  /** The text and two zero bytes, so that looking ahead needs no bounds. */
  private readonly text: string;
  private readonly end: number;
  private offset = 0;
  private mode: Mode = "code";
  private readonly outerModes: Mode[] = [];
  /** No path begins before this offset: what follows the run of path characters is no slash. */
  private noPathBefore = 0;
  private pendingDoc: DocComment | undefined;
  private done = false;

  constructor(source: Source, features: ReadonlySet<string>) {
    this.source = source;
    this.features = features;
    this.text = `${source.text}\0\0`;
    this.end = source.text.length;
  }

  run(): void {
    while (!this.done) {
      switch (this.mode) {
        case "code":
          this.scanCode();
          break;
        case "string":
          this.scanString();
          break;
        case "indented":
          this.scanIndented();
          break;
        case "path":
        case "pathSlash":
          this.scanPathRest();
          break;
      }
    }
  }

  private push(type: TokenType, image: string, offset: number): void {
    this.tokens.push(new Token(type, image, offset));
    if (this.pendingDoc !== undefined) {
      this.docComments.set(offset, this.pendingDoc);
      this.pendingDoc = undefined;
    }
  }

  private finish(offset: number): void {
    this.push(EndOfFile, "", offset);
    this.done = true;
  }

  private fail(message: string, offset: number): void {
    this.error = new NixError("syntax", message, this.source.base + offset);
    this.push(ScanError, "", offset);
    this.done = true;
  }

  private enter(mode: Mode): void {
    this.outerModes.push(this.mode);
    this.mode = mode;
  }

  private leave(): void {
    this.mode = this.outerModes.pop() ?? "code";
  }

  /** Scans until the mode changes. */
  private scanCode(): void {
    const { text } = this;
    while (this.mode === "code" && !this.done) {
      const start = this.offset;
      const unit = text.charCodeAt(start);
      const classes = charClasses[unit]!;
      if ((classes & whitespace) !== 0) {
        let next = start + 1;
        while ((charClasses[text.charCodeAt(next)]! & whitespace) !== 0) next++;
        this.offset = next;
      } else if ((classes & identifierStart) !== 0) this.scanWord(start);
      else if ((classes & digit) !== 0) this.scanNumber(start);
      else this.scanSymbol(start, unit);
    }
  }

  private scanWord(start: number): void {
    const { text } = this;
    let end = start + 1;
    while ((charClasses[text.charCodeAt(end)]! & identifierPart) !== 0) end++;
    const next = text.charCodeAt(end);
    if (
      (next === slash || next === colon || next === dot || next === plus) &&
      start >= this.noPathBefore &&
      this.scanPathOrUri(start)
    ) {
      return;
    }
    const word = text.slice(start, end);
    this.offset = end;
    const keyword = end - start <= 7 ? keywords.get(word) : undefined;
    this.push(keyword ?? Id, word, start);
  }

  /** Scans the path or URI that starts here, if one does. */
  private scanPathOrUri(start: number): boolean {
    const { text } = this;
    let end = start;
    while ((charClasses[text.charCodeAt(end)]! & pathPart) !== 0) end++;
    const next = text.charCodeAt(end);
    if (next === slash) return this.scanPath(Path, start, end);
    if (next === colon) return this.scanUri(start, end);
    this.noPathBefore = end;
    return false;
  }

  /** `start` to `slashAt` is what precedes the first slash. */
  private scanPath(type: TokenType, start: number, slashAt: number): boolean {
    const { text } = this;
    const afterSlash = text.charCodeAt(slashAt + 1);
    if ((charClasses[afterSlash]! & pathPart) !== 0) {
      this.pushPathPart(type, start, this.endOfPath(slashAt));
      return true;
    }
    if (afterSlash === dollar && text.charCodeAt(slashAt + 2) === leftBrace) {
      this.pushPathPart(type, start, slashAt + 1);
      return true;
    }
    return false;
  }

  /** Past the last `/x` of a sequence of them, and past one slash more. */
  private endOfPath(slashAt: number): number {
    const { text } = this;
    let end = slashAt;
    while (text.charCodeAt(end) === slash) {
      if ((charClasses[text.charCodeAt(end + 1)]! & pathPart) === 0) return end + 1;
      end += 2;
      while ((charClasses[text.charCodeAt(end)]! & pathPart) !== 0) end++;
    }
    return end;
  }

  private pushPathPart(type: TokenType, start: number, end: number): void {
    this.push(type, this.text.slice(start, end), start);
    this.offset = end;
    const mode = this.text.charCodeAt(end - 1) === slash ? "pathSlash" : "path";
    if (type === Text) this.mode = mode;
    else this.enter(mode);
  }

  private scanUri(start: number, colonAt: number): boolean {
    const { text } = this;
    if ((charClasses[text.charCodeAt(colonAt + 1)]! & uriPart) === 0) return false;
    const first = charClasses[text.charCodeAt(start)]!;
    if ((first & identifierStart) === 0) return false;
    for (let i = start; i < colonAt; i++) {
      if ((charClasses[text.charCodeAt(i)]! & schemePart) === 0) return false;
    }
    let end = colonAt + 2;
    while ((charClasses[text.charCodeAt(end)]! & uriPart) !== 0) end++;
    this.push(Uri, text.slice(start, end), start);
    this.offset = end;
    return true;
  }

  private scanNumber(start: number): void {
    const { text } = this;
    if (start >= this.noPathBefore && this.scanPathOrUri(start)) return;
    let end = start + 1;
    while ((charClasses[text.charCodeAt(end)]! & digit) !== 0) end++;
    if (text.charCodeAt(end) === dot && this.scanFloat(start, end)) return;
    const image = text.slice(start, end);
    if (image.length > 18 && BigInt(image) > largestInt) this.fail(`invalid integer '${image}'`, start);
    else this.push(Int, image, start);
    this.offset = end;
  }

  /** Scans the float that starts here, if one does that is longer than up to `shorter`. */
  private scanFloat(start: number, shorter: number): boolean {
    floatLiteral.lastIndex = start;
    const image = floatLiteral.exec(this.text)?.[0];
    if (image === undefined || start + image.length <= shorter) return false;
    const value = Number(image);
    const isZero = /^[0.]*(?:[eE]|$)/.test(image);
    if (value === Number.POSITIVE_INFINITY || (value < smallestNormalFloat && !isZero)) {
      this.fail(`invalid float '${image}'`, start);
    } else this.push(Float, image, start);
    this.offset = start + image.length;
    return true;
  }

  private scanSymbol(start: number, unit: number): void {
    const { text } = this;
    const next = text.charCodeAt(start + 1);
    switch (unit) {
      case leftBrace:
        if (this.lastType() === Let) this.tokens.at(-1)!.retype(LegacyLet);
        this.enter("code");
        return this.symbol(LeftBrace, "{", start);
      case rightBrace:
        this.leave();
        if (this.lastType() === Comma) this.tokens.at(-1)!.retype(LastComma);
        else this.markFormals();
        return this.symbol(RightBrace, "}", start);
      case semicolon:
        return this.symbol(Semicolon, ";", start);
      case equals:
        return next === equals ? this.symbol(BinaryOperator, "==", start) : this.symbol(Equals, "=", start);
      case dot:
        return this.scanDot(start, next);
      case leftParenthesis:
        return this.symbol(LeftParenthesis, "(", start);
      case rightParenthesis:
        return this.symbol(RightParenthesis, ")", start);
      case leftBracket:
        return this.symbol(LeftBracket, "[", start);
      case rightBracket:
        return this.symbol(RightBracket, "]", start);
      case doubleQuote:
        return this.scanStringStart(start);
      case quote:
        return next === quote ? this.scanIndentedStart(start) : this.symbol(Invalid, "'", start);
      case colon:
        this.markFunction(Parameter);
        return this.symbol(Colon, ":", start);
      case at:
        this.markFunction(WholeParameter);
        return this.symbol(At, "@", start);
      case comma:
        this.markFormals();
        return this.symbol(Comma, ",", start);
      case question:
        this.markFormals();
        return this.symbol(Question, "?", start);
      case hash: {
        let end = start + 1;
        for (;;) {
          const unit = text.charCodeAt(end);
          if (unit === newline || unit === carriageReturn || end >= this.end) break;
          end++;
        }
        this.offset = end;
        return;
      }
      case slash:
        return this.scanSlash(start, next);
      case plus:
        if (this.scanPathAtSign(start)) return;
        return next === plus ? this.symbol(BinaryOperator, "++", start) : this.symbol(BinaryOperator, "+", start);
      case minus:
        if (this.scanPathAtSign(start)) return;
        return next === greater ? this.symbol(BinaryOperator, "->", start) : this.symbol(Minus, "-", start);
      case star:
        return this.symbol(BinaryOperator, "*", start);
      case dollar:
        if (next !== leftBrace) return this.symbol(Invalid, "$", start);
        this.enter("code");
        return this.symbol(Interpolation, "${", start);
      case less:
        return this.scanLess(start, next);
      case greater:
        return next === equals ? this.symbol(BinaryOperator, ">=", start) : this.symbol(BinaryOperator, ">", start);
      case bang:
        return next === equals ? this.symbol(BinaryOperator, "!=", start) : this.symbol(Not, "!", start);
      case ampersand:
        return next === ampersand ? this.symbol(BinaryOperator, "&&", start) : this.symbol(Invalid, "&", start);
      case bar:
        if (next === bar) return this.symbol(BinaryOperator, "||", start);
        return next === greater ? this.scanPipe(PipeInto, "|>", start) : this.symbol(Invalid, "|", start);
      case tilde:
        if (next === slash && this.scanPath(HomePath, start, start + 1)) return;
        return this.symbol(Invalid, "~", start);
      case 0:
        // Nix takes a zero byte for the end of the file.
        return this.finish(start < this.end ? start + 1 : start);
      default:
        return this.symbol(Invalid, text[start]!, start);
    }
  }

  private symbol(type: TokenType, image: string, start: number): void {
    this.push(type, image, start);
    this.offset = start + image.length;
  }

  private lastType(): TokenType | undefined {
    return this.tokens[this.tokens.length - 1]?.tokenType;
  }

  /** Before `:` or `@`: what precedes it is an identifier or the formals of a function. */
  private markFunction(identifierType: TokenType): void {
    const { tokens } = this;
    const last = tokens[tokens.length - 1];
    if (last?.tokenType === Id) {
      if (tokens[tokens.length - 2]?.tokenType !== At) last.retype(identifierType);
    } else if (last?.tokenType === RightBrace) {
      const brace = tokens[tokens.length - 2];
      if (brace?.tokenType === LeftBrace) brace.retype(FormalsBrace);
    }
  }

  /** After `{ x`, before what can only follow the first formal of a function. */
  private markFormals(): void {
    const { tokens } = this;
    if (tokens[tokens.length - 1]?.tokenType !== Id) return;
    const brace = tokens[tokens.length - 2];
    if (brace?.tokenType === LeftBrace) brace.retype(FormalsBrace);
  }

  private scanDot(start: number, next: number): void {
    if (start >= this.noPathBefore && this.scanPathOrUri(start)) return;
    if (next >= zero && next <= nine && this.scanFloat(start, start + 1)) return;
    if (next !== dot || this.text.charCodeAt(start + 2) !== dot) return this.symbol(Dot, ".", start);
    const last = this.tokens[this.tokens.length - 1];
    if (last?.tokenType === LeftBrace) last.retype(FormalsBrace);
    else if (last?.tokenType === Comma) last.retype(LastComma);
    this.symbol(Ellipsis, "...", start);
  }

  private scanPathAtSign(start: number): boolean {
    return start >= this.noPathBefore && this.scanPathOrUri(start);
  }

  private scanSlash(start: number, next: number): void {
    if (next === star) {
      const end = this.text.indexOf("*/", start + 2) + 2;
      if (end >= 2) {
        const first = this.text.charCodeAt(start + 2);
        const second = this.text.charCodeAt(start + 3);
        if (first === star && second !== star && second !== slash) this.pendingDoc = { start, end };
        this.offset = end;
        return;
      }
    }
    if (this.scanPath(Path, start, start)) return;
    return next === slash ? this.symbol(BinaryOperator, "//", start) : this.symbol(BinaryOperator, "/", start);
  }

  private scanLess(start: number, next: number): void {
    const { text } = this;
    if ((charClasses[next]! & pathPart) !== 0) {
      let end = start + 1;
      for (;;) {
        const part = end;
        while ((charClasses[text.charCodeAt(end)]! & pathPart) !== 0) end++;
        const unit = text.charCodeAt(end);
        if (end === part || (unit !== slash && unit !== greater)) break;
        end++;
        if (unit === greater) return this.symbol(SearchPath, text.slice(start, end), start);
      }
    }
    if (next === bar) return this.scanPipe(PipeFrom, "<|", start);
    return next === equals ? this.symbol(BinaryOperator, "<=", start) : this.symbol(BinaryOperator, "<", start);
  }

  private scanPipe(type: TokenType, image: string, start: number): void {
    if (this.features.has("pipe-operators")) return this.symbol(type, image, start);
    this.fail(
      "experimental Nix feature 'pipe-operators' is disabled; add '--extra-experimental-features pipe-operators' to enable it",
      start,
    );
  }

  private scanStringStart(start: number): void {
    const tokens = this.tokens.length;
    this.enter("string");
    this.symbol(Quote, '"', start);
    this.scanString();
    // A string in one piece becomes one token.
    const added = this.tokens.length - tokens;
    if (added < 2 || this.tokens.at(-1)!.tokenType !== Quote) return;
    const value = added === 2 ? "" : this.tokens[tokens + 1]!.image;
    this.tokens.length = tokens;
    this.tokens.push(new Token(PlainString, value, start));
  }

  /** Scans text and the quote or `${` behind it. */
  private scanString(): void {
    const { text } = this;
    const start = this.offset;
    let value = "";
    let from = start;
    let i = start;
    let ended = false;
    scanning: for (;;) {
      const unit = text.charCodeAt(i);
      switch (unit) {
        case doubleQuote:
          break scanning;
        case dollar: {
          const next = text.charCodeAt(i + 1);
          if (next === leftBrace) break scanning;
          if (i + 1 >= this.end) {
            ended = true;
            break scanning;
          }
          i += next === dollar ? 2 : 1;
          break;
        }
        case backslash: {
          if (i + 1 >= this.end) {
            ended = true;
            break scanning;
          }
          value += text.slice(from, i) + escaped(text, i + 1);
          i += 2;
          from = i;
          break;
        }
        case carriageReturn:
          value += `${text.slice(from, i)}\n`;
          i += text.charCodeAt(i + 1) === newline ? 2 : 1;
          from = i;
          break;
        case 0:
          if (i >= this.end) {
            ended = true;
            break scanning;
          }
          i++;
          break;
        default:
          i++;
      }
    }
    value += text.slice(from, i);
    if (value !== "") {
      if (value.includes("\0")) return this.failZeroByte(value, start);
      this.push(Text, value, start);
    }
    if (ended) return this.finish(this.end);
    if (text.charCodeAt(i) === doubleQuote) {
      this.leave();
      return this.symbol(Quote, '"', i);
    }
    this.enter("code");
    this.symbol(Interpolation, "${", i);
  }

  private failZeroByte(value: string, offset: number): void {
    const shown = value.replaceAll("\0", "\u00e2\u0090\u0080");
    this.fail(`input string '${shown}' cannot be represented as Nix string because it contains null bytes`, offset);
  }

  private scanIndentedStart(start: number): void {
    const { text } = this;
    this.push(IndentedOpen, "''", start);
    this.enter("indented");
    let end = start + 2;
    while (text.charCodeAt(end) === space) end++;
    this.offset = text.charCodeAt(end) === newline ? end + 1 : start + 2;
  }

  /** Scans one piece of text, an escape, `${` or the end. */
  private scanIndented(): void {
    const { text } = this;
    const start = this.offset;
    let i = start;
    for (;;) {
      const unit = text.charCodeAt(i);
      if (unit === dollar) {
        const next = text.charCodeAt(i + 1);
        if (next === leftBrace || next === quote || i + 1 >= this.end) break;
        i += 2;
      } else if (unit === quote) {
        const next = text.charCodeAt(i + 1);
        if (next === quote || next === dollar || i + 1 >= this.end) break;
        i += 2;
      } else if (unit === 0 && i >= this.end) break;
      else i++;
    }
    if (i > start) {
      const value = text.slice(start, i);
      this.offset = i;
      if (value.includes("\0")) return this.failZeroByte(value, start);
      return this.push(IndentedText, value, start);
    }
    if (start >= this.end) return this.finish(start);
    if (text.charCodeAt(start) === dollar) {
      if (text.charCodeAt(start + 1) !== leftBrace) return this.symbol(IndentedEscape, "$", start);
      this.enter("code");
      return this.symbol(Interpolation, "${", start);
    }
    if (text.charCodeAt(start + 1) !== quote) return this.symbol(IndentedEscape, "'", start);
    switch (text.charCodeAt(start + 2)) {
      case dollar:
        this.offset = start + 3;
        return this.push(IndentedEscape, "$", start);
      case quote:
        this.offset = start + 3;
        return this.push(IndentedEscape, "''", start);
      case backslash:
        if (start + 3 < this.end) {
          const value = escaped(text, start + 3);
          this.offset = start + 4;
          if (value === "\0") return this.failZeroByte(value, start);
          return this.push(IndentedEscape, value, start);
        }
        break;
      default:
    }
    this.leave();
    this.symbol(IndentedClose, "''", start);
  }

  /** After a part of a path: more text, an interpolation, or the end. */
  private scanPathRest(): void {
    const { text } = this;
    const start = this.offset;
    const unit = text.charCodeAt(start);
    if (unit === dollar && text.charCodeAt(start + 1) === leftBrace) {
      this.mode = "path";
      this.enter("code");
      return this.symbol(Interpolation, "${", start);
    }
    let end = start;
    while ((charClasses[text.charCodeAt(end)]! & pathPart) !== 0) end++;
    if (text.charCodeAt(end) === slash) end = this.endOfPath(end);
    if (end > start) return this.pushPathPart(Text, start, end);
    const last = this.tokens.at(-1)!.startOffset;
    if (this.mode === "pathSlash") return this.fail("path has a trailing slash", start >= this.end ? last : start);
    this.leave();
    if (start < this.end) return this.push(PathEnd, "", last);
    // At the end of the file Nix believes itself at the token before.
    this.push(PathEnd, "", this.tokens.at(-2)?.startOffset ?? 0);
    this.finish(last);
  }
}

/** The value of `\` and the byte at the offset. */
function escaped(text: string, offset: number): string {
  switch (text[offset]) {
    case "n":
      return "\n";
    case "r":
      return "\r";
    case "t":
      return "\t";
    default:
      return text[offset]!;
  }
}
