// Source text to syntax tree; the only door to the lexer and the grammar. The grammar is put together when the first
// text is parsed, since that takes longer than parsing a small file.
import { scan } from "../lexer/scanner.ts";
import type { Token } from "../lexer/token.ts";
import * as t from "../lexer/token-types.ts";
import { NixError } from "../source/nix-error.ts";
import type { Source } from "../source/position.ts";
import type { Expr } from "./ast.ts";
import { NixGrammar } from "./grammar.ts";

export interface ParseOptions {
  /** The folder that relative path literals start from. */
  readonly baseDir: string;
  /** For `~/`; such a literal is an error without it. */
  readonly homeDir: string | undefined;
  /** Names of experimental features; `pipe-operators` is the one that is syntax. */
  readonly features: ReadonlySet<string>;
  /** Takes Nix's warnings, as byte strings without `warning: `. */
  readonly warn?: (message: string) => void;
}

let grammar: NixGrammar | undefined;

/** Parses a whole source. Throws a NixError of kind `syntax`, at the first error. */
export function parseNix(source: Source, options: ParseOptions): Expr {
  grammar ??= new NixGrammar();
  const scanned = scan(source, options.features);
  const context = { ...options, source, warnAboutOr: () => {} };
  for (;;) {
    const expr = grammar.parse(scanned, context);
    const [error] = grammar.errors;
    if (error === undefined) return expr!;
    const token = error.token as Token;
    if (token.tokenType === t.ScanError) throw scanned.error;
    const expected = error.message.trim();
    throw new NixError(
      "syntax",
      `syntax error, unexpected ${token.label}${expected === "" ? "" : `, expecting ${expected}`}`,
      source.base + token.startOffset,
    );
  }
}
