// `<name>`: the search path of NIX_PATH and -I.
import { NixError } from "../source/nix-error.ts";
import type { Pos } from "../source/position.ts";
import { NixPath } from "../value/value.ts";
import { fileFault } from "./file-access.ts";
import type { Interpreter } from "./interpreter.ts";
import { canonicalPath } from "./path.ts";
import type { SearchPathEntry } from "./settings.ts";
import { resolveSymlinks } from "./symlinks.ts";
import { writeWarning } from "./warning.ts";

/** The first match of a name, with its symlinks resolved. Throws a NixError that `tryEval` catches when there is none. */
export function findFile(
  interpreter: Interpreter,
  entries: readonly SearchPathEntry[],
  name: string,
  pos: Pos,
): NixPath {
  for (const { prefix, path } of entries) {
    const rest = suffixAfter(prefix, name);
    if (rest === undefined || isRemote(path)) continue;
    const root = rootOf(interpreter, path);
    if (!isThere(interpreter, root, path)) continue;
    // What follows the prefix cannot lead out of the entry.
    const candidate = canonicalPath(`${root}${canonicalPath(`/${rest}`)}`);
    const place = resolved(interpreter, candidate);
    if (exists(interpreter, place)) return new NixPath(place);
    // In place of looking further.
    interpreter.access?.check(place);
  }
  if (name.startsWith("nix/")) return new NixPath(canonicalPath(name.slice("nix".length)), true);
  const remote = entries.find(({ prefix, path }) => suffixAfter(prefix, name) !== undefined && isRemote(path));
  if (remote !== undefined) {
    throw new NixError(
      "unsupported",
      `'${remote.path}' of the Nix search path has to be downloaded for '${name}', which this version of ocinix cannot do; ` +
        "unpack it and give the folder",
      pos,
    );
  }
  throw new NixError(
    "throw",
    interpreter.settings.pureEval
      ? `cannot look up '<${name}>' in pure evaluation mode (use '--impure' to override)`
      : `file '${name}' was not found in the Nix search path (add it using $NIX_PATH or -I)`,
    pos,
  );
}

/** Warns now of entries that lead nowhere, as C++ Nix does where it has to know what may be read. */
export function checkSearchPath(interpreter: Interpreter): void {
  for (const { path, isHidden } of interpreter.settings.nixPath) {
    if (!isHidden && !isRemote(path)) isThere(interpreter, rootOf(interpreter, path), path);
  }
}

function rootOf({ host }: Interpreter, path: string): string {
  return canonicalPath(path.startsWith("/") ? path : `${host.workingDir}/${path}`);
}

/** What of the name an entry's own path does not cover; undefined when the entry is about another name. */
function suffixAfter(prefix: string, name: string): string | undefined {
  if (prefix === "") return name;
  if (name === prefix) return "";
  return name.startsWith(`${prefix}/`) ? name.slice(prefix.length + 1) : undefined;
}

function isRemote(path: string): boolean {
  return /^(?:[a-z+.-]+:\/\/|channel:|flake:)/.test(path);
}

/** Whether an entry's own path is there; that it is not is a warning, once. */
function isThere(interpreter: Interpreter, root: string, entry: string): boolean {
  const { searchPathRoots, access } = interpreter;
  let isKnown = searchPathRoots.get(root);
  if (isKnown === undefined) {
    isKnown = exists(interpreter, resolved(interpreter, root));
    if (!isKnown) {
      access?.check(root);
      writeWarning(interpreter, `Nix search path entry '${entry}' does not exist, ignoring`);
    }
    searchPathRoots.set(root, isKnown);
  }
  return isKnown;
}

/** Where symlinks lead; the path itself when the program may not know that. */
function resolved(interpreter: Interpreter, path: string): string {
  try {
    return resolveSymlinks(interpreter.files, path);
  } catch (error) {
    if (error instanceof NixError && error.kind === "restricted") return path;
    throw fileFault(error, interpreter);
  }
}

function exists(interpreter: Interpreter, path: string): boolean {
  try {
    return interpreter.files.lstat(path) !== undefined;
  } catch (error) {
    if (error instanceof NixError) return false;
    throw fileFault(error, interpreter);
  }
}
