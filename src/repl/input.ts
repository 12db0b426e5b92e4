// What a person typed: a command, bindings, or an expression, which may go on in the next line. Bindings are tried
// first, as in C++ Nix. Unlike there, they may go on too when an expression in them does: `x = {`.
import type { Evaluation } from "../api/evaluation.ts";
import { parseSource } from "../evaluator/import.ts";
import type { AttrsExpr, Expr } from "../parser/ast.ts";
import { logText } from "../source/log-text.ts";
import { NixError } from "../source/nix-error.ts";
import type { Source } from "../source/position.ts";

/** The input ends in the middle of an expression. */
export class IncompleteInput extends Error {
  private readonly findFault: () => NixError;

  constructor(findFault: () => NixError) {
    super("the input goes on in the next line");
    this.name = "IncompleteInput";
    this.findFault = findFault;
  }

  /** What is wrong with it if nothing more comes. */
  get fault(): NixError {
    return this.findFault();
  }
}

/** `:command argument`, or code. */
export type ReplInput =
  | { readonly kind: "nothing" }
  | { readonly kind: "command"; readonly name: string; readonly argument: string }
  | { readonly kind: "code"; readonly text: string };

/** Takes an input (a byte string of one or more lines) apart; nothing is parsed yet. */
export function splitInput(input: string): ReplInput {
  const text = trim(input);
  if (text === "") return { kind: "nothing" };
  if (!text.startsWith(":")) return { kind: "code", text };
  const [, name = "", argument = ""] = /^(\S+)\s*(.*)$/s.exec(text) ?? [];
  return { kind: "command", name, argument };
}

function trim(text: string): string {
  return text.replace(/^[ \n\r\t]+|[ \n\r\t]+$/g, "");
}

/** The tree of an expression. Throws IncompleteInput, or a NixError for what is wrong with it. */
export function parseExpression(evaluation: Evaluation, text: string): Expr {
  const warnings: string[] = [];
  try {
    const expr = parse(evaluation, addSource(evaluation, text), warnings);
    warn(evaluation, warnings);
    return expr;
  } catch (error) {
    if (isAtEnd(error)) throw new IncompleteInput(() => error);
    throw error;
  }
}

export type Code =
  | { readonly kind: "bindings"; readonly attrs: AttrsExpr }
  | { readonly kind: "expression"; readonly expr: Expr };

/** Bindings or an expression. Throws IncompleteInput, or a NixError for an expression that is wrong. */
export function parseCode(evaluation: Evaluation, text: string): Code {
  const warnings: string[] = [];
  const code = parseCodeOf(evaluation, addSource(evaluation, text), warnings);
  warn(evaluation, warnings);
  return code;
}

/** The same for a text that is a source already. What is to be warned of goes to `warnings`. */
export function parseCodeOf(evaluation: Evaluation, source: Source, warnings: string[] = []): Code {
  const { text } = source;
  let isOpen = false;
  for (const closed of [`${text}\n}`, `${text};\n}`]) {
    const found: string[] = [];
    const attrs = bindingsIn(evaluation, source, closed, found);
    // More is open than the brace that was put around it: a semicolon does not help, and what is missing can follow.
    isOpen = isAtEnd(attrs);
    if (isOpen) break;
    if (attrs === undefined || attrs instanceof NixError) continue;
    warnings.push(...found);
    return { kind: "bindings", attrs };
  }
  try {
    return { kind: "expression", expr: parse(evaluation, source, warnings) };
  } catch (error) {
    if (isAtEnd(error)) throw new IncompleteInput(() => error);
    if (isOpen) throw new IncompleteInput(() => faultInBraces(evaluation, source, text) as NixError);
    const fault = unfinishedBinding(evaluation, source);
    if (fault !== undefined) throw new IncompleteInput(() => fault);
    throw error;
  }
}

const opening = "rec{";

/** The bindings of a text that closes the brace around them, or why it has none; undefined when it is something else. */
function bindingsIn(
  evaluation: Evaluation,
  source: Source,
  closed: string,
  warnings: string[],
): AttrsExpr | NixError | undefined {
  try {
    const expr = parseInBraces(evaluation, source, closed, warnings);
    if (expr.kind !== "attrs") return undefined;
    const count = expr.attrs.size + expr.dynamic.length + expr.inheritFrom.length;
    // A comment alone is no binding, but `inherit` without names is one.
    return count === 0 && !/\binherit\b/.test(source.text) ? undefined : { ...expr, recursive: false };
  } catch (error) {
    if (error instanceof NixError) return error;
    throw error;
  }
}

/** The error of bindings that stop in the middle of an expression, where no semicolon may be. */
function unfinishedBinding(evaluation: Evaluation, source: Source): NixError | undefined {
  const fault = faultInBraces(evaluation, source, source.text);
  const atSemicolon = faultInBraces(evaluation, source, `${source.text};`);
  if (!isAtEnd(fault) || / expecting '\.' or '='$/.test(fault.message)) return undefined;
  const end = source.base + source.text.length;
  const isMisplaced = atSemicolon?.pos === end && /unexpected ';'/.test(atSemicolon.message);
  return isMisplaced || isAtEnd(atSemicolon) ? fault : undefined;
}

function faultInBraces(evaluation: Evaluation, source: Source, text: string): NixError | undefined {
  try {
    parseInBraces(evaluation, source, text, []);
    return undefined;
  } catch (error) {
    if (error instanceof NixError) return error;
    throw error;
  }
}

/** Parses `rec{…`, which no function begins with, so that every position is the one in the source itself. */
function parseInBraces(evaluation: Evaluation, { origin, base }: Source, text: string, warnings: string[]): Expr {
  return parse(evaluation, { origin, text: opening + text, base: base - opening.length }, warnings);
}

function parse({ interpreter, host }: Evaluation, source: Source, warnings: string[]): Expr {
  return parseSource(interpreter, source, host.workingDir, (warning) => warnings.push(warning));
}

/** Writes warnings as C++ Nix writes those of its parser: their lines are not indented. */
function warn({ interpreter }: Evaluation, warnings: readonly string[]): void {
  const { host, settings } = interpreter;
  if (settings.isQuiet) return;
  for (const message of warnings) {
    host.writeError(logText(`\x1b[35;1mwarning:\x1b[0m ${message}\n`, host.color ?? false));
  }
}

function addSource({ interpreter }: Evaluation, text: string): Source {
  return interpreter.positions.addSource({ kind: "string" }, text);
}

function isAtEnd(error: unknown): error is NixError {
  return error instanceof NixError && error.kind === "syntax" && /unexpected end of file/.test(error.message);
}
