// A call of something that is no function: one argument too many, or two expressions with something missing between.
import { AttrSet } from "../value/attr-set.ts";
import { Builtin, isFunction } from "../value/function.ts";
import { describeType } from "../value/print.ts";
import { ContextString } from "../value/string-context.ts";
import { isInt, NixPath, type Value } from "../value/value.ts";
import type { CodeLabel, CodeRange, Explanation, Suggestion } from "./diagnostic.ts";
import { type ErrorCase, firstLineOf, label, type Placed, rangeOfParameters, textOfNode } from "./error-case.ts";
import { forcedValue } from "./known-names.ts";
import { listed } from "./near-names.ts";
import { suggestReplacing, wrappedInCall } from "./rewriting.ts";
import { lastNameOf } from "./scope.ts";
import type { CallNode, ExpressionNode, LambdaNode, SyntaxNode } from "./syntax-node.ts";
import { ancestorsOf, bare } from "./syntax-search.ts";
import { originOf } from "./value-origin.ts";

export function explainNotAFunction(error: ErrorCase): Explanation | undefined {
  if (error.subject === undefined) return undefined;
  const value = error.subject as Value;
  const call = error.callAt(error.innerPos);
  if (call === undefined) {
    const primary = error.labelAt(error.innermostPos, `this is called, and is ${describeType(value)}`);
    return primary && { primary };
  }
  const { source, node } = call;
  const arity = arityOf(error, { source, node: node.fn });
  const extra = arity === undefined ? undefined : node.args[arity.count];
  if (arity !== undefined && extra !== undefined) return tooMany(error, call, arity, extra, value);
  const fn = { source, node: node.fn };
  const origin = originOf(error, fn);
  const labels: CodeLabel[] = [];
  if (origin.isElsewhere && !isLong(origin.place)) {
    const text =
      origin.place.node.kind === "formal" ? "it comes in by this argument" : `${describeType(value)}, written here`;
    labels.push(label(origin.place, text));
  }
  const isVisible = labels.length > 0 || origin.place.node === bare(node.fn);
  return {
    primary: label(fn, `this is ${describeType(value)}, and not a function`),
    labels: [...labels, label({ source, node: node.args[0] as ExpressionNode }, "it is called with this")],
    notes: isVisible ? [] : [`it is ${error.describe(value)}`],
    suggestions: suggestionsFor(call, value),
  };
}

function isLong(place: Placed): boolean {
  return /[\r\n]/.test(textOfNode(place));
}

interface Arity {
  readonly count: number;
  readonly lambda: Placed<LambdaNode> | undefined;
}

/** How many arguments a callee takes, as far as its syntax tells: exactly, so that one more is too many. */
function arityOf(error: ErrorCase, fn: Placed<ExpressionNode>): Arity | undefined {
  const { place } = originOf(error, fn);
  const { source, node } = place;
  if (node.kind === "variable" || node.kind === "select") {
    const builtin = builtinOf(error, node);
    return builtin && { count: builtin.arity, lambda: undefined };
  }
  if (node.kind !== "lambda") return undefined;
  let count = 0;
  let body: ExpressionNode = node;
  while (body.kind === "lambda") {
    count++;
    body = bare(body.body);
  }
  return { count, lambda: { source, node } };
}

function builtinOf({ interpreter }: ErrorCase, node: SyntaxNode): Builtin | undefined {
  const name = lastNameOf(node);
  if (name === undefined) return undefined;
  const isMember =
    node.kind === "select" && bare(node.target).kind === "variable" && lastNameOf(bare(node.target)) === "builtins";
  const builtins = forcedValue(interpreter.globals.get("builtins"));
  const found = isMember && builtins instanceof AttrSet ? builtins.get(name) : interpreter.globals.get(name);
  const value = node.kind === "select" && !isMember ? undefined : forcedValue(found);
  return value instanceof Builtin ? value : undefined;
}

function tooMany(
  error: ErrorCase,
  { source, node }: Placed<CallNode>,
  { count, lambda }: Arity,
  extra: ExpressionNode,
  value: Value,
): Explanation {
  const last = node.args.at(-1)!;
  const taken = `${count} argument${count === 1 ? "" : "s"}`;
  const name = lastNameOf(bare(node.fn));
  const result = { source, start: node.start, end: node.args[count - 1]!.end };
  const labels: CodeLabel[] = [{ range: result, text: `the result of this is ${describeType(value)}` }];
  if (lambda !== undefined && error.isUsers(lambda.source.base + lambda.node.start)) {
    labels.push({ range: parametersRange(lambda), text: `takes ${taken}` });
  }
  const rest = node.args.slice(count - 1);
  const first = rest[0]!;
  const suggestions: Suggestion[] = [];
  const inner = originOf(error, { source, node: first }).place.node;
  if (inner.kind === "lambda" || builtinOf(error, inner) !== undefined) {
    const range = { source, start: first.start, end: last.end };
    suggestions.push({
      text: "to call one function with the result of another, use parentheses",
      edit: { range, replacement: `(${source.text.slice(first.start, last.end)})` },
    });
  }
  suggestions.push(...missingBetween({ source, node }, extra));
  return {
    primary: {
      range: { source, start: extra.start, end: last.end },
      text: rest.length > 2 ? "these are arguments too many" : "this is one argument too many",
    },
    labels,
    notes: [`${name === undefined ? "the function" : `'${name}'`} takes ${taken}, and gets ${node.args.length}`],
    suggestions,
  };
}

/** All parameters of `a: b: …`, as far as they are in one line. */
function parametersRange({ source, node }: Placed<LambdaNode>): CodeRange {
  let last = node;
  for (let body = bare(node.body); body.kind === "lambda"; body = bare(body.body)) last = body;
  return firstLineOf({ source, start: node.start, end: rangeOfParameters({ source, node: last }).end });
}

function suggestionsFor(call: Placed<CallNode>, value: Value): Suggestion[] {
  const { source, node } = call;
  const fn = { source, node: node.fn };
  const [argument] = node.args;
  if (value instanceof NixPath) {
    return [suggestReplacing(fn, wrappedInCall(fn, "import"), "to call what is in the file, import it")];
  }
  if (value instanceof AttrSet) {
    const functions = value.names.filter((_, index) => isFunction(forcedValue(value.values[index]) ?? null));
    if (functions.length > 0) return [{ text: `it has functions: ${listed(functions)}` }];
  }
  if (value instanceof AttrSet && bare(argument!).kind === "attrs") {
    const at = { source, start: fn.node.end, end: fn.node.end };
    return [{ text: "two sets are joined with `//`", edit: { range: at, replacement: " //" } }];
  }
  const between = missingBetween(call, argument!);
  if (between.length > 0) return between;
  if (isText(value) && bare(argument!).kind !== "attrs") {
    const range = { source, start: fn.node.end, end: fn.node.end };
    return [{ text: "strings are joined with `+`", edit: { range, replacement: " +" } }];
  }
  if (isInt(value) && isItem(call))
    return [{ text: "list items need no operator, but calls in lists need parentheses" }];
  return [];
}

function isText(value: Value): boolean {
  return typeof value === "string" || value instanceof ContextString;
}

function isItem({ node }: Placed<CallNode>): boolean {
  for (const around of ancestorsOf(node)) {
    if (around.kind === "list") return true;
    if (around.kind !== "parentheses") return false;
  }
  return false;
}

/** An argument on a line of its own is often the next thing, with a `;` or an operator forgotten before it. */
function missingBetween({ source, node }: Placed<CallNode>, argument: ExpressionNode): Suggestion[] {
  const before = [node.fn, ...node.args].findLast(({ end }) => end <= argument.start)!;
  if (!/[\r\n]/.test(source.text.slice(before.end, argument.start))) return [];
  const at = { source, start: before.end, end: before.end };
  const kind = bare(argument).kind;
  const isSet = kind === "attrs";
  const isList = kind === "list";
  if (isSet) return [{ text: "to join two sets, use `//`", edit: { range: at, replacement: " //" } }];
  if (isList) return [{ text: "to join two lists, use `++`", edit: { range: at, replacement: " ++" } }];
  return [{ text: "the next line is taken for an argument: an operator or a `;` may be missing before it" }];
}
