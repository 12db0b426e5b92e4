// Where the host's dynamic loader would find a library: ld.so(8) for glibc, musl's rules for musl. LD_LIBRARY_PATH is
// left out, so that a package does not depend on who evaluates it.
import { FileError } from "../host/host.ts";
import { bytesFromBuffer } from "../source/bytes.ts";
import { ElfError, type ElfFile, elfMachine, isElf, parseElf } from "./elf.ts";
import type { HostProbe } from "./host-probe.ts";

/** A file whose libraries are wanted. */
export interface Requester {
  readonly elf: ElfFile;
  /** The folder that the file was found in: its `$ORIGIN`. */
  readonly folder: string;
  /** The DT_RPATH folders of what loaded the file, and of what loaded that, and so on. */
  readonly inherited: readonly string[];
  /** Libraries that are loaded before it by what needs it: they are found even where it would not look. */
  readonly loaded?: ReadonlyMap<string, string>;
}

export type LibcKind = "glibc" | "musl";

const architectures: Readonly<Record<number, { readonly name: string; readonly cacheFlags: number }>> = {
  [elfMachine.x86_64]: { name: "x86_64", cacheFlags: 0x0303 },
  [elfMachine.aarch64]: { name: "aarch64", cacheFlags: 0x0a03 },
};

export class LibrarySearch {
  private readonly probe: HostProbe;
  private readonly elfs = new Map<string, ElfFile | undefined>();
  private readonly systems = new Map<string, (name: string) => readonly string[]>();

  constructor(probe: HostProbe) {
    this.probe = probe;
  }

  /** The path at which the loader finds a library; undefined when it does not. */
  find(name: string, requester: Requester, libc: LibcKind): string | undefined {
    const { elf } = requester;
    const fits = (path: string): boolean => this.elfAt(path)?.machine === elf.machine;
    if (name.includes("/")) return fits(name) ? name : undefined;
    const own = expandOrigin(elf.rpath, requester.folder);
    const runpath = expandOrigin(elf.runpath, requester.folder);
    const searched =
      libc === "musl" || elf.runpath.length === 0 ? [...own, ...runpath, ...requester.inherited] : runpath;
    const candidates = [...searched.map((folder) => `${folder}/${name}`), ...this.system(elf.machine, libc)(name)];
    return candidates.find(fits) ?? requester.loaded?.get(name);
  }

  /** What the libraries of a requester inherit from it. */
  inheritedFrom({ elf, folder, inherited }: Requester, libc: LibcKind): readonly string[] {
    if (libc === "musl") return [...expandOrigin([...elf.rpath, ...elf.runpath], folder), ...inherited];
    return elf.runpath.length > 0 ? inherited : [...expandOrigin(elf.rpath, folder), ...inherited];
  }

  /** The ELF file at a path; undefined when there is none, or none that ocinix can link. */
  elfAt(path: string): ElfFile | undefined {
    if (this.elfs.has(path)) return this.elfs.get(path);
    const elf = this.probe.isFile(path) ? readElf(this.probe, path) : undefined;
    this.elfs.set(path, elf);
    return elf;
  }

  private system(machine: number, libc: LibcKind): (name: string) => readonly string[] {
    const key = `${machine} ${libc}`;
    let candidates = this.systems.get(key);
    if (candidates === undefined) {
      candidates = libc === "musl" ? this.muslSystem(machine) : this.glibcSystem(machine);
      this.systems.set(key, candidates);
    }
    return candidates;
  }

  private glibcSystem(machine: number): (name: string) => readonly string[] {
    const architecture = architectures[machine];
    const triplet = `${architecture?.name}-linux-gnu`;
    const trusted = [`/lib/${triplet}`, `/usr/lib/${triplet}`, "/lib64", "/usr/lib64", "/lib", "/usr/lib"];
    const cachePath = "/etc/ld.so.cache";
    const cached =
      architecture !== undefined && this.probe.isFile(cachePath)
        ? readLoaderCache(this.probe.read(cachePath), architecture.cacheFlags)
        : undefined;
    const folders = cached === undefined ? [...this.configuredFolders("/etc/ld.so.conf"), ...trusted] : trusted;
    return (name) => {
      const known = cached?.get(name);
      const places = folders.map((folder) => `${folder}/${name}`);
      return known === undefined ? places : [known, ...places];
    };
  }

  private muslSystem(machine: number): (name: string) => readonly string[] {
    const path = `/etc/ld-musl-${architectures[machine]?.name}.path`;
    const text = this.probe.isFile(path) ? bytesFromBuffer(this.probe.read(path)) : "/lib:/usr/local/lib:/usr/lib";
    const folders = text.split(/[:\n]/).filter((folder) => folder.startsWith("/"));
    return (name) => folders.map((folder) => `${folder}/${name}`);
  }

  /** The folders of ld.so.conf(5) and of the files that it includes. */
  private configuredFolders(path: string, seen = new Set<string>()): string[] {
    if (seen.has(path) || !this.probe.isFile(path)) return [];
    seen.add(path);
    return bytesFromBuffer(this.probe.read(path))
      .split("\n")
      .map((line) => line.replace(/#.*/, "").trim())
      .flatMap((line) => {
        const pattern = /^include\s+(\S+)$/.exec(line)?.[1];
        if (pattern === undefined) return line.startsWith("/") ? [line] : [];
        return this.included(pattern, path).flatMap((file) => this.configuredFolders(file, seen));
      });
  }

  /** The files that a pattern with `*` in its last part stands for. */
  private included(pattern: string, from: string): string[] {
    const absolute = pattern.startsWith("/") ? pattern : `${from.slice(0, from.lastIndexOf("/"))}/${pattern}`;
    const folder = absolute.slice(0, absolute.lastIndexOf("/"));
    const [start, end] = absolute.slice(folder.length + 1).split("*");
    if (end === undefined) return [absolute];
    if (!this.probe.isFolder(folder)) return [];
    return this.probe
      .list(folder)
      .filter((name) => name.startsWith(start!) && name.endsWith(end))
      .map((name) => `${folder}/${name}`);
  }
}

/** A linker script, a 32-bit library, a file that cannot be read: the loader passes over them as well. */
function readElf(probe: HostProbe, path: string): ElfFile | undefined {
  try {
    const bytes = probe.read(path);
    return isElf(bytes) ? parseElf(bytes) : undefined;
  } catch (error) {
    if (error instanceof ElfError || error instanceof FileError) return undefined;
    throw error;
  }
}

function expandOrigin(folders: readonly string[], origin: string): string[] {
  return folders.map((folder) => folder.replace(/\$ORIGIN\b|\$\{ORIGIN\}/g, () => origin));
}

const cacheMagic = "glibc-ld.so.cache1.1";
const cacheHeaderSize = 48;
const cacheEntrySize = 24;

/**
 * Reads /etc/ld.so.cache: library name -> path, for entries of one architecture that every processor of it can use.
 * Undefined for a file in another format.
 */
export function readLoaderCache(bytes: Uint8Array, flags: number): ReadonlyMap<string, string> | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // An old table may stand in front of the new one, whose offsets count from its own beginning.
  const start = buffer.indexOf(cacheMagic, 0, "latin1");
  if (start < 0 || start + cacheHeaderSize > buffer.length) return undefined;
  const table = buffer.subarray(start);
  const count = table.readUInt32LE(20);
  if (cacheHeaderSize + count * cacheEntrySize > table.length) return undefined;
  const text = (offset: number): string => table.toString("latin1", offset, table.indexOf(0, offset));
  const paths = new Map<string, string>();
  for (let i = 0; i < count; i++) {
    const at = cacheHeaderSize + i * cacheEntrySize;
    const isPlain = table.readUInt32LE(at + 16) === 0 && table.readUInt32LE(at + 20) === 0;
    if (table.readUInt32LE(at) !== flags || !isPlain) continue;
    const name = text(table.readUInt32LE(at + 4));
    if (!paths.has(name)) paths.set(name, text(table.readUInt32LE(at + 8)));
  }
  return paths;
}
