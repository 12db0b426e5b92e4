// A function where another value was meant: usually an argument was forgotten. Which one it waits for, and where it is
// defined.
import type { Pos } from "../source/position.ts";
import { Builtin, BuiltinApplication, isFunction, Lambda } from "../value/function.ts";
import type { Value } from "../value/value.ts";
import type { CodeLabel, Suggestion } from "./diagnostic.ts";
import { type ErrorCase, firstLineOf, type Placed, rangeOfParameters, textOfNode } from "./error-case.ts";
import { parenthesised } from "./list-item.ts";
import { listed } from "./near-names.ts";
import { asOperand, suggestReplacing } from "./rewriting.ts";
import type { ExpressionNode } from "./syntax-node.ts";
import { bare } from "./syntax-search.ts";

export interface FunctionFindings {
  readonly labels: readonly CodeLabel[];
  readonly notes: readonly string[];
  readonly suggestions: readonly Suggestion[];
}

export const noFindings: FunctionFindings = { labels: [], notes: [], suggestions: [] };

/** What a function still waits for. */
interface Waiting {
  readonly given: number;
  readonly arity: number;
  /** The name of the next argument, when it has one. */
  readonly next: string | undefined;
  /** Required names, when the next argument is a set of them. */
  readonly required: readonly string[] | undefined;
  readonly pos: Pos | undefined;
}

export function functionFindings(
  error: ErrorCase,
  value: Value,
  place: Placed<ExpressionNode>,
  isExact: boolean,
): FunctionFindings {
  // A function that is written there was not meant to be called.
  if (!isFunction(value) || bare(place.node).kind === "lambda") return noFindings;
  const subtraction = subtractionFor(place);
  if (subtraction !== undefined) return { ...noFindings, suggestions: [subtraction] };
  const waiting = waitingOf(value);
  const { given, arity, next, required, pos } = waiting;
  const got = given === 0 ? "it is a function that" : `it got ${given} of ${arity} arguments and`;
  const awaited =
    required !== undefined
      ? `a set with: ${listed(required)}`
      : next === undefined
        ? "another argument"
        : `its argument '${next}'`;
  const definition = pos === undefined || !error.isUsers(pos) ? undefined : error.nodeAt(pos, "lambda");
  const isElsewhere =
    definition !== undefined && !(definition.source === place.source && definition.node.start === place.node.start);
  const labels: CodeLabel[] = isElsewhere
    ? [{ range: firstLineOf(rangeOfParameters(definition)), text: "this argument was not given" }]
    : [];
  return {
    labels,
    notes: [`${got} waits for ${awaited}`],
    suggestions: isExact ? callSuggestions(place, waiting) : [],
  };
}

function callSuggestions(place: Placed<ExpressionNode>, { given, arity, required }: Waiting): Suggestion[] {
  const inList = parenthesised(place, arity - given);
  if (inList !== undefined) return [inList];
  const { node } = place;
  const isImport = isImportCall(bare(node));
  const argument =
    required === undefined
      ? "..."
      : required.length === 0
        ? "{ }"
        : `{ ${required.map((name) => `${name} = ...;`).join(" ")} }`;
  const inner = { source: place.source, node: bare(node) };
  const callee = inner.node.kind === "call" ? textOfNode(inner) : asOperand(inner);
  const needsParentheses = node.parent !== undefined && ["select", "call", "list"].includes(node.parent.kind);
  const text = isImport ? "the file is a function: call it" : "give it the argument";
  const call = `${callee} ${argument}`;
  return [suggestReplacing(place, needsParentheses ? `(${call})` : call, text)];
}

function isImportCall(node: ExpressionNode): boolean {
  return node.kind === "call" && node.fn.kind === "variable" && node.fn.name === "import" && node.args.length === 1;
}

/** `f -1` is a subtraction. */
function subtractionFor({ source, node }: Placed<ExpressionNode>): Suggestion | undefined {
  const operator = node.parent;
  if (operator?.kind !== "binary" || operator.operator !== "-" || operator.left !== node) return undefined;
  const { right, operatorStart } = operator;
  if (right.start !== operatorStart + 1 || operatorStart === node.end) return undefined;
  const replacement = `(-${textOfNode({ source, node: right })})`;
  const edit = { range: { source, start: operatorStart, end: right.end }, replacement };
  return { text: "this is a subtraction: a negative argument needs parentheses", edit };
}

function waitingOf(value: Value): Waiting {
  if (value instanceof Lambda) {
    const { formals, param, pos } = value.stage;
    const required = formals?.filter(({ hasDefault }) => !hasDefault).map(({ name }) => name);
    return {
      given: value.bound.length,
      arity: value.code.arity,
      next: param,
      required,
      pos,
    };
  }
  if (value instanceof BuiltinApplication) {
    return {
      given: value.args.length,
      arity: value.builtin.arity,
      next: undefined,
      required: undefined,
      pos: undefined,
    };
  }
  const arity = value instanceof Builtin ? value.arity : 1;
  return { given: 0, arity, next: undefined, required: undefined, pos: undefined };
}
