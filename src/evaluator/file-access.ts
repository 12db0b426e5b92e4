// Reading files for the program: through the store, guarded where the settings say so, with C++ Nix's messages, which
// name the place that symlinks lead to. Internal paths (`<nix/…>`) are read from ocinix itself.
import { FileError, type FileStat, type FileType } from "../host/host.ts";
import { NixError } from "../source/nix-error.ts";
import { noPos } from "../source/position.ts";
import { StoreError } from "../store/store-error.ts";
import { showPath } from "../value/print.ts";
import { NixPath } from "../value/value.ts";
import { addFrame } from "./expect.ts";
import { internalFiles } from "./internal-files.ts";
import type { Interpreter } from "./interpreter.ts";
import { baseName, dirName } from "./path.ts";
import { resolveSymlinks } from "./symlinks.ts";

const largestRead = 65_536;

/** The contents; symlinks are followed. Throws NixError `file` or `restricted`. */
export function readFile(interpreter: Interpreter, path: NixPath): Uint8Array {
  if (path.internal) {
    const text = internalFiles.get(path.path);
    if (text === undefined) throw missingFile(showPath(path));
    return Buffer.from(text, "latin1");
  }
  const { files } = interpreter;
  try {
    return files.readFile(path.path);
  } catch (error) {
    throw readFault(interpreter, path.path, error);
  }
}

function readFault(interpreter: Interpreter, path: string, error: unknown): unknown {
  if (!(error instanceof FileError)) return error;
  const place = placeOf(interpreter, path);
  const stat = interpreter.files.lstat(place);
  if (stat === undefined) return missingFile(place);
  if (error.code === "EISDIR") {
    return new NixError("file", `read of ${Math.min(stat.size, largestRead)} bytes: ${error.reason}`);
  }
  return new NixError("file", `opening file '${place}': ${error.reason}`);
}

/** Where a path that could not be read leads to. */
function placeOf(interpreter: Interpreter, path: string): string {
  try {
    return resolveSymlinks(interpreter.files, path);
  } catch (error) {
    throw addFrame(error, `while realising the context of path '${path}'`, noPos);
  }
}

/** The entries of a folder, in no order; symlinks on the way to it are followed. Throws like `readFile`. */
export function readDirectory(
  interpreter: Interpreter,
  path: NixPath,
): readonly { readonly name: string; readonly type: FileType }[] {
  if (path.internal) {
    return [...internalFiles.keys()].map((name) => ({ name: name.slice(1), type: "regular" as const }));
  }
  const { files } = interpreter;
  try {
    return files.readDir(path.path);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const place = placeOf(interpreter, path.path);
    if (files.lstat(place) === undefined) throw missingFile(place);
    throw new NixError("file", `cannot read directory "${place}": ${error.reason}`);
  }
}

/** What is at the path; a symlink there is not followed. Throws NixError `file` when nothing is. */
export function statOf(interpreter: Interpreter, path: NixPath): FileStat {
  const stat = maybeStat(interpreter, path);
  if (stat !== undefined) return stat;
  if (!path.internal) interpreter.access?.check(path.path);
  throw missingFile(showPath(path));
}

/** The same, undefined when there is nothing, or nothing that the program may see. */
export function maybeStat(interpreter: Interpreter, path: NixPath): FileStat | undefined {
  if (!path.internal) return interpreter.files.lstat(path.path);
  const isFolder = path.path === "/";
  const text = internalFiles.get(path.path);
  if (!isFolder && text === undefined) return undefined;
  return {
    type: isFolder ? "directory" : "regular",
    executable: false,
    size: text?.length ?? 0,
    mtimeMs: 0,
    inode: 0,
    device: 0,
    mode: 0o444,
  };
}

/** The path with its symlinks resolved; with `ancestors`, not the last part's. */
export function resolvePath(interpreter: Interpreter, path: NixPath, which: "all" | "ancestors" = "all"): NixPath {
  if (path.internal) return path;
  const resolved =
    which === "all" ? resolveSymlinks(interpreter.files, path.path) : resolveAncestors(interpreter, path.path);
  return resolved === path.path ? path : new NixPath(resolved);
}

/** The path with the symlinks of its folders resolved. */
export function resolveAncestors(interpreter: Interpreter, path: string): string {
  const { files, resolvedFolders } = interpreter;
  const folder = dirName(path);
  let resolved = resolvedFolders.get(folder);
  if (resolved === undefined) {
    resolved = dirName(resolveSymlinks(files, path, "ancestors"));
    // What does not exist yet may still become a link: an object of the store.
    if (files.lstat(resolved) !== undefined) resolvedFolders.set(folder, resolved);
  }
  if (resolved === folder || path === "/") return path;
  return resolved === "/" ? `/${baseName(path)}` : `${resolved}/${baseName(path)}`;
}

export function missingFile(path: string): NixError {
  return new NixError("file", `path '${path}' does not exist`);
}

/** A failed file operation or a refusal of the store as an error of the program; anything else unchanged. */
export function fileFault(error: unknown): unknown {
  if (error instanceof StoreError) return new NixError("store", error.message);
  if (!(error instanceof FileError)) return error;
  const { code, path, reason } = error;
  return code === "ENOENT" ? missingFile(path) : new NixError("file", `opening file '${path}': ${reason}`);
}
