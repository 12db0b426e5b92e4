// Equal files of a store become one with many names, of which one is in `.links`, named by the hash of its NAR, as in
// C++ Nix. A file is replaced atomically, so that readers and whoever is killed find the one or the other.
import { FileError, type FileStat, type Host } from "../host/host.ts";
import type { LocalStore } from "./local-store.ts";
import { storeDir } from "./store-path.ts";
import { nameOfLink } from "./store-verification.ts";

export interface Optimised {
  readonly filesLinked: number;
  readonly bytesFreed: number;
}

/** Links all equal files and symlinks of valid objects. Throws FileError; what was linked until then stays so. */
export function optimiseStore(host: Host, local: LocalStore, warn: (message: string) => void): Optimised {
  local.protect();
  const optimiser = new Optimiser(host, local.dir + storeDir, warn);
  for (const path of local.validPaths()) optimiser.visit(local.dir + path);
  return optimiser;
}

class Optimiser implements Optimised {
  filesLinked = 0;
  bytesFreed = 0;
  private readonly host: Host;
  private readonly objectDir: string;
  private readonly warn: (message: string) => void;
  /** Of the files that have their name in `.links`. */
  private readonly linkedInodes: Set<number>;
  private count = 0;

  constructor(host: Host, objectDir: string, warn: (message: string) => void) {
    this.host = host;
    this.objectDir = objectDir;
    this.warn = warn;
    const { files } = host;
    files.makeDir(`${objectDir}/.links`);
    const stats = files.readDir(`${objectDir}/.links`).map(({ name }) => files.lstat(`${objectDir}/.links/${name}`));
    this.linkedInodes = new Set(stats.map((stat) => stat?.inode ?? 0));
  }

  visit(root: string): void {
    const { files } = this.host;
    const queue = [root];
    for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
      const stat = files.lstat(path);
      if (stat === undefined) continue;
      if (stat.type !== "directory") this.link(path, stat);
      else for (const { name } of files.readDir(path)) queue.push(`${path}/${name}`);
    }
  }

  private link(path: string, stat: FileStat): void {
    const { files } = this.host;
    if (stat.type === "unknown" || this.linkedInodes.has(stat.inode)) return;
    if (stat.type === "regular" && (stat.mode & 0o200) !== 0) {
      this.warn(`skipping suspicious writable file '"${path}"'`);
      return;
    }
    const name = nameOfLink(files, path);
    if (name === undefined) return;
    const link = `${this.objectDir}/.links/${name}`;
    const known = files.lstat(link);
    if (known !== undefined && known.size !== stat.size) {
      this.warn(`removing corrupted link "${link}"`);
      this.warn(
        "There may be more corrupted paths.\n" +
          "You should run `nix-store --verify --check-contents --repair` to fix them all",
      );
      files.remove(link);
    }
    if (files.lstat(link) === undefined) {
      if (this.tryLink(path, link)) this.linkedInodes.add(stat.inode);
      return;
    }
    this.replace(path, stat, link);
  }

  private replace(path: string, stat: FileStat, link: string): void {
    const { files, processId } = this.host;
    const folder = path.slice(0, path.lastIndexOf("/"));
    const temp = `${this.objectDir}/.tmp-link-${processId}-${this.count++}`;
    if (!this.tryLink(link, temp)) return;
    const isInObject = folder !== this.objectDir;
    try {
      if (isInObject) files.chmod(folder, 0o755);
      files.rename(temp, path);
    } finally {
      files.remove(temp);
      if (isInObject) {
        files.chmod(folder, 0o555);
        files.setTimes(folder, 1);
      }
    }
    this.filesLinked++;
    this.bytesFreed += stat.size;
  }

  /** Gives false where the file system has no more names for the file, or somebody else was faster. */
  private tryLink(existing: string, path: string): boolean {
    try {
      this.host.files.hardLink(existing, path);
      return true;
    } catch (error) {
      const isNoFault = error instanceof FileError && ["EEXIST", "EMLINK", "ENOSPC", "ENOENT"].includes(error.code);
      if (!isNoFault) throw error;
      return false;
    }
  }
}
