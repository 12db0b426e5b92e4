// The real outside world, over node:fs. Paths that are not ASCII go to the kernel as bytes, never through UTF-8;
// whatever an evaluation seldom needs (processes, fs-extra) is loaded when it is first used, to keep start-up cheap.
import fs from "node:fs";
import { fileErrorReason } from "./file-error-reason.ts";
import { lockFile } from "./file-lock.ts";
import { heapGauge } from "./heap-gauge.ts";
import type {
  FileLock,
  FileOperation,
  FileStat,
  FileType,
  Host,
  LockKind,
  ProcessOptions,
  ProcessResult,
  WritableFiles,
} from "./host.ts";
import { FileError } from "./host.ts";
import { syncInParallel } from "./parallel-sync.ts";
import { environmentBytes, workingDirBytes } from "./process-bytes.ts";

const chunkSize = 256 * 1024;
/** So many are synced in the time that a worker takes to start. */
const fewFiles = 8;
const nonAscii = /[^\x00-\x7f]/;

/** A host over the machine that this process runs on. */
export function createNodeHost(): Host {
  return new NodeHost();
}

class NodeHost implements Host {
  readonly files: WritableFiles = nodeFiles;
  readonly memory = heapGauge;
  readonly system = nixSystem(process.platform, process.arch);
  readonly userId = process.getuid?.();
  readonly groupId = process.getgid?.();
  readonly processId = process.pid;

  get workingDir(): string {
    try {
      return workingDirBytes();
    } catch (error) {
      throw fileError(error, "cannot get cwd");
    }
  }

  get homeDir(): string | undefined {
    try {
      return encode(process.getBuiltinModule("node:os").userInfo().homedir);
    } catch {
      // Nobody knows this user.
      return undefined;
    }
  }

  env(name: string): string | undefined {
    return environmentBytes(name);
  }

  get color(): boolean {
    return showsColor(2);
  }

  now(): number {
    return Math.floor(Date.now() / 1000);
  }

  writeError(text: string): void {
    try {
      writeFully(2, Buffer.from(text, "latin1"));
    } catch {
      // As in Nix, an evaluation goes on when nobody reads its warnings.
    }
  }

  lock(path: string, kind: LockKind, options: { readonly wait?: boolean } = {}): FileLock | undefined {
    return attempt(path, () => lockFile(native(path), kind, options.wait ?? false));
  }

  run(program: string, args: readonly string[], options: ProcessOptions = {}): ProcessResult {
    const { spawnSync } = process.getBuiltinModule("node:child_process");
    const child = spawnSync(decode(program), args.map(decode), {
      ...(options.input && { input: options.input }),
      ...(options.cwd !== undefined && { cwd: decode(options.cwd) }),
      ...(options.env && { env: decodeAll(options.env) }),
      stdio: [options.input ? "pipe" : "inherit", ...outputs(options.inheritOutput)],
      maxBuffer: Number.POSITIVE_INFINITY,
    });
    if (child.error) throw fileError(child.error, program);
    return {
      status: child.status,
      signal: child.signal,
      stdout: child.stdout ?? Buffer.alloc(0),
      stderr: child.stderr ?? Buffer.alloc(0),
    };
  }
}

/** Whether standard output (1) or standard error (2) is a terminal that shows colours; decided as in Nix. */
export function showsColor(stream: 1 | 2): boolean {
  const { NO_COLOR, NOCOLOR, TERM = "dumb" } = process.env;
  if (NO_COLOR !== undefined || NOCOLOR !== undefined || TERM === "dumb") return false;
  return isTerminal(stream);
}

export function isTerminal(stream: 1 | 2): boolean {
  return process.getBuiltinModule("node:tty").isatty(stream);
}

const nodeFiles: WritableFiles = {
  lstat(path) {
    return statOrNothing(path, fs.lstatSync);
  },

  stat(path) {
    return statOrNothing(path, fs.statSync);
  },

  readFile(path) {
    return attempt(path, () => fs.readFileSync(native(path)));
  },

  *readChunks(path) {
    const file = attempt(path, () => fs.openSync(native(path), "r"));
    try {
      for (;;) {
        const chunk = Buffer.allocUnsafeSlow(chunkSize);
        const length = attempt(path, () => fs.readSync(file, chunk, 0, chunkSize, null));
        if (length === 0) return;
        yield chunk.subarray(0, length);
      }
    } finally {
      fs.closeSync(file);
    }
  },

  readDir(path) {
    return attempt(path, () => {
      const entries = fs.readdirSync(native(path), { encoding: "latin1", withFileTypes: true });
      return entries.map((entry) => ({ name: entry.name, type: typeOf(entry) }));
    });
  },

  readLink(path) {
    return attempt(path, () => fs.readlinkSync(native(path), "latin1"));
  },

  realPath(path) {
    return attempt(path, () => fs.realpathSync.native(native(path), "latin1"));
  },

  makeDir(path) {
    if (this.stat(path)?.type === "directory") return;
    const parent = path.slice(0, Math.max(path.lastIndexOf("/"), 1));
    // Not Node's own recursive mkdir: it never ends where the kernel says ENOENT for a folder in an existing one (/proc).
    if (parent !== path && this.lstat(parent) === undefined) this.makeDir(parent);
    attempt(path, () => {
      try {
        fs.mkdirSync(native(path));
      } catch (error) {
        // Another process may have made it meanwhile.
        if (!isDirectory(native(path))) throw error;
      }
    });
  },

  writeFile(path, contents, options = {}) {
    const file = attempt(path, () => fs.openSync(native(path), "w", options.mode));
    try {
      for (const chunk of contents instanceof Uint8Array ? [contents] : contents) {
        attempt(path, () => writeFully(file, chunk));
      }
      // The mode given to open(2) is cut by the umask, and ignored when the file exists.
      const { mode, sync } = options;
      if (mode !== undefined) attempt(path, () => fs.fchmodSync(file, mode));
      if (sync) attempt(path, () => fs.fsyncSync(file));
    } finally {
      fs.closeSync(file);
    }
  },

  symlink(target, path) {
    attempt(path, () => fs.symlinkSync(native(target), native(path)));
  },

  hardLink(existing, path) {
    attempt(path, () => fs.linkSync(native(existing), native(path)));
  },

  chmod(path, mode) {
    attempt(path, () => fs.chmodSync(native(path), mode));
  },

  setTimes(path, seconds) {
    attempt(path, () => fs.lutimesSync(native(path), seconds, seconds));
  },

  rename(from, to) {
    attempt(from, () => fs.renameSync(native(from), native(to)));
  },

  remove(path) {
    const type = nodeFiles.lstat(path)?.type;
    if (type === undefined) return;
    if (type === "directory") removeTree(path);
    else attempt(path, () => fs.unlinkSync(native(path)));
  },

  syncDir(path) {
    attempt(path, () => {
      const folder = fs.openSync(native(path), "r");
      try {
        fs.fsyncSync(folder);
      } finally {
        fs.closeSync(folder);
      }
    });
  },

  syncAll(paths) {
    if (paths.length > fewFiles) syncInParallel(paths);
    else for (const path of paths) nodeFiles.syncDir(path);
  },
};

/** fs-extra costs 15 ms to load, so only the removal of a whole tree pays for it. */
function removeTree(path: string): void {
  const { createRequire } = process.getBuiltinModule("node:module");
  const { removeSync } = createRequire(import.meta.url)("fs-extra") as typeof import("fs-extra");
  try {
    removeSync(native(path) as string);
  } catch {
    makeFoldersWritable(path);
    attempt(path, () => removeSync(native(path) as string));
  }
}

/** Nobody but root can remove the entries of a read-only folder, and every folder of the store is one. */
function makeFoldersWritable(root: string): void {
  const queue = [root];
  for (let folder = queue.pop(); folder !== undefined; folder = queue.pop()) {
    nodeFiles.chmod(folder, 0o700);
    for (const entry of nodeFiles.readDir(folder)) {
      if (entry.type === "directory") queue.push(`${folder}/${entry.name}`);
    }
  }
}

function statOrNothing(path: string, stat: (path: string | Buffer) => fs.Stats): FileStat | undefined {
  let stats: fs.Stats;
  try {
    stats = stat(native(path));
  } catch (error) {
    const code = errorCode(error);
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw fileError(error, path);
  }
  return {
    type: typeOf(stats),
    executable: (stats.mode & 0o100) !== 0,
    size: stats.size,
    mtimeMs: stats.mtimeMs,
    inode: stats.ino,
    device: stats.dev,
    mode: stats.mode & 0o7777,
    links: stats.nlink,
    ...(stats.isSocket() && { isSocket: true }),
  };
}

function typeOf(entry: fs.Stats | fs.Dirent): FileType {
  if (entry.isFile()) return "regular";
  if (entry.isDirectory()) return "directory";
  return entry.isSymbolicLink() ? "symlink" : "unknown";
}

/** A byte-string path as node:fs takes it. */
function native(path: string): string | Buffer {
  return nonAscii.test(path) ? Buffer.from(path, "latin1") : path;
}

/** Arguments and environment can only leave Node as UTF-8, so bytes that are not UTF-8 are refused, not mangled. */
function decode(bytes: string): string {
  if (!nonAscii.test(bytes)) return bytes;
  const buffer = Buffer.from(bytes, "latin1");
  const text = buffer.toString("utf8");
  if (!Buffer.from(text, "utf8").equals(buffer)) throw new FileError("EILSEQ", bytes, fileErrorReason("EILSEQ"));
  return text;
}

function decodeAll(env: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [decode(name), decode(value)]));
}

function encode(text: string): string {
  return nonAscii.test(text) ? Buffer.from(text, "utf8").toString("latin1") : text;
}

function outputs(inherit = false): ["inherit", "inherit"] | ["pipe", "pipe"] {
  return inherit ? ["inherit", "inherit"] : ["pipe", "pipe"];
}

/** Writes everything to a file descriptor, also to a pipe in non-blocking mode whose reader is slow. */
export function writeFully(file: number, bytes: Uint8Array): void {
  for (let offset = 0; offset < bytes.length; ) {
    try {
      offset += fs.writeSync(file, bytes, offset);
    } catch (error) {
      if (errorCode(error) !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

function attempt<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw fileError(error, path);
  }
}

/** What is not an error of the system passes unchanged: it is a bug. */
function fileError(error: unknown, path: string): unknown {
  let code = errorCode(error);
  if (code === undefined || error instanceof FileError) return error;
  // Node refuses NUL bytes itself, where the kernel would cut the path there.
  if (code === "ERR_INVALID_ARG_VALUE") code = "EINVAL";
  return new FileError(code, path, fileErrorReason(code), operationOf(error));
}

function operationOf(error: unknown): FileOperation {
  const syscall = error instanceof Error && "syscall" in error ? error.syscall : undefined;
  switch (syscall) {
    case "lstat":
    case "stat":
      return "status";
    case "scandir":
      return "list";
    case "readlink":
      return "readLink";
    case "open":
      return "open";
    default:
      return "other";
  }
}

function errorCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

const nixCpus: Readonly<Record<string, string>> = {
  x64: "x86_64",
  arm64: "aarch64",
  ia32: "i686",
  arm: "armv7l",
  ppc64: "powerpc64le",
  loong64: "loongarch64",
};

/** The Nix name of a platform, from Node's names for operating system and processor. */
export function nixSystem(platform: string, arch: string): string {
  return `${nixCpus[arch] ?? arch}-${platform === "win32" ? "windows" : platform}`;
}

function isDirectory(path: fs.PathLike): boolean {
  return fs.statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
