// The built-in builder `builtin:files`: texts, links and contents of other store files at the places that the attribute
// `files` names. Also how `builtin:join` reads its own `files`.
import { FileError, type ReadableFiles } from "../host/host.ts";
import { bufferFromBytes } from "../source/bytes.ts";
import { directoryOf, type FileTree, fileOf, linkTo, type RegularFile } from "../store/file-tree.ts";
import { BuildError } from "./build-error.ts";
import type { BuildRequest } from "./build-request.ts";
import { BuilderAttributes } from "./builder-attributes.ts";

export function buildFiles({ attributes, files }: BuildRequest): ReadonlyMap<string, FileTree> {
  const wanted = readFiles(new BuilderAttributes(attributes), files);
  const whole = wanted.get("");
  if (whole === undefined) return new Map([["out", treeOf(wanted)]]);
  if (wanted.size > 1) {
    throw new BuildError("collision", "attribute 'files' makes the output itself a file and puts others below it");
  }
  return new Map([["out", whole]]);
}

/**
 * The attribute `files`: what comes at which path below the output, an empty path being the output itself. No path lies
 * below another one. Throws BuildError.
 */
export function readFiles(attributes: BuilderAttributes, inputs: ReadableFiles): ReadonlyMap<string, FileTree> {
  const set = attributes.set("files");
  const files = new Map<string, FileTree>();
  for (const path of [...set.names()].sort()) {
    if (path !== "") checkPath(path);
    files.set(path, readFile(set.set(path), set, path, inputs));
  }
  for (const path of files.keys()) {
    for (let slash = path.indexOf("/"); slash >= 0; slash = path.indexOf("/", slash + 1)) {
      const above = path.slice(0, slash);
      if (files.has(above))
        throw new BuildError("collision", `attribute 'files': '${path}' is below the file '${above}'`);
    }
  }
  return files;
}

function checkPath(path: string): void {
  const names = path.split("/");
  if (names.some((name) => name === "" || name === "." || name === ".." || name.includes("\0"))) {
    throw new BuildError(
      "bad-attribute",
      `attribute 'files': '${path}' is not a path below the output; write it without '.', '..', and slashes at its ends`,
    );
  }
}

function readFile(file: BuilderAttributes, set: BuilderAttributes, path: string, inputs: ReadableFiles): FileTree {
  const kinds = ["text", "link", "concat"].filter((kind) => file.has(kind));
  switch (kinds.length === 1 ? kinds[0] : undefined) {
    case "text":
      return fileOf(bufferFromBytes(file.contents("text")), file.flag("executable", false));
    case "link": {
      const target = file.text("link");
      if (target === "") throw file.wrong("link", "a string that is not empty");
      return linkTo(target);
    }
    case "concat":
      return concatenation(file.texts("concat"), file.flag("executable", false), inputs);
    default:
      throw set.wrong(path, "a set with one of 'text', 'link' and 'concat'");
  }
}

function concatenation(paths: readonly string[], executable: boolean, inputs: ReadableFiles): RegularFile {
  const size = paths.reduce((sum, path) => sum + sizeOf(path, inputs), 0);
  function* read(): Iterable<Uint8Array> {
    for (const path of paths) yield* inputs.readChunks(path);
  }
  return { type: "regular", executable, size, read };
}

function sizeOf(path: string, inputs: ReadableFiles): number {
  const stat = statOf(path, inputs);
  if (stat === undefined) {
    throw new BuildError("missing-input", `'${path}' is not there, or not an input of the derivation`);
  }
  if (stat.type !== "regular") throw new BuildError("missing-input", `'${path}' is a ${stat.type} and not a file`);
  return stat.size;
}

/** What a path leads to in the end; a circle of symlinks leads nowhere. */
export function statOf(path: string, inputs: ReadableFiles): ReturnType<ReadableFiles["stat"]> {
  try {
    return inputs.stat(path);
  } catch (error) {
    if (error instanceof FileError && error.code === "ELOOP") return undefined;
    throw error;
  }
}

/** The folder that holds these files, with the folders in between. */
function treeOf(files: ReadonlyMap<string, FileTree>): FileTree {
  const root: Folder = new Map();
  for (const [path, tree] of files) {
    const names = path.split("/");
    const last = names.pop()!;
    let folder = root;
    for (const name of names) {
      let next = folder.get(name);
      if (!(next instanceof Map)) {
        next = new Map();
        folder.set(name, next);
      }
      folder = next;
    }
    folder.set(last, tree);
  }
  return treeOfFolder(root);
}

type Folder = Map<string, Folder | FileTree>;

function treeOfFolder(folder: Folder): FileTree {
  return directoryOf(
    new Map([...folder].map(([name, entry]) => [name, entry instanceof Map ? treeOfFolder(entry) : entry])),
  );
}
