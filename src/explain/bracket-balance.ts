// Brackets and quotes that are open somewhere, and the one whose end was probably forgotten: a closing bracket at the
// start of a line belongs to an opening one on a line that is indented as much.
import type { Token } from "../lexer/token.ts";
import * as t from "../lexer/token-types.ts";
import { endOfToken } from "./syntax-parser.ts";

export interface BracketBalance {
  /** Opening tokens without an end before the limit, outermost first. */
  readonly open: readonly Token[];
  /** An opening token that only looks closed: its end is indented like that of an outer one. */
  readonly suspect: Token | undefined;
}

type TokenType = Token["tokenType"];

const closers = new Map<TokenType, readonly TokenType[]>([
  [t.RightBrace, [t.LeftBrace, t.FormalsBrace, t.Interpolation]],
  [t.RightBracket, [t.LeftBracket]],
  [t.RightParenthesis, [t.LeftParenthesis]],
  [t.IndentedClose, [t.IndentedOpen]],
]);

const openers: ReadonlySet<TokenType> = new Set([...closers.values()].flat());

/** Looks at the tokens before an offset. */
export function balanceBrackets(text: string, tokens: readonly Token[], limit: number): BracketBalance {
  const open: Token[] = [];
  let suspect: Token | undefined;
  for (const token of tokens) {
    if (token.startOffset >= limit && limit < text.length) break;
    const { tokenType } = token;
    if (tokenType === t.Quote) {
      if (open.at(-1)?.tokenType === t.Quote) open.pop();
      else open.push(token);
    } else if (openers.has(tokenType)) open.push(token);
    else {
      const matching = closers.get(tokenType);
      const opener = open.at(-1);
      if (matching === undefined || opener === undefined) continue;
      if (!matching.includes(opener.tokenType)) break;
      open.pop();
      if (startsLine(text, token.startOffset) && tokenType !== t.IndentedClose) {
        const isDeeper = indentationAt(text, opener.startOffset) > indentationAt(text, token.startOffset);
        if (isDeeper) suspect ??= opener;
      }
    }
  }
  return { open, suspect };
}

/** How far the line of an offset is indented, in bytes. */
export function indentationAt(text: string, offset: number): number {
  const start = lineStart(text, offset);
  return text.slice(start).search(/[^ \t]|$/);
}

function startsLine(text: string, offset: number): boolean {
  let start = offset;
  while (start > 0 && (text[start - 1] === " " || text[start - 1] === "\t")) start--;
  return start === 0 || text[start - 1] === "\n" || text[start - 1] === "\r";
}

function lineStart(text: string, offset: number): number {
  return Math.max(text.lastIndexOf("\n", offset - 1), text.lastIndexOf("\r", offset - 1)) + 1;
}

/**
 * Where the end of an opening token was probably forgotten: the end of the last token before the first line that is not
 * indented more than its own.
 */
export function endByIndentation(text: string, tokens: readonly Token[], opener: Token): number | undefined {
  const indentation = indentationAt(text, opener.startOffset);
  const from = tokens.indexOf(opener);
  for (let i = from + 1; i < tokens.length; i++) {
    const token = tokens[i] as Token;
    const before = tokens[i - 1] as Token;
    if (!startsLine(text, token.startOffset)) continue;
    if (indentationAt(text, token.startOffset) <= indentation && token.tokenType !== t.EndOfFile) {
      return i - 1 === from ? undefined : endOfToken(text, before);
    }
  }
  return undefined;
}
