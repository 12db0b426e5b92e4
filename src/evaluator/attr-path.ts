// Selection paths of the command line, `-A web.container`: names, quoted names and list indices, with functions on the
// way called.
import { NixError } from "../source/nix-error.ts";
import { suggestNames } from "../source/suggestions.ts";
import { AttrSet } from "../value/attr-set.ts";
import { describeType } from "../value/print.ts";
import { isListValue, type Lazy, type Value } from "../value/value.ts";
import { type AutoArguments, autoCall } from "./auto-call.ts";
import type { Interpreter } from "./interpreter.ts";

const largestIndex = 2 ** 32 - 1;

/**
 * Follows a path (a byte string) from a value. What it leads to is neither forced nor called; the empty path leads to
 * the value itself. Throws `missingAttribute` and `type` errors.
 */
export function selectAttrPath(interpreter: Interpreter, root: Lazy, path: string, args: AutoArguments): Lazy {
  let current = root;
  for (const name of parseAttrPath(path)) {
    const value = autoCall(interpreter, current, args);
    const index = /^\+?[0-9]+$/.test(name) ? Number(name) : Number.NaN;
    current = index <= largestIndex ? selectItem(value, index, path) : selectAttr(value, name, path);
  }
  return current;
}

function selectAttr(value: Value, name: string, path: string): Lazy {
  if (!(value instanceof AttrSet)) throw wrongKind(value, "a set", path);
  if (name === "") throw new NixError("eval", `empty attribute name in selection path '${path}'`);
  const selected = value.get(name);
  if (selected !== undefined) return selected;
  throw new NixError("missingAttribute", `attribute '${name}' in selection path '${path}' not found`)
    .suggest(suggestNames(value.names, name))
    .about(value);
}

function selectItem(value: Value, index: number, path: string): Lazy {
  if (!isListValue(value)) throw wrongKind(value, "a list", path);
  const selected = value[index];
  if (selected !== undefined) return selected;
  throw new NixError("missingAttribute", `list index ${index} in selection path '${path}' is out of range`);
}

function wrongKind(value: Value, wanted: string, path: string): NixError {
  const found = describeType(value);
  return new NixError(
    "type",
    `the expression selected by the selection path '${path}' should be ${wanted} but is ${found}`,
  ).about(value);
}

/** The names of a path: separated by dots, with quotes around what has dots itself; a dot at the end means nothing. */
function parseAttrPath(path: string): string[] {
  const names: string[] = [];
  let name = "";
  for (let i = 0; i < path.length; i++) {
    if (path[i] === ".") {
      names.push(name);
      name = "";
    } else if (path[i] === '"') {
      const end = path.indexOf('"', i + 1);
      if (end < 0) throw new NixError("syntax", `missing closing quote in selection path '${path}'`);
      name += path.slice(i + 1, end);
      i = end;
    } else name += path[i];
  }
  return name === "" ? names : [...names, name];
}
