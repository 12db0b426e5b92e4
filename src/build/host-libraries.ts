// The host's shared libraries as store objects. The C library's family is one object, left as it is; every other
// library is an object of its own (libraries that need each other share one), patched to find what it needs in the
// store. Since objects are addressed by their contents, an object is made after those that it refers to.
import { bytesFromBuffer } from "../source/bytes.ts";
import { compareBytes } from "../store/byte-order.ts";
import { directoryOf, type FileTree, linkTo, type RegularFile } from "../store/file-tree.ts";
import { ElfError, type ElfFile, parseElf } from "./elf.ts";
import { type ElfPatch, patchElf } from "./elf-patch.ts";
import { changedHostFile, plainHostFile } from "./host-file.ts";
import { type LibcKind, LibrarySearch, type Requester } from "./host-library-search.ts";
import type { HostObjects } from "./host-objects.ts";
import { HostPackageError } from "./host-package-error.ts";
import type { HostProbe } from "./host-probe.ts";
import { TerminfoPatch } from "./host-terminfo.ts";

/** A C library in the store. */
export interface Libc {
  readonly kind: LibcKind;
  /** The dynamic loader, `/nix/store/…-glibc-2.36/lib/ld-linux-x86-64.so.2`. */
  readonly loader: string;
  /** The folder of the object that holds its libraries. */
  readonly folder: string;
  /** The libraries in it. */
  readonly names: ReadonlySet<string>;
}

/** A file needs a library that the host does not have. */
export class MissingLibraryError extends HostPackageError {}

/** Where the loader will find a library, once its object is made. */
interface Placed {
  readonly folder: string;
  readonly file: string;
}

interface Need {
  readonly name: string;
  /** Undefined for a library of libc's family. */
  readonly library: Library | undefined;
}

interface Library {
  readonly key: string;
  /** The path at which it was found. */
  readonly path: string;
  /** The name it is known by: its soname, or else its file name. */
  readonly name: string;
  readonly requester: Requester;
  needs: readonly Need[];
  placed: Placed | undefined;
  /** Numbers of the search for libraries that need each other (Tarjan's). */
  index: number;
  lowest: number;
}

/** Sonames of what is built together with glibc; a host has those of them that its version has. */
const glibcFamily = [
  "libBrokenLocale.so.1",
  "libanl.so.1",
  "libc.so.6",
  "libc_malloc_debug.so.0",
  "libdl.so.2",
  "libm.so.6",
  "libmvec.so.1",
  "libnsl.so.1",
  "libnss_compat.so.2",
  "libnss_dns.so.2",
  "libnss_files.so.2",
  "libnss_hesiod.so.2",
  "libpthread.so.0",
  "libresolv.so.2",
  "librt.so.1",
  "libthread_db.so.1",
  "libutil.so.1",
  // GCC's, but the C library loads it itself to cancel a thread.
  "libgcc_s.so.1",
];

export class HostLibraries {
  private readonly probe: HostProbe;
  private readonly objects: HostObjects;
  private readonly search: LibrarySearch;
  private readonly terminfo: TerminfoPatch;
  private readonly libcs = new Map<string, Libc>();
  private readonly libraries = new Map<string, Library>();
  /** Libraries whose group is not complete yet. */
  private readonly open: Library[] = [];
  private count = 0;
  /** What the folders of the store that were made here hold. */
  private readonly folders = new Map<string, ReadonlySet<string>>();

  constructor(probe: HostProbe, objects: HostObjects) {
    this.probe = probe;
    this.objects = objects;
    this.search = new LibrarySearch(probe);
    this.terminfo = new TerminfoPatch(probe, objects);
  }

  /** The ELF file at a path; undefined when there is none, or none that ocinix can link. */
  elfAt(path: string): ElfFile | undefined {
    return this.search.elfAt(path);
  }

  /** The libraries with matching names that a program needs directly, as files of the host. */
  neededFiles(path: string, pattern: RegExp): string[] {
    const elf = this.search.elfAt(path);
    if (elf === undefined) return [];
    const requester: Requester = { elf, folder: folderOf(path), inherited: [] };
    return elf.needed
      .filter((name) => pattern.test(name))
      .map((name) => this.search.find(name, requester, isMusl(elf.interpreter ?? "") ? "musl" : "glibc"))
      .filter((found) => found !== undefined);
  }

  /**
   * A program or loadable module with its loader and libraries in the store; a static one as it is. `libc` is for
   * files that name no loader. Throws MissingLibraryError, HostPackageError.
   */
  linkedFile(path: string, elf: ElfFile, libc?: Libc): RegularFile {
    const { executable } = this.probe.stat(path)!;
    const requester: Requester = { elf, folder: folderOf(path), inherited: [] };
    const own = this.libcOf(path, requester) ?? libc;
    if (own === undefined || (elf.interpreter === undefined && elf.needed.length === 0)) {
      return plainHostFile(this.probe.files, path, this.probe.stat(path)!);
    }
    const needs = this.needsOf(path, requester, own);
    return this.patchedFile(path, elf, this.patchFor(elf, needs, own, []), executable);
  }

  /** The C library that a program is linked to; undefined for one that names no loader. */
  libcOf(path: string, requester: Requester): Libc | undefined {
    const { interpreter } = requester.elf;
    if (interpreter === undefined) return undefined;
    let libc = this.libcs.get(interpreter);
    if (libc === undefined) {
      if (!this.probe.isFile(interpreter)) {
        throw new HostPackageError(`its loader '${interpreter}' is not on this machine ('${path}' names it)`);
      }
      libc = isMusl(interpreter) ? this.makeMusl(interpreter) : this.makeGlibc(interpreter, requester);
      this.libcs.set(interpreter, libc);
      this.folders.set(libc.folder, libc.names);
    }
    return libc;
  }

  private makeMusl(interpreter: string): Libc {
    const loader = baseNameOf(interpreter);
    const file = this.copy(interpreter, true);
    const path = this.objects.add("musl", directoryOf(new Map([["lib", directoryOf(new Map([[loader, file]]))]])));
    return { kind: "musl", loader: `${path}/lib/${loader}`, folder: `${path}/lib`, names: new Set([loader]) };
  }

  private makeGlibc(interpreter: string, requester: Requester): Libc {
    const main = this.search.find("libc.so.6", requester, "glibc");
    if (main === undefined) throw new MissingLibraryError(`the C library 'libc.so.6' was not found on this machine`);
    const loader = baseNameOf(interpreter);
    const found = new Map<string, string>();
    for (const name of glibcFamily) {
      const beside = `${folderOf(main)}/${name}`;
      const place = this.search.elfAt(beside) ? beside : this.search.find(name, requester, "glibc");
      if (place !== undefined) found.set(name, place);
    }
    const isOwn = (name: string): boolean => found.has(name) || name === loader;
    for (const [name, place] of found) {
      if (!this.search.elfAt(place)?.needed.every(isOwn)) found.delete(name);
    }
    const entries = new Map<string, FileTree>([[loader, this.copy(interpreter, true)]]);
    for (const [name, place] of found) entries.set(name, this.copy(place));
    const version = /stable release version ([0-9.]+[0-9])/.exec(bytesFromBuffer(this.probe.read(main)))?.[1];
    const name = version === undefined ? "glibc" : `glibc-${version}`;
    const path = this.objects.add(name, directoryOf(new Map([["lib", directoryOf(entries)]])));
    const folder = `${path}/lib`;
    return { kind: "glibc", loader: `${folder}/${loader}`, folder, names: new Set(entries.keys()) };
  }

  private copy(path: string, executable?: boolean): RegularFile {
    const stat = this.probe.stat(path)!;
    return plainHostFile(this.probe.files, path, { ...stat, executable: executable ?? stat.executable });
  }

  /** What a file needs, with all objects made. */
  private needsOf(path: string, requester: Requester, libc: Libc): Need[] {
    const inherited = this.search.inheritedFrom(requester, libc.kind);
    const loaded = new Map(requester.loaded);
    for (const name of requester.elf.needed) {
      if (isLibcName(name, libc)) continue;
      const found = this.search.find(name, requester, libc.kind);
      if (found === undefined) {
        throw new MissingLibraryError(`the library '${name}', which '${path}' needs, was not found on this machine`);
      }
      loaded.set(name, found);
    }
    return requester.elf.needed.map((name) => ({
      name,
      library: isLibcName(name, libc) ? undefined : this.library(loaded.get(name)!, { inherited, loaded }, libc),
    }));
  }

  private library(path: string, from: Pick<Requester, "inherited" | "loaded">, libc: Libc): Library {
    const key = [path, libc.loader, ...from.inherited].join("\0");
    const known = this.libraries.get(key);
    if (known !== undefined) return known;
    const elf = this.search.elfAt(path)!;
    const index = this.count++;
    const library: Library = {
      key,
      path,
      name: elf.soname !== undefined && !elf.soname.includes("/") ? elf.soname : baseNameOf(path),
      requester: { ...from, elf, folder: folderOf(path) },
      needs: [],
      placed: undefined,
      index,
      lowest: index,
    };
    this.libraries.set(key, library);
    this.open.push(library);
    try {
      library.needs = this.needsOf(path, library.requester, libc);
    } catch (error) {
      // Nothing half done may stay: it may be asked for again, for a file that can do without it.
      for (const undone of this.open.splice(this.open.indexOf(library))) this.libraries.delete(undone.key);
      throw error;
    }
    for (const { library: other } of library.needs) {
      if (other !== undefined && other.placed === undefined) library.lowest = Math.min(library.lowest, other.lowest);
    }
    if (library.lowest === library.index) this.place(this.open.splice(this.open.indexOf(library)), libc);
    return library;
  }

  /** Makes the object of libraries that need each other, or of one alone. */
  private place(group: readonly Library[], libc: Libc): void {
    const entries = new Map<string, FileTree>();
    for (const { needs } of group) {
      for (const { name, library } of needs) {
        if (library !== undefined && group.includes(library) && name !== library.name) {
          entries.set(name, linkTo(library.name));
        }
      }
    }
    const siblings = new Set([...entries.keys(), ...group.map(({ name }) => name)]);
    for (const { path, name, requester, needs } of group) {
      const { executable } = this.probe.stat(path)!;
      const patch = this.patchFor(requester.elf, needs, libc, group);
      entries.set(name, this.patchedFile(path, requester.elf, patch, executable, siblings));
    }
    const name = group.map((library) => library.name).sort(compareBytes)[0]!;
    const object = this.objects.add(storeName(name), directoryOf(new Map([["lib", directoryOf(entries)]])));
    const folder = `${object}/lib`;
    this.folders.set(folder, new Set(entries.keys()));
    for (const library of group) library.placed = { folder, file: `${folder}/${library.name}` };
  }

  private patchFor(elf: ElfFile, needs: readonly Need[], libc: Libc, group: readonly Library[]): ElfPatch {
    const folders = needs.map(({ name, library }) => {
      if (library === undefined) return libc.folder;
      return group.includes(library) ? "$ORIGIN" : this.folderWith(name, library);
    });
    return { interpreter: elf.interpreter === undefined ? undefined : libc.loader, rpath: [...new Set(folders)] };
  }

  /** The folder in which the library has this name. */
  private folderWith(name: string, library: Library): string {
    const placed = library.placed!;
    if (name === library.name) return placed.folder;
    const entries = new Map([[name, linkTo(placed.file)]]);
    const alias = this.objects.add(storeName(name), directoryOf(new Map([["lib", directoryOf(entries)]])));
    this.folders.set(`${alias}/lib`, new Set([name]));
    return `${alias}/lib`;
  }

  private patchedFile(
    path: string,
    elf: ElfFile,
    patch: ElfPatch,
    executable: boolean,
    siblings: ReadonlySet<string> = new Set(),
  ): RegularFile {
    const terminfo = this.terminfo.editFor(path, elf);
    return changedHostFile(this.probe.files, path, executable, (bytes) => {
      const patched = patchBytes(path, terminfo(bytes), patch);
      this.checkTrace(path, patched, siblings);
      return patched;
    });
  }

  /** Follows the loader: everything that the file needs has to be where it will look. */
  private checkTrace(path: string, patched: Uint8Array, siblings: ReadonlySet<string>): void {
    const { rpath, needed } = parseElf(patched);
    const reachable = rpath.map((folder) => (folder === "$ORIGIN" ? siblings : this.folders.get(folder)));
    const lost = needed.find((name) => !isMuslLibc(name) && !reachable.some((names) => names?.has(name)));
    if (lost !== undefined) {
      throw new HostPackageError(`'${path}' could not be changed so that it finds '${lost}' in the store`);
    }
  }
}

/** What messages and the store call it; characters that a store path may not have become `-`. */
export function storeName(name: string): string {
  return name.replace(/[^0-9a-zA-Z+\-._?=]/g, "-").replace(/^\.+/, "");
}

function patchBytes(path: string, bytes: Uint8Array, patch: ElfPatch): Uint8Array {
  try {
    return patchElf(bytes, patch);
  } catch (error) {
    if (!(error instanceof ElfError)) throw error;
    throw new HostPackageError(`'${path}' cannot be changed to find its libraries in the store: ${error.message}`);
  }
}

function isMusl(interpreter: string): boolean {
  return baseNameOf(interpreter).startsWith("ld-musl-");
}

/** musl's loader is its C library, and it knows itself by these names. */
function isMuslLibc(name: string): boolean {
  return name === "libc.so" || name.startsWith("libc.musl-");
}

function isLibcName(name: string, libc: Libc): boolean {
  return libc.names.has(name) || (libc.kind === "musl" && isMuslLibc(name));
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}

function baseNameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
