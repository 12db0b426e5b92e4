// The token vocabulary, shared by scanner and grammar. A label is the name that a syntax error shows. Several types may
// show the same: the scanner looks ahead so that the grammar need not, and says with the type what a token begins.
import { createToken, EOF, type TokenType } from "chevrotain";

function define(name: string, label: string): TokenType {
  return createToken({ name, label });
}

export const EndOfFile: TokenType = EOF;
EndOfFile.LABEL = "end of file";
/** What no token starts with. */
export const Invalid = define("Invalid", "invalid token");
/** Where the scanner met an error of its own, which is reported when the parser gets there. */
export const ScanError = define("ScanError", "invalid token");

export const Id = define("Id", "identifier");
/** An identifier before `:`, the parameter of a function. */
export const Parameter = define("Parameter", "identifier");
/** An identifier before `@`. */
export const WholeParameter = define("WholeParameter", "identifier");
export const Int = define("Int", "integer");
export const Float = define("Float", "floating-point literal");
export const Path = define("Path", "path");
export const HomePath = define("HomePath", "'~/\u00e2\u0080\u00a6' path");
export const SearchPath = define("SearchPath", "'<\u00e2\u0080\u00a6>' path");
export const PathEnd = define("PathEnd", "end of path");
export const Uri = define("Uri", "URI");

/** A whole `"…"` without interpolation. */
export const PlainString = define("PlainString", "'\"'");
export const Quote = define("Quote", "'\"'");
/** Text in a string, or in a path after its first part. */
export const Text = define("Text", "string");
export const IndentedOpen = define("IndentedOpen", "start of an indented string");
export const IndentedClose = define("IndentedClose", "end of an indented string");
/** Text in an indented string. */
export const IndentedText = define("IndentedText", "indented string");
/** The same from an escape: it counts as ink when indentation is measured. */
export const IndentedEscape = define("IndentedEscape", "indented string");
export const Interpolation = define("Interpolation", "'${'");

export const If = define("If", "'if'");
export const Then = define("Then", "'then'");
export const Else = define("Else", "'else'");
export const Assert = define("Assert", "'assert'");
export const With = define("With", "'with'");
export const Let = define("Let", "'let'");
/** A `let` before `{`. */
export const LegacyLet = define("LegacyLet", "'let'");
export const In = define("In", "'in'");
export const Rec = define("Rec", "'rec'");
export const Inherit = define("Inherit", "'inherit'");
export const Or = define("Or", "'or'");

export const LeftBrace = define("LeftBrace", "'{'");
/** The brace before the formal parameters of a function. */
export const FormalsBrace = define("FormalsBrace", "'{'");
export const RightBrace = define("RightBrace", "'}'");
export const LeftBracket = define("LeftBracket", "'['");
export const RightBracket = define("RightBracket", "']'");
export const LeftParenthesis = define("LeftParenthesis", "'('");
export const RightParenthesis = define("RightParenthesis", "')'");
export const Colon = define("Colon", "':'");
export const Semicolon = define("Semicolon", "';'");
export const Comma = define("Comma", "','");
/** A comma before `}` or `...`. */
export const LastComma = define("LastComma", "','");
export const Ellipsis = define("Ellipsis", "'...'");
export const Dot = define("Dot", "'.'");
export const At = define("At", "'@'");
export const Equals = define("Equals", "'='");

/** A binary operator; the image tells which. */
export const BinaryOperator = define("BinaryOperator", "");
/** A minus where no operand precedes it. */
export const Negation = define("Negation", "'-'");
export const Not = define("Not", "'!'");
export const Question = define("Question", "'?'");

export const tokenTypes: TokenType[] = [
  ...[EndOfFile, Invalid, ScanError, Id, Parameter, WholeParameter, Int, Float, Path, HomePath, SearchPath, PathEnd],
  ...[Uri, PlainString, Quote, Text, IndentedOpen, IndentedClose, IndentedText, IndentedEscape, Interpolation],
  ...[If, Then, Else, Assert, With, Let, LegacyLet, In, Rec, Inherit, Or],
  ...[LeftBrace, FormalsBrace, RightBrace, LeftBracket, RightBracket, LeftParenthesis, RightParenthesis],
  ...[Colon, Semicolon, Comma, LastComma, Ellipsis, Dot, At, Equals],
  ...[BinaryOperator, Negation, Not, Question],
];

/** What an operand may end with. */
export const operandEnds: ReadonlySet<TokenType> = new Set([
  ...[Id, Int, Float, PathEnd, SearchPath, Uri, PlainString, Quote, IndentedClose, Or],
  ...[RightBrace, RightBracket, RightParenthesis],
]);

export const keywords: ReadonlyMap<string, TokenType> = new Map([
  ["if", If],
  ["then", Then],
  ["else", Else],
  ["assert", Assert],
  ["with", With],
  ["let", Let],
  ["in", In],
  ["rec", Rec],
  ["inherit", Inherit],
  ["or", Or],
]);
