// `:doc`: what is known of a function or an attribute, as Markdown. Doc comments are those of RFC 145.
import type { Evaluation } from "../api/evaluation.ts";
import { builtinDefinitions } from "../builtins/registry.ts";
import { callFunction } from "../evaluator/call.ts";
import { addFrame, expectAttrs } from "../evaluator/expect.ts";
import type { Interpreter } from "../evaluator/interpreter.ts";
import { scan } from "../lexer/scanner.ts";
import type { Expr } from "../parser/ast.ts";
import { bytesFromText } from "../source/bytes.ts";
import { noPos, type Pos, showPlace } from "../source/position.ts";
import { AttrSet } from "../value/attr-set.ts";
import { Builtin, Lambda } from "../value/function.ts";
import { force } from "../value/thunk.ts";
import type { Lazy, Value } from "../value/value.ts";
import { parseExpression } from "./input.ts";
import type { SessionScope } from "./scope.ts";

const ellipsis = bytesFromText("…");

/**
 * The documentation of what an expression means; of an attribute that has none itself, what stands at its definition.
 * Undefined when there is nothing. Throws IncompleteInput and NixError.
 */
export function documentationOf(evaluation: Evaluation, scope: SessionScope, text: string): string | undefined {
  const { interpreter } = evaluation;
  const attribute = attributeIn(interpreter, scope, parseExpression(evaluation, text));
  const doc = documentationOfValue(interpreter, scope.evaluateText(text));
  if (doc !== undefined || attribute === undefined) return doc;
  const { name, pos } = attribute;
  const comment = commentBefore(interpreter, pos);
  const defined = `Attribute \`${name}\`\n\n  ${ellipsis} defined at ${showPlace(interpreter.positions, pos)}`;
  return `${defined}\n\n${comment ?? "No documentation found."}`;
}

function documentationOfValue(interpreter: Interpreter, value: Value): string | undefined {
  if (value instanceof Builtin) return documentationOfBuiltin(value);
  if (value instanceof Lambda) return documentationOfLambda(interpreter, value);
  const functor = value instanceof AttrSet ? value.get("__functor") : undefined;
  if (functor === undefined) return undefined;
  return documentationOfValue(interpreter, applyFunctor(interpreter, functor, value));
}

function documentationOfBuiltin({ name, doc }: Builtin): string {
  const { parameters = [] } = builtinDefinitions.find((definition) => definition.name === name) ?? {};
  return `**Synopsis:** \`builtins.${name}\` ${parameters.map((parameter) => `*${parameter}*`).join(" ")}\n\n${doc}`;
}

function documentationOfLambda({ positions }: Interpreter, { stage: { name, pos, doc } }: Lambda): string {
  const heading = name === undefined ? "Function " : `Function \`${name}\`\\\n  ${ellipsis} `;
  const source = doc && positions.sourceOf(doc.start);
  const comment =
    source === undefined ? "" : textOfComment(source.text.slice(doc!.start - source.base, doc!.end - source.base));
  return `${heading}defined at ${showPlace(positions, pos)}${comment === "" ? "" : `\n\n${comment}`}`;
}

/** The function that a set stands for when it is called: the set itself is its first argument. */
function applyFunctor(interpreter: Interpreter, functor: Lazy, set: Value): Value {
  try {
    return callFunction(interpreter, force(functor), [set], noPos);
  } catch (error) {
    throw addFrame(error, "while partially calling '__functor' to retrieve documentation", noPos);
  }
}

/** The attribute that an expression selects last, if it is there. */
function attributeIn(
  interpreter: Interpreter,
  scope: SessionScope,
  expr: Expr,
): { readonly name: string; readonly pos: Pos } | undefined {
  if (expr.kind !== "select") return undefined;
  const last = expr.path.at(-1);
  if (last?.kind !== "static") return undefined;
  const rest = expr.path.slice(0, -1);
  const owner = scope.evaluate(rest.length === 0 ? expr.expr : { ...expr, path: rest, fallback: undefined });
  const purpose = "while evaluating an attribute set to look for documentation";
  const set = expectAttrs(interpreter, owner, noPos, purpose);
  const pos = set.positionOf(last.name);
  return pos === noPos ? undefined : { name: last.name, pos };
}

/** The doc comment before a place. Its file is scanned again, since only those of functions are remembered. */
function commentBefore({ positions, settings }: Interpreter, pos: Pos): string | undefined {
  const source = positions.sourceOf(pos);
  if (source === undefined) return undefined;
  const comment = scan(source, settings.experimentalFeatures).docComments.get(pos - source.base);
  return comment === undefined ? undefined : textOfComment(source.text.slice(comment.start, comment.end));
}

/** What a doc comment says, without the indentation that its lines share. */
function textOfComment(comment: string): string {
  // The opening stands where text could be, so it counts as indentation.
  const lines = `   ${comment.slice("/**".length, -"*/".length)}`.split("\n");
  const indents = lines.filter((line) => line.trim() !== "").map((line) => line.search(/[^ ]/));
  const indent = Math.min(...indents);
  return lines
    .map((line) => line.slice(indent))
    .join("\n")
    .trim();
}
