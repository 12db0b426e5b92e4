// Texts that are not Nix: what was open where the parser stopped, and the smallest change that would help.
import type { Token } from "../lexer/token.ts";
import * as t from "../lexer/token-types.ts";
import type { Source } from "../source/position.ts";
import { balanceBrackets } from "./bracket-balance.ts";
import type { CodeLabel, Explanation, Suggestion } from "./diagnostic.ts";
import type { ErrorCase } from "./error-case.ts";
import { endOfToken, type OpenConstruct, type SyntaxTree } from "./syntax-parser.ts";
import { findRepair, type Repair } from "./syntax-repair.ts";

export function explainSyntaxError(error: ErrorCase): Explanation | undefined {
  const source = error.interpreter.positions.sourceOf(error.innerPos);
  if (source === undefined) return undefined;
  const tree = error.syntaxOf(source);
  const offset = error.innerPos - source.base;
  const primary = primaryLabel(error, source, tree, offset);
  const { failure } = tree;
  if (failure === undefined) return { primary };
  const token = tree.tokens[failure.tokenIndex] as Token;
  const repair = findRepair(source, tree, error.interpreter.settings.experimentalFeatures);
  const notes = specialNotes(source, tree, token);
  const special = repair !== undefined && token.tokenType === t.Invalid ? [] : notes;
  const isNoise = special.length > 0 && repair?.text.endsWith("too many") === true;
  return {
    primary,
    labels: openLabels(source, tree, token, failure.open, repair),
    notes: special,
    suggestions: isNoise ? [] : repairSuggestion(source, repair),
  };
}

function primaryLabel(error: ErrorCase, source: Source, tree: SyntaxTree, offset: number): CodeLabel | undefined {
  const expected = error.message.endsWith("expecting ':' or '@'") ? "`:`" : expectedAt(source, tree);
  const text = expected === undefined ? "this cannot be here" : `${expected} is expected here`;
  const at = error.labelAt(error.innerPos, text);
  if (at === undefined || offset < source.text.trimEnd().length) return at;
  // The end of the file: behind what was there last.
  const last = tree.tokens.findLast(({ tokenType }) => tokenType !== t.EndOfFile);
  const end = last === undefined ? 0 : endOfToken(source.text, last);
  const isString = tree.failure?.open.at(-1)?.kind === "string" || tree.failure?.open.at(-1)?.kind === "indentedString";
  const start = isString ? source.text.trimEnd().length : Math.max(end, 0);
  return {
    range: { source, start, end: start },
    text: expected === undefined ? "the text ends here" : `the text ends here, where ${expected} is expected`,
  };
}

/** What could go on here, in words; the parser's own list knows only single tokens. */
function expectedAt(source: Source, { failure, tokens }: SyntaxTree): string | undefined {
  if (failure === undefined) return undefined;
  const token = tokens[failure.tokenIndex] as Token;
  const before = tokens[failure.tokenIndex - 1];
  const innermost = failure.open.findLast(({ kind }) => kind !== "call");
  if (token.tokenType === t.Invalid) return undefined;
  if (before?.tokenType === t.Dot) return "a name";
  if (before !== undefined && wantsExpression(before)) return "an expression";
  switch (innermost?.kind) {
    case "attrs":
      return "a name or `}`";
    case "let":
      return "a name or `in`";
    case "binding": {
      const written = source.text.slice(innermost.start + (innermost.name?.length ?? 0), token.startOffset);
      return /^\s*=/.test(written) ? "`;`" : "`=`";
    }
    case "inherit":
      return "a name or `;`";
    case "list":
      return "an item or `]`";
    case "parentheses":
      return "`)`";
    case "formals":
      return before?.tokenType === t.Comma || before?.tokenType === t.FormalsBrace ? "a name or `}`" : "`,` or `}`";
    case "string":
      return '`"`';
    case "indentedString":
      return "`''`";
    case "interpolation":
      return "`}`";
    case "with":
    case "assert":
      return "`;`";
    case "if": {
      const written = tokens.slice(0, failure.tokenIndex).filter(({ startOffset }) => startOffset >= innermost.start);
      return written.some(({ tokenType }) => tokenType === t.Then) ? "`else`" : "`then`";
    }
    default:
      return token.tokenType === t.EndOfFile || before === undefined ? "an expression" : "the end of the text";
  }
}

const beforeExpressions: ReadonlySet<Token["tokenType"]> = new Set([
  ...[t.Equals, t.BinaryOperator, t.Colon, t.In, t.Then, t.Else, t.If, t.With, t.Assert, t.Question, t.Not, t.Negation],
  ...[t.LeftParenthesis, t.Interpolation],
]);

function wantsExpression({ tokenType }: Token): boolean {
  return beforeExpressions.has(tokenType);
}

/** What was open: brackets and strings at the end of the file, otherwise what the error is in. */
function openLabels(
  source: Source,
  tree: SyntaxTree,
  token: Token,
  open: readonly OpenConstruct[],
  repair: Repair | undefined,
): CodeLabel[] {
  const { text } = source;
  const labels: CodeLabel[] = [];
  const add = (start: number, length: number, words: string): void => {
    if (labels.some(({ range }) => range.start === start)) return;
    labels.push({ range: { source, start, end: Math.min(start + length, text.length) }, text: words });
  };
  const { suspect } = balanceBrackets(text, tree.tokens, token.startOffset);
  const isClosing = [t.RightBrace, t.RightBracket, t.RightParenthesis, t.EndOfFile, t.In, t.Semicolon].includes(
    token.tokenType,
  );
  if (suspect !== undefined && isClosing) {
    add(suspect.startOffset, suspect.image.length, "this may be the one that is not closed, by the indentation");
  }
  const innermost = open.findLast(({ kind }) => kind !== "call");
  if (innermost !== undefined) {
    const [length, words] = describeConstruct(innermost, token.tokenType === t.EndOfFile);
    add(innermost.start, length, words);
    const bracket = open.findLast(({ kind }) => brackets.has(kind));
    if (token.tokenType === t.EndOfFile && bracket !== undefined && bracket !== innermost) {
      const [bracketLength, bracketWords] = describeConstruct(bracket, true);
      add(bracket.start, bracketLength, bracketWords);
    }
  }
  if (repair?.text.startsWith("the string that begins here")) {
    const opening = openingQuote(tree, text, repair.start);
    if (opening !== undefined) add(opening, 1, "this string goes on over the end of its line");
  }
  return labels;
}

const brackets: ReadonlySet<OpenConstruct["kind"]> = new Set([
  "attrs",
  "list",
  "parentheses",
  "formals",
  "interpolation",
  "string",
  "indentedString",
]);

function describeConstruct({ kind, name }: OpenConstruct, isUnclosed: boolean): readonly [number, string] {
  const begins = (what: string): string =>
    isUnclosed ? `${what} begins here and is not closed` : `${what} begins here`;
  switch (kind) {
    case "attrs":
      return [1, begins("the set")];
    case "list":
      return [1, begins("the list")];
    case "parentheses":
      return [1, begins("the parenthesis")];
    case "formals":
      return [1, begins("the list of parameters")];
    case "interpolation":
      return [2, begins("the interpolation")];
    case "string":
      return [1, begins("the string")];
    case "indentedString":
      return [2, begins("the string")];
    case "binding":
      return [name?.length ?? 1, `in the definition of '${name}'`];
    case "inherit":
      return ["inherit".length, "in this `inherit`"];
    case "let":
      return ["let".length, isUnclosed ? "this `let` has no `in`" : "in the definitions of this `let`"];
    case "with":
      return ["with".length, "in this `with`"];
    case "if":
      return ["if".length, "in this `if`"];
    case "assert":
      return ["assert".length, "in this `assert`"];
    case "call":
      return [1, "in this call"];
  }
}

function openingQuote(tree: SyntaxTree, text: string, before: number): number | undefined {
  const token = tree.tokens.findLast(
    ({ tokenType, startOffset }) => startOffset < before && (tokenType === t.PlainString || tokenType === t.Quote),
  );
  return token === undefined || text[token.startOffset] !== '"' ? undefined : token.startOffset;
}

const comparisons: ReadonlySet<string> = new Set(["==", "!=", "<", "<=", ">", ">="]);

/** What needs more words than a change. */
function specialNotes({ text }: Source, tree: SyntaxTree, token: Token): string[] {
  const notes: string[] = [];
  const { startOffset } = token;
  const index = tree.tokens.indexOf(token);
  const before = tree.tokens[index - 1];
  if (text.startsWith("/*", startOffset) || (before !== undefined && text.startsWith("/*", before.startOffset))) {
    notes.push("a comment begins here with `/*`, and has no `*/` to end it");
  }
  if (token.tokenType === t.BinaryOperator && comparisons.has(token.image)) {
    notes.push("comparisons cannot be chained: join them with `&&`, or use parentheses");
  }
  if (
    token.tokenType === t.BinaryOperator &&
    tree.failure?.open.findLast(({ kind }) => kind !== "call")?.kind === "list"
  ) {
    notes.push("an operator in a list needs parentheses around it and its operands: `[ (a + b) ]`");
  }
  const isAfterSign =
    before?.tokenType === t.Equals || before?.tokenType === t.BinaryOperator || before?.tokenType === t.Colon;
  if (isAfterSign && [t.Semicolon, t.RightBrace, t.EndOfFile, t.In].includes(token.tokenType)) {
    notes.push(`an expression is missing after \`${before?.image}\``);
  }
  if (token.tokenType === t.Interpolation) {
    notes.push("an interpolation stands in a string, in a path or for the name of an attribute, and nowhere else");
  }
  if (token.tokenType === t.Colon && before !== undefined && text[before.startOffset] === '"') {
    notes.push(
      'this looks like JSON: in Nix it is `{ "name" = value; }`, or `builtins.fromJSON` with the JSON in a string',
    );
  }
  if (token.tokenType === t.Invalid) {
    notes.push(`the character \`${characterAt(text, startOffset)}\` has no meaning here`);
  }
  if (before?.tokenType === t.Interpolation && token.tokenType === t.RightBrace) {
    notes.push("an expression is missing in the interpolation");
  }
  return notes;
}

/** The whole of a character that begins at a byte. */
function characterAt(text: string, offset: number): string {
  return /^(?:[\xc0-\xff][\x80-\xbf]*|.)/s.exec(text.slice(offset, offset + 4))?.[0] ?? "";
}

function repairSuggestion(source: Source, repair: Repair | undefined): Suggestion[] {
  if (repair === undefined) return [];
  if (repair.isShown === false) return [{ text: repair.text }];
  const { text, start, end, replacement } = repair;
  return [{ text, edit: { range: { source, start, end }, replacement } }];
}
