// What keeps the garbage collectors of other processes, C++ Nix' too, from what this process adds to a store and finds
// valid in it. While the guard is up it shares `gc.lock`, so that no collection runs at all; when it is let down, what
// it guarded stands in `temproots`, in a file that this process keeps locked, as C++ Nix does it.
import { FileError, type FileLock, type Host } from "../host/host.ts";
import type { StorePath } from "./eval-store.ts";

/** The state folder of a store in this folder. */
export function stateDirOf(dir: string): string {
  return `${dir}/nix/var/nix`;
}

/** The lock that a collection has alone, and everybody who adds shares. */
export function collectorLockOf(dir: string): string {
  return `${stateDirOf(dir)}/gc.lock`;
}

export class CollectorGuard {
  private readonly host: Host;
  private readonly dir: string;
  private collectorLock: FileLock | undefined;
  private rootsFile: { readonly path: string; readonly lock: FileLock } | undefined;
  private readonly recorded = new Set<StorePath>();

  constructor(host: Host, dir: string) {
    this.host = host;
    this.dir = dir;
  }

  get isUp(): boolean {
    return this.collectorLock !== undefined;
  }

  /**
   * Waits for the end of a collection. Where there are no locks it does nothing: ocinix does not collect garbage there
   * either. Throws FileError.
   */
  raise(): void {
    if (this.isUp) return;
    try {
      this.collectorLock = this.host.lock?.(collectorLockOf(this.dir), "shared", { wait: true });
    } catch (error) {
      if (!isMissingProgram(error)) throw error;
    }
  }

  /** Lets collections happen, which leave these paths alone as long as the process lives. Throws FileError. */
  lower(paths: Iterable<StorePath>): void {
    if (!this.isUp) return;
    const fresh = [...paths].filter((path) => !this.recorded.has(path));
    if (fresh.length > 0) {
      this.rootsFile ??= this.openRootsFile();
      this.rootsFile?.lock.append(fresh.map((path) => `${path}\0`).join(""));
      for (const path of fresh) this.recorded.add(path);
    }
    this.collectorLock?.release();
    this.collectorLock = undefined;
  }

  close(): void {
    if (this.rootsFile !== undefined) this.host.files.remove(this.rootsFile.path);
    this.rootsFile?.lock.release();
    this.rootsFile = undefined;
    this.collectorLock?.release();
    this.collectorLock = undefined;
  }

  private openRootsFile(): { readonly path: string; readonly lock: FileLock } | undefined {
    const { host } = this;
    const folder = `${stateDirOf(this.dir)}/temproots`;
    host.files.makeDir(folder);
    // The number is taken where another store of this process is open, or a process in another container has it.
    for (let count = 1; ; count++) {
      const path = `${folder}/${host.processId}${count === 1 ? "" : `-${count}`}`;
      const lock = host.lock?.(path, "exclusive");
      if (lock === undefined) {
        if (host.lock === undefined) return undefined;
        continue;
      }
      if (lock.isEmpty()) return { path, lock };
      // Left by a process that was killed, or a collector has just found it without a lock and removed it.
      host.files.remove(path);
      lock.release();
    }
  }
}

/** Whether it was the program `flock` that is missing, and not the folder. */
function isMissingProgram(error: unknown): boolean {
  return error instanceof FileError && error.code === "ENOENT" && error.operation === "other";
}
