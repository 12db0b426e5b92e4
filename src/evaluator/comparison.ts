// `==` and `<` on values, and the message that says where two values of a failed `assert a == b` differ.
import { NixError } from "../source/nix-error.ts";
import { noPos, type Pos } from "../source/position.ts";
import { AttrSet } from "../value/attr-set.ts";
import { isFunction } from "../value/function.ts";
import { describeType, isDerivation } from "../value/print.ts";
import { ContextString, textOf } from "../value/string-context.ts";
import { force } from "../value/thunk.ts";
import { isInt, isListValue, type Lazy, NixFloat, type NixList, NixPath, type Value } from "../value/value.ts";
import { compareNumbers, type NixNumber } from "./arithmetic.ts";
import { addFrame } from "./expect.ts";
import type { Interpreter } from "./interpreter.ts";

const isNumber = (value: Value): value is NixNumber => isInt(value) || value instanceof NixFloat;
const isText = (value: Value): value is string | ContextString =>
  typeof value === "string" || value instanceof ContextString;

/** `==`. Functions are unequal, unless both sides are the very same list item or attribute. */
export function areEqual(interpreter: Interpreter, left: Value, right: Value, pos: Pos): boolean {
  if (typeof left === "string" && typeof right === "string") return left === right;
  if (isNumber(left) && isNumber(right)) return compareNumbers(left, right) === 0;
  if (isText(left) && isText(right)) return textOf(left) === textOf(right);
  if (left === null || right === null || typeof left === "boolean" || typeof right === "boolean") return left === right;
  if (left instanceof NixPath && right instanceof NixPath)
    return left.path === right.path && left.internal === right.internal;
  interpreter.enterCall(pos);
  const equal = areCollectionsEqual(interpreter, left, right, pos);
  interpreter.callDepth--;
  return equal;
}

function areItemsEqual(interpreter: Interpreter, left: Lazy, right: Lazy, pos: Pos): boolean {
  const a = force(left, pos);
  const b = force(right, pos);
  return left === right || areEqual(interpreter, a, b, pos);
}

function areCollectionsEqual(interpreter: Interpreter, left: Value, right: Value, pos: Pos): boolean {
  if (isListValue(left) && isListValue(right)) {
    return (
      left.length === right.length && left.every((item, i) => areItemsEqual(interpreter, item, right[i] as Lazy, pos))
    );
  }
  if (!(left instanceof AttrSet && right instanceof AttrSet)) return false;
  const outPaths = outPathsOf(left, right);
  if (outPaths !== undefined) return areItemsEqual(interpreter, outPaths[0], outPaths[1], pos);
  if (left.size !== right.size) return false;
  return left.names.every(
    (name, i) =>
      name === right.names[i] && areItemsEqual(interpreter, left.values[i] as Lazy, right.values[i] as Lazy, pos),
  );
}

/** The outPaths of two derivations, which stand for them in comparisons. */
function outPathsOf(left: AttrSet, right: AttrSet): readonly [Lazy, Lazy] | undefined {
  if (!(isDerivation(left) && isDerivation(right))) return undefined;
  const a = left.get("outPath");
  const b = right.get("outPath");
  return a === undefined || b === undefined ? undefined : [a, b];
}

/** Throws the error that explains why `left == right` is false; returns when they are equal after all. */
export function explainDifference(interpreter: Interpreter, left: Lazy, right: Lazy, pos: Pos): void {
  const a = force(left, pos);
  const b = force(right, pos);
  if (left === right && typeof left === "object" && left !== null && left !== a) return;
  const differ = (message: string) => new NixError("assert", message);
  const show = (value: Value) => interpreter.show(value);
  if (isNumber(a) && isNumber(b)) {
    if (areEqual(interpreter, a, b, pos)) return;
    throw differ(
      `${describeType(a)} with value '${show(a)}' is not equal to ${describeType(b)} with value '${show(b)}'`,
    );
  }
  const [typeA, typeB] = [kindOf(a), kindOf(b)];
  if (typeA !== typeB) {
    throw differ(`${describeType(a)} of value '${show(a)}' is not equal to ${describeType(b)} of value '${show(b)}'`);
  }
  if (isListValue(a) && isListValue(b)) return explainLists(interpreter, a, b, pos);
  if (a instanceof AttrSet && b instanceof AttrSet) return explainSets(interpreter, a, b, pos);
  if (typeA === "function") {
    throw differ("distinct functions and immediate comparisons of identical functions compare as unequal");
  }
  if (!areEqual(interpreter, a, b, pos)) throw differ(`${typeA} '${show(a)}' is not equal to ${typeA} '${show(b)}'`);
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
      explainDifference(interpreter, item, b[index] as Lazy, pos);
    } catch (error) {
      throw addFrame(error, `while comparing list element ${index}`, pos);
    }
  }
}

function explainSets(interpreter: Interpreter, a: AttrSet, b: AttrSet, pos: Pos): void {
  const outPaths = outPathsOf(a, b);
  if (outPaths !== undefined) {
    try {
      explainDifference(interpreter, outPaths[0], outPaths[1], pos);
      return;
    } catch (error) {
      throw addFrame(error, "while comparing a derivation by its 'outPath' attribute", pos);
    }
  }
  const [shownA, shownB] = [interpreter.show(a), interpreter.show(b)];
  if (a.size !== b.size) {
    throw new NixError("assert", `attribute names of attribute set '${shownA}' differs from attribute set '${shownB}'`);
  }
  for (const [index, name] of a.names.entries()) {
    const other = b.names[index] as string;
    if (name !== other) {
      if (!b.has(name))
        throw new NixError("assert", `attribute name '${name}' is contained in '${shownA}', but not in '${shownB}'`);
      throw new NixError(
        "assert",
        `attribute name '${other}' is missing in '${shownA}', but is contained in '${shownB}'`,
      );
    }
    try {
      explainDifference(interpreter, a.values[index] as Lazy, b.values[index] as Lazy, pos);
    } catch (error) {
      if (b.positionAt(index) !== noPos) addFrame(error, "where right hand side is", b.positionAt(index));
      if (a.positionAt(index) !== noPos) addFrame(error, "where left hand side is", a.positionAt(index));
      throw addFrame(error, `while comparing attribute '${name}'`, pos);
    }
  }
}

/** `<`: numbers, strings, paths, and lists of them. Anything else is a type error with `purpose` as its frame. */
export function isLess(interpreter: Interpreter, left: Value, right: Value, pos: Pos, purpose: string): boolean {
  if (isNumber(left) && isNumber(right)) return compareNumbers(left, right) < 0;
  if (isText(left) && isText(right)) return textOf(left) < textOf(right);
  if (left instanceof NixPath && right instanceof NixPath) return left.path < right.path;
  if (isListValue(left) && isListValue(right)) {
    for (let i = 0; ; i++) {
      if (i === right.length) return false;
      if (i === left.length) return true;
      const a = left[i] as Lazy;
      const b = right[i] as Lazy;
      if (!areItemsEqual(interpreter, a, b, pos)) {
        return isLess(interpreter, force(a, pos), force(b, pos), pos, "while comparing two list elements");
      }
    }
  }
  const isSameType = kindOf(left) === kindOf(right);
  const values = `values are ${interpreter.show(left)} and ${interpreter.show(right)}`;
  const detail = isSameType ? `values of that type are incomparable (${values})` : values;
  throw new NixError("eval", `cannot compare ${describeType(left)} with ${describeType(right)}; ${detail}`).addTrace(
    purpose,
    noPos,
  );
}
