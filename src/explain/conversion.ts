// Values turned into what is needed, as far as there is a usual way.
import { AttrSet } from "../value/attr-set.ts";
import { isFunction } from "../value/function.ts";
import { quoteString } from "../value/print.ts";
import { ContextString } from "../value/string-context.ts";
import { isInt, isListValue, NixFloat, NixPath, type Value } from "../value/value.ts";
import type { Suggestion } from "./diagnostic.ts";
import { type ErrorCase, type Placed, textOfNode } from "./error-case.ts";
import { listed } from "./near-names.ts";
import { asOperand, inPlaceOf, suggestReplacing, wrappedInCall } from "./rewriting.ts";
import { lastNameOf } from "./scope.ts";
import type { BinaryNode, ExpressionNode, SelectNode } from "./syntax-node.ts";
import { bare } from "./syntax-search.ts";
import { originOf } from "./value-origin.ts";

export type Need = "string" | "list" | "set" | "Boolean" | "integer" | "float" | "function" | "number";

export function isText(value: Value): value is string | ContextString {
  return typeof value === "string" || value instanceof ContextString;
}

export function isNumber(value: Value): boolean {
  return isInt(value) || value instanceof NixFloat;
}

/** What could be written instead; `origin` is where the value was written. */
export function conversionsTo(
  error: ErrorCase,
  need: Need,
  value: Value,
  place: Placed<ExpressionNode>,
  isExact: boolean,
  origin: Placed,
): Suggestion[] {
  const call = (fn: string, text: string): Suggestion =>
    isExact ? suggestReplacing(place, wrappedInCall(place, fn), text) : { text: `${text}: \`${fn} ...\`` };
  const replace = (before: string, after: string, text: string): Suggestion =>
    isExact
      ? suggestReplacing(place, inPlaceOf(place.node, `${before}${asOperand(place)}${after}`), text)
      : { text: `${text}: \`${before}...${after}\`` };
  const bracket = (text: string): Suggestion =>
    isExact ? suggestReplacing(place, `[ ${asOperand(place)} ]`, text) : { text: `${text}: \`[ ... ]\`` };
  const isLiteral = literalKinds.has(bare(place.node).kind) || (value === null && textOfNode(place) === "null");
  const compare = (to: string): Suggestion[] =>
    isLiteral ? [] : [replace("", ` ${to}`, "compare it to get a Boolean")];
  switch (need) {
    case "string":
      return toText(error, value, place, call);
    case "number":
      return toNumber(value, place, origin, call);
    case "integer":
    case "float":
      if (value instanceof NixFloat) {
        return [call("builtins.floor", "round it down"), { text: "or up, with `builtins.ceil`" }];
      }
      if (isText(value)) return quotedNumber(value, origin) ?? [];
      return value === null ? nullAdvice(place) : [];
    case "list":
      if (value === null) return nullAdvice(place);
      if (value instanceof AttrSet && !value.has("outPath")) {
        return [call("builtins.attrValues", "for a list of its values"), bracket("for a list with this set in it")];
      }
      return [bracket("for a list with only this in it")];
    case "set":
      return toSet(value, place, call);
    case "Boolean":
      if (isText(value)) {
        const text = textOf(value);
        return quotedWord(value, origin) ?? compare(text.length <= 20 ? `== ${quoteString(text)}` : '!= ""');
      }
      if (value === null) return compare("!= null");
      if (isListValue(value)) return compare("!= [ ]");
      if (value instanceof AttrSet) return compare("!= { }");
      return isNumber(value) ? compare("!= 0") : [];
    case "function":
      return toFunction(error, value, place, call);
  }
}

type Call = (fn: string, text: string) => Suggestion;

function toText(error: ErrorCase, value: Value, place: Placed<ExpressionNode>, call: Call): Suggestion[] {
  const sum = sumOf(place);
  if (isNumber(value)) {
    if (sum !== undefined && sum.left === place.node) return [];
    return [call("toString", "turn the number into a string")];
  }
  if (typeof value === "boolean") {
    const choice = `(if ${textOfNode(place)} then "true" else "false")`;
    return [
      suggestReplacing(place, choice, 'for "true" or "false"'),
      { text: '`toString` gives "1" for true and "" for false' },
    ];
  }
  if (value === null) return [...nullAdvice(place), { text: '`toString null` gives ""' }];
  if (value instanceof NixPath) {
    return [
      call("toString", "for the path as it is"),
      { text: "inside of a string, it gives the path of a copy in the store" },
    ];
  }
  if (isListValue(value)) {
    if (sum !== undefined && isWritten(error, place, sum, "list"))
      return [operator(place, sum, "++", "lists are joined with `++`")];
    return [
      call('builtins.concatStringsSep " "', "join the strings in the list"),
      { text: "`toString` joins the items with spaces" },
    ];
  }
  if (value instanceof AttrSet) {
    if (sum !== undefined && isWritten(error, place, sum, "attrs"))
      return [operator(place, sum, "//", "sets are joined with `//`")];
    const { names } = value;
    return [
      ...(names.length === 0 ? [] : [{ text: `select the attribute that is meant; it has: ${listed(names)}` }]),
      { text: "`builtins.toJSON` gives a text of all of it" },
    ];
  }
  return [];
}

function sumOf({ node }: Placed<ExpressionNode>): BinaryNode | undefined {
  return node.parent?.kind === "binary" && node.parent.operator === "+" ? node.parent : undefined;
}

/** Whether both sides of a sum are written as, or are, such things. */
function isWritten(error: ErrorCase, { source }: Placed, sum: BinaryNode, kind: "list" | "attrs"): boolean {
  const kinds = [sum.left, sum.right].map((side) => originOf(error, { source, node: side }).place.node.kind);
  return kinds.includes(kind) && !kinds.some((other) => literalKinds.has(other) && other !== kind);
}

const literalKinds: ReadonlySet<string> = new Set(["number", "string", "path", "list", "attrs", "lambda"]);

function operator({ source }: Placed, sum: BinaryNode, replacement: string, text: string): Suggestion {
  const { operatorStart: start } = sum;
  return { text, edit: { range: { source, start, end: start + 1 }, replacement } };
}

function toNumber(value: Value, place: Placed<ExpressionNode>, origin: Placed, call: Call): Suggestion[] {
  const sum = sumOf(place);
  if (!isText(value)) return value === null ? nullAdvice(place) : [];
  const quoted = quotedNumber(value, origin);
  if (quoted !== undefined) return quoted;
  if (sum === undefined) return [];
  const left = { source: place.source, node: sum.left };
  const text = "to join texts, make the number a string";
  return [
    suggestReplacing(left, wrappedInCall(left, "toString"), text),
    ...(/^-?[0-9]+$/.test(textOf(value)) ? [call("builtins.fromJSON", "to add, read the number in the string")] : []),
  ];
}

function textOf(value: string | ContextString): string {
  return typeof value === "string" ? value : value.text;
}

/** A number that was written as a string. */
export function quotedNumber(value: string | ContextString, origin: Placed): Suggestion[] | undefined {
  const text = textOf(value);
  if (!/^(?:0|[1-9][0-9]*)$/.test(text)) return undefined;
  if (origin.node.kind !== "string")
    return [{ text: "if a number is meant, read it with `lib.toInt` or `builtins.fromJSON`" }];
  return [suggestReplacing(origin, text, "for a number, leave the quotes out")];
}

/** `true` or `false` that was written as a string. */
function quotedWord(value: string | ContextString, origin: Placed): Suggestion[] | undefined {
  const text = textOf(value);
  if (text !== "true" && text !== "false") return undefined;
  if (origin.node.kind !== "string") return [{ text: `compare it: \`... == "true"\`` }];
  return [suggestReplacing(origin, text, "for a Boolean, leave the quotes out")];
}

function toSet(value: Value, place: Placed<ExpressionNode>, call: Call): Suggestion[] {
  const select =
    place.node.parent?.kind === "select" && place.node.parent.target === place.node ? place.node.parent : undefined;
  if (value === null) return select === undefined ? nullAdvice(place) : [orDefault(place, select)];
  if (value instanceof NixPath) return [call("import", "to use what is in the file, import it")];
  if (isListValue(value) && select !== undefined && !memberFunctions.has(select.path[0]?.name ?? "")) {
    return [
      call("builtins.head", "for the first item of the list"),
      { text: "for all of them: `map (item: item.NAME) list`" },
    ];
  }
  if (isText(value) && /^(?:\/|\.\.?\/)/.test(textOf(value))) {
    return [call("import", "if it is the path of a Nix file, import it")];
  }
  if (select === undefined) return [];
  const builtin = memberFunctions.get(select.path[0]?.name ?? "");
  if (builtin === undefined) return [];
  const fn = isText(value) ? builtin.ofText : isListValue(value) ? builtin.ofList : undefined;
  if (fn === undefined) return [];
  const whole = { source: place.source, node: select };
  const text = "values have no members: it is a function";
  return [suggestReplacing(whole, inPlaceOf(select, `${fn} ${asOperand(place)}`), text)];
}

/** What is a member of strings and lists in other languages. */
const memberFunctions: ReadonlyMap<string, { readonly ofText?: string; readonly ofList?: string }> = new Map([
  ["length", { ofText: "builtins.stringLength", ofList: "builtins.length" }],
  ["size", { ofText: "builtins.stringLength", ofList: "builtins.length" }],
  ["len", { ofText: "builtins.stringLength", ofList: "builtins.length" }],
  ["head", { ofList: "builtins.head" }],
  ["first", { ofList: "builtins.head" }],
  ["tail", { ofList: "builtins.tail" }],
]);

function orDefault({ source }: Placed, select: SelectNode): Suggestion {
  const at = select.path.at(-1)!.end;
  const text = "if there may be nothing to select from, say what to use then";
  if (select.fallback !== undefined) return { text };
  return { text, edit: { range: { source, start: at, end: at }, replacement: " or DEFAULT" } };
}

export function nullAdvice({ node }: Placed<ExpressionNode>): Suggestion[] {
  const name = lastNameOf(bare(node)) ?? "it";
  if (name === "null") return [];
  return [{ text: `if '${name}' may be null, say what is meant then: \`if ${name} == null then ... else ...\`` }];
}

function toFunction(error: ErrorCase, value: Value, place: Placed<ExpressionNode>, call: Call): Suggestion[] {
  if (value instanceof NixPath) return [call("import", "to call what is in the file, import it")];
  return swappedArguments(error, place, value);
}

/** `map list f`: the function and what it is for, the other way round. */
export function swappedArguments(error: ErrorCase, place: Placed<ExpressionNode>, value: Value): Suggestion[] {
  const { node, source } = place;
  const { parent } = node;
  if (parent?.kind !== "call" || parent.fn === node) return [];
  const other = parent.args.find((candidate) => {
    if (candidate === node) return false;
    const { node: origin } = originOf(error, { source, node: candidate }).place;
    if (isFunction(value)) return ["list", "attrs", "number"].includes(origin.kind);
    return origin.kind === "lambda" || (origin.kind === "variable" && isBuiltinName(error, origin.name));
  });
  if (other === undefined) return [];
  const [first, second] = [node, other].sort((a, b) => a.start - b.start) as [ExpressionNode, ExpressionNode];
  const range = { source, start: first.start, end: second.end };
  const between = source.text.slice(first.end, second.start);
  const replacement = `${textOfNode({ source, node: second })}${between}${textOfNode({ source, node: first })}`;
  return [{ text: "the function comes first", edit: { range, replacement } }];
}

function isBuiltinName({ interpreter }: ErrorCase, name: string): boolean {
  return isFunction(interpreter.globals.get(name) ?? null);
}
