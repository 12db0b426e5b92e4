// What a Git commit holds, as a FileTree. Contents are asked of git in groups of bounded size, in about the order in
// which a NAR has them.
import { directoryOf, type FileTree, type RegularFile } from "../store/file-tree.ts";
import type { GitProgram } from "./git-program.ts";

/** An entry of a commit. */
interface GitEntry {
  /** From the root of the repository. */
  readonly path: string;
  /** `link` is a commit of another repository, a submodule. */
  readonly type: "file" | "executable" | "symlink" | "directory" | "link";
  /** The object's hash in base16. */
  readonly id: string;
  /** In bytes; 0 for what has no contents of its own. */
  readonly size: number;
}

/** Blobs that are asked for together have about this many bytes. */
const groupSize = 16 << 20;

const types: Readonly<Record<string, GitEntry["type"]>> = {
  "100644": "file",
  "100755": "executable",
  "120000": "symlink",
  "040000": "directory",
  "160000": "link",
};

/** All entries of a commit, folders before what is in them. */
export function gitEntries(git: GitProgram, rev: string): readonly GitEntry[] {
  const listing = git.output(["ls-tree", "-r", "-t", "-l", "-z", "--full-tree", rev]);
  return listing
    .split("\0")
    .filter((line) => line !== "")
    .map((line) => {
      const tab = line.indexOf("\t");
      const [mode = "", , id = "", size = "-"] = line.slice(0, tab).split(/ +/);
      return { path: line.slice(tab + 1), type: types[mode] ?? "file", id, size: size === "-" ? 0 : Number(size) };
    });
}

/** The tree of the entries that are given; submodules are empty folders. */
export function gitTree(git: GitProgram, entries: readonly GitEntry[]): FileTree {
  const blobs = new BlobReader(git, entries);
  const root = new Map<string, FileTree>();
  const folders = new Map([["", root]]);
  for (const entry of entries) {
    const slash = entry.path.lastIndexOf("/");
    const folder = folders.get(entry.path.slice(0, Math.max(0, slash)));
    folder?.set(entry.path.slice(slash + 1), treeOf(entry));
  }
  return directoryOf(root);

  function treeOf({ path, type, id, size }: GitEntry): FileTree {
    switch (type) {
      case "file":
      case "executable":
        return new Blob(blobs, id, size, type === "executable");
      case "symlink":
        return { type: "symlink", target: blobs.read(id).toString("latin1") };
      case "directory":
      case "link": {
        const inner = new Map<string, FileTree>();
        folders.set(path, inner);
        return directoryOf(inner);
      }
    }
  }
}

class Blob implements RegularFile {
  readonly type = "regular";
  readonly executable: boolean;
  readonly size: number;
  private readonly blobs: BlobReader;
  private readonly id: string;

  constructor(blobs: BlobReader, id: string, size: number, executable: boolean) {
    this.blobs = blobs;
    this.id = id;
    this.size = size;
    this.executable = executable;
  }

  read(): Iterable<Uint8Array> {
    return this.size === 0 ? [] : [this.blobs.read(this.id)];
  }
}

class BlobReader {
  private readonly git: GitProgram;
  private readonly groups: string[][] = [];
  private readonly groupOf = new Map<string, number>();
  /** Contents of the two groups that were read last. */
  private readonly loaded = new Map<number, ReadonlyMap<string, Buffer>>();

  constructor(git: GitProgram, entries: readonly GitEntry[]) {
    this.git = git;
    let left = 0;
    // All symlinks first: their targets are needed at once.
    for (const wantsLinks of [true, false]) {
      left = 0;
      for (const { type, id, size } of entries) {
        if (type === "directory" || type === "link" || (type === "symlink") !== wantsLinks) continue;
        if (this.groupOf.has(id)) continue;
        if (left <= 0) {
          this.groups.push([]);
          left = groupSize;
        }
        left -= size;
        this.groups.at(-1)?.push(id);
        this.groupOf.set(id, this.groups.length - 1);
      }
    }
  }

  read(id: string): Buffer {
    const group = this.groupOf.get(id) as number;
    let contents = this.loaded.get(group);
    if (contents === undefined) {
      contents = this.load(this.groups[group] as string[]);
      const [oldest] = this.loaded.keys();
      if (this.loaded.size > 1 && oldest !== undefined) this.loaded.delete(oldest);
      this.loaded.set(group, contents);
    }
    return contents.get(id) as Buffer;
  }

  private load(ids: readonly string[]): ReadonlyMap<string, Buffer> {
    const bytes = this.git.outputBytes(["cat-file", "--batch"], { input: `${ids.join("\n")}\n` });
    const contents = new Map<string, Buffer>();
    let at = 0;
    for (const id of ids) {
      // `<id> blob <size>`, a newline, the contents, a newline.
      const end = bytes.indexOf(0x0a, at);
      const size = Number(bytes.subarray(at, end).toString("latin1").split(" ").at(-1));
      contents.set(id, bytes.subarray(end + 1, end + 1 + size));
      at = end + size + 2;
    }
    return contents;
  }
}
