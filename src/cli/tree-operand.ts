// Files and folders that the command line names, as trees.
import { canonicalPath } from "../evaluator/path.ts";
import { FileError, type Host } from "../host/host.ts";
import { NixError } from "../source/nix-error.ts";
import type { FileTree } from "../store/file-tree.ts";
import { hostTree } from "../store/host-tree.ts";

/** An operand as an absolute path. */
export function absolutePath({ workingDir }: Host, name: string): string {
  return canonicalPath(name.startsWith("/") ? name : `${workingDir}/${name}`);
}

/** What is at an absolute path. Throws NixError when there is nothing. */
export function treeAt({ files }: Host, path: string): FileTree {
  try {
    // Reading says why there is nothing.
    if (files.lstat(path) === undefined) files.readFile(path);
    return hostTree(files, path);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new NixError("file", `opening file "${path}": ${error.reason}`);
  }
}
