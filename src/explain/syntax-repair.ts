// The smallest change that makes a text with a syntax error parse, or at least parse further: candidates are tried one
// after the other, and the first of the best is what a person is told. Nothing is changed anywhere.
import type { Token } from "../lexer/token.ts";
import * as t from "../lexer/token-types.ts";
import type { Source } from "../source/position.ts";
import { balanceBrackets, endByIndentation, indentationAt } from "./bracket-balance.ts";
import { foreignWords } from "./known-names.ts";
import { endOfToken, type OpenConstruct, parseSyntax, type SyntaxTree } from "./syntax-parser.ts";

export interface Repair {
  readonly text: string;
  /** Whether the change itself shows what to do; else only the text does. */
  readonly isShown?: false;
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

/** How many bytes all attempts together may parse. */
const budget = 4_000_000;
/** How many tokens before the error a place to change may lie. */
const reach = 60;
/** Of brackets that are open, so many are tried, the innermost first. */
const mostOpeners = 12;
/** The same mistake may be made so many times. */
const mostRounds = 50;
/** An attempt that does not make the text parse must get this many tokens further to count. */
const worthwhile = 3;

/** The best change that could be found for the first error of a text. */
export function findRepair(source: Source, tree: SyntaxTree, features: ReadonlySet<string>): Repair | undefined {
  if (tree.failure === undefined) return undefined;
  return new RepairSearch(source, tree, features).search();
}

class RepairSearch {
  private readonly source: Source;
  private readonly text: string;
  private readonly tokens: readonly Token[];
  private readonly features: ReadonlySet<string>;
  private readonly index: number;
  private spent = 0;
  private readonly open: readonly OpenConstruct[];

  constructor(source: Source, tree: SyntaxTree, features: ReadonlySet<string>) {
    this.source = source;
    this.text = source.text;
    this.tokens = tree.tokens;
    this.features = features;
    this.index = tree.failure!.tokenIndex;
    this.open = tree.failure!.open;
  }

  search(): Repair | undefined {
    let best: Repair | undefined;
    let bestProgress = this.progressNeeded();
    for (const repair of this.candidates()) {
      this.spent += this.text.length;
      if (this.spent > budget) break;
      const progress = this.progressOf(repair);
      if (progress <= bestProgress) continue;
      best = repair;
      bestProgress = progress;
      if (progress === Number.POSITIVE_INFINITY) break;
    }
    return best;
  }

  /** The offset that an attempt has to get beyond. */
  private progressNeeded(): number {
    const token = this.tokens[Math.min(this.index + worthwhile, this.tokens.length - 1)] as Token;
    return this.token.tokenType === t.EndOfFile ? this.text.length : token.startOffset;
  }

  /** How far the text parses after the change, and after the same change in as many other places as that leads to. */
  private progressOf(repair: Repair): number {
    let { source } = this;
    let change: Repair | undefined = repair;
    let shift = 0;
    for (let round = 0; ; round++) {
      const { start, end, replacement }: Repair = change;
      source = { ...source, text: source.text.slice(0, start) + replacement + source.text.slice(end) };
      shift += replacement.length - (end - start);
      const tree = parseSyntax(source, this.features);
      if (tree.root !== undefined) return Number.POSITIVE_INFINITY;
      if (tree.failure === undefined) return -1;
      const offset = tree.tokens[tree.failure.tokenIndex]!.startOffset;
      const next = round >= mostRounds ? undefined : new RepairSearch(source, tree, this.features).sameAs(repair);
      this.spent += this.text.length;
      if (next === undefined || next.start <= start) return offset <= start ? offset : offset - shift;
      change = next;
    }
  }

  private sameAs({ text, replacement }: Repair): Repair | undefined {
    for (const candidate of this.signs()) {
      if (candidate.text === text && candidate.replacement === replacement) return candidate;
    }
    return undefined;
  }

  private get token(): Token {
    return this.tokens[this.index] as Token;
  }

  private get before(): Token | undefined {
    return this.tokens[this.index - 1];
  }

  /** The end of the token before the error. */
  private get gap(): number {
    return this.before === undefined ? 0 : this.endOf(this.before);
  }

  private endOf(token: Token): number {
    return endOfToken(this.text, token);
  }

  private get innermost(): OpenConstruct | undefined {
    return this.open.findLast(({ kind }) => kind !== "call");
  }

  private isIn(kind: OpenConstruct["kind"]): boolean {
    return this.open.some((construct) => construct.kind === kind);
  }

  private insert(at: number, replacement: string, text: string): Repair {
    return { text, start: at, end: at, replacement };
  }

  private replaceToken(token: Token, replacement: string, text: string): Repair {
    return { text, start: token.startOffset, end: this.endOf(token), replacement };
  }

  /** Likely ones first. */
  private *candidates(): Generator<Repair, void, void> {
    yield* this.quotes();
    yield* this.words();
    yield* this.signs();
    yield* this.semicolons();
    yield* this.equals();
    yield* this.keywords();
    yield* this.brackets();
    yield* this.surplus();
  }

  /** Quotes that are not Nix's, and strings that were not closed on their line. */
  private *quotes(): Generator<Repair, void, void> {
    const { token, text } = this;
    const { startOffset: start } = token;
    const single = /^'([^'\n]*)'(?!')/.exec(text.slice(start));
    if (token.tokenType === t.Invalid && single !== null) {
      const replacement = `"${single[1]!.replaceAll('"', '\\"')}"`;
      yield { text: "strings are written with double quotes", start, end: start + single[0].length, replacement };
    }
    if (token.tokenType === t.Invalid && text[start] === "`") {
      const end = text.indexOf("`", start + 1);
      const inner = text.slice(start + 1, end < 0 ? start + 1 : end);
      if (end >= 0)
        yield { text: "strings are written with double quotes", start, end: end + 1, replacement: `"${inner}"` };
    }
    for (const opening of this.stringsOverLines()) {
      const lineEnd = text.slice(opening).search(/[\r\n]|$/) + opening;
      const line = text.slice(opening, lineEnd);
      const code = line.replace(/\s*#.*$/, "");
      const trailing = /[;,)\]}\s]*$/.exec(code)!.index;
      const at = opening + trailing;
      if (trailing > 1) yield this.insert(at, '"', "the string that begins here has no end on its line");
      yield this.insert(lineEnd, '"', "the string that begins here has no end on its line");
    }
    if (this.innermost?.kind === "indentedString") {
      const advice = "the string that begins here is not closed: `''` is missing";
      const rest = text.slice(this.innermost.start);
      for (const { index } of [...rest.matchAll(/[;)\]}][ \t]*(?=[\r\n])/g)].slice(0, reach)) {
        yield this.insert(this.innermost.start + index, "''", advice);
      }
      yield this.insert(text.trimEnd().length, "''", "the string that begins here is not closed: `''` is missing");
    }
  }

  /** Where ordinary strings begin that go on over the end of their line. */
  private *stringsOverLines(): Generator<number, void, void> {
    const seen = this.tokens.slice(Math.max(0, this.index - reach), this.index + 1);
    for (const token of seen.toReversed()) {
      const { tokenType, startOffset } = token;
      if (tokenType !== t.PlainString && tokenType !== t.Quote) continue;
      const end = tokenType === t.PlainString ? this.endOf(token) : this.text.length;
      if (/[\r\n]/.test(this.text.slice(startOffset, end))) yield startOffset;
    }
  }

  /** Words of other languages, and keywords as names. */
  private *words(): Generator<Repair, void, void> {
    for (const token of [this.token, this.before, this.tokens[this.index - 2]]) {
      if (token === undefined || token.tokenType !== t.Id) continue;
      const word = foreignWords.get(token.image);
      if (word === "else if") yield this.replaceToken(token, word, `\`${token.image}\` is written \`else if\``);
      if (word?.startsWith("nothing")) yield this.replaceToken(token, "", "an `if` has no closing word");
    }
    for (const token of [this.token, this.before]) {
      if (token === undefined || !t.keywords.has(token.image) || token.image === "or") continue;
      const isName = this.isNamePlace(token);
      if (isName)
        yield this.replaceToken(
          token,
          `"${token.image}"`,
          `\`${token.image}\` is a keyword: as a name it needs quotes`,
        );
    }
    for (const token of [this.token, this.before]) {
      if (token?.tokenType !== t.Int) continue;
      const name = /^[\w'-]+/.exec(this.text.slice(token.startOffset))![0];
      const end = token.startOffset + name.length;
      const isBeforeSign = /^\s*[=.;]/.test(this.text.slice(end));
      if (isBeforeSign && this.isIn("attrs")) {
        const text = "a name that begins with a digit needs quotes";
        yield { text, start: token.startOffset, end, replacement: `"${name}"` };
      }
    }
  }

  private isNamePlace(token: Token): boolean {
    const at = this.tokens.indexOf(token);
    const next = this.tokens[at + 1]?.tokenType;
    return next === t.Equals || next === t.Dot || this.tokens[at - 1]?.tokenType === t.Dot;
  }

  /** Signs of other languages, or of other places in this one. */
  private *signs(): Generator<Repair, void, void> {
    const { token, before, text } = this;
    const { startOffset: start } = token;
    const at = (sign: string, offset = start): boolean => text.startsWith(sign, offset);
    const replace = (length: number, replacement: string, why: string, from = start): Repair => {
      return { text: why, start: from, end: from + length, replacement };
    };
    if (at("=>")) {
      yield replace(start + 2 - this.gap, ":", "a function is written `argument: body`", this.gap);
    }
    if ((at("=") || at(":")) && this.innermost?.kind === "formals") {
      yield replace(1, " ?", "the default of a parameter is written with `?`");
    }
    if (token.tokenType === t.Interpolation && this.innermost?.kind === undefined) return;
    for (const colon of this.tokens.slice(0, this.index).toReversed()) {
      const construct = this.innermost;
      if (construct === undefined || !["with", "assert"].includes(construct.kind)) break;
      if (colon.startOffset < construct.start) break;
      if (colon.tokenType === t.Colon) {
        yield replace(1, ";", `the \`${construct.kind}\` needs a \`;\` here`, colon.startOffset);
      }
    }
    if (at("=", start) && this.isCondition()) yield replace(1, "==", "values are compared with `==`");
    if (at("===")) yield replace(3, "==", "values are compared with `==`");
    if (before !== undefined && at("==", before.startOffset) && at("=", start)) {
      yield replace(start + 1 - before.startOffset, "==", "values are compared with `==`", before.startOffset);
    }
    if (before !== undefined && at("!", before.startOffset) && at("==", start)) {
      yield replace(start + 2 - before.startOffset, "!=", "values are compared with `!=`", before.startOffset);
    }
    if (at(":=")) yield replace(2, "=", "a definition is written with `=`");
    if (at("+=")) yield replace(2, "=", "nothing can be changed in Nix: a definition is written with `=`");
    if (at("&") && !at("&&")) yield replace(1, "&&", "`and` is written `&&`");
    if (at("|") && !at("||") && !at("|>")) yield replace(1, "||", "`or` is written `||`");
    if (at("%")) {
      yield { ...replace(1, "-", "there is no `%`: `lib.mod a b` gives the remainder"), isShown: false };
    }
    if (at("$") && !at("${")) {
      const braces = /^\$\((.*?)\)/.exec(text.slice(start));
      const name = /^\$([A-Za-z_][\w'-]*)/.exec(text.slice(start));
      if (name !== null) yield replace(name[0].length, name[1]!, "a variable is written without `$`");
      if (braces !== null)
        yield replace(
          braces[0].length,
          `(${braces[1]})`,
          "there is no `$(...)`: an expression is written in parentheses",
        );
    }
    for (const [index, sign] of [
      [this.index, token],
      [this.index - 1, before],
    ] as const) {
      if (sign === undefined || !at("//", sign.startOffset) || sign.tokenType !== t.BinaryOperator) continue;
      const lineEnd = text.slice(sign.startOffset).search(/[\r\n]|$/);
      const startsLine =
        index === 0 || /[\r\n]/.test(text.slice(this.endOf(this.tokens[index - 1]!), sign.startOffset));
      if (startsLine || sign === token) yield replace(lineEnd, "", "comments begin with `#`", sign.startOffset);
    }
    if (token.tokenType === t.Colon || (token.tokenType === t.BinaryOperator && token.image === "==")) {
      if (this.innermost?.kind === "binding" || this.innermost?.kind === "attrs") {
        yield replace(token.image.length, " =", "an attribute is defined with `=`");
      }
    }
    if (token.tokenType === t.Comma || token.tokenType === t.LastComma) yield* this.commas(token);
    if (token.tokenType === t.Semicolon && this.innermost?.kind === "binding") {
      yield replace(1, ",", "parameters are separated by commas");
      const advice = `to take '${this.innermost.name}' from around the set, inherit it`;
      yield this.insert(this.innermost.start, "inherit ", advice);
    }
    if (token.tokenType === t.Semicolon && this.isIn("formals"))
      yield replace(1, ",", "parameters are separated by commas");
    if (before?.tokenType === t.Semicolon && this.isIn("formals"))
      yield replace(1, ",", "parameters are separated by commas", before.startOffset);
  }

  private isCondition(): boolean {
    const kind = this.innermost?.kind;
    return kind === "if" || kind === "assert" || kind === "parentheses";
  }

  private *commas(token: Token): Generator<Repair, void, void> {
    const kind = this.innermost?.kind;
    if (kind === "list") yield this.replaceToken(token, "", "list items are separated by spaces");
    else if (kind === "parentheses")
      yield this.replaceToken(token, ") (", "arguments are separated by spaces: `f a b`");
    else if (kind === "inherit")
      yield this.replaceToken(token, "", "the names of an `inherit` are separated by spaces");
    else if (kind === "binding") yield this.replaceToken(token, ";", "every definition ends with `;`");
  }

  /** A `;` that was forgotten, before the error or at the end of a line before it. */
  private *semicolons(): Generator<Repair, void, void> {
    const construct = this.open.findLast(({ kind }) => ["binding", "inherit", "with", "assert"].includes(kind));
    if (construct === undefined) return;
    const what = this.endedBySemicolon(construct);
    const text = `a \`;\` is missing at the end of ${what}`;
    const first = this.tokens.findIndex(({ startOffset }) => startOffset >= construct.start);
    for (const at of this.lineEndsBefore(Math.max(first + 1, this.index - reach))) yield this.insert(at, ";", text);
    // `a = 1 b = 2`: the name before the `=` belongs to the next definition.
    let name = this.index - 1;
    while (name > first && this.tokens[name - 1]?.tokenType === t.Dot) name -= 2;
    if (name > first + 1) yield this.insert(this.endOf(this.tokens[name - 1] as Token), ";", text);
    yield this.insert(this.gap, ";", text);
  }

  private endedBySemicolon({ kind, name }: OpenConstruct): string {
    if (kind === "binding") return `the definition of '${name}'`;
    return kind === "inherit"
      ? "the `inherit`"
      : kind === "with"
        ? "the set of the `with`"
        : "the condition of the `assert`";
  }

  /** The ends of tokens, from a token on and before the error, that are the last on their line; the nearest first. */
  private lineEndsBefore(from: number): number[] {
    const ends: number[] = [];
    for (let i = this.index - 1; i >= from; i--) {
      const end = this.endOf(this.tokens[i] as Token);
      const next = this.tokens[i + 1] as Token;
      if (/[\r\n]/.test(this.text.slice(end, next.startOffset)) && next.tokenType !== t.EndOfFile) ends.push(end);
    }
    return ends;
  }

  private *equals(): Generator<Repair, void, void> {
    const { innermost } = this;
    if (innermost?.kind === "binding" && this.token.tokenType !== t.Equals) {
      yield this.insert(this.gap, " =", `a \`=\` is missing after '${innermost.name}'`);
    }
    if (this.before?.tokenType === t.RightBrace || this.before?.tokenType === t.Id) {
      yield this.insert(this.gap, ":", "a `:` is missing between the parameters and the body of the function");
    }
    if (this.isIn("formals") || innermost?.kind === "attrs" || innermost?.kind === "binding") {
      yield this.insert(this.gap, ",", "a comma is missing between the parameters");
    }
  }

  private *keywords(): Generator<Repair, void, void> {
    const { gap } = this;
    for (const { kind, start } of this.open.slice(-mostOpeners).toReversed()) {
      if (kind === "let") {
        yield this.insert(gap, " in", "the `let` has no `in`");
        yield this.insert(gap, " in null", "the `let` has no `in`, and nothing to evaluate after it");
        const indentation = " ".repeat(indentationAt(this.text, start));
        for (const at of this.lineEndsBefore(Math.max(0, this.index - reach))) {
          if (at > start) yield this.insert(at, `\n${indentation}in`, "the `let` has no `in`");
        }
      }
      if (kind === "if") {
        yield this.insert(gap, " then", "the `if` has no `then`");
        yield this.insert(gap, " else null", "an `if` needs an `else`: it always has a value");
        for (const at of this.lineEndsBefore(Math.max(0, this.index - reach))) {
          if (at > start) yield this.insert(at, " then", "the `if` has no `then`");
        }
      }
    }
  }

  private *brackets(): Generator<Repair, void, void> {
    const closing = { attrs: "}", list: "]", parentheses: ")", interpolation: "}", formals: "}" } as const;
    const { open, suspect } = balanceBrackets(this.text, this.tokens, this.token.startOffset);
    const bracket = this.open.findLast(({ kind }) => kind in closing);
    if (bracket !== undefined && /^[)\]}]$/.test(this.token.image)) {
      const right = closing[bracket.kind as keyof typeof closing];
      yield this.replaceToken(
        this.token,
        right,
        `what began with \`${this.text[bracket.start]}\` ends with \`${right}\``,
      );
    }
    for (const opener of [suspect, ...open.slice(-mostOpeners).toReversed()]) {
      if (opener === undefined) continue;
      const sign = opener.image === "[" ? "]" : opener.image === "(" ? ")" : opener.image === "{" ? "}" : undefined;
      const at = sign === undefined ? undefined : endByIndentation(this.text, this.tokens, opener);
      if (sign === undefined || at === undefined) continue;
      const line = `\n${" ".repeat(indentationAt(this.text, opener.startOffset))}`;
      yield this.insert(at, `${line}${sign};`, `the \`${opener.image}\` is not closed: \`${sign};\` is missing`);
      yield this.insert(at, `${line}${sign}`, `the \`${opener.image}\` is not closed: \`${sign}\` is missing`);
    }
    for (const construct of this.open.toReversed()) {
      if (!(construct.kind in closing)) continue;
      const sign = closing[construct.kind as keyof typeof closing];
      const opening =
        construct.kind === "interpolation" ? "${" : construct.kind === "list" ? "[" : sign === ")" ? "(" : "{";
      const text = `the \`${opening}\` is not closed: \`${sign}\` is missing`;
      yield this.insert(this.gap, sign, text);
      for (const at of this.lineEndsBefore(Math.max(0, this.index - reach))) {
        if (at > construct.start) yield this.insert(at, sign, text);
      }
      break;
    }
    if (this.open.length > 0) {
      const all = this.open
        .map(({ kind }) => (kind in closing ? closing[kind as keyof typeof closing] : kind === "binding" ? ";" : ""))
        .reverse()
        .join("");
      if (this.token.tokenType === t.EndOfFile)
        yield this.insert(this.gap, all, all.length > 20 ? "the end is missing" : `the end is missing: \`${all}\``);
    }
    if (this.open.length === 0 && this.token.tokenType === t.Equals) {
      const text = "definitions are written in braces: `{ a = 1; }`";
      yield { text, start: 0, end: this.text.length, replacement: `{ ${this.text}\n}` };
    }
  }

  private *surplus(): Generator<Repair, void, void> {
    const { token, before } = this;
    for (const surplus of [token, before]) {
      if (surplus === undefined || !/^[;,)\]}]$/.test(surplus.image)) continue;
      yield this.replaceToken(surplus, "", `there is a ${surplus.label} too many`);
    }
  }
}
