// Reading files. Every path is realised first: what its string context refers to is put into the store, or built.
import { expectPlainString } from "../evaluator/expect.ts";
import { maybeStat, readDirectory, readFile, statOf } from "../evaluator/file-access.ts";
import type { Interpreter } from "../evaluator/interpreter.ts";
import { dirName } from "../evaluator/path.ts";
import { realisePath, referencesOf } from "../evaluator/realise.ts";
import { FileError, type FileType } from "../host/host.ts";
import { bytesFromBuffer } from "../source/bytes.ts";
import { NixError } from "../source/nix-error.ts";
import { noPos } from "../source/position.ts";
import type { StorePath } from "../store/eval-store.ts";
import { hashBase16 } from "../store/hash.ts";
import { ReferenceScanner } from "../store/references.ts";
import { StoreError } from "../store/store-error.ts";
import { isInStore, toStorePath } from "../store/store-path.ts";
import { AttrSet } from "../value/attr-set.ts";
import type { BuiltinDefinition } from "../value/function.ts";
import { showPath } from "../value/print.ts";
import { ContextString, StringContext, stringWithContext, textOf } from "../value/string-context.ts";
import { force } from "../value/thunk.ts";
import type { Lazy, NixPath, Value } from "../value/value.ts";
import { algorithmNamed } from "./hashes.ts";
import { programFault } from "./program-fault.ts";

export const fileBuiltins: readonly BuiltinDefinition<Interpreter>[] = [
  {
    name: "readFile",
    parameters: ["path"],
    doc: "The contents of a file as a string. References of a store object that occur in it become its context.",
    run: (interpreter, _pos, path: Lazy) => readText(interpreter, realisePath(interpreter, path)),
  },
  {
    name: "readDir",
    parameters: ["path"],
    doc: 'The entries of a folder, as a set from names to "regular", "directory", "symlink" or "unknown".',
    run: (interpreter, _pos, path: Lazy) => {
      const entries = [...readDirectory(interpreter, realisePath(interpreter, path))];
      for (const name of entries.map((entry) => entry.name).sort()) interpreter.symbols.add(name);
      return AttrSet.from(entries.map(({ name, type }) => [name, type] as const));
    },
  },
  {
    name: "readFileType",
    parameters: ["p"],
    doc: 'What is at a path: "regular", "directory", "symlink" or "unknown". A symlink there is not followed.',
    run: (interpreter, _pos, path: Lazy) => {
      const place = realisePath(interpreter, path);
      if (!place.internal) refuseSymlinks(interpreter, place.path);
      return statOf(interpreter, place).type;
    },
  },
  {
    name: "pathExists",
    parameters: ["path"],
    doc: "Whether there is something at the path; in a string that ends with a slash, whether it is a folder.",
    run: pathExists,
  },
  {
    name: "hashFile",
    parameters: ["type", "p"],
    doc: "The hash of a file's contents in base16; the type is md5, sha1, sha256 or sha512.",
    run: (interpreter, _pos, type: Lazy, path: Lazy) => {
      const purpose = "while evaluating the first argument passed to builtins.hashFile";
      const name = expectPlainString(interpreter, type, noPos, purpose);
      const algorithm = algorithmNamed(interpreter, name);
      return hashBase16(algorithm, readFile(interpreter, realisePath(interpreter, path)));
    },
  },
];

function readText(interpreter: Interpreter, path: NixPath): Value {
  const contents = readFile(interpreter, path);
  if (contents.includes(0)) {
    throw new NixError("eval", `the contents of the file '${showPath(path)}' cannot be represented as a Nix string`);
  }
  return stringWithContext(bytesFromBuffer(contents), contextOfContents(interpreter, path, contents));
}

/** Those references of the store object that the contents really have. */
function contextOfContents(interpreter: Interpreter, path: NixPath, contents: Uint8Array): StringContext {
  if (path.internal || !isInStore(path.path)) return StringContext.empty;
  const references = referencesOfFile(interpreter, path.path);
  if (references.length === 0) return StringContext.empty;
  const scanner = new ReferenceScanner(references);
  scanner.contents([contents]);
  return StringContext.of(scanner.found().map((reference) => ({ kind: "opaque", path: reference })));
}

function referencesOfFile(interpreter: Interpreter, path: string): readonly StorePath[] {
  try {
    return referencesOf(interpreter, toStorePath(path).path);
  } catch (error) {
    if (error instanceof StoreError) return [];
    throw error;
  }
}

/** Throws NixError where a symlink leads to the path. Of everything that reads, only `readFileType` follows none. */
function refuseSymlinks({ files, hasNewMessages }: Interpreter, path: string): void {
  const parent = dirName(path);
  const typeOf = (folder: string): FileType | undefined => {
    try {
      return files.lstat(folder)?.type;
    } catch (error) {
      if (!(error instanceof FileError && hasNewMessages)) throw error;
      throw new FileError(error.code, parent, error.reason, "list");
    }
  };
  for (let folder = parent; folder !== "/"; folder = dirName(folder)) {
    if (programFault(() => typeOf(folder), { hasNewMessages }) !== "symlink") continue;
    const which = hasNewMessages ? `path '${parent}' (or its ancestor)` : `path '${folder}'`;
    throw new NixError("file", `${which} is a symlink`);
  }
}

function pathExists(interpreter: Interpreter, _pos: number, lazy: Lazy): Value {
  const value = force(lazy);
  const text = typeof value === "string" || value instanceof ContextString ? textOf(value) : "";
  const mustBeFolder = text.endsWith("/") || text.endsWith("/.");
  try {
    const path = realisePath(interpreter, value, noPos, mustBeFolder ? "all" : "ancestors");
    const stat = maybeStat(interpreter, path);
    return stat !== undefined && (!mustBeFolder || stat.type === "directory");
  } catch (error) {
    if (error instanceof NixError && error.kind === "restricted") return false;
    throw error;
  }
}
