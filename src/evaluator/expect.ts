// Forcing a value that has to be of one type. The messages, where they point and the frame that says what the value
// was wanted for are C++ Nix's; the frame is left out when `purpose` is empty.
import { NixError } from "../source/nix-error.ts";
import { noPos, type Pos } from "../source/position.ts";
import { AttrSet } from "../value/attr-set.ts";
import { isFunction, type NixFunction } from "../value/function.ts";
import { printAttrName } from "../value/print.ts";
import { ContextString, type StringContext } from "../value/string-context.ts";
import { force, Thunk } from "../value/thunk.ts";
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

/** Forces; an error on the way gets `purpose` as its frame. */
function forceFor(lazy: Lazy, pos: Pos, purpose: string): Value {
  if (!(lazy instanceof Thunk)) return lazy;
  if (lazy.isForced) return lazy.value as Value;
  try {
    return force(lazy, pos);
  } catch (error) {
    throw addFrame(error, purpose, pos);
  }
}

/** The error about a value that is there. */
export function wrongType(interpreter: Interpreter, wanted: string, lazy: Lazy, pos: Pos): NixError {
  return new NixError("type", `expected ${wanted} but found ${interpreter.describe(lazy)}`, pos).about(force(lazy));
}

export function expectInt(interpreter: Interpreter, lazy: Lazy, pos: Pos, purpose: string): NixInt {
  const value = forceFor(lazy, pos, purpose);
  if (isInt(value)) return value;
  throw wrongType(interpreter, "an integer", lazy, pos).addTrace(purpose, pos);
}

/** An integer or a float, as a JavaScript number. */
export function expectFloat(interpreter: Interpreter, lazy: Lazy, pos: Pos, purpose: string): number {
  const value = forceFor(lazy, pos, purpose);
  if (value instanceof NixFloat) return value.value;
  if (isInt(value)) return Number(value);
  throw wrongType(interpreter, "a float", lazy, pos).addTrace(purpose, pos);
}

export function expectBool(interpreter: Interpreter, lazy: Lazy, pos: Pos, purpose: string): boolean {
  const value = forceFor(lazy, pos, purpose);
  if (typeof value === "boolean") return value;
  throw wrongType(interpreter, "a Boolean", lazy, pos).addTrace(purpose, pos);
}

export function expectString(interpreter: Interpreter, lazy: Lazy, pos: Pos, purpose: string): NixString {
  const value = forceFor(lazy, pos, purpose);
  if (typeof value === "string" || value instanceof ContextString) return value;
  throw wrongType(interpreter, "a string", lazy, pos).addTrace(purpose, pos);
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
  if (element.kind === "opaque") return element.path;
  if (element.kind === "drvDeep") return `${element.drvPath} (deep)`;
  return [element.drvPath, ...(element.via ?? []), element.output].join("^");
}

/** A function, or a set that can be called like one. */
export function expectFunction(interpreter: Interpreter, lazy: Lazy, pos: Pos, purpose: string): NixFunction | AttrSet {
  const value = forceFor(lazy, pos, purpose);
  if (isFunction(value) || (value instanceof AttrSet && value.has("__functor"))) return value;
  throw wrongType(interpreter, "a function", lazy, pos).addTrace(purpose, pos);
}

/** Unlike most of its kin, an error of forcing gets no frame. */
export function expectAttrs(interpreter: Interpreter, lazy: Lazy, pos: Pos, purpose: string): AttrSet {
  const value = force(lazy, pos);
  if (value instanceof AttrSet) return value;
  throw wrongType(interpreter, "a set", lazy, noPos).addTrace(purpose, pos);
}

/** Unlike most of its kin, an error of forcing gets no frame. */
export function expectList(interpreter: Interpreter, lazy: Lazy, pos: Pos, purpose: string): NixList {
  const value = force(lazy, pos);
  if (isListValue(value)) return value;
  throw wrongType(interpreter, "a list", lazy, noPos).addTrace(purpose, pos);
}

/** The attribute as it is, not forced; `purpose` is the frame of the error when the set lacks it. */
export function expectAttr(set: AttrSet, name: string, purpose: string): Lazy {
  const value = set.get(name);
  if (value !== undefined) return value;
  throw new NixError("missingAttribute", `attribute '${printAttrName(name)}' missing`)
    .about(set)
    .addTrace(purpose, noPos);
}
