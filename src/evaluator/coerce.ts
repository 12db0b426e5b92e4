// Turning values into strings and paths: `"${x}"`, `toString`, derivation attributes. Contexts are collected on the way,
// and a path that becomes part of a string is copied to the store.
import { FileError } from "../host/host.ts";
import { NixError } from "../source/nix-error.ts";
import { noPos, type Pos } from "../source/position.ts";
import { hostTree } from "../store/host-tree.ts";
import { AttrSet } from "../value/attr-set.ts";
import { formatFixed } from "../value/float-format.ts";
import { ContextString, StringContext } from "../value/string-context.ts";
import { force } from "../value/thunk.ts";
import { isInt, isListValue, type Lazy, NixFloat, NixPath, type Value } from "../value/value.ts";
import { call } from "./call.ts";
import { addFrame } from "./expect.ts";
import type { Interpreter } from "./interpreter.ts";
import { baseName, canonicalPath, dirName } from "./path.ts";

/** Gathers the contexts of the strings that go into one result. */
export class ContextCollector {
  context: StringContext = StringContext.empty;

  add(context: StringContext): void {
    this.context = this.context.union(context);
  }

  addPath(path: string): void {
    this.add(StringContext.of([{ kind: "opaque", path }]));
  }
}

export interface CoerceOptions {
  /** Integers, floats, booleans, null and lists too (`toString`, derivation attributes). */
  readonly coerceMore?: boolean;
  /** Copy paths to the store (the default) or give their text. */
  readonly copyToStore?: boolean;
}

const strict: CoerceOptions = {};

/** The text of a value; its context goes to `collector`. Throws a type error that `tryEval` does not catch. */
export function coerceToString(
  interpreter: Interpreter,
  lazy: Lazy,
  pos: Pos,
  collector: ContextCollector,
  purpose: string,
  options: CoerceOptions = strict,
): string {
  const value = force(lazy, pos);
  if (typeof value === "string") return value;
  if (value instanceof ContextString) {
    collector.add(value.context);
    return value.text;
  }
  interpreter.enterCall(pos);
  const text = coerceOther(interpreter, value, pos, collector, purpose, options);
  interpreter.callDepth--;
  return text;
}

function coerceOther(
  interpreter: Interpreter,
  value: Value,
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
    const peeled = peelSet(interpreter, value, pos);
    if (!(peeled instanceof AttrSet)) return coerceToString(interpreter, peeled, pos, collector, purpose, options);
    throw cannotCoerce(interpreter, peeled).addTrace(purpose, pos);
  }
  if (options.coerceMore === true) {
    if (typeof value === "boolean") return value ? "1" : "";
    if (value === null) return "";
    if (isInt(value)) return String(value);
    if (value instanceof NixFloat) return formatFixed(value.value);
    if (isListValue(value)) {
      let text = "";
      for (const [index, item] of value.entries()) {
        try {
          text += coerceToString(
            interpreter,
            item,
            pos,
            collector,
            "while evaluating one element of the list",
            options,
          );
        } catch (error) {
          throw addFrame(error, purpose, pos);
        }
        const forced = force(item);
        if (index < value.length - 1 && !(isListValue(forced) && forced.length === 0)) text += " ";
      }
      return text;
    }
  }
  throw cannotCoerce(interpreter, value).addTrace(purpose, pos);
}

function cannotCoerce(interpreter: Interpreter, value: Value): NixError {
  return new NixError(
    "type",
    `cannot coerce ${interpreter.describe(value)} to a string`.replace(
      /^(cannot coerce .*?): ([^]*) to a string$/,
      "$1 to a string: $2",
    ),
  );
}

/**
 * What a set stands for when text is wanted: the result of `__toString`, else `outPath`, repeatedly. A set that has
 * neither is given back. `checkReturn` insists that `__toString` gives something string-like (toJSON only).
 */
export function peelSet(interpreter: Interpreter, set: AttrSet, pos: Pos, checkReturn = false): Value {
  let current: Value = set;
  let currentPos = pos;
  let viaToString = false;
  while (current instanceof AttrSet) {
    const toString = current.get("__toString");
    const outPath = toString === undefined ? current.get("outPath") : undefined;
    if (toString !== undefined) {
      const toStringPos: Pos = current.positionOf("__toString");
      try {
        current = call(interpreter, toString, current, toStringPos);
      } catch (error) {
        throw addFrame(error, "while calling the `__toString` attribute", toStringPos);
      }
      viaToString = true;
    } else if (outPath !== undefined) {
      currentPos = current.positionOf("outPath");
      current = force(outPath, currentPos);
    } else return current;
  }
  if (
    checkReturn &&
    viaToString &&
    typeof current !== "string" &&
    !(current instanceof ContextString) &&
    !(current instanceof NixPath)
  ) {
    throw new NixError(
      "type",
      `\`__toString\` should return a string, but got ${interpreter.describe(current)}`,
      currentPos,
    );
  }
  return current;
}

/** Copies the file or folder to the store under its own name, once per evaluation. */
export function copyPathToStore(interpreter: Interpreter, path: NixPath): string {
  if (path.path.endsWith(".drv")) throw new NixError("eval", "file names are not allowed to end in '.drv'");
  const { store, copiedPaths } = interpreter;
  let storePath = copiedPaths.get(path.path);
  if (storePath === undefined) {
    try {
      const real = resolveAncestors(interpreter, path.path);
      if (store.files.lstat(real) === undefined) throw new NixError("file", `path '${path.path}' does not exist`);
      storePath = store.add({
        name: baseName(path.path),
        tree: hostTree(store.files, real),
        method: "nar",
        algorithm: "sha256",
      });
    } catch (error) {
      throw fileFault(error);
    }
    copiedPaths.set(path.path, storePath);
  }
  return storePath;
}

/** The path with the symlinks of its folders (not of its last part) resolved. */
export function resolveAncestors(interpreter: Interpreter, path: string): string {
  if (path === "/") return path;
  const parent = dirName(path);
  try {
    const resolved = interpreter.store.files.realPath(parent);
    return resolved === "/" ? `/${baseName(path)}` : `${resolved}/${baseName(path)}`;
  } catch (error) {
    if (error instanceof FileError) return path;
    throw error;
  }
}

/** A failed file operation or a refused store path as an error of the program; anything else unchanged. */
export function fileFault(error: unknown): unknown {
  if (error instanceof FileError) {
    if (error.code === "ENOENT") return new NixError("file", `path '${error.path}' does not exist`);
    return new NixError("file", `cannot read '${error.path}': ${error.reason}`);
  }
  if (error instanceof Error && error.name === "StoreError") return new NixError("store", error.message);
  return error;
}

/** An absolute path from a path, a string or a set that stands for one. Nothing is copied. */
export function coerceToPath(
  interpreter: Interpreter,
  lazy: Lazy,
  pos: Pos,
  collector: ContextCollector,
  purpose: string,
): NixPath {
  const value = force(lazy, pos);
  const peeled = value instanceof AttrSet ? peelSet(interpreter, value, pos) : value;
  if (peeled instanceof NixPath) return peeled;
  const text = coerceToString(interpreter, peeled, pos, collector, purpose, { copyToStore: false });
  if (!text.startsWith("/")) {
    throw new NixError("eval", `string '${text}' doesn't represent an absolute path`).addTrace(purpose, pos);
  }
  return new NixPath(canonicalPath(text));
}

/** `toString`-like coercion without interest in the context. */
export function coerceToText(interpreter: Interpreter, lazy: Lazy, purpose: string): string {
  return coerceToString(interpreter, lazy, noPos, new ContextCollector(), purpose, {
    coerceMore: true,
    copyToStore: false,
  });
}
