// The physical store: a folder that C++ Nix can use as `--store DIR`. An object is written under a temporary name, made
// canonical, synced, renamed and registered, in that order, so that what is valid is complete. The database's write
// lock is held from rename to commit: it is what makes concurrent processes agree.
import { FileError, type Host } from "../host/host.ts";
import { sortedUnique } from "./byte-order.ts";
import { CollectorGuard } from "./collector-guard.ts";
import type { IngestionMethod, StorePath } from "./eval-store.ts";
import type { FileTree } from "./file-tree.ts";
import { formatHash, type Hash, Hasher, parseBareHash, parseHashAlgorithm } from "./hash.ts";
import { hostTree } from "./host-tree.ts";
import { NarEncoder, type NarEvent, narEvents, parseNar } from "./nar.ts";
import type { PathInfo } from "./path-info.ts";
import { ReferenceScanner } from "./references.ts";
import { missingReference, StoreDatabase, schemaVersion } from "./store-database.ts";
import { StoreError } from "./store-error.ts";
import {
  formatContentAddress,
  makeContentAddressedPath,
  nameOfStorePath,
  parseCanonicalStorePath,
  storeDir,
  toStorePath,
} from "./store-path.ts";

export interface ObjectInfo {
  /** In any order; may hold the path itself. All others must be valid already. */
  readonly references?: Iterable<StorePath>;
  /** In place of `references`: those of these objects that the contents name, found while they are written. */
  readonly candidates?: Iterable<StorePath>;
  readonly deriver?: StorePath;
  /** See PathInfo; the contents are checked against it, and it against the path. */
  readonly ca?: string;
  /** See PathInfo. They are kept and not checked. */
  readonly sigs?: readonly string[];
  /** See PathInfo. */
  readonly ultimate?: true;
  /** For a `.drv`: the output paths that are known before the build, by output name. */
  readonly outputs?: ReadonlyMap<string, StorePath>;
}

/** One of several objects that are added together: as a tree, or as its NAR, which is drawn once. */
export interface NewObject extends ObjectInfo {
  readonly path: StorePath;
  readonly tree: FileTree | Iterable<Uint8Array>;
}

const objectTime = 1;
/** After so long without adding, the next turn of the event loop lets others collect. */
const idleMs = 1000;
const staleAfter = 3600;
const surelyStaleAfter = 24 * 3600;

export class LocalStore {
  /** The folder given to `open` (a byte string). */
  readonly dir: string;
  private readonly host: Host;
  private readonly objectDir: string;
  private readonly tempDir: string;
  private readonly database: StoreDatabase;
  private readonly guard: CollectorGuard;
  /** While the guard is up these cannot be collected. */
  private readonly valid = new Set<StorePath>();
  private tempCount = 0;

  private constructor(host: Host, dir: string, database: StoreDatabase) {
    this.host = host;
    this.dir = dir;
    this.objectDir = dir + storeDir;
    this.tempDir = tempDirOf(dir);
    this.database = database;
    this.guard = new CollectorGuard(host, dir);
  }

  /**
   * Opens the store in an absolute folder (a byte string), making both where they are missing, and removes what killed
   * processes left unfinished. Throws StoreError `database` or `write-failed`.
   */
  static open(host: Host, dir: string): LocalStore {
    const databaseDir = `${dir}/nix/var/nix/db`;
    try {
      host.files.makeDir(tempDirOf(dir));
      host.files.makeDir(databaseDir);
      const isNew = checkSchema(host, databaseDir);
      const store = new LocalStore(host, dir, new StoreDatabase(`${databaseDir}/db.sqlite`));
      // Last, because C++ Nix takes this file to mean that the database is complete.
      if (isNew) writeSchema(host, databaseDir);
      store.removeStale();
      return store;
    } catch (error) {
      throw writeFailure(error, `cannot open a store in '${dir}'`, "Choose another folder with --store.");
    }
  }

  /** The physical place of an object, or of a path inside it. Throws StoreError for a path that is not in a store. */
  realPath(path: string): string {
    const object = toStorePath(path);
    return this.dir + object.path + object.rest;
  }

  /**
   * From now on no process collects what is added here or found valid, as long as this one lives; waits for a
   * collection that is going on. Adding does this by itself. Throws StoreError `write-failed`.
   */
  protect(): void {
    if (this.guard.isUp) return;
    try {
      this.guard.raise();
      // C++ Nix collects it as garbage.
      this.host.files.makeDir(this.tempDir);
    } catch (error) {
      throw writeFailure(error, `cannot lock the store '${this.dir}'`, "Nothing was added.");
    }
    // Collections could happen until now.
    this.valid.clear();
    // A session has idle times, in which collections of others may go on.
    setTimeout(() => this.allowCollection(), idleMs).unref();
  }

  /** Lets other processes collect what this one does not use, until it adds something; for long waits. */
  allowCollection(): void {
    this.guard.lower(this.valid);
  }

  isValid(path: StorePath): boolean {
    if (this.valid.has(path)) return true;
    const valid = this.database.isValid(path);
    if (valid) this.valid.add(path);
    return valid;
  }

  /** Throws StoreError `invalid-path`. */
  pathInfo(path: StorePath): PathInfo {
    const info = this.database.info(path);
    if (info === undefined) throw invalidPath(path);
    return info;
  }

  /**
   * Writes an object and registers it, atomically and durably; a valid one is left alone, what a killed process left
   * at the path is replaced. Several processes may add the same object. Throws StoreError: `hash-mismatch` when the
   * contents are not those of `ca` or of the path, `missing-reference`, `write-failed`; FileError when the tree cannot
   * be read. Nothing is left behind then.
   */
  addTree(path: StorePath, tree: FileTree, info: ObjectInfo = {}): PathInfo {
    return this.addTrees([{ path, tree, ...info }])[0]!;
  }

  /**
   * The same for several objects at different paths, which become valid together or not at all; they may refer to each
   * other, but not in a circle. `approve` sees what is known of all of them before that, and calls it off by throwing.
   */
  addTrees(objects: readonly NewObject[], approve?: (infos: readonly PathInfo[]) => void): readonly PathInfo[] {
    this.protect();
    const paths = objects.map(({ path }) => parseCanonicalStorePath(path));
    const temps: string[] = [];
    const added: TemporaryObject[] = [];
    try {
      const infos = objects.map((object) => {
        if (this.isValid(object.path)) return this.pathInfo(object.path);
        const temp = this.tempPath();
        temps.push(temp);
        const info = this.write(object, temp);
        for (const reference of info.references) {
          if (!paths.includes(reference) && !this.isValid(reference)) throw missingReference(object.path, reference);
        }
        added.push({ temp, info, outputs: object.outputs });
        return info;
      });
      approve?.(infos);
      if (added.length > 0) this.place(referencesFirst(added));
    } catch (error) {
      for (const temp of temps) this.host.files.remove(temp);
      if (error instanceof FileError && error.path.startsWith(this.dir)) {
        throw writeFailure(
          error,
          `cannot write '${paths.join("', '")}' into the store '${this.dir}'`,
          "Nothing was added. Make room or choose another store folder, and try again.",
        );
      }
      throw error;
    }
    for (const path of paths) this.valid.add(path);
    return paths.map((path) => this.pathInfo(path));
  }

  /**
   * Records which objects the outputs of a valid derivation are, by output name; they need not be valid. Throws
   * StoreError `invalid-path`.
   */
  registerOutputs(drvPath: StorePath, outputs: ReadonlyMap<string, StorePath>): void {
    this.database.exclusively(() => this.database.registerOutputs(drvPath, outputs));
  }

  /** Adds signatures to a valid object, and gives how many are new. Throws StoreError `invalid-path`. */
  addSignatures(path: StorePath, sigs: readonly string[]): number {
    return this.database.exclusively(() => {
      const known = this.pathInfo(path).sigs ?? [];
      const all = sortedUnique([...known, ...sigs]);
      if (all.length > known.length) this.database.setSignatures(path, all);
      return all.length - known.length;
    });
  }

  /** Every valid path, sorted. */
  validPaths(): readonly StorePath[] {
    return this.database.validPaths();
  }

  /** The valid paths that refer to this one, sorted. */
  referrers(path: StorePath): readonly StorePath[] {
    return this.database.referrers(path);
  }

  /** The valid derivations that have this path as an output, sorted. */
  derivers(path: StorePath): readonly StorePath[] {
    return this.database.derivers(path);
  }

  /** Makes a path invalid, atomically; its files stay. Throws StoreError `in-use` when other valid paths refer to it. */
  unregister(path: StorePath): void {
    this.database.exclusively(() => this.database.unregister(path));
    this.valid.delete(path);
  }

  /** The valid object with this hash part. */
  pathWithHashPart(hashPart: string): StorePath | undefined {
    return this.database.pathWithHashPart(hashPart);
  }

  /** The recorded outputs of a derivation, by output name. */
  outputs(drvPath: StorePath): ReadonlyMap<string, StorePath> {
    return this.database.outputs(drvPath);
  }

  /** The paths and everything they refer to, sorted. Throws StoreError `invalid-path`. */
  closure(paths: Iterable<StorePath>): readonly StorePath[] {
    const closure = new Set<StorePath>(paths);
    // A set gives what is added to it during the loop as well.
    for (const path of closure) {
      const references = this.database.referencesOf(path);
      if (references === undefined) throw invalidPath(path);
      for (const reference of references) closure.add(reference);
    }
    return sortedUnique(closure);
  }

  /** The contents of a valid object. Throws StoreError `invalid-path`. */
  readTree(path: StorePath): FileTree {
    if (!this.isValid(path)) throw invalidPath(path);
    return hostTree(this.host.files, this.realPath(path));
  }

  /** Nothing may be called afterwards. */
  close(): void {
    this.guard.close();
    this.database.close();
  }

  private write({ path, tree, ca, ...object }: NewObject, temp: string): PathInfo {
    const narHasher = new Hasher("sha256");
    const content = ca === undefined ? undefined : contentHasher(path, ca);
    let narSize = 0;
    const encoder = new NarEncoder((chunk) => {
      narHasher.update(chunk);
      if (content?.of === "nar") content.hasher.update(chunk);
      narSize += chunk.length;
    });
    const scanner = object.candidates === undefined ? undefined : new ReferenceScanner(object.candidates);
    const writer = new TreeWriter(this.host, temp);
    for (const event of "type" in tree ? narEvents(tree, path) : parseNar(tree)) {
      let encoded = encoder.encode(event);
      if (content?.of === "file") {
        if (event.type !== "regular" || event.executable) {
          throw new StoreError("hash-mismatch", `'${path}' is not a plain file, as its content address '${ca}' says`);
        }
        encoded = tap(encoded, content.hasher);
      }
      if (scanner !== undefined && event.type !== "end") {
        scanner.text(event.name);
        if (event.type === "symlink") scanner.text(event.target);
        encoded = scanner.passing(encoded);
      }
      writer.write(event, encoded);
    }
    encoder.finish();
    writer.sync();
    const references = scanner?.found() ?? sortedUnique(object.references ?? []);
    if (ca !== undefined && content !== undefined) {
      checkContentAddress(path, ca, content.hasher.finish(), references);
    }
    return {
      path,
      narHash: formatHash(narHasher.finish(), "base16"),
      narSize,
      references,
      deriver: object.deriver,
      ca,
      ...(object.ultimate && { ultimate: true }),
      ...(object.sigs !== undefined && object.sigs.length > 0 && { sigs: sortedUnique(object.sigs) }),
      registrationTime: this.host.now(),
    };
  }

  /** From finished temporary objects to valid ones, in this order. */
  private place(objects: readonly TemporaryObject[]): void {
    const { files } = this.host;
    const leftovers: string[] = [];
    this.database.exclusively(() => {
      for (const { temp, info, outputs } of objects) {
        if (this.database.isValid(info.path)) {
          leftovers.push(temp);
          continue;
        }
        const real = this.realPath(info.path);
        const existing = files.lstat(real);
        if (existing !== undefined) {
          const leftover = this.tempPath();
          leftovers.push(leftover);
          // Moving a folder to another parent writes to the folder.
          if (existing.type === "directory") files.chmod(real, 0o755);
          files.rename(real, leftover);
        }
        files.rename(temp, real);
        if (files.lstat(real)?.type === "directory") {
          files.chmod(real, 0o555);
          files.syncDir(real);
        }
        this.database.register(info, outputs);
      }
      files.syncDir(this.objectDir);
    });
    for (const leftover of leftovers) files.remove(leftover);
  }

  private tempPath(): string {
    const { processId } = this.host;
    return `${this.tempDir}/${processId}-${this.host.now()}-${this.tempCount++}-${randomPart()}`;
  }

  private removeStale(): void {
    const { files } = this.host;
    const hasProcesses = files.lstat("/proc/1") !== undefined;
    for (const { name } of files.readDir(this.tempDir)) {
      const [processId, time] = name.split("-").map(Number);
      if (processId === undefined || time === undefined || !Number.isInteger(time)) continue;
      const age = this.host.now() - time;
      // A number of our own /proc says nothing of a process in another container that shares the folder: hence the
      // hour of grace.
      const isDead = hasProcesses && files.lstat(`/proc/${processId}`) === undefined;
      if (age > surelyStaleAfter || (age > staleAfter && isDead)) files.remove(`${this.tempDir}/${name}`);
    }
  }
}

interface TemporaryObject {
  readonly temp: string;
  readonly info: PathInfo;
  readonly outputs: ReadonlyMap<string, StorePath> | undefined;
}

function referencesFirst(objects: readonly TemporaryObject[]): readonly TemporaryObject[] {
  const ordered = new Set<TemporaryObject>();
  const entered = new Set<TemporaryObject>();
  const visit = (object: TemporaryObject): void => {
    if (entered.has(object)) return;
    entered.add(object);
    for (const other of objects) {
      if (object.info.references.includes(other.info.path)) visit(other);
    }
    ordered.add(object);
  };
  objects.forEach(visit);
  return [...ordered];
}

/** Writes events below a path, in canonical form; the root folder stays writable so that it can be moved. */
class TreeWriter {
  private readonly host: Host;
  private readonly root: string;
  private readonly open: string[] = [];
  private readonly written: string[] = [];

  constructor(host: Host, root: string) {
    this.host = host;
    this.root = root;
  }

  write(event: NarEvent, contents: Iterable<Uint8Array>): void {
    const { files } = this.host;
    if (event.type === "end") {
      const folder = this.open.pop()!;
      if (this.open.length > 0) files.chmod(folder, 0o555);
      files.setTimes(folder, objectTime);
      this.written.push(folder);
      return;
    }
    const parent = this.open.at(-1);
    const path = parent === undefined ? this.root : `${parent}/${event.name}`;
    switch (event.type) {
      case "directory":
        files.makeDir(path);
        this.open.push(path);
        return;
      case "regular":
        files.writeFile(path, contents, { mode: event.executable ? 0o555 : 0o444 });
        this.written.push(path);
        break;
      case "symlink":
        files.symlink(event.target, path);
        break;
    }
    files.setTimes(path, objectTime);
  }

  /** To be called at the end; then everything is on the disk. */
  sync(): void {
    this.host.files.syncAll(this.written);
  }
}

function* tap(chunks: Iterable<Uint8Array>, hasher: Hasher): Generator<Uint8Array, void, void> {
  for (const chunk of chunks) {
    hasher.update(chunk);
    yield chunk;
  }
}

interface ContentHasher {
  readonly of: "nar" | "file";
  readonly hasher: Hasher;
}

function contentHasher(path: StorePath, ca: string): ContentHasher {
  const { method, hash } = parseContentAddress(path, ca);
  return { of: method === "nar" ? "nar" : "file", hasher: new Hasher(hash.algorithm) };
}

function parseContentAddress(path: StorePath, ca: string): { readonly method: IngestionMethod; readonly hash: Hash } {
  const [, prefix, algorithm, digits] = /^(text:|fixed:|fixed:r:)([a-z0-9]+):([0-9a-z]+)$/.exec(ca) ?? [];
  if (prefix === undefined || algorithm === undefined || digits === undefined) {
    throw new StoreError("unsupported", `'${ca}' of '${path}' is not a content address that ocinix knows`);
  }
  const method = prefix === "text:" ? "text" : prefix === "fixed:" ? "flat" : "nar";
  return { method, hash: parseBareHash(digits, parseHashAlgorithm(algorithm)) };
}

function checkContentAddress(path: StorePath, ca: string, actual: Hash, references: readonly StorePath[]): void {
  const { method } = parseContentAddress(path, ca);
  const got = formatContentAddress(method, actual);
  if (got !== ca) {
    throw new StoreError(
      "hash-mismatch",
      `hash mismatch in '${path}':\n  specified: ${ca}\n  got:       ${got}\n` +
        "Nothing was added. If it comes from a file, the file has changed since it was hashed: try again.",
    );
  }
  const others = references.filter((reference) => reference !== path);
  const self = others.length < references.length;
  const expected = makeContentAddressedPath(nameOfStorePath(path), method, actual, { others, self });
  if (expected !== path) {
    throw new StoreError(
      "hash-mismatch",
      `cannot add path '${path}' to the Nix store because it claims to be content-addressed but isn't: ` +
        `it would be '${expected}'. Nothing was added.`,
    );
  }
}

/** Whether there is no database yet. Throws StoreError `database` for one that is too old or too new. */
function checkSchema({ files }: Host, databaseDir: string): boolean {
  const path = `${databaseDir}/schema`;
  if (files.lstat(path) === undefined) return true;
  const version = Buffer.from(files.readFile(path)).toString("latin1").trim();
  if (version === String(schemaVersion)) return false;
  throw new StoreError(
    "database",
    `the store database in '${databaseDir}' has schema version '${version}', and ocinix supports ${schemaVersion}. ` +
      "Nothing was changed; open the store with C++ Nix to upgrade it, or choose another folder.",
  );
}

function writeSchema({ files, processId }: Host, databaseDir: string): void {
  const temp = `${databaseDir}/schema.${processId}-${randomPart()}`;
  files.writeFile(temp, Buffer.from(String(schemaVersion)), { mode: 0o644, sync: true });
  files.rename(temp, `${databaseDir}/schema`);
}

function writeFailure(error: unknown, what: string, advice: string): unknown {
  if (!(error instanceof FileError)) return error;
  return new StoreError("write-failed", `${what}: ${error.reason} (${error.path}). ${advice}`, { cause: error });
}

function invalidPath(path: StorePath): StoreError {
  return new StoreError("invalid-path", `path '${path}' is not valid`);
}

/** Apart from processes on other machines or in other containers that share the folder. */
function randomPart(): string {
  return Math.random().toString(36).slice(2, 12);
}

/** Below the objects' folder, so that renaming stays within one file system. */
function tempDirOf(dir: string): string {
  return `${dir}${storeDir}/.ocinix-tmp`;
}
