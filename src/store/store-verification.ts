// Whether a store is what its database says. Surprise: an object that is gone, and that nothing refers to, is no error;
// it becomes invalid, as in C++ Nix.
import { FileError, type Host } from "../host/host.ts";
import type { StorePath } from "./eval-store.ts";
import { formatHash, formatPrefixedHash, type Hash, parseBareHash } from "./hash.ts";
import { hostTree } from "./host-tree.ts";
import type { LocalStore } from "./local-store.ts";
import { hashNar } from "./nar.ts";
import type { PathInfo } from "./path-info.ts";
import { isStorePath, storeDir } from "./store-path.ts";

export interface VerificationOptions {
  /** Hash everything; otherwise only look whether it is there. */
  readonly checkContents?: boolean;
  /** Gets the lines in which C++ Nix tells what it does and finds. */
  readonly report: (line: string) => void;
  /** Gets what cannot be read. */
  readonly onError: (error: unknown) => void;
}

/** Compares the whole store with its database. Gives whether everything is right. */
export function verifyStore(host: Host, local: LocalStore, options: VerificationOptions): boolean {
  const { report, checkContents = false, onError } = options;
  report("reading the Nix store...");
  local.protect();
  const objectDir = local.dir + storeDir;
  const names = new Set(host.files.readDir(objectDir).map(({ name }) => `${storeDir}/${name}`));
  report("checking path existence...");
  const existence = new ExistenceCheck(local, names, report);
  let isRight = existence.run();
  reportUnregistered(local, names, report);
  if (!checkContents) return isRight;
  report("checking link hashes...");
  if (!linksAreRight(host, objectDir, report)) isRight = false;
  report("checking store hashes...");
  for (const path of existence.found) {
    try {
      const problem = modification(host, local, local.pathInfo(path));
      if (problem === undefined) continue;
      report(problem);
    } catch (error) {
      onError(error);
    }
    isRight = false;
  }
  return isRight;
}

/** What C++ Nix says of an object whose contents are not those that were registered. Throws FileError. */
export function modification({ files }: Host, local: LocalStore, info: PathInfo): string | undefined {
  const { narHash } = hashNar(hostTree(files, local.realPath(info.path)), "sha256", info.path);
  if (formatHash(narHash, "base16") === info.narHash) return undefined;
  const shown = (hash: Hash): string => formatPrefixedHash(hash, "nix32");
  const expected = parseBareHash(info.narHash, "sha256");
  return `path '${info.path}' was modified! expected hash '${shown(expected)}', got '${shown(narHash)}'`;
}

class ExistenceCheck {
  /** Valid paths that are there, sorted. */
  readonly found: StorePath[] = [];
  private readonly local: LocalStore;
  private readonly names: ReadonlySet<string>;
  private readonly report: (line: string) => void;

  constructor(local: LocalStore, names: ReadonlySet<string>, report: (line: string) => void) {
    this.local = local;
    this.names = names;
    this.report = report;
  }

  run(): boolean {
    const missing = new Set<StorePath>();
    for (const path of this.local.validPaths()) {
      if (this.names.has(path)) this.found.push(path);
      else missing.add(path);
    }
    let isRight = true;
    // Those that nothing refers to first: without them, others may be such.
    for (let changed = true; changed; ) {
      changed = false;
      for (const path of missing) {
        if (this.local.referrers(path).some((referrer) => referrer !== path)) continue;
        this.report(`path '${path}' disappeared, removing from database...`);
        this.local.unregister(path);
        missing.delete(path);
        changed = true;
      }
    }
    for (const path of missing) {
      this.report(`path '${path}' disappeared, but it still has valid referrers!`);
      isRight = false;
    }
    return isRight;
  }
}

/** C++ Nix does not tell of these; the next collection removes them. */
function reportUnregistered(local: LocalStore, names: ReadonlySet<string>, report: (line: string) => void): void {
  for (const path of [...names].sort()) {
    if (!isStorePath(path) || path.endsWith(".lock") || local.isValid(path)) continue;
    report(`path '${path}' is in the store folder, but not registered; a garbage collection removes it`);
  }
}

function linksAreRight({ files }: Host, objectDir: string, report: (line: string) => void): boolean {
  const folder = `${objectDir}/.links`;
  if (files.lstat(folder) === undefined) return true;
  let areRight = true;
  for (const { name } of files.readDir(folder)) {
    const link = `${folder}/${name}`;
    const hash = nameOfLink(files, link);
    if (hash === undefined || hash === name) continue;
    report(`link "${link}" was modified! expected hash ${name}, got '${hash}'`);
    areRight = false;
  }
  return areRight;
}

/** The name in `.links` of what is at a path: the hash of its NAR. Undefined when it is gone. */
export function nameOfLink(files: Host["files"], path: string): string | undefined {
  try {
    return formatHash(hashNar(hostTree(files, path), "sha256").narHash, "nix32");
  } catch (error) {
    if (error instanceof FileError && error.code === "ENOENT") return undefined;
    throw error;
  }
}
