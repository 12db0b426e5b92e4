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

/**
 * The contents; symlinks are followed. Throws NixError `file` or `restricted`; of a path that is not resolved yet, the error
 * says so when the place cannot be found.
 */
export function readFile(
  interpreter: Interpreter,
  path: NixPath,
  symlinks: "resolved" | "unresolved" = "unresolved",
): Uint8Array {
  if (path.internal) {
    const text = internalFiles.get(path.path);
    if (text === undefined) throw missingInternalFile(path);
    return Buffer.from(text, "latin1");
  }
  try {
    return readAsLarge(interpreter, path.path);
  } catch (error) {
    throw readFault(interpreter, path.path, error, symlinks);
  }
}

/** As many bytes as stat(2) says, which for devices and in /proc is none: nothing here waits or has no end. */
function readAsLarge({ files, hasNewMessages }: Interpreter, path: string): Uint8Array {
  const stat = files.stat(path);
  if (stat?.isSocket) throw new FileError("ENXIO", path, "No such device or address");
  if (stat?.type === "unknown" && hasNewMessages) throw new FileError("EINVAL", path, "Invalid argument");
  if (stat?.type === "unknown") return new Uint8Array();
  const contents = files.readFile(path);
  if (stat?.type === "regular" && contents.length < stat.size) {
    throw new NixError("file", `unexpected end-of-file${hasNewMessages ? ` reading from "${path}"` : ""}`);
  }
  return contents.subarray(0, stat?.size);
}

function readFault(
  interpreter: Interpreter,
  path: string,
  error: unknown,
  symlinks: "resolved" | "unresolved",
): unknown {
  if (!(error instanceof FileError)) return error;
  const place = symlinks === "resolved" ? linkedPlace(interpreter, path) : placeOf(interpreter, path);
  const stat = lstat(interpreter, place);
  if (stat === undefined) return missingFile(place);
  if (interpreter.hasNewMessages && (error.code === "EISDIR" || error.code === "EINVAL")) return irregularFile(place);
  if (error.code === "EISDIR") {
    return new NixError("file", `read of ${Math.min(stat.size, largestRead)} bytes: ${error.reason}`);
  }
  return failedOperation(new FileError(error.code, place, error.reason), interpreter);
}

function irregularFile(place: string): NixError {
  // The root is told apart in C++ Nix, and in other words.
  return new NixError("file", `${place === "/" ? "" : "file "}'${place}' is not a regular file`);
}

/** Where a path that could not be read leads to. */
function placeOf(interpreter: Interpreter, path: string): string {
  try {
    return linkedPlace(interpreter, path);
  } catch (error) {
    throw addFrame(error, `while realising the context of path '${path}'`, noPos);
  }
}

function linkedPlace(interpreter: Interpreter, path: string): string {
  try {
    return resolveSymlinks(interpreter.files, path);
  } catch (error) {
    throw fileFault(error, interpreter);
  }
}

/** The entries of a folder, in no order; symlinks on the way to it are followed. Throws like `readFile`. */
export function readDirectory(
  interpreter: Interpreter,
  path: NixPath,
): readonly { readonly name: string; readonly type: FileType }[] {
  if (path.internal) {
    if (internalFiles.has(path.path)) throw new NixError("file", `file '${showPath(path)}' is not a directory`);
    if (path.path !== "/") throw missingInternalFile(path);
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
    throw failedOperation(new FileError(error.code, place, error.reason, "list"), interpreter);
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
  if (!path.internal) return lstat(interpreter, path.path);
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

function lstat(interpreter: Interpreter, path: string): FileStat | undefined {
  try {
    return interpreter.files.lstat(path);
  } catch (error) {
    throw fileFault(error, interpreter);
  }
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

function missingInternalFile(path: NixPath): NixError {
  return new NixError("file", `file '${showPath(path)}' does not exist`);
}

export function missingFile(path: string): NixError {
  return new NixError("file", `path '${path}' does not exist`);
}

/**
 * A failed file operation or a refusal of the store as an error of the program; anything else unchanged. The messages of
 * failed operations depend on the version, and are the newer ones where none is given.
 */
export function fileFault(error: unknown, version: Pick<Interpreter, "hasNewMessages"> = newest): unknown {
  if (error instanceof StoreError) {
    return new NixError(error.code === "unknown-hash-name" ? "usage" : "store", error.message);
  }
  if (!(error instanceof FileError)) return error;
  return error.code === "ENOENT" ? missingFile(error.path) : failedOperation(error, version);
}

const newest = { hasNewMessages: true };

function failedOperation({ operation, path, reason }: FileError, { hasNewMessages }: typeof newest): NixError {
  return new NixError("file", `${hasNewMessages ? newOperation() : oldOperation()}: ${reason}`);

  function newOperation(): string {
    switch (operation) {
      case "status":
        return `getting status of '${path}'`;
      case "list":
        return `opening directory '${path}'`;
      case "readLink":
        return `reading symbolic link '${path}'`;
      default:
        return `opening '${path}'`;
    }
  }

  function oldOperation(): string {
    switch (operation) {
      case "status":
        return `getting status of "${path}"`;
      case "list":
        return `cannot read directory "${path}"`;
      case "readLink":
        return `reading symbolic link "${path}"`;
      default:
        return `opening file '${path}'`;
    }
  }
}
