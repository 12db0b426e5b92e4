// A folder or file of the host as a FileTree. A folder's entries are read, and the filter is asked, once, in NAR order
// and no earlier than they are needed: the filter may be Nix code whose effects (traces, errors) have an order.
import { FileError, type FileStat, type FileType, type ReadableFiles } from "../host/host.ts";
import { compareBytes } from "./byte-order.ts";
import type { Directory, FileTree, RegularFile } from "./file-tree.ts";
import { StoreError } from "./store-error.ts";

/** Says whether an entry belongs to the tree; not asked about the root. `path` is the host's, absolute. */
export type PathFilter = (path: string, type: FileType) => boolean;

/** Files up to this size are read in one piece. Of every file as much is read as stat(2) says, in /proc nothing. */
const smallFile = 1 << 20;

/**
 * The tree at an absolute path of the host (a byte string); a symlink there is taken as a symlink. Contents are read
 * when they are asked for. Throws FileError where there is nothing, StoreError `unsupported-file` for sockets, devices
 * and pipes.
 */
export function hostTree(files: ReadableFiles, path: string, filter?: PathFilter): FileTree {
  const stat = files.lstat(path);
  if (stat === undefined) throw new FileError("ENOENT", path, "No such file or directory");
  return treeOfStat(files, path, stat, filter);
}

function treeOfStat(files: ReadableFiles, path: string, stat: FileStat, filter: PathFilter | undefined): FileTree {
  switch (stat.type) {
    case "regular":
      return hostFile(files, path, stat);
    case "symlink":
      return { type: "symlink", target: files.readLink(path) };
    case "directory":
      return new HostDirectory(files, path, filter);
    case "unknown":
      throw new StoreError("unsupported-file", `file '${path}' has an unsupported type`);
  }
}

function hostFile(
  files: ReadableFiles,
  path: string,
  { size, executable }: { readonly size: number; readonly executable: boolean },
): RegularFile {
  return {
    type: "regular",
    executable,
    size,
    read: () =>
      size <= smallFile ? [files.readFile(path).subarray(0, size)] : firstBytes(files.readChunks(path), size),
  };
}

function* firstBytes(chunks: Iterable<Uint8Array>, size: number): Iterable<Uint8Array> {
  let left = size;
  for (const chunk of chunks) {
    yield chunk.subarray(0, left);
    left -= Math.min(left, chunk.length);
    if (left === 0) return;
  }
}

class HostDirectory implements Directory {
  readonly type = "directory";
  readonly sorted = true;
  private readonly files: ReadableFiles;
  private readonly path: string;
  private readonly filter: PathFilter | undefined;
  private known: (readonly [string, FileTree])[] | undefined;

  constructor(files: ReadableFiles, path: string, filter: PathFilter | undefined) {
    this.files = files;
    this.path = path;
    this.filter = filter;
  }

  *entries(): Iterable<readonly [name: string, tree: FileTree]> {
    if (this.known !== undefined) {
      yield* this.known;
      return;
    }
    const known: (readonly [string, FileTree])[] = [];
    const listed = [...this.files.readDir(this.path)].sort((a, b) => compareBytes(a.name, b.name));
    for (const { name } of listed) {
      const path = this.path === "/" ? `/${name}` : `${this.path}/${name}`;
      const stat = this.files.lstat(path);
      // Removed since the folder was listed.
      if (stat === undefined) continue;
      if (this.filter !== undefined && !this.filter(path, stat.type)) continue;
      const entry = [name, treeOfStat(this.files, path, stat, this.filter)] as const;
      known.push(entry);
      yield entry;
    }
    this.known = known;
  }
}
