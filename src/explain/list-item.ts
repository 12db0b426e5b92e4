// Items of lists: which one a value was, and calls that were meant as one item but stand there as several.

import { AttrSet } from "../value/attr-set.ts";
import { Builtin, BuiltinApplication, isFunction, Lambda } from "../value/function.ts";
import { describeType } from "../value/print.ts";
import { isInt, isListValue, NixFloat, NixPath, type Value } from "../value/value.ts";
import type { Explanation, Suggestion } from "./diagnostic.ts";
import { type ErrorCase, label, type Placed } from "./error-case.ts";
import { lastNameOf } from "./scope.ts";
import type { ExpressionNode, ListNode } from "./syntax-node.ts";
import { allNodes, bare } from "./syntax-search.ts";
import { originOf } from "./value-origin.ts";

/** The item of a list that is written out that a value is, when the error was about an item. */
export function itemOf(
  error: ErrorCase,
  list: Placed<ExpressionNode>,
  value: Value,
): Placed<ExpressionNode> | undefined {
  if (!error.trace.slice(0, 4).some(({ message }) => /\b(?:element|value) of the (?:list|argument)/.test(message)))
    return undefined;
  const { source, node } = originOf(error, list).place;
  if (node.kind !== "list") return undefined;
  const item = node.items.find((candidate) => couldBe(error, { source, node: candidate }, value));
  return item && { source, node: item };
}

/** Whether an expression is written as such a value. */
function couldBe(error: ErrorCase, place: Placed<ExpressionNode>, value: Value): boolean {
  const { source, node } = originOf(error, place).place;
  if (value instanceof Lambda) {
    const isSame = node.kind === "lambda" && source.base + node.start === value.code.stages[0]?.pos;
    const name = lastNameOf(bare(place.node));
    return isSame || (name !== undefined && name === value.code.stages[0]?.name);
  }
  if (value instanceof Builtin) return lastNameOf(bare(place.node)) === value.name;
  if (value instanceof BuiltinApplication)
    return node.kind === "call" && lastNameOf(bare(node.fn)) === value.builtin.name;
  if (isInt(value) || value instanceof NixFloat) return node.kind === "number";
  if (value instanceof NixPath) return node.kind === "path";
  if (isListValue(value)) return node.kind === "list";
  if (value instanceof AttrSet) return node.kind === "attrs";
  return node.kind === "variable" && node.name === String(value);
}

/**
 * An item of a list in an attribute of a derivation that went through a library: where the user's code has that attribute
 * with such an item. A function is what stands before a path or a set, as in `[ callPackage ./x.nix { } ]`.
 */
export function itemInUsersCode(
  error: ErrorCase,
  place: Placed<ExpressionNode>,
  value: Value,
): Explanation | undefined {
  if (error.isUsers(place.source.base + place.node.start)) return undefined;
  const attribute = derivationAttribute(error);
  if (attribute === undefined) return undefined;
  for (const source of error.interpreter.positions.all) {
    const isOwn = error.isUsers(source.base) && !error.library.isPackageSet(source);
    const root = isOwn ? error.syntaxOf(source).root : undefined;
    if (root === undefined) continue;
    for (const node of allNodes(root)) {
      const list = node.kind === "binding" && node.path.at(-1)?.name === attribute ? bare(node.value) : undefined;
      const guess = list?.kind === "list" ? guessItem(error, { source, node: list }, value) : undefined;
      if (guess !== undefined) return guess;
    }
  }
  return undefined;
}

/** The attribute of a derivation that the innermost frames are about. */
function derivationAttribute(error: ErrorCase): string | undefined {
  for (const { message } of error.trace.slice(0, 4)) {
    const attribute = /^while evaluating attribute '(.*?)' of derivation/s.exec(message)?.[1];
    if (attribute !== undefined) return attribute;
  }
  return undefined;
}

function guessItem(error: ErrorCase, { source, node }: Placed<ListNode>, value: Value): Explanation | undefined {
  const { items } = node;
  if (!isFunction(value)) {
    const item = items.find((candidate) => couldBe(error, { source, node: candidate }, value));
    return item && { primary: label({ source, node: item }, `this may be the item that is ${describeType(value)}`) };
  }
  const at = items.findIndex((item, index) => lastNameOf(item) !== undefined && isArgument(items[index + 1]));
  const item = items[at];
  if (item === undefined) return undefined;
  const arity = items.slice(at + 1).findIndex((next) => !isArgument(next));
  const advice = parenthesised({ source, node: item }, arity < 0 ? items.length : arity);
  return {
    primary: label({ source, node: item }, "this may be the function: it is an item by itself"),
    suggestions: advice === undefined ? [] : [advice],
  };
}

/** What is no item of a list of packages, but an argument. */
function isArgument(node: ExpressionNode | undefined): boolean {
  return node !== undefined && ["path", "attrs", "number"].includes(bare(node).kind);
}

/** For `[ f x ]`, where a function is an item: parentheses around it and as many items as it takes. */
export function parenthesised(place: Placed<ExpressionNode>, arity: number): Suggestion | undefined {
  const { source, node } = place;
  const list = node.parent;
  if (list?.kind !== "list") return undefined;
  const args = argumentsAfter(list, node, arity);
  const last = args.at(-1);
  if (last === undefined) return undefined;
  const text = source.text.slice(node.start, last.end);
  return {
    text: "in a list, a call needs parentheses",
    edit: { range: { source, start: node.start, end: last.end }, replacement: `(${text})` },
  };
}

function argumentsAfter({ items }: ListNode, item: ExpressionNode, arity: number): readonly ExpressionNode[] {
  const at = items.indexOf(item);
  return items.slice(at + 1, at + 1 + arity);
}
