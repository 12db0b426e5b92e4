// `==` and `<` on values, and the message that says where two values of a failed `assert a == b` differ.
import { NixError } from "../source/nix-error.ts";
import { noPos, type Pos } from "../source/position.ts";
import { AttrSet } from "../value/attr-set.ts";
import { isFunction } from "../value/function.ts";
import { describeType, isDerivation, printAttrName } from "../value/print.ts";
import { ContextString, textOf } from "../value/string-context.ts";
import { force } from "../value/thunk.ts";
import { isInt, isListValue, type Lazy, NixFloat, type NixList, NixPath, type Value } from "../value/value.ts";
import { compareNumbers, type NixNumber } from "./arithmetic.ts";
import { addFrame } from "./expect.ts";
import type { Interpreter } from "./interpreter.ts";

const isNumber = (value: Value): value is NixNumber => isInt(value) || value instanceof NixFloat;
const isText = (value: Value): value is string | ContextString =>
  typeof value === "string" || value instanceof ContextString;

/** `==`. Functions are unequal, even to themselves. Every level counts as a nested call. */
export function areEqual(interpreter: Interpreter, left: Value, right: Value, pos: Pos): boolean {
  interpreter.enterCall(pos);
  const equal = areForcedEqual(interpreter, left, right, pos);
  interpreter.callDepth--;
  return equal;
}

/** `==` of list items, attributes or arguments. Both are forced; the very same one is equal to itself, a function too. */
export function areItemsEqual(interpreter: Interpreter, left: Lazy, right: Lazy, pos: Pos): boolean {
  interpreter.enterCall(pos);
  const a = force(left, pos);
  const b = force(right, pos);
  const equal = left === right || areForcedEqual(interpreter, a, b, pos);
  interpreter.callDepth--;
  return equal;
}

function areForcedEqual(interpreter: Interpreter, left: Value, right: Value, pos: Pos): boolean {
  if (typeof left === "string" && typeof right === "string") return left === right;
  if (isNumber(left)) return isNumber(right) && compareNumbers(left, right) === 0;
  if (isText(left)) return isText(right) && textOf(left) === textOf(right);
  if (left === null || typeof left === "boolean") return left === right;
  if (left instanceof NixPath) return right instanceof NixPath && isSamePath(left, right);
  if (isListValue(left)) return isListValue(right) && areListsEqual(interpreter, left, right, pos);
  return left instanceof AttrSet && right instanceof AttrSet && areSetsEqual(interpreter, left, right, pos);
}

function isSamePath(left: NixPath, right: NixPath): boolean {
  return left.path === right.path && left.internal === right.internal;
}

function areListsEqual(interpreter: Interpreter, left: NixList, right: NixList, pos: Pos): boolean {
  if (left.length !== right.length) return false;
  for (let i = 0; i < left.length; i++) {
    if (!areItemsEqual(interpreter, left[i] as Lazy, right[i] as Lazy, pos)) return false;
  }
  return true;
}

function areSetsEqual(interpreter: Interpreter, left: AttrSet, right: AttrSet, pos: Pos): boolean {
  const outPaths = outPathsOf(left, right);
  if (outPaths !== undefined) return areItemsEqual(interpreter, outPaths[0], outPaths[1], pos);
  if (left.size !== right.size) return false;
  if (left.size === 1) {
    return left.names[0] === right.names[0] && areItemsEqual(interpreter, left.values[0]!, right.values[0]!, pos);
  }
  const order = left.shape.orderIn(interpreter.symbols);
  const rightOrder = left.shape === right.shape ? order : right.shape.orderIn(interpreter.symbols);
  for (let i = 0; i < order.length; i++) {
    const index = order[i] as number;
    const rightIndex = rightOrder[i] as number;
    if (left.names[index] !== right.names[rightIndex]) return false;
    if (!areItemsEqual(interpreter, left.values[index] as Lazy, right.values[rightIndex] as Lazy, pos)) return false;
  }
  return true;
}

/** The outPaths of two derivations, which stand for them in comparisons. */
function outPathsOf(left: AttrSet, right: AttrSet): readonly [Lazy, Lazy] | undefined {
  if (!(isDerivation(left) && isDerivation(right))) return undefined;
  const a = left.get("outPath");
  const b = right.get("outPath");
  return a === undefined || b === undefined ? undefined : [a, b];
}

/** Throws the error that explains why `left == right` is false; returns when they are equal after all. */
export function explainDifference(interpreter: Interpreter, left: Value, right: Value, pos: Pos): void {
  interpreter.enterCall(pos);
  explainForced(interpreter, left, right, pos);
  interpreter.callDepth--;
}

function explainItems(interpreter: Interpreter, left: Lazy, right: Lazy, pos: Pos): void {
  interpreter.enterCall(pos);
  const a = force(left, pos);
  const b = force(right, pos);
  if (left !== right) explainForced(interpreter, a, b, pos);
  interpreter.callDepth--;
}

function explainForced(interpreter: Interpreter, a: Value, b: Value, pos: Pos): void {
  const differ = (message: string) => new NixError("assert", message);
  const show = (value: Value) => interpreter.show(value);
  if (isNumber(a) && isNumber(b)) {
    if (compareNumbers(a, b) === 0) return;
    throw differ(
      `${describeType(a)} with value '${show(a)}' is not equal to ${describeType(b)} with value '${show(b)}'`,
    );
  }
  const [kindA, kindB] = [kindOf(a), kindOf(b)];
  if (kindA !== kindB) {
    throw differ(`${describeType(a)} of value '${show(a)}' is not equal to ${describeType(b)} of value '${show(b)}'`);
  }
  if (kindA === "function") {
    throw differ("distinct functions and immediate comparisons of identical functions compare as unequal");
  }
  if (isListValue(a) && isListValue(b)) {
    explainLists(interpreter, a, b, pos);
    return;
  }
  if (a instanceof AttrSet && b instanceof AttrSet) {
    explainSets(interpreter, a, b, pos);
    return;
  }
  if (areForcedEqual(interpreter, a, b, pos)) return;
  const why =
    a instanceof NixPath && b instanceof NixPath && a.internal !== b.internal
      ? " because their accessors are different"
      : "";
  throw differ(`${kindA} '${show(a)}' is not equal to ${kindB} '${show(b)}'${why}`);
}

function kindOf(value: Value): string {
  if (isText(value)) return "string";
  if (typeof value === "boolean") return "boolean";
  if (value === null) return "null";
  if (value instanceof NixPath) return "path";
  if (isListValue(value)) return "list";
  if (isFunction(value)) return "function";
  return value instanceof AttrSet ? "set" : "number";
}

function explainLists(interpreter: Interpreter, a: NixList, b: NixList, pos: Pos): void {
  if (a.length !== b.length) {
    throw new NixError(
      "assert",
      `list of size '${a.length}' is not equal to list of size '${b.length}', left hand side is '${interpreter.show(a)}', right hand side is '${interpreter.show(b)}'`,
    );
  }
  for (const [index, item] of a.entries()) {
    try {
      explainItems(interpreter, item, b[index] as Lazy, pos);
    } catch (error) {
      throw addFrame(error, `while comparing list element ${index}`, pos);
    }
  }
}

function explainSets(interpreter: Interpreter, a: AttrSet, b: AttrSet, pos: Pos): void {
  const outPaths = outPathsOf(a, b);
  if (outPaths !== undefined) {
    try {
      explainItems(interpreter, outPaths[0], outPaths[1], pos);
      return;
    } catch (error) {
      throw addFrame(error, "while comparing a derivation by its 'outPath' attribute", pos);
    }
  }
  const [shownA, shownB] = [interpreter.show(a), interpreter.show(b)];
  if (a.size !== b.size) {
    throw new NixError("assert", `attribute names of attribute set '${shownA}' differs from attribute set '${shownB}'`);
  }
  const orderOfB = b.shape.orderIn(interpreter.symbols);
  for (const [step, index] of a.shape.orderIn(interpreter.symbols).entries()) {
    const indexInB = orderOfB[step] as number;
    const name = a.names[index] as string;
    const other = b.names[indexInB] as string;
    if (name !== other) {
      const difference = b.has(name)
        ? `attribute name '${printAttrName(other)}' is missing in '${shownA}', but is contained in '${shownB}'`
        : `attribute name '${printAttrName(name)}' is contained in '${shownA}', but not in '${shownB}'`;
      throw new NixError("assert", difference);
    }
    try {
      explainItems(interpreter, a.values[index] as Lazy, b.values[indexInB] as Lazy, pos);
    } catch (error) {
      if (b.positionAt(indexInB) !== noPos) addFrame(error, "where right hand side is", b.positionAt(indexInB));
      if (a.positionAt(index) !== noPos) addFrame(error, "where left hand side is", a.positionAt(index));
      throw addFrame(error, `while comparing attribute '${printAttrName(name)}'`, pos);
    }
  }
}

/**
 * `<`: numbers, strings, paths, and lists of them. Anything else is an error with the frame `purpose` (none when it is
 * empty), as is an error of comparing list items.
 */
export function isLess(interpreter: Interpreter, left: Lazy, right: Lazy, pos: Pos, purpose: string): boolean {
  const a = force(left);
  const b = force(right);
  if (isNumber(a) && isNumber(b)) return compareNumbers(a, b) < 0;
  if (isText(a) && isText(b)) return textOf(a) < textOf(b);
  if (a instanceof NixPath && b instanceof NixPath) return a.path < b.path;
  try {
    if (isListValue(a) && isListValue(b)) return isListLess(interpreter, a, b, pos);
    throw incomparable(interpreter, left, right);
  } catch (error) {
    throw addFrame(error, purpose, noPos);
  }
}

/** The first pair of items that differ decides; a list is less than its continuations. */
function isListLess(interpreter: Interpreter, left: NixList, right: NixList, pos: Pos): boolean {
  for (let i = 0; ; i++) {
    if (i === right.length) return false;
    if (i === left.length) return true;
    const a = left[i] as Lazy;
    const b = right[i] as Lazy;
    if (!areItemsEqual(interpreter, a, b, pos)) {
      return isLess(interpreter, a, b, pos, "while comparing two list elements");
    }
  }
}

function incomparable(interpreter: Interpreter, left: Lazy, right: Lazy): NixError {
  const a = force(left);
  const b = force(right);
  const values = `values are ${interpreter.show(left)} and ${interpreter.show(right)}`;
  const detail = kindOf(a) === kindOf(b) ? `values of that type are incomparable (${values})` : values;
  return new NixError("eval", `cannot compare ${describeType(a)} with ${describeType(b)}; ${detail}`).about([a, b]);
}
