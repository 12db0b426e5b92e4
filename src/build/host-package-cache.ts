// What was found out about host packages, so that the next evaluation neither reads nor hashes a program. One file per
// description in the cache folder: the objects' hashes, and how every file that went into them was seen. A damaged or
// outdated file is a miss; writers replace it whole, so that concurrent ones do not harm each other.
import { cacheFolder } from "../host/cache-folder.ts";
import type { Host } from "../host/host.ts";
import type { Sighting } from "../host/sighting.ts";
import { bufferFromBytes, bytesFromBuffer } from "../source/bytes.ts";
import type { EvalStore, StorePath } from "../store/eval-store.ts";
import type { Directory, FileTree } from "../store/file-tree.ts";
import { formatHash, hashBase16, parseBareHash } from "../store/hash.ts";
import { StoreError } from "../store/store-error.ts";
import {
  type HostPackage,
  type HostPackageDescription,
  type InterpreterPackages,
  makeHostPackage,
} from "./host-package.ts";
import { sameSightings } from "./host-probe.ts";

/** To be raised with every change of how packages are made: entries of other revisions are not used. */
const revision = 2;

interface Entry {
  readonly path: StorePath;
  readonly objects: readonly CachedObject[];
  readonly sightings: readonly (readonly [path: string, sighting: Sighting])[];
  readonly interpreters: readonly (readonly [name: string, path: StorePath | null])[];
}

interface CachedObject {
  readonly path: StorePath;
  readonly name: string;
  readonly references: readonly StorePath[];
  /** SHA-256 of the NAR, in base16. */
  readonly narHash: string;
  readonly narSize: number;
}

/**
 * Adds the package to the store and gives its path. From the cache as long as the host's files are as they were; then
 * they are read only when the store has to write them. Throws HostPackageError.
 */
export function addHostPackage(
  host: Host,
  store: EvalStore,
  description: HostPackageDescription,
  interpreters: InterpreterPackages,
): StorePath {
  const searchPath = (host.env("PATH") ?? "").split(":").filter((folder) => folder.startsWith("/"));
  const make = (): HostPackage => makeHostPackage(host.files, store, description, searchPath, interpreters);
  const file = cacheFile(host, description, searchPath);
  const entry = file === undefined ? undefined : readEntry(host, file);
  if (entry !== undefined && isCurrent(host, entry, interpreters)) {
    const made = lazily(make);
    for (const object of entry.objects) addCached(store, object, made);
    return entry.path;
  }
  const made = make();
  if (file !== undefined) writeEntry(host, file, made);
  return made.path;
}

function addCached(store: EvalStore, object: CachedObject, made: () => HostPackage): void {
  const { path, name, references } = object;
  const tree = (): FileTree => {
    const found = made().objects.find((candidate) => candidate.path === path);
    if (found !== undefined) return found.tree;
    throw new StoreError(
      "hash-mismatch",
      `'${path}' is made of files of this machine that have changed since. Nothing was added; try again.`,
    );
  };
  // The root of every object is a folder, and nothing more has to be known before its entries are drawn.
  const folder: Directory = { type: "directory", entries: () => entriesOf(tree()) };
  const digest = { narHash: parseBareHash(object.narHash, "sha256"), narSize: object.narSize };
  store.addHashed({ name, references, tree: folder }, digest);
}

function entriesOf(tree: FileTree): Iterable<readonly [string, FileTree]> {
  if (tree.type !== "directory") throw new Error("a host object is not a folder");
  return tree.entries();
}

function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function isCurrent(host: Host, entry: Entry, interpreters: InterpreterPackages): boolean {
  if (!sameSightings(host.files, entry.sightings)) return false;
  return entry.interpreters.every(([name, path]) => (interpreters(name) ?? null) === path);
}

function cacheFile(host: Host, description: HostPackageDescription, searchPath: readonly string[]): string | undefined {
  const folder = cacheFolder(host, "host-packages");
  if (folder === undefined) return undefined;
  const key = hashBase16("sha256", JSON.stringify([revision, host.system, description, searchPath]));
  return `${folder}/${key.slice(0, 40)}`;
}

function readEntry(host: Host, file: string): Entry | undefined {
  try {
    const text = bytesFromBuffer(host.files.readFile(file));
    const [checksum, body] = [text.slice(0, 64), text.slice(65)];
    return hashBase16("sha256", body) === checksum ? (JSON.parse(body) as Entry) : undefined;
  } catch {
    return undefined;
  }
}

function writeEntry(host: Host, file: string, made: HostPackage): void {
  const entry: Entry = {
    path: made.path,
    objects: made.objects.map(({ path, name, references, digest }) => ({
      path,
      name,
      references,
      narHash: formatHash(digest.narHash, "base16"),
      narSize: digest.narSize,
    })),
    sightings: [...made.sightings],
    interpreters: Array.from(made.interpreters, ([name, path]) => [name, path ?? null]),
  };
  const body = JSON.stringify(entry);
  const temp = `${file}.${host.processId}-${Math.random().toString(36).slice(2)}`;
  try {
    host.files.makeDir(file.slice(0, file.lastIndexOf("/")));
    host.files.writeFile(temp, bufferFromBytes(`${hashBase16("sha256", body)}\n${body}`));
    host.files.rename(temp, file);
  } catch {
    // A cache that cannot be written costs time and nothing else.
    removeQuietly(host, temp);
  }
}

function removeQuietly(host: Host, path: string): void {
  try {
    host.files.remove(path);
  } catch {
    // It was not there to begin with.
  }
}
