// A host that lives in memory, for tests, browsers and callers of the library: it sees the files, variables and clock
// it was given and nothing of the machine. Permissions are recorded but not enforced, as for root.
import { fileErrorReason } from "./file-error-reason.ts";
import type { FileStat, FileType, Host, ProcessResult, WritableFiles } from "./host.ts";
import { FileError } from "./host.ts";

/** A file of a memory host: ordinary text, raw bytes, or an object for what these two cannot say. */
export type MemoryFile =
  | string
  | Uint8Array
  | { readonly contents: string | Uint8Array; readonly executable: boolean }
  | { readonly symlink: string };

export interface MemoryHostOptions {
  /** Environment variables, as ordinary text. None by default. */
  readonly env?: Readonly<Record<string, string>>;
  /** Default `x86_64-linux`. */
  readonly system?: string;
  /** Default `/`. */
  readonly workingDir?: string;
  /** Seconds since 1970; default 0. */
  readonly now?: () => number;
  /** Receives traces and warnings, as byte strings; by default they are dropped. */
  readonly writeError?: (text: string) => void;
}

/**
 * A host whose files are these, keyed by absolute path (ordinary text); parents come by themselves, and a key that ends
 * in `/` makes an empty folder. Running a program throws a FileError.
 */
export function createMemoryHost(
  files: Readonly<Record<string, MemoryFile>> = {},
  options: MemoryHostOptions = {},
): Host {
  const now = options.now ?? (() => 0);
  const memory = new MemoryFiles(now);
  for (const [name, file] of Object.entries(files)) memory.plant(bytesOfText(name), file);
  const env = new Map(
    Object.entries(options.env ?? {}).map(([name, value]) => [bytesOfText(name), bytesOfText(value)]),
  );
  return {
    files: memory,
    env: (name) => env.get(name),
    now,
    system: options.system ?? "x86_64-linux",
    workingDir: bytesOfText(options.workingDir ?? "/"),
    userId: undefined,
    groupId: undefined,
    processId: 1,
    writeError: options.writeError ?? (() => {}),
    run(program): ProcessResult {
      throw failure("ENOENT", program);
    },
  };
}

interface NodeBase {
  readonly inode: number;
  mode: number;
  mtimeMs: number;
}
type RegularNode = NodeBase & { readonly type: "regular"; contents: Uint8Array };
type FolderNode = NodeBase & { readonly type: "directory"; readonly entries: Map<string, Node> };
type LinkNode = NodeBase & { readonly type: "symlink"; readonly target: string };
type Node = RegularNode | FolderNode | LinkNode;

/** Where a path leads: the folder and the name in it; `node` is undefined when the folder has no such entry. */
interface Location {
  readonly folder: FolderNode;
  /** Absolute path without symlinks, `.` and `..`. */
  readonly path: string;
  readonly name: string;
  readonly node: Node | undefined;
}

// Linux's limits, in bytes.
const maxLinks = 40;
const longestName = 255;
const longestPath = 4095;

class MemoryFiles implements WritableFiles {
  private readonly root: FolderNode;
  private readonly now: () => number;
  private lastInode = 0;

  constructor(now: () => number) {
    this.now = now;
    this.root = this.newFolder();
  }

  /** Puts one of the files that the host starts with in its place. */
  plant(path: string, file: MemoryFile): void {
    const slash = path.lastIndexOf("/");
    this.makeDir(path.slice(0, slash) || "/");
    if (slash === path.length - 1) return;
    if (typeof file === "object" && "symlink" in file) {
      this.symlink(bytesOfText(file.symlink), path);
      return;
    }
    const plain = typeof file === "string" || file instanceof Uint8Array;
    const contents = plain ? file : file.contents;
    this.writeFile(path, typeof contents === "string" ? new TextEncoder().encode(contents) : contents, {
      mode: plain || !file.executable ? 0o644 : 0o755,
    });
  }

  lstat(path: string): FileStat | undefined {
    return this.statAt(path, false);
  }

  stat(path: string): FileStat | undefined {
    return this.statAt(path, true);
  }

  readFile(path: string): Uint8Array {
    const node = this.existing(path);
    if (node.type !== "regular") throw failure("EISDIR", path);
    return node.contents;
  }

  readChunks(path: string): Iterable<Uint8Array> {
    return [this.readFile(path)];
  }

  readDir(path: string): readonly { readonly name: string; readonly type: FileType }[] {
    const { entries } = this.existingFolder(path);
    return Array.from(entries, ([name, node]) => ({ name, type: node.type }));
  }

  readLink(path: string): string {
    const node = this.existing(path, false);
    if (node.type !== "symlink") throw failure("EINVAL", path);
    return node.target;
  }

  realPath(path: string): string {
    const location = this.locate(path);
    if (!location.node) throw failure("ENOENT", path);
    return location.path;
  }

  makeDir(path: string): void {
    let made = "";
    for (const name of path.split("/")) {
      if (name === "") continue;
      made += `/${name}`;
      const { folder, name: last, node } = this.locate(made);
      if (!node) this.enter(folder, last, this.newFolder());
      else if (node.type !== "directory") throw failure(made === path ? "EEXIST" : "ENOTDIR", path);
    }
  }

  writeFile(path: string, contents: Uint8Array | Iterable<Uint8Array>, options: { readonly mode?: number } = {}): void {
    const bytes = contents instanceof Uint8Array ? contents.slice() : concatenate(contents);
    const { folder, name, node } = this.locate(path);
    if (node?.type === "directory") throw failure("EISDIR", path);
    if (node?.type === "regular") {
      node.contents = bytes;
      node.mode = options.mode ?? node.mode;
      node.mtimeMs = this.now() * 1000;
      return;
    }
    const fresh: RegularNode = { ...this.newNode(options.mode ?? 0o644), type: "regular", contents: bytes };
    this.enter(folder, name, fresh);
  }

  symlink(target: string, path: string): void {
    const { folder, name } = this.vacant(path);
    this.enter(folder, name, { ...this.newNode(0o777), type: "symlink", target });
  }

  hardLink(existing: string, path: string): void {
    const node = this.existing(existing, false);
    if (node.type === "directory") throw failure("EPERM", existing);
    const { folder, name } = this.vacant(path);
    this.enter(folder, name, node);
  }

  chmod(path: string, mode: number): void {
    this.existing(path).mode = mode & 0o7777;
  }

  setTimes(path: string, seconds: number): void {
    this.existing(path, false).mtimeMs = seconds * 1000;
  }

  rename(from: string, to: string): void {
    const source = this.locate(from, false);
    if (!source.node) throw failure("ENOENT", from);
    const target = this.locate(to, false);
    if (source.node === this.root || target.node === this.root) throw failure("EBUSY", from);
    if (target.node === source.node) return;
    if (`${target.path}/`.startsWith(`${source.path}/`)) throw failure("EINVAL", from);
    if (source.node.type === "directory") {
      if (target.node && target.node.type !== "directory") throw failure("ENOTDIR", from);
      if (target.node && target.node.entries.size > 0) throw failure("ENOTEMPTY", from);
    } else if (target.node?.type === "directory") throw failure("EISDIR", from);
    this.enter(target.folder, target.name, source.node);
    source.folder.entries.delete(source.name);
  }

  remove(path: string): void {
    if (!this.lstat(path)) return;
    const { folder, name, node } = this.locate(path, false);
    if (node === this.root) throw failure("EBUSY", path);
    folder.entries.delete(name);
    folder.mtimeMs = this.now() * 1000;
  }

  syncDir(path: string): void {
    this.existingFolder(path);
  }

  syncAll(paths: readonly string[]): void {
    for (const path of paths) this.existing(path);
  }

  private newNode(mode: number): NodeBase {
    return { inode: ++this.lastInode, mode, mtimeMs: this.now() * 1000 };
  }

  private newFolder(): FolderNode {
    return { ...this.newNode(0o755), type: "directory", entries: new Map() };
  }

  private enter(folder: FolderNode, name: string, node: Node): void {
    folder.entries.set(name, node);
    folder.mtimeMs = this.now() * 1000;
  }

  private statAt(path: string, follow: boolean): FileStat | undefined {
    let node: Node | undefined;
    try {
      ({ node } = this.locate(path, follow));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
      throw new FileError(error.code, path, error.reason, "status");
    }
    return (
      node && {
        type: node.type,
        executable: (node.mode & 0o100) !== 0,
        size: node.type === "regular" ? node.contents.length : node.type === "symlink" ? node.target.length : 4096,
        mtimeMs: node.mtimeMs,
        inode: node.inode,
        device: 1,
        mode: node.mode,
      }
    );
  }

  private existing(path: string, follow = true): Node {
    const { node } = this.locate(path, follow);
    if (!node) throw failure("ENOENT", path);
    return node;
  }

  private existingFolder(path: string): FolderNode {
    const node = this.existing(path);
    if (node.type !== "directory") throw failure("ENOTDIR", path);
    return node;
  }

  private vacant(path: string): Location {
    const location = this.locate(path, false);
    if (location.node) throw failure("EEXIST", path);
    return location;
  }

  /** Walks the path as the kernel does; `follow` says whether a symlink at its end is followed too. */
  private locate(path: string, follow = true): Location {
    if (path.includes("\0")) throw failure("EINVAL", path);
    if (!path.startsWith("/")) throw failure("ENOENT", path);
    if (path.length > longestPath) throw failure("ENAMETOOLONG", path);
    const parents: { readonly node: FolderNode; readonly path: string; readonly name: string }[] = [];
    let here = { node: this.root, path: "", name: "" };
    const names = path.split("/").reverse();
    let links = 0;
    while (names.length > 0) {
      const name = names.pop()!;
      if (name === "" || name === ".") continue;
      if (name === "..") {
        here = parents.pop() ?? here;
        continue;
      }
      if (name.length > longestName) throw failure("ENAMETOOLONG", path);
      const node = here.node.entries.get(name);
      const rest = names.some((part) => part !== "");
      if (node?.type === "symlink" && (follow || names.length > 0)) {
        if (++links > maxLinks) throw failure("ELOOP", path);
        names.push(...node.target.split("/").reverse());
        if (node.target.startsWith("/")) {
          parents.length = 0;
          here = { node: this.root, path: "", name: "" };
        }
        continue;
      }
      const place = `${here.path}/${name}`;
      if (node?.type === "directory") {
        parents.push(here);
        here = { node, path: place, name };
        continue;
      }
      if (rest) throw failure(node ? "ENOTDIR" : "ENOENT", path);
      if (node && names.length > 0) throw failure("ENOTDIR", path);
      return { folder: here.node, path: place, name, node };
    }
    return { folder: parents.at(-1)?.node ?? this.root, path: here.path || "/", name: here.name, node: here.node };
  }
}

function concatenate(chunks: Iterable<Uint8Array>): Uint8Array {
  const parts = [...chunks];
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** UTF-8 as a byte string, without Buffer: browsers have none. */
function bytesOfText(text: string): string {
  let bytes = "";
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte);
  return bytes;
}

function failure(code: string, path: string): FileError {
  return new FileError(code, path, fileErrorReason(code));
}
