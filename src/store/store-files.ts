// One view of the host's files and, below /nix/store, of objects wherever they really are: virtual trees first, then
// the physical store, then the host's own /nix/store. Symlinks are followed here and not by the kernel, which knows
// nothing of objects that are virtual or live in another folder.
import { fileErrorReason } from "../host/file-error-reason.ts";
import { FileError, type FileErrorCode, type FileStat, type FileType, type ReadableFiles } from "../host/host.ts";
import type { StorePath } from "./eval-store.ts";
import type { Directory, FileTree, RegularFile } from "./file-tree.ts";
import { storeDir } from "./store-path.ts";

/** Where the objects are. Asked about anything that stands directly below /nix/store, valid name or not. */
export interface ObjectSource {
  /** The tree of an object that exists only virtually. */
  virtualTree(path: StorePath): FileTree | undefined;
  /** Where the host has the object, if it has it: in a physical store, or at the path itself. */
  physicalPath(path: StorePath): string;
  /** All objects that exist only virtually. */
  virtualPaths(): Iterable<StorePath>;
}

type Entry = { readonly name: string; readonly type: FileType };

type Place =
  | { readonly kind: "virtual"; readonly path: string; readonly tree: FileTree }
  /** On the host: in an object of a physical store, or anywhere else. `real` leads through no symlink. */
  | { readonly kind: "physical"; readonly path: string; readonly real: string; readonly stat: FileStat }
  /** `/nix` and `/nix/store`, which exist even where the host has neither. */
  | { readonly kind: "root"; readonly path: string };

type Missing = "ENOENT" | "ENOTDIR";

const storePrefix = `${storeDir}/`;
// Linux follows 40; C++ Nix, which resolves paths itself as we do, 1024.
const maxLinks = 1024;
const maxKnownFolders = 10_000;

const folderStat: FileStat = {
  type: "directory",
  executable: true,
  // As on most file systems.
  size: 4096,
  mtimeMs: 1000,
  inode: 0,
  device: 0,
  mode: 0o555,
};
const hostRoot: Place = { kind: "physical", path: "", real: "", stat: folderStat };

/** Reading through the store. Errors speak of the path that was asked for. */
export class StoreFiles implements ReadableFiles {
  private readonly host: ReadableFiles;
  private readonly objects: ObjectSource;
  private readonly indexes = new WeakMap<Directory, ReadonlyMap<string, FileTree>>();
  /** Folders inside physical objects, which never change: path without symlinks -> real path. */
  private readonly knownFolders = new Map<string, string>();

  constructor(host: ReadableFiles, objects: ObjectSource) {
    this.host = host;
    this.objects = objects;
  }

  lstat(path: string): FileStat | undefined {
    if (!isStoreRelated(path)) {
      const stat = this.host.lstat(path);
      if (stat !== undefined) return stat;
    }
    const place = this.locate(path, false);
    return typeof place === "string" ? undefined : statOf(place);
  }

  stat(path: string): FileStat | undefined {
    if (!isStoreRelated(path)) {
      const stat = this.host.stat(path);
      if (stat !== undefined) return stat;
    }
    const place = this.locate(path, true);
    return typeof place === "string" ? undefined : statOf(place);
  }

  readFile(path: string): Uint8Array {
    return this.read(path, true, {
      host: (real) => this.host.readFile(real),
      virtual: (place) => {
        const chunks = [...regularFile(path, place).read()];
        return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
      },
    });
  }

  readChunks(path: string): Iterable<Uint8Array> {
    // The host's pieces come, and fail, only when they are drawn, so that this asks first.
    if (!isStoreRelated(path) && this.host.stat(path) !== undefined) return this.host.readChunks(path);
    const place = this.find(path, true);
    return place.kind === "physical" ? this.host.readChunks(place.real) : regularFile(path, place).read();
  }

  readDir(path: string): readonly Entry[] {
    return this.read<readonly Entry[]>(path, true, {
      host: (real) => this.host.readDir(real),
      virtual: (place) => {
        if (place.kind === "root") return this.readRoot(place.path);
        if (place.tree.type !== "directory") throw failure("ENOTDIR", path);
        return [...this.indexOf(place.tree)].map(([name, { type }]) => ({ name, type }));
      },
    });
  }

  readLink(path: string): string {
    return this.read(path, false, {
      host: (real) => this.host.readLink(real),
      virtual: (place) => {
        if (place.kind === "root" || place.tree.type !== "symlink") throw failure("EINVAL", path);
        return place.tree.target;
      },
    });
  }

  realPath(path: string): string {
    if (!isStoreRelated(path) && this.host.stat(path) !== undefined) return this.host.realPath(path);
    return this.find(path, true).path || "/";
  }

  private read<Result>(
    path: string,
    follow: boolean,
    from: { host(real: string): Result; virtual(place: Exclude<Place, { kind: "physical" }>): Result },
  ): Result {
    if (!isStoreRelated(path)) {
      try {
        return from.host(path);
      } catch (error) {
        // It may be missing on the host because it is behind a symlink into the store.
        if (!(error instanceof FileError) || (error.code !== "ENOENT" && error.code !== "ENOTDIR")) throw error;
      }
    }
    const place = this.find(path, follow);
    if (place.kind !== "physical") return from.virtual(place);
    try {
      return from.host(place.real || "/");
    } catch (error) {
      throw error instanceof FileError ? new FileError(error.code, path, error.reason, error.operation) : error;
    }
  }

  private find(path: string, follow: boolean): Place {
    const place = this.locate(path, follow);
    if (typeof place === "string") throw failure(place, path);
    return place;
  }

  /** Walks a path step by step. Throws FileError ELOOP, and what the host throws. */
  private locate(path: string, follow: boolean): Place | Missing {
    let place: Place | Missing = hostRoot;
    // What is still to be walked, the next step last.
    let steps = stepsOf(path);
    const folder = this.knownFolder(path);
    if (folder !== undefined) {
      place = folder;
      steps = [path.slice(folder.path.length + 1)];
    }
    let links = 0;
    while (true) {
      if (typeof place === "string") return place;
      const type = typeOf(place);
      if (type === "symlink" && (follow || steps.length > 0)) {
        if (++links > maxLinks) throw failure("ELOOP", path);
        const target = this.targetOf(place);
        steps.push(...stepsOf(target));
        place = target.startsWith("/") ? hostRoot : this.placeOf(parentOf(place.path));
        continue;
      }
      const step = steps.pop();
      if (step === undefined) return place;
      if (type !== "directory") return "ENOTDIR";
      place = step === ".." ? this.placeOf(parentOf(place.path)) : this.child(place, step);
    }
  }

  /** The place of a path that is known to be without symlinks and dots. */
  private placeOf(path: string): Place | Missing {
    let place: Place | Missing = hostRoot;
    for (const step of stepsOf(path).reverse()) {
      if (typeof place === "string") return place;
      place = this.child(place, step);
    }
    return place;
  }

  private child(folder: Place, name: string): Place | Missing {
    const path = `${folder.path}/${name}`;
    if (path === "/nix" || path === storeDir) return { kind: "root", path };
    if (folder.kind === "virtual") {
      const tree = this.indexOf(folder.tree as Directory).get(name);
      return tree === undefined ? "ENOENT" : { kind: "virtual", path, tree };
    }
    let real = folder.kind === "root" ? path : `${folder.real}/${name}`;
    if (folder.path === storeDir) {
      const tree = this.objects.virtualTree(path);
      if (tree !== undefined) return { kind: "virtual", path, tree };
      real = this.objects.physicalPath(path);
    }
    const stat = this.host.lstat(real);
    if (stat === undefined) return "ENOENT";
    if (stat.type === "directory" && path.startsWith(storePrefix)) {
      if (this.knownFolders.size >= maxKnownFolders) this.knownFolders.clear();
      this.knownFolders.set(path, real);
    }
    return { kind: "physical", path, real, stat };
  }

  private knownFolder(path: string): Place | undefined {
    const slash = path.lastIndexOf("/");
    const real = this.knownFolders.get(path.slice(0, slash));
    if (real === undefined || !isPlainName.test(path.slice(slash + 1))) return undefined;
    return { kind: "physical", path: path.slice(0, slash), real, stat: folderStat };
  }

  private targetOf(place: Place): string {
    if (place.kind === "physical") return this.host.readLink(place.real);
    return place.kind === "virtual" && place.tree.type === "symlink" ? place.tree.target : "";
  }

  private indexOf(folder: Directory): ReadonlyMap<string, FileTree> {
    let index = this.indexes.get(folder);
    if (index === undefined) {
      index = new Map(folder.entries());
      this.indexes.set(folder, index);
    }
    return index;
  }

  private readRoot(path: string): readonly Entry[] {
    const types = new Map<string, FileType>();
    if (this.host.stat(path)?.type === "directory") {
      for (const { name, type } of this.host.readDir(path)) types.set(name, type);
    }
    if (path === "/nix") types.set("store", "directory");
    else
      for (const object of this.objects.virtualPaths())
        types.set(object.slice(storePrefix.length), this.typeOf(object));
    return [...types].map(([name, type]) => ({ name, type }));
  }

  private typeOf(object: StorePath): FileType {
    return this.objects.virtualTree(object)?.type ?? "unknown";
  }
}

const isPlainName = /^(?!\.\.?$)./;

function isStoreRelated(path: string): boolean {
  return path.startsWith("/nix") && (path.length === 4 || path[4] === "/");
}

function stepsOf(path: string): string[] {
  return path
    .split("/")
    .filter((step) => step !== "" && step !== ".")
    .reverse();
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

function typeOf(place: Place): FileType {
  switch (place.kind) {
    case "virtual":
      return place.tree.type;
    case "physical":
      return place.stat.type;
    case "root":
      return "directory";
  }
}

function statOf(place: Place): FileStat {
  switch (place.kind) {
    case "physical":
      return place.stat;
    case "root":
      return folderStat;
    case "virtual":
      return statOfTree(place.tree);
  }
}

/** What the object will have once it is written, as far as that is the same everywhere. */
function statOfTree(tree: FileTree): FileStat {
  switch (tree.type) {
    case "directory":
      return folderStat;
    case "symlink":
      return { ...folderStat, type: "symlink", size: tree.target.length, mode: 0o777 };
    case "regular":
      return {
        ...folderStat,
        type: "regular",
        size: tree.size,
        executable: tree.executable,
        mode: tree.executable ? 0o555 : 0o444,
      };
  }
}

function regularFile(path: string, place: Exclude<Place, { kind: "physical" }>): RegularFile {
  if (place.kind === "virtual" && place.tree.type === "regular") return place.tree;
  throw failure("EISDIR", path);
}

function failure(code: FileErrorCode, path: string): FileError {
  return new FileError(code, path, fileErrorReason(code));
}
