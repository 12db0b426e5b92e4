// Source text to syntax tree; the only door to the lexer and the grammar. The grammar is put together when the first
// text is parsed, since that takes longer than parsing a small file.
import type { TokenType } from "chevrotain";
import { type ScannedSource, scan } from "../lexer/scanner.ts";
import * as t from "../lexer/token-types.ts";
import { NixError } from "../source/nix-error.ts";
import { type Pos, placeInSource, type Source, showOrigin } from "../source/position.ts";
import { isStackOverflow } from "../source/stack-overflow.ts";
import { SymbolTable } from "../source/symbol-table.ts";
import type { Expr } from "./ast.ts";
import { type GrammarContext, type LintLiteral, NixGrammar } from "./grammar.ts";
import { lookaheadTables } from "./lookahead-tables.ts";

export interface ParseOptions {
  /** The folder that relative path literals start from. */
  readonly baseDir: string;
  /** For `~/`; such a literal is an error without it. */
  readonly homeDir: string | undefined;
  /** Names of experimental features; `pipe-operators` is the one that is syntax. */
  readonly features: ReadonlySet<string>;
  /** Takes the names of the source in the order in which C++ Nix's parser meets them. */
  readonly symbols?: SymbolTable;
  /** Takes Nix's warnings, as byte strings without `warning: `. */
  readonly warn?: (message: string) => void;
  /** Takes what is wrong with literals that are better written in another way. */
  readonly lint?: LintLiteral | undefined;
}

let grammar: NixGrammar | undefined;

/** Parses a whole source. Throws a NixError: of kind `syntax` at the first error, or `stackOverflow`. */
export function parseNix(source: Source, options: ParseOptions): Expr {
  grammar ??= new NixGrammar(lookaheadTables);
  const scanned = scan(source, options.features);
  const { baseDir, homeDir, symbols = new SymbolTable(), warn, lint } = options;
  const warnAboutOr = (start: Pos, end: Pos) => warn?.(orWarning(source, start, end));
  const context = { source, baseDir, homeDir, symbols, warnAboutOr, lint };
  try {
    return grammar.parse(scanned, context) ?? throwSyntaxError(grammar, scanned, context);
  } catch (error) {
    // Near the end of the stack V8 throws not only the RangeError that says so.
    if (!(error instanceof RangeError || isStackOverflow(error))) throw error;
    throw new NixError("stackOverflow", "stack overflow; the expression is nested too deeply", grammar.reachedPos);
  } finally {
    grammar.forget();
  }
}

/** Types that the scanner's looking ahead gives, and what the token can be taken for as well. */
const alternatives = new Map<TokenType, TokenType>([
  [t.Parameter, t.Id],
  [t.WholeParameter, t.Id],
  [t.FormalsBrace, t.LeftBrace],
  [t.Let, t.LegacyLet],
]);

/**
 * Throws the error that the grammar met. Where a type of the scanner's was wrong, the mistake is in fact further on:
 * in `1 + x: 2` it is the colon. Then the token gets its other type, and the grammar another try.
 */
function throwSyntaxError(grammar: NixGrammar, scanned: ScannedSource, context: GrammarContext): never {
  let { token, expected } = grammar.syntaxError;
  const silent = { ...context, warnAboutOr: () => {}, lint: undefined };
  for (;;) {
    const alternative = alternatives.get(token.tokenType);
    if (alternative === undefined) break;
    token.retype(alternative);
    grammar.parse(scanned, silent);
    const next = grammar.syntaxError;
    if (next.token.startOffset <= token.startOffset) break;
    ({ token, expected } = next);
  }
  if (token.tokenType === t.ScanError) throw scanned.error;
  const message = `syntax error, unexpected ${token.label}`;
  throw new NixError(
    "syntax",
    expected === "" ? message : `${message}, expecting ${expected}`,
    context.source.base + token.startOffset,
  );
}

/** Nix means to make `or` an ordinary identifier, and warns where that would change the meaning. */
function orWarning(source: Source, start: Pos, end: Pos): string {
  const { line, column } = placeInSource(source, start - source.base);
  const snippet = source.text.slice(start - source.base, end - source.base).replace(/\r\n?/g, "\n");
  return [
    `at ${showOrigin(source.origin)}:${line}:${column}: This expression uses \`or\` as an identifier in a way that will change in a future Nix release.`,
    "Wrap this entire expression in parentheses to preserve its current meaning:",
    `    (${snippet})`,
    "Give feedback at https://github.com/NixOS/nix/pull/11121",
  ].join("\n");
}
