// Garbage collection as C++ Nix does it, with its lock: while it runs, nobody adds to the store. A path becomes invalid
// before its files go, and who refers to it goes first; so a collection that is killed leaves a sound store and some
// files that the next one removes.
import { FileError, type FileLock, type Host } from "../host/host.ts";
import { collectorLockOf } from "./collector-guard.ts";
import { findRoots, type Roots } from "./collector-roots.ts";
import type { StorePath } from "./eval-store.ts";
import type { LocalStore } from "./local-store.ts";
import { sizeText } from "./size-text.ts";
import { StoreError } from "./store-error.ts";
import { hashPartOfStorePath, isStorePath, storeDir } from "./store-path.ts";

export interface CollectionOptions {
  /** Only say what is garbage. */
  readonly dryRun?: boolean;
  /** Stop when more bytes than this are freed. */
  readonly maxFreed?: number;
  /** What is needed to build live derivations, and has been built, is alive. Default false. */
  readonly keepOutputs?: boolean;
  /** The derivations of live objects are alive. Default true, as in Nix. */
  readonly keepDerivations?: boolean;
  /** Gets every line that C++ Nix prints on standard error. */
  readonly report?: (line: string) => void;
}

export interface DeletionOptions extends Pick<CollectionOptions, "report"> {
  readonly ignoreLiveness?: boolean;
  /** Leave what is alive, and do not complain of it. */
  readonly skipAlive?: boolean;
  /** Delete what refers to the paths as well. */
  readonly alsoReferrers?: boolean;
}

export interface Collected {
  /** What was deleted, or would be: store paths, and other things in the folder. */
  readonly paths: readonly string[];
  /** In bytes, as far as no other link to the files is left. */
  readonly bytesFreed: number;
}

/** Nix' names of things in the store folder that are not objects and not garbage. */
const notGarbage: ReadonlySet<string> = new Set([".links", ".ocinix-tmp"]);

/**
 * Deletes everything that no root needs. Waits until nobody adds to the store, and others wait for it. Throws StoreError
 * `unsupported` where files cannot be locked, FileError; what was deleted until then is gone, and the store is sound.
 */
export function collectGarbage(host: Host, local: LocalStore, options: CollectionOptions = {}): Collected {
  const { maxFreed = Number.POSITIVE_INFINITY, dryRun = false, report = () => {} } = options;
  return alone(host, local, report, () => {
    const roots = rootsOf(host, local, report);
    const collection = new Collection(host, local, { ...options, maxFreed, dryRun, report });
    if (maxFreed > 0) {
      const alive = new Liveness(local, roots, options);
      report(dryRun ? "determining live/dead paths..." : "deleting garbage...");
      const isDone = collection.sweep((path) => !alive.has(path));
      if (isDone && !dryRun) collection.removeTemporary();
    }
    if (!dryRun) collection.removeUnusedLinks();
    return collection.result();
  });
}

/**
 * Deletes these paths, unless they are needed. Throws StoreError `in-use` for the first that is, when those before it
 * are deleted; `done` gets what was deleted, also then. Otherwise as `collectGarbage`.
 */
export function deletePaths(
  host: Host,
  local: LocalStore,
  paths: readonly StorePath[],
  options: DeletionOptions,
  done: (collected: Collected) => void,
): void {
  const { report = () => {} } = options;
  alone(host, local, report, () => {
    const roots = options.ignoreLiveness ? temporaryRoots(host, local, report) : rootsOf(host, local, report);
    report(options.skipAlive ? "deleting garbage within specified paths..." : "deleting specified paths...");
    const alive = new Liveness(local, roots, { keepDerivations: false });
    const collection = new Collection(host, local, { maxFreed: Number.POSITIVE_INFINITY, dryRun: false, report });
    const mayGo = (path: StorePath): boolean => !alive.has(path) && (options.alsoReferrers || paths.includes(path));
    try {
      for (const path of paths) {
        if (collection.deleteWithReferrers(path, mayGo) || options.skipAlive) continue;
        throw new StoreError(
          "in-use",
          `Cannot delete path '${path}' since it is still alive. To find out why, use: ` +
            "nix-store --query --roots and nix-store --query --referrers",
        );
      }
      collection.removeUnusedLinks();
    } finally {
      done(collection.result());
    }
  });
}

/** Runs the action while nobody else adds to the store or collects in it. */
function alone<Result>(host: Host, local: LocalStore, report: (line: string) => void, action: () => Result): Result {
  // Our own share of the lock would keep us waiting for ourselves.
  local.allowCollection();
  const lock = collectorLock(host, local.dir, report);
  try {
    return action();
  } finally {
    lock.release();
  }
}

function collectorLock(host: Host, dir: string, report: (line: string) => void): FileLock {
  const path = collectorLockOf(dir);
  try {
    const lock = host.lock?.(path, "exclusive");
    if (lock !== undefined) return lock;
    report("waiting for the big garbage collector lock...");
    const later = host.lock?.(path, "exclusive", { wait: true });
    if (later !== undefined) return later;
  } catch (error) {
    if (!(error instanceof FileError && error.code === "ENOENT" && error.operation === "other")) throw error;
  }
  throw new StoreError(
    "unsupported",
    "deleting from the store needs the program 'flock' (of util-linux or busybox), which keeps builds of other processes " +
      "safe meanwhile, and it is not in PATH. Nothing was deleted.",
  );
}

function rootsOf(host: Host, local: LocalStore, report: (line: string) => void): Roots {
  report("finding garbage collector roots...");
  return findRoots(host, local, report);
}

/** What processes are about to use is never deleted. */
function temporaryRoots(host: Host, local: LocalStore, report: (line: string) => void): Roots {
  const all = rootsOf(host, local, report);
  return new Map([...all].filter(([, by]) => [...by].some((name) => name.startsWith("{temp:"))));
}

/** What is alive: the roots and all that they need. */
class Liveness {
  private readonly alive = new Set<StorePath>();
  /** Of temporary roots, because `<path>.lock` and the like belong to them. */
  private readonly hashParts = new Set<string>();

  constructor(local: LocalStore, roots: Roots, options: Pick<CollectionOptions, "keepOutputs" | "keepDerivations">) {
    const { keepOutputs = false, keepDerivations = true } = options;
    for (const [path, by] of roots) {
      this.alive.add(path);
      if ([...by].some((name) => name.startsWith("{temp:"))) this.hashParts.add(hashPartOfStorePath(path));
    }
    // A set gives what is added to it during the loop as well.
    for (const path of this.alive) {
      if (!local.isValid(path)) continue;
      const { references, deriver } = local.pathInfo(path);
      for (const reference of references) this.alive.add(reference);
      if (keepDerivations && deriver !== undefined && local.isValid(deriver)) this.alive.add(deriver);
      if (!keepOutputs || !path.endsWith(".drv")) continue;
      for (const output of local.outputs(path).values()) if (local.isValid(output)) this.alive.add(output);
    }
  }

  has(path: StorePath): boolean {
    return this.alive.has(path) || this.hashParts.has(hashPartOfStorePath(path));
  }
}

class Collection {
  private readonly host: Host;
  private readonly local: LocalStore;
  private readonly options: Required<Pick<CollectionOptions, "dryRun" | "maxFreed" | "report">>;
  private readonly objectDir: string;
  private readonly paths = new Set<string>();
  private bytesFreed = 0;

  constructor(
    host: Host,
    local: LocalStore,
    options: Required<Pick<CollectionOptions, "dryRun" | "maxFreed" | "report">>,
  ) {
    this.host = host;
    this.local = local;
    this.options = options;
    this.objectDir = local.dir + storeDir;
  }

  result(): Collected {
    return { paths: [...this.paths], bytesFreed: this.bytesFreed };
  }

  /** Deletes all that is garbage. Gives whether it came to the end. */
  sweep(isDead: (path: StorePath) => boolean): boolean {
    for (const { name } of this.host.files.readDir(this.objectDir)) {
      if (notGarbage.has(name)) continue;
      const path = `${storeDir}/${name}`;
      if (isStorePath(path)) this.deleteWithReferrers(path, isDead);
      else if (!this.isInUse(name)) this.deleteFiles(path);
      if (this.isFull()) return false;
    }
    return true;
  }

  /**
   * Deletes an object, and before it those that refer to it, when all of them may go. Gives whether the object is, or
   * would be, deleted now.
   */
  deleteWithReferrers(path: StorePath, mayGo: (path: StorePath) => boolean): boolean {
    const order = this.withReferrers(path);
    if (!order.every(mayGo)) return false;
    for (const object of order) {
      if (this.isFull()) return false;
      if (this.paths.has(object)) continue;
      if (!this.options.dryRun && this.local.isValid(object)) this.local.unregister(object);
      this.deleteFiles(object);
    }
    return true;
  }

  /** Nobody is adding now, so that what is there was left by who was killed. */
  removeTemporary(): void {
    const folder = `${this.objectDir}/.ocinix-tmp`;
    if (this.host.files.lstat(folder) === undefined) return;
    for (const { name } of this.host.files.readDir(folder)) this.host.files.remove(`${folder}/${name}`);
  }

  /** The names that `optimise` gave to files which no object has any more. */
  removeUnusedLinks(): void {
    const { files } = this.host;
    this.options.report("deleting unused links...");
    const folder = `${this.objectDir}/.links`;
    let saved = 0;
    if (files.lstat(folder) !== undefined) {
      for (const { name } of files.readDir(folder)) {
        const stat = files.lstat(`${folder}/${name}`);
        if (stat === undefined) continue;
        const links = stat.links ?? 2;
        if (links > 1) saved += (links - 2) * stat.size;
        else files.remove(`${folder}/${name}`);
      }
    }
    const overhead = files.lstat(folder)?.size ?? 0;
    this.options.report(`note: hard linking is currently saving ${sizeText(saved - overhead)}`);
  }

  /** Referrers before what they refer to, the object itself last. */
  private withReferrers(start: StorePath): readonly StorePath[] {
    const order: StorePath[] = [];
    const entered = new Set<StorePath>([start]);
    const stack = [{ path: start, referrers: this.referrers(start) }];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const next = top.referrers.next();
      if (next.done) {
        order.push(top.path);
        stack.pop();
      } else if (!entered.has(next.value)) {
        entered.add(next.value);
        stack.push({ path: next.value, referrers: this.referrers(next.value) });
      }
    }
    return order;
  }

  private referrers(path: StorePath): Iterator<StorePath> {
    return this.local.referrers(path)[Symbol.iterator]();
  }

  /** Builds of C++ Nix lock their folders. */
  private isInUse(name: string): boolean {
    if (!name.startsWith("tmp-")) return false;
    const lock = this.host.lock?.(`${this.objectDir}/${name}`, "exclusive");
    lock?.release();
    return lock === undefined;
  }

  private deleteFiles(path: string): void {
    const { dryRun, report, maxFreed } = this.options;
    this.paths.add(path);
    if (dryRun) return;
    report(`deleting '${path}'`);
    const real = this.local.dir + path;
    const size = this.sizeOf(real);
    this.host.files.remove(real);
    this.bytesFreed += size;
    if (this.isFull()) report(`deleted more than ${maxFreed} bytes; stopping`);
  }

  private isFull(): boolean {
    return this.bytesFreed > this.options.maxFreed;
  }

  /** What removing this frees: a file with two links is taken to have one in `.links`, as in C++ Nix. */
  private sizeOf(root: string): number {
    const { files } = this.host;
    let size = 0;
    const queue = [root];
    for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
      const stat = files.lstat(path);
      if (stat === undefined) continue;
      if (stat.type !== "directory") size += (stat.links ?? 1) > 2 ? 0 : stat.size;
      else for (const { name } of files.readDir(path)) queue.push(`${path}/${name}`);
    }
    return size;
  }
}
