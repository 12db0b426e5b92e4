// Locks as flock(2) has them, which are what C++ Nix uses. Node cannot make them, so the program `flock` does: a lock
// belongs to the open file, which that program inherits, and so it stays when the program has ended.
import fs from "node:fs";
import type { FileLock, LockKind } from "./host.ts";

/** What `flock` ends with when somebody else has the lock and it may not wait. */
const conflictStatus = 1;

/** Undefined when the lock is not to be had at once and `wait` is false. Throws errors of node:fs and child_process. */
export function lockFile(path: string | Buffer, kind: LockKind, wait: boolean): FileLock | undefined {
  const { spawnSync } = process.getBuiltinModule("node:child_process");
  const file = openForLock(path);
  const flags = [kind === "shared" ? "-s" : "-x", ...(wait ? [] : ["-n"]), "3"];
  const { error, status } = spawnSync("flock", flags, { stdio: ["ignore", "ignore", "ignore", file] });
  if (error === undefined && status === 0) return new HeldLock(file);
  fs.closeSync(file);
  if (error !== undefined) throw error;
  if (status === conflictStatus && !wait) return undefined;
  throw Object.assign(new Error(`flock ended with status ${status}`), { code: "ENOLCK" });
}

function openForLock(path: string | Buffer): number {
  const { O_RDWR, O_CREAT, O_RDONLY } = fs.constants;
  try {
    return fs.openSync(path, O_RDWR | O_CREAT, 0o600);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EISDIR")) throw error;
    return fs.openSync(path, O_RDONLY);
  }
}

class HeldLock implements FileLock {
  private readonly file: number;

  constructor(file: number) {
    this.file = file;
  }

  isEmpty(): boolean {
    return fs.fstatSync(this.file).size === 0;
  }

  append(text: string): void {
    const bytes = Buffer.from(text, "latin1");
    let offset = fs.fstatSync(this.file).size;
    for (let done = 0; done < bytes.length; ) {
      const count = fs.writeSync(this.file, bytes, done, bytes.length - done, offset);
      done += count;
      offset += count;
    }
  }

  readAll(): string {
    const bytes = Buffer.alloc(fs.fstatSync(this.file).size);
    return bytes.toString("latin1", 0, fs.readSync(this.file, bytes, 0, bytes.length, 0));
  }

  release(): void {
    fs.closeSync(this.file);
  }
}
