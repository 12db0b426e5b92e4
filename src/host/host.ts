// Everything ocinix knows of the outside world comes through this interface: files, environment, clock, processes.
// It is synchronous, so that the lazy evaluator can read a file in the middle of an expression.

export type FileType = "regular" | "directory" | "symlink" | "unknown";

export interface FileStat {
  readonly type: FileType;
  /** Any execute bit of the owner is set. */
  readonly executable: boolean;
  /** In bytes. */
  readonly size: number;
  /** Modification time in milliseconds since 1970, with fraction. */
  readonly mtimeMs: number;
  readonly inode: number;
  readonly device: number;
  /** Permission bits, as in chmod(2). */
  readonly mode: number;
  /** How many names the file has; absent where nobody knows. */
  readonly links?: number;
  /** Of what is `unknown`: that it cannot be opened. */
  readonly isSocket?: true;
}

export type FileErrorCode =
  | "ENOENT"
  | "EACCES"
  | "EPERM"
  | "ENOTDIR"
  | "EISDIR"
  | "EEXIST"
  | "ELOOP"
  | "ENOSPC"
  | "EROFS"
  | "EIO"
  | (string & {});

/** What was tried: asking what is at a path, opening a file, listing a folder, reading a symlink, or anything else. */
export type FileOperation = "status" | "open" | "list" | "readLink" | "other";

/** A failed file operation. `reason` is the text of strerror(3), as C++ Nix prints it. */
export class FileError extends Error {
  readonly code: FileErrorCode;
  /** The path that the operation was about (a byte string). */
  readonly path: string;
  readonly reason: string;
  readonly operation: FileOperation;

  constructor(code: FileErrorCode, path: string, reason: string, operation: FileOperation = "open") {
    super(`${path}: ${reason}`);
    this.name = "FileError";
    this.operation = operation;
    this.code = code;
    this.path = path;
    this.reason = reason;
  }
}

/** Reading. Paths are absolute byte strings (code units 0-255). Every method throws FileError unless it says else. */
export interface ReadableFiles {
  /** Does not follow a final symlink. Undefined when there is nothing at the path (ENOENT or ENOTDIR). */
  lstat(path: string): FileStat | undefined;
  /** Follows symlinks. Undefined when there is nothing, or the symlink dangles. */
  stat(path: string): FileStat | undefined;
  readFile(path: string): Uint8Array;
  /** The file in pieces, for contents that may be large. */
  readChunks(path: string): Iterable<Uint8Array>;
  /** Entry names in no particular order. */
  readDir(path: string): readonly { readonly name: string; readonly type: FileType }[];
  readLink(path: string): string;
  /** Resolves every symlink in the path. */
  realPath(path: string): string;
}

/** Writing. Nothing here is implicit: parents must exist unless the method says else. */
export interface WritableFiles extends ReadableFiles {
  /** Creates the folder and its parents; an existing folder is fine. */
  makeDir(path: string): void;
  /** Writes a new file or replaces one. With `sync`, the contents are on the disk (fsync) when it returns. */
  writeFile(
    path: string,
    contents: Uint8Array | Iterable<Uint8Array>,
    options?: { mode?: number; sync?: boolean },
  ): void;
  symlink(target: string, path: string): void;
  hardLink(existing: string, path: string): void;
  chmod(path: string, mode: number): void;
  /** Sets access and modification time (seconds since 1970) without following a final symlink. */
  setTimes(path: string, seconds: number): void;
  /** Atomic replacement within one file system. */
  rename(from: string, to: string): void;
  /** Removes a file or a whole tree, read-only folders included; nothing there is fine. */
  remove(path: string): void;
  /** fsync of a folder. */
  syncDir(path: string): void;
  /** fsync of files and folders, in any order; much faster for many than one by one. */
  syncAll(paths: readonly string[]): void;
}

/** How a finished process ended. */
export interface ProcessResult {
  readonly status: number | null;
  readonly signal: string | null;
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
}

export interface ProcessOptions {
  readonly input?: Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Share the terminal with the child in place of capturing its output. */
  readonly inheritOutput?: boolean;
}

/** The memory for the values of an evaluation. */
export interface MemoryGauge {
  /** How full it is, garbage included, when there are so many bytes more; 1 is full. */
  share(more: number): number;
  /** Collects the garbage. Takes as much as some seconds. */
  collect(): void;
}

/** A lock on a file that is kept open; it ends with the process at the latest. */
export interface FileLock {
  /** Whether nobody wrote anything to the file. */
  isEmpty(): boolean;
  /** Adds a byte string to the end of the file. */
  append(text: string): void;
  readAll(): string;
  /** Closes the file. */
  release(): void;
}

export type LockKind = "shared" | "exclusive";

export interface Host {
  /** Absent where nobody knows. */
  readonly memory?: MemoryGauge;
  readonly files: WritableFiles;
  /** The value of an environment variable as a byte string. */
  env(name: string): string | undefined;
  /** Seconds since 1970. */
  now(): number;
  /** The Nix name of the platform, such as `x86_64-linux`. */
  readonly system: string;
  /** Absolute path of the working folder (a byte string). */
  readonly workingDir: string;
  /** What the system says is the user's home, for where HOME is not set; absent means that there is none. */
  readonly homeDir?: string | undefined;
  /** 0 for root; undefined where there are no users. */
  readonly userId: number | undefined;
  readonly groupId: number | undefined;
  readonly processId: number;
  /** Whether standard error is a terminal that shows colours; absent means no. */
  readonly color?: boolean;
  /** Standard error, for traces and warnings (a byte string, complete lines). */
  writeError(text: string): void;
  /**
   * Locks a file or folder as flock(2) does; a missing file is made. Undefined when another process holds a lock that
   * excludes this one and `wait` is not asked for. Throws FileError, also where the program `flock` is missing. Absent
   * where there are no locks.
   */
  lock?(path: string, kind: LockKind, options?: { readonly wait?: boolean }): FileLock | undefined;
  /** Runs a program to its end and waits. Throws FileError when it cannot be started. */
  run(program: string, args: readonly string[], options?: ProcessOptions): ProcessResult;
}
