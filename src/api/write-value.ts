// Values as files: a string becomes a file, a set a folder of them. All of it is evaluated before anything is written,
// and it appears at once.
import { addFrame } from "../evaluator/expect.ts";
import type { Interpreter } from "../evaluator/interpreter.ts";
import { canonicalPath } from "../evaluator/path.ts";
import { FileError, type Host } from "../host/host.ts";
import { bufferFromBytes } from "../source/bytes.ts";
import { NixError } from "../source/nix-error.ts";
import { noPos, type Pos, showOrigin } from "../source/position.ts";
import { directoryOf, type FileTree, fileOf } from "../store/file-tree.ts";
import { AttrSet } from "../value/attr-set.ts";
import { ContextString } from "../value/string-context.ts";
import { force } from "../value/thunk.ts";
import type { Lazy } from "../value/value.ts";

/** Writes to a path, absolute or from the working folder, where nothing is yet. Throws NixError. */
export function writeValue(interpreter: Interpreter, host: Host, value: Lazy, name: string): void {
  const { files, processId, workingDir } = host;
  const path = canonicalPath(name.startsWith("/") ? name : `${workingDir}/${name}`);
  if (name !== "" && files.lstat(path) !== undefined) throw new NixError("file", `path '${name}' already exists`);
  const tree = treeOf(interpreter, value, noPos);
  if (name === "") throw new NixError("file", 'opening file "": No such file or directory');
  if (name.endsWith("/") && tree.type === "regular") {
    throw new NixError("file", `opening file "${name}": Is a directory`);
  }
  const temp = `${path}.tmp-${processId}`;
  files.remove(temp);
  try {
    writeTree(host, tree, temp);
    files.rename(temp, path);
  } catch (error) {
    files.remove(temp);
    throw error instanceof FileError ? new NixError("file", `opening file "${name}": ${error.reason}`) : error;
  }
}

function treeOf(interpreter: Interpreter, lazy: Lazy, pos: Pos): FileTree {
  const value = force(lazy, pos);
  if (typeof value === "string") return fileOf(bufferFromBytes(value));
  if (value instanceof ContextString) return fileOf(bufferFromBytes(value.text));
  if (!(value instanceof AttrSet)) {
    throw new NixError("type", `value at '${placeOf(interpreter, pos)}' is not a string or an attribute set`);
  }
  const entries = new Map<string, FileTree>();
  for (const index of value.shape.orderIn(interpreter.symbols)) {
    const name = value.names[index] as string;
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

function placeOf({ positions }: Interpreter, pos: Pos): string {
  const place = positions.resolve(pos);
  if (place === undefined) return "\u00c2\u00abnone\u00c2\u00bb:0";
  return `${showOrigin(place.source.origin)}:${place.line}:${place.column}`;
}

function writeTree(host: Host, tree: FileTree, path: string): void {
  if (tree.type === "regular") host.files.writeFile(path, tree.read());
  else if (tree.type === "directory") {
    host.files.makeDir(path);
    for (const [name, entry] of tree.entries()) writeTree(host, entry, `${path}/${name}`);
  }
}
