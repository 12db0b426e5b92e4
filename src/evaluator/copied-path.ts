// Files of the program that become store objects: what `"${./file}"` and derivation attributes do with paths.

import { NixError } from "../source/nix-error.ts";
import type { FileTree } from "../store/file-tree.ts";
import { fileOf } from "../store/file-tree.ts";
import { hostTree, type PathFilter } from "../store/host-tree.ts";
import { showPath } from "../value/print.ts";
import type { NixPath } from "../value/value.ts";
import { fileFault, maybeStat, missingFile, readFile, resolveAncestors } from "./file-access.ts";
import type { Interpreter } from "./interpreter.ts";
import { baseName } from "./path.ts";

/**
 * Copies the file or folder to the store under its own name, once per evaluation; a symlink is copied as one. Gives the
 * store path. Throws NixError.
 */
export function copyPathToStore(interpreter: Interpreter, path: NixPath): string {
  if (path.path.endsWith(".drv")) throw new NixError("eval", "file names are not allowed to end in '.drv'");
  const { store, copiedPaths } = interpreter;
  const source = showPath(path);
  let storePath = copiedPaths.get(source);
  if (storePath === undefined) {
    try {
      const tree = sourceTree(interpreter, path);
      storePath = store.add({ name: sourceName(path), tree, method: "nar", algorithm: "sha256" });
    } catch (error) {
      throw fileFault(error, interpreter);
    }
    copiedPaths.set(source, storePath);
    interpreter.access?.allow(storePath);
  }
  return storePath;
}

/** The name that a path's store object has unless the program gives another. */
export function sourceName({ path }: NixPath): string {
  return path === "/" ? "source" : baseName(path);
}

/** What is at a path, read when it is needed. Throws NixError, and what `hostTree` throws. */
export function sourceTree(interpreter: Interpreter, path: NixPath, filter?: PathFilter): FileTree {
  if (path.internal) {
    if (maybeStat(interpreter, path) === undefined) throw missingFile(showPath(path));
    return fileOf(readFile(interpreter, path));
  }
  const place = resolveAncestors(interpreter, path.path);
  if (interpreter.files.lstat(place) === undefined) {
    interpreter.access?.check(place);
    throw missingFile(place);
  }
  return hostTree(interpreter.files, place, filter);
}
