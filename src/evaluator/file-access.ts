// Reading files for the program: through the store, guarded where the settings say so, with C++ Nix's messages, which
// name the place that symlinks lead to. Internal paths (`<nix/…>`) are read from ocinix itself.
import { FileError, type FileStat, type FileType, type ReadableFiles } from "../host/host.ts";
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
  if (interpreter.hasNewMessages && stat.type !== "regular") {
    return new NixError("file", `file '${place}' is not a regular file`);
  }
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
    if (interpreter.hasNewMessages && files.lstat(place)?.type !== "directory") {
      throw new NixError("file", `'${place}' is not a directory`);
    }
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
  if (path === "/") return path;
  const folder = dirName(path);
  const resolved = resolveFolder(interpreter, folder);
  if (resolved === undefined) return resolveSymlinks(interpreter.files, path, "ancestors");
  return resolved === folder ? path : childOf(resolved, baseName(path));
}

/** Where the symlinks of a folder lead, remembered; undefined when there is nothing, or a link that leads nowhere. */
function resolveFolder(interpreter: Interpreter, folder: string): string | undefined {
  const { files, resolvedFolders } = interpreter;
  if (folder === "/") return folder;
  const known = resolvedFolders.get(folder);
  if (known !== undefined) return known;
  const parent = resolveFolder(interpreter, dirName(folder));
  if (parent === undefined) return undefined;
  const place = childOf(parent, baseName(folder));
  const type = files.lstat(place)?.type;
  const resolved = type === "symlink" ? linkedFolder(files, place) : place;
  // What does not exist yet may still become a link: an object of the store.
  if (type === undefined || resolved === undefined) return undefined;
  resolvedFolders.set(folder, resolved);
  return resolved;
}

function linkedFolder(files: ReadableFiles, link: string): string | undefined {
  try {
    const place = resolveSymlinks(files, link);
    return files.lstat(place) === undefined ? undefined : place;
  } catch (error) {
    // A cycle is found again where the whole path is known.
    if (error instanceof NixError) return undefined;
    throw error;
  }
}

function childOf(folder: string, name: string): string {
  return folder === "/" ? `/${name}` : `${folder}/${name}`;
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
