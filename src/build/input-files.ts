// The inputs of a build as a file system that holds nothing else, as a sandbox would show it.
import { fileErrorReason } from "../host/file-error-reason.ts";
import { FileError, type ReadableFiles } from "../host/host.ts";
import type { StorePath } from "../store/eval-store.ts";
import type { FileTree } from "../store/file-tree.ts";
import { StoreFiles } from "../store/store-files.ts";

/** The store objects for which `tree` gives something, below /nix/store. */
export function inputFiles(
  tree: (path: StorePath) => FileTree | undefined,
  paths: () => Iterable<StorePath>,
): ReadableFiles {
  return new StoreFiles(nowhere, { virtualTree: tree, physicalPath: (path) => path, virtualPaths: paths });
}

const nowhere: ReadableFiles = {
  lstat: () => undefined,
  stat: () => undefined,
  readFile: missing,
  readChunks: missing,
  readDir: missing,
  readLink: missing,
  realPath: missing,
};

function missing(path: string): never {
  throw new FileError("ENOENT", path, fileErrorReason("ENOENT"));
}
