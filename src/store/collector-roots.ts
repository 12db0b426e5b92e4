// What a garbage collection must leave: objects that links in the state folder lead to, those that running processes
// use, and those that processes are about to use. Surprise: our own result links lead to physical places, which C++ Nix
// does not take for roots, so each has a second root in `gcroots/ocinix` that goes when the link is gone.
import { FileError, type FileType, type Host } from "../host/host.ts";
import { stateDirOf } from "./collector-guard.ts";
import type { StorePath } from "./eval-store.ts";
import { formatHash, hashBytes } from "./hash.ts";
import type { LocalStore } from "./local-store.ts";
import { isStorePath, storeDir, toStorePath } from "./store-path.ts";

/** Who needs each object: the paths of links, of files of processes, `{temp:<process>}`. */
export type Roots = Map<StorePath, Set<string>>;

/** Where the roots of a result link are: the one that is the link, and the one for collectors that do not follow it. */
export function rootsOfLink(dir: string, link: string): { readonly indirect: string; readonly direct: string } {
  const name = formatHash(hashBytes("sha1", link), "nix32");
  const folder = `${stateDirOf(dir)}/gcroots`;
  return { indirect: `${folder}/auto/${name}`, direct: `${folder}/ocinix/${name}` };
}

/**
 * All roots. Stale links and files are removed on the way; `report` gets the lines in which C++ Nix tells of them. Only
 * temporary roots may be invalid. Throws FileError for what cannot be read and is no permission.
 */
export function findRoots(host: Host, local: LocalStore, report: (line: string) => void): Roots {
  const finder = new RootFinder(host, local, report);
  const state = stateDirOf(local.dir);
  finder.dropStalePairs(`${state}/gcroots`);
  for (const name of ["gcroots", "profiles"]) finder.visit(`${state}/${name}`, "unknown");
  finder.visitProcesses();
  finder.visitTemporary(`${state}/temproots`);
  return finder.roots;
}

const namedPath = /[0-9a-z]+[0-9a-zA-Z+\-._?=]*/.source;
const settingsOfKernel = ["modprobe", "fbsplash", "poweroff_cmd"].map((name) => `/proc/sys/kernel/${name}`);

class RootFinder {
  readonly roots: Roots = new Map();
  private readonly host: Host;
  private readonly local: LocalStore;
  private readonly report: (line: string) => void;
  /** The folders of objects by which processes and links may name them. */
  private readonly prefixes: readonly string[];

  constructor(host: Host, local: LocalStore, report: (line: string) => void) {
    this.host = host;
    this.local = local;
    this.report = report;
    const physical = local.dir + storeDir;
    this.prefixes = [...new Set([storeDir, physical, host.files.realPath(physical)])].map((prefix) => `${prefix}/`);
  }

  /** Roots of result links that are gone, or that lead elsewhere now. */
  dropStalePairs(folder: string): void {
    const { files } = this.host;
    if (files.lstat(`${folder}/ocinix`) === undefined) return;
    for (const { name } of files.readDir(`${folder}/ocinix`)) {
      const direct = `${folder}/ocinix/${name}`;
      const indirect = `${folder}/auto/${name}`;
      const kept = this.linkTarget(indirect);
      const led = kept === undefined ? undefined : this.linkTarget(kept);
      if (led === undefined || this.objectAt(led) !== this.linkTarget(direct)) files.remove(direct);
    }
  }

  visit(path: string, type: FileType): void {
    const { files } = this.host;
    try {
      const known = type === "unknown" ? files.lstat(path)?.type : type;
      if (known === "directory") {
        for (const entry of files.readDir(path)) this.visit(`${path}/${entry.name}`, entry.type);
      } else if (known === "symlink") this.visitLink(path);
      else if (known === "regular") {
        const object = `${storeDir}/${path.slice(path.lastIndexOf("/") + 1)}`;
        if (isStorePath(object) && this.local.isValid(object)) this.add(object, path);
      }
    } catch (error) {
      if (!isPermanent(error)) throw error;
      this.report(`cannot read potential root "${path}"`);
    }
  }

  visitProcesses(): void {
    const { files } = this.host;
    if (files.lstat("/proc") === undefined) return;
    for (const { name } of files.readDir("/proc")) {
      if (!/^\d+$/.test(name)) continue;
      try {
        this.visitProcess(`/proc/${name}`);
      } catch (error) {
        // It has ended, or is not ours to look at.
        if (!isPermanent(error)) throw error;
      }
    }
    for (const file of settingsOfKernel) {
      if (files.lstat(file) !== undefined) this.addText(this.read(file).trim(), file);
    }
  }

  visitTemporary(folder: string): void {
    const { files } = this.host;
    if (files.lstat(folder) === undefined) return;
    for (const { name } of files.readDir(folder)) {
      if (name.startsWith(".")) continue;
      const path = `${folder}/${name}`;
      if (files.lstat(path) === undefined) continue;
      const lock = this.host.lock?.(path, "exclusive");
      if (lock !== undefined) {
        // Only a process that has ended lets go of its file. Who opened it just now has to find out.
        this.report(`removing stale temporary roots file "${path}"`);
        files.remove(path);
        lock.append("d");
        lock.release();
        continue;
      }
      for (const root of this.read(path).split("\0").slice(0, -1)) {
        if (isStorePath(root)) this.add(root, `{temp:${name}}`);
      }
    }
  }

  private visitLink(path: string): void {
    const { files } = this.host;
    const target = files.readLink(path);
    if (this.objectAt(target) !== undefined) {
      this.addLink(path, target);
      return;
    }
    const link = absolute(target, path);
    if (files.lstat(link) === undefined) {
      if (!path.includes("/gcroots/auto/")) return;
      this.report(`removing stale link from "${path}" to "${link}"`);
      files.remove(path);
      return;
    }
    const inner = this.linkTarget(link);
    if (inner !== undefined && this.objectAt(inner) !== undefined) this.addLink(link, inner);
  }

  private addLink(link: string, target: string): void {
    const object = this.objectAt(target)!;
    if (this.local.isValid(object)) this.add(object, link);
    else this.report(`skipping invalid root from "${link}" to "${target}"`);
  }

  private visitProcess(folder: string): void {
    const { files } = this.host;
    const links = [`${folder}/exe`, `${folder}/cwd`];
    for (const link of links) this.addText(this.linkTarget(link), link);
    for (const { name } of files.readDir(`${folder}/fd`)) {
      this.addText(this.linkTarget(`${folder}/fd/${name}`), `${folder}/fd/${name}`);
    }
    for (const line of this.read(`${folder}/maps`).split("\n")) {
      this.addText(/^\s*(?:\S+\s+){5}(\/\S+)\s*$/.exec(line)?.[1], `${folder}/maps`);
    }
    const environment = this.read(`${folder}/environ`);
    for (const prefix of this.prefixes) {
      let at = environment.indexOf(prefix);
      for (; at >= 0; at = environment.indexOf(prefix, at + 1)) {
        const name = new RegExp(namedPath, "y");
        name.lastIndex = at + prefix.length;
        this.addText(prefix + (name.exec(environment)?.[0] ?? ""), `${folder}/environ`);
      }
    }
  }

  /** A root for a path in a valid object; what is no such path is none. */
  private addText(path: string | undefined, by: string): void {
    const object = path === undefined ? undefined : this.objectAt(path);
    if (object !== undefined && this.local.isValid(object)) this.add(object, by);
  }

  private add(object: StorePath, by: string): void {
    const links = this.roots.get(object);
    if (links === undefined) this.roots.set(object, new Set([by]));
    else links.add(by);
  }

  /** The object that a path, logical or physical, leads into. */
  private objectAt(path: string): StorePath | undefined {
    const prefix = this.prefixes.find((start) => path.startsWith(start));
    if (prefix === undefined) return undefined;
    const name = path.slice(prefix.length).split("/")[0]!;
    const object = `${storeDir}/${name}`;
    return isStorePath(object) ? toStorePath(object).path : undefined;
  }

  private linkTarget(path: string): string | undefined {
    const { files } = this.host;
    try {
      return files.lstat(path)?.type === "symlink" ? files.readLink(path) : undefined;
    } catch (error) {
      if (!isPermanent(error)) throw error;
      return undefined;
    }
  }

  private read(path: string): string {
    return Buffer.from(this.host.files.readFile(path)).toString("latin1");
  }
}

function absolute(target: string, link: string): string {
  return target.startsWith("/") ? target : `${link.slice(0, link.lastIndexOf("/"))}/${target}`;
}

function isPermanent(error: unknown): boolean {
  return error instanceof FileError && ["ENOENT", "EACCES", "EPERM", "ENOTDIR", "ESRCH", "EINVAL"].includes(error.code);
}
