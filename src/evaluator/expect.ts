// Forcing a value that has to be of one type. The messages, where they point and the frame that says what the value
// was wanted for are C++ Nix's; the frame is left out when `purpose` is empty.
import { NixError } from "../source/nix-error.ts";
import { noPos, type Pos } from "../source/position.ts";
import { AttrSet } from "../value/attr-set.ts";
import { isFunction, type NixFunction } from "../value/function.ts";
import { ContextString, type StringContext } from "../value/string-context.ts";
import { force } from "../value/thunk.ts";
import {
  isInt,
  isListValue,
  type Lazy,
  NixFloat,
  type NixInt,
  type NixList,
  type NixString,
  type Value,
} from "../value/value.ts";
import type { Interpreter } from "./interpreter.ts";

/** Adds a frame to an error of the program that passes by; anything else passes untouched. */
export function addFrame(error: unknown, message: string, pos: Pos): unknown {
  if (error instanceof NixError) error.addTrace(message, pos);
  return error;
}

function forceAs<T extends Value>(
  interpreter: Interpreter,
  lazy: Lazy,
  pos: Pos,
  purpose: string,
  wanted: string,
  is: (value: Value) => value is T,
): T {
  let value: Value;
  try {
    value = force(lazy, pos);
    if (is(value)) return value;
    throw wrongType(interpreter, wanted, value, pos);
  } catch (error) {
    throw addFrame(error, purpose, pos);
  }
}

export function wrongType(interpreter: Interpreter, wanted: string, value: Value, pos: Pos): NixError {
  return new NixError("type", `expected ${wanted} but found ${interpreter.describe(value)}`, pos);
}

const isBool = (value: Value): value is boolean => typeof value === "boolean";
const isString = (value: Value): value is NixString => typeof value === "string" || value instanceof ContextString;

export function expectInt(interpreter: Interpreter, lazy: Lazy, pos: Pos, purpose: string): NixInt {
  return typeof lazy === "number" ? lazy : forceAs(interpreter, lazy, pos, purpose, "an integer", isInt);
}

/** An integer or a float, as a JavaScript number. */
export function expectFloat(interpreter: Interpreter, lazy: Lazy, pos: Pos, purpose: string): number {
  const value = forceAs(
    interpreter,
    lazy,
    pos,
    purpose,
    "a float",
    (v): v is NixInt | NixFloat => isInt(v) || v instanceof NixFloat,
  );
  return value instanceof NixFloat ? value.value : Number(value);
}

export function expectBool(interpreter: Interpreter, lazy: Lazy, pos: Pos, purpose: string): boolean {
  return typeof lazy === "boolean" ? lazy : forceAs(interpreter, lazy, pos, purpose, "a Boolean", isBool);
}

export function expectString(interpreter: Interpreter, lazy: Lazy, pos: Pos, purpose: string): NixString {
  return typeof lazy === "string" ? lazy : forceAs(interpreter, lazy, pos, purpose, "a string", isString);
}

/** A string that depends on nothing in the store. */
export function expectPlainString(interpreter: Interpreter, lazy: Lazy, pos: Pos, purpose: string): string {
  const value = expectString(interpreter, lazy, pos, purpose);
  if (typeof value === "string") return value;
  throw new NixError(
    "eval",
    `the string '${value.text}' is not allowed to refer to a store path (such as '${showFirstElement(value.context)}')`,
  ).addTrace(purpose, pos);
}

function showFirstElement(context: StringContext): string {
  const element = context.elements[0];
  if (element === undefined) return "";
  const path = (element.kind === "opaque" ? element.path : element.drvPath).replace(/^.*\//, "");
  if (element.kind === "opaque") return path;
  return element.kind === "built" ? `${path}^${element.output}` : `${path} (deep)`;
}

export function expectFunction(interpreter: Interpreter, lazy: Lazy, pos: Pos, purpose: string): NixFunction | AttrSet {
  const isCallable = (value: Value): value is NixFunction | AttrSet =>
    isFunction(value) || (value instanceof AttrSet && value.has("__functor"));
  return forceAs(interpreter, lazy, pos, purpose, "a function", isCallable);
}

export function expectAttrs(interpreter: Interpreter, lazy: Lazy, pos: Pos, purpose: string): AttrSet {
  const value = force(lazy, pos);
  if (value instanceof AttrSet) return value;
  throw wrongType(interpreter, "a set", value, noPos).addTrace(purpose, pos);
}

export function expectList(interpreter: Interpreter, lazy: Lazy, pos: Pos, purpose: string): NixList {
  const value = force(lazy, pos);
  if (isListValue(value)) return value;
  throw wrongType(interpreter, "a list", value, noPos).addTrace(purpose, pos);
}
