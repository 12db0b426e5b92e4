// Turning values into strings and paths: `"${x}"`, `toString`, derivation attributes. Contexts are collected on the way,
// and a path that becomes part of a string is copied to the store.
import { NixError } from "../source/nix-error.ts";
import type { Pos } from "../source/position.ts";
import { isStorePath, parseStorePath } from "../store/store-path.ts";
import { AttrSet } from "../value/attr-set.ts";
import { formatFixed } from "../value/float-format.ts";
import { describeType } from "../value/print.ts";
import { ContextString, StringContext } from "../value/string-context.ts";
import { force, Thunk } from "../value/thunk.ts";
import { isInt, isListValue, type Lazy, NixFloat, type NixList, NixPath, type Value } from "../value/value.ts";
import { call } from "./call.ts";
import { copyPathToStore } from "./copied-path.ts";
import { addFrame } from "./expect.ts";
import type { Interpreter } from "./interpreter.ts";
import { canonicalPath } from "./path.ts";

/**
 * Gathers the contexts of the strings that go into one result. They are only united when somebody asks for the union: a
 * derivation has hundreds of strings, and every union would be interned.
 */
export class ContextCollector {
  private only: StringContext = StringContext.empty;
  private several: Set<StringContext> | undefined;

  add(context: StringContext): void {
    if (context === this.only || context.isEmpty) return;
    if (this.several !== undefined) this.several.add(context);
    else if (this.only.isEmpty) this.only = context;
    else this.several = new Set([this.only, context]);
  }

  /** What was added, each once, in no order. */
  get contexts(): Iterable<StringContext> {
    return this.several ?? [this.only];
  }

  get context(): StringContext {
    if (this.several !== undefined) {
      this.only = StringContext.unionOf(this.several);
      this.several = undefined;
    }
    return this.only;
  }

  addPath(path: string): void {
    this.add(StringContext.ofOne({ kind: "opaque", path }));
  }
}

export interface CoerceOptions {
  /** Integers, floats, booleans, null and lists too (`toString`, derivation attributes). */
  readonly coerceMore?: boolean;
  /** Copy paths to the store (the default) or give their text. */
  readonly copyToStore?: boolean;
}

const strict: CoerceOptions = {};
const textOnly: CoerceOptions = { copyToStore: false };
const toStringPurpose = "while evaluating the result of the `__toString` attribute";

/**
 * The text of a value; its context goes to `collector`. Counts as a nested call while the value is forced. Throws a type
 * error that `tryEval` does not catch; `purpose` is its frame, and is not added to errors of forcing.
 */
export function coerceToString(
  interpreter: Interpreter,
  lazy: Lazy,
  pos: Pos,
  collector: ContextCollector,
  purpose: string,
  options: CoerceOptions = strict,
): string {
  if (typeof lazy === "string") {
    if (interpreter.callDepth > interpreter.maxCallDepth) interpreter.checkDepth(pos);
    return lazy;
  }
  interpreter.enterCall(pos);
  const value = force(lazy, pos);
  let text: string;
  if (typeof value === "string") text = value;
  else if (value instanceof ContextString) {
    collector.add(value.context);
    text = value.text;
  } else text = coerceOther(interpreter, value, lazy, pos, collector, purpose, options);
  interpreter.callDepth--;
  return text;
}

function coerceOther(
  interpreter: Interpreter,
  value: Value,
  lazy: Lazy,
  pos: Pos,
  collector: ContextCollector,
  purpose: string,
  options: CoerceOptions,
): string {
  if (value instanceof NixPath) {
    if (options.copyToStore === false) return value.path;
    const path = copyPathToStore(interpreter, value);
    collector.addPath(path);
    return path;
  }
  if (value instanceof AttrSet) {
    const known = interpreter.callDepth + 2 <= interpreter.maxCallDepth ? knownOutPath(value) : undefined;
    if (known !== undefined) {
      if (typeof known === "string") return known;
      collector.add(known.context);
      return known.text;
    }
  }
  if (value instanceof AttrSet && interpreter.hasNewMessages) {
    return standIn(interpreter, value, pos, (found) => {
      if (found instanceof AttrSet) throw notText(interpreter, found, purpose, pos);
      return coerceToString(interpreter, found, pos, collector, purpose, options);
    });
  }
  if (value instanceof AttrSet) {
    const text = callToString(interpreter, value, pos, collector, options);
    if (text !== undefined) return text;
    const outPath = value.get("outPath");
    if (outPath !== undefined) return coerceToString(interpreter, outPath, pos, collector, purpose, options);
  } else if (options.coerceMore === true) {
    if (typeof value === "boolean") return value ? "1" : "";
    if (value === null) return "";
    if (isInt(value)) return String(value);
    if (value instanceof NixFloat) return formatFixed(value);
    if (isListValue(value)) return coerceList(interpreter, value, pos, collector, purpose, options);
  }
  throw notText(interpreter, lazy, purpose, pos);
}

/** The text that stands for a set, in the usual case: that of a package which is evaluated already. */
function knownOutPath(set: AttrSet): string | ContextString | undefined {
  const outPath = set.get("outPath");
  if (outPath === undefined || set.has("__toString")) return undefined;
  const value = outPath instanceof Thunk ? (outPath.isForced ? outPath.value : undefined) : outPath;
  return typeof value === "string" || value instanceof ContextString ? value : undefined;
}

function notText(interpreter: Interpreter, lazy: Lazy, purpose: string, pos: Pos): NixError {
  const value = force(lazy);
  const message = `cannot coerce ${describeType(value)} to a string: ${interpreter.show(lazy)}`;
  return new NixError("type", message).about(value).addTrace(purpose, pos);
}

function coerceList(
  interpreter: Interpreter,
  list: NixList,
  pos: Pos,
  collector: ContextCollector,
  purpose: string,
  options: CoerceOptions,
): string {
  let text = "";
  const last = list.length - 1;
  for (let index = 0; index <= last; index++) {
    const item = list[index] as Lazy;
    try {
      text += coerceToString(interpreter, item, pos, collector, "while evaluating one element of the list", options);
    } catch (error) {
      throw addFrame(error, purpose, pos);
    }
    if (index === last) break;
    const forced = force(item);
    if (!(isListValue(forced) && forced.length === 0)) text += " ";
  }
  return text;
}

/**
 * Gives `finish` what stands for a set where a string is wanted: what `__toString` gives, or else `outPath`, of that again
 * and so on; a set that has neither stands for itself. `fromToString`: whether a `__toString` was called on the way; `at`:
 * where the attribute was defined that led there. Errors say by which attributes they were come by: C++ Nix 2.36's way.
 */
export function standIn<T>(
  interpreter: Interpreter,
  lazy: Lazy,
  pos: Pos,
  finish: (value: Value, fromToString: boolean, at: Pos) => T,
  fromToString = false,
): T {
  const value = force(lazy, pos);
  const stringify = value instanceof AttrSet ? value.get("__toString") : undefined;
  const outPath = value instanceof AttrSet ? value.get("outPath") : undefined;
  if (stringify !== undefined) {
    const at = (value as AttrSet).positionOf("__toString");
    let result: Value;
    try {
      result = call(interpreter, stringify, value, at);
    } catch (error) {
      throw addFrame(error, "while calling the `__toString` attribute", at);
    }
    return standInAt("the result of the `__toString` attribute", interpreter, result, pos, at, finish, true);
  }
  if (outPath === undefined) return finish(value, fromToString, pos);
  const at = (value as AttrSet).positionOf("outPath");
  return standInAt("the `outPath` attribute", interpreter, outPath, pos, at, finish, fromToString);
}

function standInAt<T>(
  what: string,
  interpreter: Interpreter,
  lazy: Lazy,
  pos: Pos,
  at: Pos,
  finish: (value: Value, fromToString: boolean, at: Pos) => T,
  fromToString: boolean,
): T {
  try {
    force(lazy, at);
    interpreter.enterCall(pos);
    const result = standIn(interpreter, lazy, at, finish, fromToString);
    interpreter.callDepth--;
    return result;
  } catch (error) {
    const doing = lazy instanceof Thunk && !lazy.isForced ? "evaluating" : "using";
    throw addFrame(error, `while ${doing} ${what}`, at);
  }
}

/** C++ Nix 2.34's way: what the function `__toString` of a set gives, as text; undefined when the set has none. */
export function callToString(
  interpreter: Interpreter,
  set: AttrSet,
  pos: Pos,
  collector: ContextCollector,
  options: CoerceOptions = strict,
): string | undefined {
  const stringify = set.get("__toString");
  if (stringify === undefined) return undefined;
  const result = call(interpreter, stringify, set, pos);
  return coerceToString(interpreter, result, pos, collector, toStringPurpose, options);
}

/** An absolute path from a path, a string or a set that stands for one. Nothing is copied. */
export function coerceToPath(
  interpreter: Interpreter,
  lazy: Lazy,
  pos: Pos,
  collector: ContextCollector,
  purpose: string,
): NixPath {
  if (interpreter.hasNewMessages) {
    return standIn(interpreter, lazy, pos, (value) =>
      value instanceof NixPath ? value : absolutePath(interpreter, value, pos, collector, purpose),
    );
  }
  let value: Value;
  try {
    value = force(lazy, pos);
  } catch (error) {
    throw addFrame(error, purpose, pos);
  }
  if (value instanceof NixPath) return value;
  if (value instanceof AttrSet) {
    const stringify = value.get("__toString");
    if (stringify !== undefined) {
      return coerceToPath(interpreter, call(interpreter, stringify, value, pos), pos, collector, purpose);
    }
  }
  return absolutePath(interpreter, value, pos, collector, purpose);
}

function absolutePath(
  interpreter: Interpreter,
  value: Value,
  pos: Pos,
  collector: ContextCollector,
  purpose: string,
): NixPath {
  const text = coerceToString(interpreter, value, pos, collector, purpose, textOnly);
  if (!text.startsWith("/")) {
    throw new NixError("eval", `string '${text}' doesn't represent an absolute path`).addTrace(purpose, pos);
  }
  return new NixPath(canonicalPath(text));
}

/** The path of a store object, from anything that can be coerced to a string. */
export function coerceToStorePath(
  interpreter: Interpreter,
  lazy: Lazy,
  pos: Pos,
  collector: ContextCollector,
  purpose: string,
): string {
  const text = coerceToString(interpreter, lazy, pos, collector, purpose, textOnly);
  if (isStorePath(text)) return parseStorePath(text);
  throw new NixError("eval", `path '${text}' is not in the Nix store`).addTrace(purpose, pos);
}
