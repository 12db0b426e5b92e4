// Which files a program may read under `restrict-eval` and `pure-eval`: those below paths that were allowed, and, so
// that they can be reached, the folders above them. What it may not read does not exist for `pathExists`; reading it is
// an error.
import { FileError, type FileStat, type FileType, type ReadableFiles } from "../host/host.ts";
import { NixError } from "../source/nix-error.ts";
import { canonicalPath } from "./path.ts";
import type { Settings } from "./settings.ts";
import { resolveSymlinks } from "./symlinks.ts";

export class AccessControl {
  private readonly allowed = new Set<string>();
  private readonly folders = new Set<string>();
  private readonly mode: string;

  /** What the search path names is allowed from the start, unless the evaluation is pure. */
  constructor({ pureEval, nixPath }: Settings, workingDir: string) {
    this.mode = pureEval ? "in pure evaluation mode (use '--impure' to override)" : "in restricted mode";
    if (pureEval) return;
    for (const { path } of nixPath) this.allow(canonicalPath(path.startsWith("/") ? path : `${workingDir}/${path}`));
  }

  /** Allows an absolute canonical path and everything below it. */
  allow(path: string): void {
    this.allowed.add(path);
    for (const folder of ancestors(path)) this.folders.add(folder);
  }

  isAllowed(path: string): boolean {
    if (this.allowed.has(path) || this.folders.has(path)) return true;
    for (const folder of ancestors(path)) if (this.allowed.has(folder)) return true;
    return false;
  }

  /** Throws NixError `restricted`. */
  check(path: string): void {
    if (this.isAllowed(path)) return;
    throw new NixError("restricted", `access to absolute path '${path}' is forbidden ${this.mode}`);
  }
}

function* ancestors(path: string): Generator<string, void, void> {
  for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) yield path.slice(0, end);
  yield "/";
}

/** Files behind an AccessControl, which decides by the path that symlinks lead to. */
export class GuardedFiles implements ReadableFiles {
  private readonly files: ReadableFiles;
  private readonly access: AccessControl;

  constructor(files: ReadableFiles, access: AccessControl) {
    this.files = files;
    this.access = access;
  }

  lstat(path: string): FileStat | undefined {
    return this.access.isAllowed(path) ? this.files.lstat(path) : undefined;
  }

  stat(path: string): FileStat | undefined {
    return this.lstat(resolveSymlinks(this, path));
  }

  readFile(path: string): Uint8Array {
    return this.files.readFile(this.checked(path));
  }

  readChunks(path: string): Iterable<Uint8Array> {
    return this.files.readChunks(this.checked(path));
  }

  readDir(path: string): readonly { readonly name: string; readonly type: FileType }[] {
    const place = this.checked(path);
    const prefix = place === "/" ? "" : place;
    return this.files.readDir(place).filter(({ name }) => this.access.isAllowed(`${prefix}/${name}`));
  }

  readLink(path: string): string {
    this.access.check(path);
    return this.files.readLink(path);
  }

  realPath(path: string): string {
    const place = this.checked(path);
    if (this.files.lstat(place) === undefined) throw new FileError("ENOENT", path, "No such file or directory");
    return place;
  }

  private checked(path: string): string {
    const place = resolveSymlinks(this, path);
    this.access.check(place);
    return place;
  }
}
