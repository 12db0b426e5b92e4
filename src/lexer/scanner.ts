// Source text to tokens. As in Nix the longest match wins, so `a/b`, `a:b` and `1.2/3` are single tokens. The surprise:
// the scanner looks back when it meets `:`, `@`, `,`, `?`, `}` or `...` and tells by a token's type that it begins a
// function, which makes the grammar LL(1).
import type { TokenType } from "chevrotain";
import { NixError } from "../source/nix-error.ts";
import type { Source } from "../source/position.ts";
import * as ascii from "./ascii.ts";
import { charClasses, digit, endOfRun, identifierPart, identifierStart, pathPart, whitespace } from "./char-class.ts";
import { endOfIndentedText, endOfPath, endOfSearchPath, endOfText, endOfUri } from "./literal-ends.ts";
import { hasZeroByte, unescapeByte, unescapeText } from "./string-text.ts";
import { Token } from "./token.ts";
import * as t from "./token-types.ts";

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

const floatLiteral = /(?:[1-9][0-9]*\.[0-9]*|0?\.[0-9]+)(?:[Ee][+-]?[0-9]+)?/y;
const smallestNormalFloat = 2.2250738585072014e-308;
const largestInteger = 0x7fff_ffff_ffff_ffffn;
const longestKeyword = "inherit".length;

class Scanner implements ScannedSource {
  readonly tokens: Token[] = [];
  readonly docComments = new Map<number, DocComment>();
  error: NixError | undefined;
  private readonly source: Source;
  private readonly features: ReadonlySet<string>;
  /** The text and two zero bytes, so that looking ahead needs no bounds. */
  private readonly text: string;
  /** The length of the text without them. */
  private readonly limit: number;
  private offset = 0;
  private mode: Mode = "code";
  private readonly outerModes: Mode[] = [];
  /** No path and no URI begins between here and this offset: a run of path characters ends there, without `/` or `:`. */
  private plainUntil = 0;
  private pendingDoc: DocComment | undefined;
  private isDone = false;

  constructor(source: Source, features: ReadonlySet<string>) {
    this.source = source;
    this.features = features;
    this.text = `${source.text}\0\0`;
    this.limit = source.text.length;
  }

  run(): void {
    while (!this.isDone) {
      if (this.mode === "code") this.scanCode();
      else if (this.mode === "string") this.scanString();
      else if (this.mode === "indented") this.scanIndented();
      else this.scanPathRest();
    }
  }

  /** Adds a token that ends at `end`. */
  private add(type: TokenType, image: string, start: number, end: number): void {
    this.tokens.push(new Token(type, image, start));
    this.offset = end;
    if (this.pendingDoc !== undefined) {
      this.docComments.set(start, this.pendingDoc);
      this.pendingDoc = undefined;
    }
  }

  /** Adds a token that is its image. */
  private addSymbol(type: TokenType, image: string, start: number): void {
    this.add(type, image, start, start + image.length);
  }

  private finish(offset: number): void {
    this.add(t.EndOfFile, "", offset, offset);
    this.isDone = true;
  }

  private fail(message: string, offset: number): void {
    this.error = new NixError("syntax", message, this.source.base + offset);
    this.add(t.ScanError, "", offset, offset);
    this.isDone = true;
  }

  private enter(mode: Mode): void {
    this.outerModes.push(this.mode);
    this.mode = mode;
  }

  private leave(): void {
    this.mode = this.outerModes.pop() ?? "code";
  }

  /** The last token but `back`. */
  private last(back = 0): Token | undefined {
    return this.tokens[this.tokens.length - 1 - back];
  }

  /** Scans until the mode changes. */
  private scanCode(): void {
    const { text } = this;
    while (this.mode === "code" && !this.isDone) {
      const start = this.offset;
      const unit = text.charCodeAt(start);
      const classes = charClasses[unit]!;
      if ((classes & whitespace) !== 0) this.offset = endOfRun(text, start + 1, whitespace);
      else if ((classes & identifierStart) !== 0) this.scanWord(start);
      else if ((classes & digit) !== 0) this.scanNumber(start);
      else this.scanSymbol(start, unit);
    }
  }

  private scanWord(start: number): void {
    const { text } = this;
    const end = endOfRun(text, start + 1, identifierPart);
    const next = text.charCodeAt(end);
    const mayGoOn = next === ascii.dot || next === ascii.slash || next === ascii.colon || next === ascii.plus;
    if (mayGoOn && this.scanPathOrUri(start)) return;
    const word = text.slice(start, end);
    const keyword = end - start <= longestKeyword ? t.keywords.get(word) : undefined;
    this.add(keyword ?? t.Id, word, start, end);
  }

  private scanNumber(start: number): void {
    const { text } = this;
    if (this.scanPathOrUri(start)) return;
    const end = endOfRun(text, start, digit);
    if (text.charCodeAt(end) === ascii.dot && this.scanFloat(start, end)) return;
    const image = text.slice(start, end);
    if (image.length > 18 && BigInt(image) > largestInteger) this.fail(`invalid integer '${image}'`, start);
    else this.add(t.Int, image, start, end);
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
    } else this.addSymbol(t.Float, image, start);
    return true;
  }

  private scanSymbol(start: number, unit: number): void {
    const next = this.text.charCodeAt(start + 1);
    switch (unit) {
      case ascii.semicolon:
        this.addSymbol(t.Semicolon, ";", start);
        break;
      case ascii.equals:
        if (next === ascii.equals) this.addSymbol(t.BinaryOperator, "==", start);
        else this.addSymbol(t.Equals, "=", start);
        break;
      case ascii.dot:
        this.scanDot(start, next);
        break;
      case ascii.doubleQuote:
        this.scanStringStart(start);
        break;
      case ascii.leftBrace:
        if (this.last()?.tokenType === t.Let) this.last()!.retype(t.LegacyLet);
        this.enter("code");
        this.addSymbol(this.last()?.tokenType === t.At ? t.FormalsBrace : t.LeftBrace, "{", start);
        break;
      case ascii.rightBrace:
        if (this.last()?.tokenType === t.Comma) this.last()!.retype(t.LastComma);
        this.markFormals();
        this.leave();
        this.addSymbol(t.RightBrace, "}", start);
        break;
      case ascii.leftParenthesis:
        this.addSymbol(t.LeftParenthesis, "(", start);
        break;
      case ascii.rightParenthesis:
        this.addSymbol(t.RightParenthesis, ")", start);
        break;
      case ascii.leftBracket:
        this.addSymbol(t.LeftBracket, "[", start);
        break;
      case ascii.rightBracket:
        this.addSymbol(t.RightBracket, "]", start);
        break;
      case ascii.quote:
        if (next === ascii.quote) this.scanIndentedStart(start);
        else this.addInvalid(start);
        break;
      case ascii.comma:
        this.markFormals();
        this.addSymbol(t.Comma, ",", start);
        break;
      case ascii.colon:
        this.markFunction(t.Parameter);
        this.addSymbol(t.Colon, ":", start);
        break;
      case ascii.at:
        this.markFunction(t.WholeParameter);
        this.addSymbol(t.At, "@", start);
        break;
      case ascii.question:
        this.markFormals();
        this.addSymbol(t.Question, "?", start);
        break;
      case ascii.hash:
        this.skipLineComment(start);
        break;
      case ascii.slash:
        if (next !== ascii.star || !this.skipComment(start)) this.scanSlash(start, next);
        break;
      case ascii.dollar:
        if (next === ascii.leftBrace) this.scanInterpolation(start);
        else this.addInvalid(start);
        break;
      case ascii.plus:
        if (this.scanPathOrUri(start)) break;
        this.addSymbol(t.BinaryOperator, next === ascii.plus ? "++" : "+", start);
        break;
      case ascii.minus:
        if (this.scanPathOrUri(start)) break;
        if (next === ascii.greater) this.addSymbol(t.BinaryOperator, "->", start);
        else this.addSymbol(this.followsOperand() ? t.BinaryOperator : t.Negation, "-", start);
        break;
      case ascii.star:
        this.addSymbol(t.BinaryOperator, "*", start);
        break;
      case ascii.less:
        this.scanLess(start, next);
        break;
      case ascii.greater:
        this.addSymbol(t.BinaryOperator, next === ascii.equals ? ">=" : ">", start);
        break;
      case ascii.bang:
        if (next === ascii.equals) this.addSymbol(t.BinaryOperator, "!=", start);
        else this.addSymbol(t.Not, "!", start);
        break;
      case ascii.ampersand:
        if (next === ascii.ampersand) this.addSymbol(t.BinaryOperator, "&&", start);
        else this.addInvalid(start);
        break;
      case ascii.bar:
        if (next === ascii.bar) this.addSymbol(t.BinaryOperator, "||", start);
        else if (next === ascii.greater) this.scanPipe("|>", start);
        else this.addInvalid(start);
        break;
      case ascii.tilde:
        if (!this.scanPath(t.HomePath, start, start + 1)) this.addInvalid(start);
        break;
      case 0:
        // Nix takes a zero byte for the end of the file.
        this.finish(Math.min(start + 1, this.limit));
        break;
      default:
        this.addInvalid(start);
    }
  }

  private followsOperand(): boolean {
    const last = this.last();
    return last !== undefined && t.operandEnds.has(last.tokenType);
  }

  private addInvalid(start: number): void {
    this.addSymbol(t.Invalid, this.text[start]!, start);
  }

  /** Before `:` or `@`: what precedes it is an identifier or `{ }`, the formals of a function. */
  private markFunction(type: TokenType): void {
    const last = this.last();
    if (last?.tokenType === t.Id) {
      if (this.last(1)?.tokenType !== t.At) last.retype(type);
    } else if (last?.tokenType === t.RightBrace) {
      const brace = this.last(1);
      if (brace?.tokenType === t.LeftBrace) brace.retype(t.FormalsBrace);
    }
  }

  /** After `{ x`, before what can only follow the first formal of a function. */
  private markFormals(): void {
    if (this.last()?.tokenType !== t.Id) return;
    const brace = this.last(1);
    if (brace?.tokenType === t.LeftBrace) brace.retype(t.FormalsBrace);
  }

  private skipLineComment(start: number): void {
    const { text, limit } = this;
    let end = start + 1;
    while (end < limit) {
      const unit = text.charCodeAt(end);
      if (unit === ascii.newline || unit === ascii.carriageReturn) break;
      end++;
    }
    this.offset = end;
  }

  /** Skips the comment that starts here, unless it has no end. */
  private skipComment(start: number): boolean {
    const { text } = this;
    const close = text.indexOf("*/", start + 2);
    if (close < 0) return false;
    const end = close + 2;
    const second = text.charCodeAt(start + 3);
    if (text.charCodeAt(start + 2) === ascii.star && second !== ascii.star && second !== ascii.slash) {
      this.pendingDoc = { start, end };
    }
    this.offset = end;
    return true;
  }

  private scanDot(start: number, next: number): void {
    if (this.scanPathOrUri(start)) return;
    if ((charClasses[next]! & digit) !== 0 && this.scanFloat(start, start + 1)) return;
    if (next !== ascii.dot || this.text.charCodeAt(start + 2) !== ascii.dot) {
      this.addSymbol(t.Dot, ".", start);
      return;
    }
    const last = this.last();
    if (last?.tokenType === t.LeftBrace) last.retype(t.FormalsBrace);
    else if (last?.tokenType === t.Comma) last.retype(t.LastComma);
    this.addSymbol(t.Ellipsis, "...", start);
  }

  private scanSlash(start: number, next: number): void {
    if (this.scanPath(t.Path, start, start)) return;
    this.addSymbol(t.BinaryOperator, next === ascii.slash ? "//" : "/", start);
  }

  private scanLess(start: number, next: number): void {
    if ((charClasses[next]! & pathPart) !== 0) {
      const end = endOfSearchPath(this.text, start);
      if (end >= 0) {
        this.add(t.SearchPath, this.text.slice(start, end), start, end);
        return;
      }
    }
    if (next === ascii.bar) this.scanPipe("<|", start);
    else this.addSymbol(t.BinaryOperator, next === ascii.equals ? "<=" : "<", start);
  }

  private scanPipe(image: string, start: number): void {
    const feature = "pipe-operators";
    if (this.features.has(feature)) this.addSymbol(t.BinaryOperator, image, start);
    else {
      const remedy = `add '--extra-experimental-features ${feature}' to enable it`;
      this.fail(`experimental Nix feature '${feature}' is disabled; ${remedy}`, start);
    }
  }

  private scanInterpolation(start: number): void {
    this.enter("code");
    this.addSymbol(t.Interpolation, "${", start);
  }

  /** Scans the path or URI that starts here with a path character, if one does. */
  private scanPathOrUri(start: number): boolean {
    if (start < this.plainUntil) return false;
    const { text } = this;
    const end = endOfRun(text, start, pathPart);
    const next = text.charCodeAt(end);
    if (next === ascii.slash) return this.scanPath(t.Path, start, end);
    if (next !== ascii.colon) {
      this.plainUntil = end;
      return false;
    }
    const uriEnd = endOfUri(text, start, end);
    if (uriEnd < 0) return false;
    this.add(t.Uri, text.slice(start, uriEnd), start, uriEnd);
    return true;
  }

  /** Scans the path with its first slash at the offset, if there is one. */
  private scanPath(type: TokenType, start: number, slashAt: number): boolean {
    const { text } = this;
    let end = endOfPath(text, slashAt);
    if (end === slashAt) {
      const isInterpolated = text.startsWith("/${", slashAt);
      if (!isInterpolated) return false;
      end++;
    }
    this.enter("path");
    this.addPathPart(type, start, end);
    return true;
  }

  private addPathPart(type: TokenType, start: number, end: number): void {
    this.add(type, this.text.slice(start, end), start, end);
    this.mode = this.text.charCodeAt(end - 1) === ascii.slash ? "pathSlash" : "path";
  }

  /** After a part of a path: more text, an interpolation, or the end. */
  private scanPathRest(): void {
    const { text, offset: start, limit } = this;
    if (text.startsWith("${", start)) {
      this.mode = "path";
      this.scanInterpolation(start);
      return;
    }
    let end = endOfRun(text, start, pathPart);
    if (text.charCodeAt(end) === ascii.slash) end = Math.max(endOfPath(text, end), end + 1);
    const last = this.last()!.startOffset;
    if (end > start) this.addPathPart(t.Text, start, end);
    else if (this.mode === "pathSlash") this.fail("path has a trailing slash", start < limit ? start : last);
    else if (start < limit) {
      this.leave();
      this.add(t.PathEnd, "", last, start);
    } else {
      // At the end of the file Nix believes itself at the token before.
      this.add(t.PathEnd, "", this.last(1)?.startOffset ?? 0, start);
      this.finish(last);
    }
  }

  private scanStringStart(start: number): void {
    const count = this.tokens.length;
    this.enter("string");
    this.addSymbol(t.Quote, '"', start);
    this.scanString();
    if (this.tokens.length === count + 1 || this.last()!.tokenType !== t.Quote) return;
    // A string in one piece becomes one token.
    const value = this.tokens.length === count + 2 ? "" : this.last(1)!.image;
    this.tokens.length = count;
    this.tokens.push(new Token(t.PlainString, value, start));
  }

  /** Scans text and the quote or `${` behind it. */
  private scanString(): void {
    const { text, offset: start, limit } = this;
    const end = endOfText(text, start, limit);
    if (end > start) {
      const raw = text.slice(start, end);
      const value = unescapeText(raw);
      if (value.includes("\0") && hasZeroByte(raw)) {
        this.failZeroByte(value, start);
        return;
      }
      this.add(t.Text, value, start, end);
    }
    const unit = text.charCodeAt(end);
    if (unit === ascii.doubleQuote) {
      this.leave();
      this.addSymbol(t.Quote, '"', end);
    } else if (text.startsWith("${", end)) this.scanInterpolation(end);
    else this.finish(limit);
  }

  private failZeroByte(value: string, offset: number): void {
    const shown = value.replaceAll("\0", "\u00e2\u0090\u0080");
    this.fail(`input string '${shown}' cannot be represented as Nix string because it contains null bytes`, offset);
  }

  private scanIndentedStart(start: number): void {
    const { text } = this;
    let spaces = start + 2;
    while (text.charCodeAt(spaces) === ascii.space) spaces++;
    this.enter("indented");
    this.add(t.IndentedOpen, "''", start, text.charCodeAt(spaces) === ascii.newline ? spaces + 1 : start + 2);
  }

  /** Scans one piece of text, an escape, `${` or the end. */
  private scanIndented(): void {
    const { text, offset: start, limit } = this;
    const end = endOfIndentedText(text, start, limit);
    if (end > start) {
      const value = text.slice(start, end);
      if (value.includes("\0")) this.failZeroByte(value, start);
      else this.add(t.IndentedText, value, start, end);
      return;
    }
    if (start >= limit) {
      this.finish(start);
      return;
    }
    if (text.startsWith("${", start)) {
      this.scanInterpolation(start);
      return;
    }
    if (!text.startsWith("''", start)) {
      this.addSymbol(t.IndentedEscape, text[start]!, start);
      return;
    }
    const escaped = text.charCodeAt(start + 2);
    if (escaped === ascii.dollar) this.add(t.IndentedEscape, "$", start, start + 3);
    else if (escaped === ascii.quote) this.add(t.IndentedEscape, "''", start, start + 3);
    else if (escaped === ascii.backslash && start + 3 < limit) {
      this.add(t.IndentedEscape, unescapeByte(text[start + 3]!), start, start + 4);
    } else {
      this.leave();
      this.addSymbol(t.IndentedClose, "''", start);
    }
  }
}
