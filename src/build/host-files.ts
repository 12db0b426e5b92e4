// Files and folders of the host as parts of a package: ELF files linked to the store, scripts with the store's
// interpreters, symlinks that lead out of the package replaced by what they lead to.
import { FileError, type FileStat } from "../host/host.ts";
import { directoryOf, type FileTree, linkTo, type RegularFile } from "../store/file-tree.ts";
import { isElf } from "./elf.ts";
import { changedHostFile, plainHostFile } from "./host-file.ts";
import { type HostLibraries, type Libc, MissingLibraryError } from "./host-libraries.ts";
import { HostPackageError } from "./host-package-error.ts";
import type { HostProbe } from "./host-probe.ts";
import { type InterpreterLookup, isShell, readShebang, rewriteScript } from "./host-script.ts";

/** Says what becomes of an entry of a folder; `path` is relative to the folder. */
export interface FolderRules {
  /** Left out when it gives false. */
  keep?(path: string): boolean;
  /** Another form of a file; undefined for the usual one. */
  change?(path: string, hostPath: string): FileTree | undefined;
}

/** Files this large, and programs, are stored once however many hard links they have. */
const worthSharing = 64 * 1024;
const maxDepth = 48;

export class HostFiles {
  private readonly probe: HostProbe;
  private readonly libraries: HostLibraries;
  private readonly interpreters: InterpreterLookup;
  /** Where in the package a file of the host is already, by device and inode. */
  private readonly places = new Map<string, string>();
  private libc: Libc | undefined;

  constructor(probe: HostProbe, libraries: HostLibraries, interpreters: InterpreterLookup) {
    this.probe = probe;
    this.libraries = libraries;
    this.interpreters = interpreters;
  }

  /** Modules that name no loader are linked to the C library of the first of these programs that has one. */
  setDefaultLibc(programs: Iterable<string>): void {
    for (const path of programs) {
      const elf = this.libraries.elfAt(path);
      if (elf === undefined) continue;
      this.libc ??= this.libraries.libcOf(path, { elf, folder: path.slice(0, path.lastIndexOf("/")), inherited: [] });
    }
  }

  /**
   * The program at a path that leads through no symlink, to be placed at `place` in the package; a link when it is
   * there already. Throws HostPackageError.
   */
  program(path: string, place: string): FileTree {
    const stat = this.probe.stat(path);
    if (stat === undefined) throw new HostPackageError(`'${path}' was removed`);
    return this.shared(stat, place, () => {
      const elf = this.libraries.elfAt(path);
      if (elf !== undefined) return this.libraries.linkedFile(path, elf, this.libc);
      const bytes = this.probe.read(path);
      if (isElf(bytes)) throw new HostPackageError(`'${path}' is not a program for 64-bit x86 or ARM`);
      const script = this.script(path, bytes, true);
      if (script === undefined) {
        const what = readShebang(bytes);
        throw new HostPackageError(
          what === undefined
            ? `'${path}' is neither an ELF file nor a script`
            : `'${path}' is a script for '${what.interpreter}', of which <nixpkgs> has no package`,
        );
      }
      return script;
    });
  }

  /** A file or folder that programs need, to be placed at `place` in the package. */
  data(path: string, place: string, rules: FolderRules = {}): FileTree {
    const stat = this.probe.stat(path);
    if (stat === undefined) throw new HostPackageError(`'${path}' was removed`);
    const tree =
      stat.type === "directory" ? this.folder(path, path, place, "", rules, 0) : this.file(path, place, stat);
    if (tree === undefined) throw new HostPackageError(`'${path}' cannot be used`);
    return tree;
  }

  private folder(
    root: string,
    path: string,
    place: string,
    relative: string,
    rules: FolderRules,
    depth: number,
  ): FileTree {
    const entries = new Map<string, FileTree>();
    for (const name of depth < maxDepth ? this.probe.list(path) : []) {
      const below = relative === "" ? name : `${relative}/${name}`;
      if (rules.keep?.(below) === false) continue;
      const entry = this.entry(root, `${path}/${name}`, `${place}/${name}`, below, rules, depth + 1);
      if (entry !== undefined) entries.set(name, entry);
    }
    return directoryOf(entries);
  }

  private entry(
    root: string,
    path: string,
    place: string,
    relative: string,
    rules: FolderRules,
    depth: number,
  ): FileTree | undefined {
    const link = this.probe.files.lstat(path);
    const stat = this.probe.stat(path);
    if (link === undefined || stat === undefined) return undefined;
    if (link.type === "symlink") {
      const target = this.probe.files.readLink(path);
      const inside = insideTarget(relative, target);
      if (
        inside !== undefined &&
        rules.keep?.(inside) !== false &&
        this.probe.stat(`${root}/${inside}`) !== undefined
      ) {
        return linkTo(target);
      }
    }
    const changed = rules.change?.(relative, path);
    if (changed !== undefined) return changed;
    if (stat.type === "directory") return this.folder(root, path, place, relative, rules, depth);
    return this.file(path, place, stat);
  }

  /** Undefined for what no object can hold, for what may not be read, and for a module whose libraries are missing. */
  private file(path: string, place: string, stat: FileStat): FileTree | undefined {
    if (stat.type !== "regular") return undefined;
    if (!stat.executable && !/\.so(\.|$)/.test(path)) return this.readable(path, stat);
    try {
      return this.shared(stat, place, () => {
        const elf = this.libraries.elfAt(path);
        if (elf !== undefined) return this.libraries.linkedFile(this.probe.real(path), elf, this.libc);
        return this.script(path, this.probe.read(path), false) ?? plainHostFile(this.probe.files, path, stat);
      });
    } catch (error) {
      if (error instanceof MissingLibraryError || error instanceof FileError) return undefined;
      throw error;
    }
  }

  private readable(path: string, stat: FileStat): FileTree | undefined {
    // Others may read it: no need to try.
    if ((stat.mode & 0o004) === 0) {
      try {
        this.probe.read(path);
      } catch {
        return undefined;
      }
    }
    return plainHostFile(this.probe.files, path, stat);
  }

  private script(path: string, bytes: Uint8Array, isProgram: boolean): RegularFile | undefined {
    const shebang = readShebang(bytes);
    const program = shebang && this.interpreters(shebang.interpreter);
    if (shebang === undefined || program === undefined) return undefined;
    const beside = isProgram && isShell(shebang.interpreter);
    return changedHostFile(this.probe.files, path, true, (text) => rewriteScript(text, program, shebang.args, beside));
  }

  private shared(stat: FileStat, place: string, make: () => FileTree): FileTree {
    if (!stat.executable && stat.size < worthSharing) return make();
    const key = `${stat.device}:${stat.inode}`;
    const known = this.places.get(key);
    if (known !== undefined && known !== place) return linkTo(relativePath(place, known));
    const tree = make();
    this.places.set(key, place);
    return tree;
  }
}

/** Where a symlink inside a folder leads, relative to the folder; undefined when it leaves the folder. */
function insideTarget(relative: string, target: string): string | undefined {
  if (target.startsWith("/")) return undefined;
  const parts = relative.split("/").slice(0, -1);
  for (const part of target.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.length === 0 ? undefined : parts.join("/");
}

/** The text of a symlink at one place in a package that leads to another place in it. */
export function relativePath(from: string, to: string): string {
  const a = from.split("/").slice(0, -1);
  const b = to.split("/");
  let common = 0;
  while (common < a.length && common < b.length - 1 && a[common] === b[common]) common++;
  return [...a.slice(common).map(() => ".."), ...b.slice(common)].join("/");
}
