// A file tree that need not exist anywhere: what the store hashes, and later writes. Host folders, generated text,
// link farms and patched programs all take this one form. Names, targets and contents are bytes.

export type FileTree = RegularFile | SymbolicLink | Directory;

export interface RegularFile {
  readonly type: "regular";
  readonly executable: boolean;
  /** In bytes; equal to the total of what `read` gives. */
  readonly size: number;
  /** The contents in pieces; may be called more than once and gives the same bytes each time. */
  read(): Iterable<Uint8Array>;
}

export interface SymbolicLink {
  readonly type: "symlink";
  readonly target: string;
}

export interface Directory {
  readonly type: "directory";
  /** `entries` gives byte order, and may be drawn one by one while the trees it gave are walked. */
  readonly sorted?: boolean;
  /** Entries in any order; the names are unique byte strings without `/` and NUL. */
  entries(): Iterable<readonly [name: string, tree: FileTree]>;
}

/** A regular file with these contents. */
export function fileOf(contents: Uint8Array, executable = false): RegularFile {
  return { type: "regular", executable, size: contents.length, read: () => [contents] };
}

export function linkTo(target: string): SymbolicLink {
  return { type: "symlink", target };
}

export function directoryOf(entries: ReadonlyMap<string, FileTree>): Directory {
  return { type: "directory", entries: () => entries };
}
