// Values as files: a string becomes a file, a set a folder of them. All of it is evaluated before anything is written,
// and it appears at once.
import { addFrame } from "../evaluator/expect.ts";
import type { Interpreter } from "../evaluator/interpreter.ts";
import type { Host } from "../host/host.ts";
import { bufferFromBytes } from "../source/bytes.ts";
import { NixError } from "../source/nix-error.ts";
import { noPos, type Pos } from "../source/position.ts";
import { directoryOf, type FileTree, fileOf } from "../store/file-tree.ts";
import { AttrSet } from "../value/attr-set.ts";
import { ContextString } from "../value/string-context.ts";
import { force } from "../value/thunk.ts";
import type { Lazy } from "../value/value.ts";

/** Writes to an absolute path where nothing is yet. Throws NixError, and FileError when it cannot be written. */
export function writeValue(interpreter: Interpreter, host: Host, value: Lazy, path: string): void {
  const { files, processId } = host;
  if (files.lstat(path) !== undefined) throw new NixError("file", `path '${path}' already exists`);
  const tree = treeOf(interpreter, value, noPos);
  const temp = `${path}.tmp-${processId}`;
  files.remove(temp);
  try {
    writeTree(host, tree, temp);
    files.rename(temp, path);
  } catch (error) {
    files.remove(temp);
    throw error;
  }
}

function treeOf(interpreter: Interpreter, lazy: Lazy, pos: Pos): FileTree {
  const value = force(lazy, pos);
  if (typeof value === "string") return fileOf(bufferFromBytes(value));
  if (value instanceof ContextString) return fileOf(bufferFromBytes(value.text));
  if (!(value instanceof AttrSet)) {
    const found = interpreter.describe(value);
    throw new NixError(
      "type",
      `expected a string or an attribute set, to be written to a file, but found ${found}`,
      pos,
    );
  }
  const entries = new Map<string, FileTree>();
  for (const [index, name] of value.names.entries()) {
    const attrPos = value.positionAt(index);
    try {
      if (name === "" || name === "." || name === ".." || /[/\0]/.test(name)) {
        throw new NixError("eval", `invalid file name '${name}'`);
      }
      entries.set(name, treeOf(interpreter, value.values[index] as Lazy, attrPos));
    } catch (error) {
      throw addFrame(error, `while evaluating the attribute '${name}'`, attrPos);
    }
  }
  return directoryOf(entries);
}

function writeTree(host: Host, tree: FileTree, path: string): void {
  if (tree.type === "regular") host.files.writeFile(path, tree.read());
  else if (tree.type === "directory") {
    host.files.makeDir(path);
    for (const [name, entry] of tree.entries()) writeTree(host, entry, `${path}/${name}`);
  }
}
