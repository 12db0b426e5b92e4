// The store of an evaluation: objects are remembered as trees with what is known of them, and only written when
// somebody materialises them. A derivation is kept as the text of its file, and read when somebody needs it as data.
import type { ReadableFiles } from "../host/host.ts";
import { sortedUnique } from "./byte-order.ts";
import type { Derivation } from "./derivation.ts";
import { parseDerivation, printDerivation } from "./derivation-aterm.ts";
import type { AddOptions, EvalStore, HashedObject, IngestionMethod, Instantiation, StorePath } from "./eval-store.ts";
import type { FileTree, RegularFile } from "./file-tree.ts";
import { formatHash, type Hash, type HashAlgorithm, Hasher, hashBytes, parseBareHash } from "./hash.ts";
import { DerivationHashes, drvPathOf, referencesOf } from "./hash-derivation.ts";
import { hostTree } from "./host-tree.ts";
import type { LocalStore } from "./local-store.ts";
import { hashNar, type NarDigest } from "./nar.ts";
import type { PathInfo } from "./path-info.ts";
import { StoreError } from "./store-error.ts";
import { StoreFiles } from "./store-files.ts";
import { formatContentAddress, makeContentAddressedPath, nameOfStorePath, storeDir } from "./store-path.ts";

export interface VirtualStoreOptions {
  /** The host's files, for everything that is not in this store. */
  readonly files: ReadableFiles;
  /** Where objects that exist already are read from, before the host's own `/nix/store`. */
  readonly local?: ObjectLookup;
}

/** As much of a physical store as an evaluation needs. */
export type ObjectLookup = Pick<LocalStore, "isValid" | "pathInfo" | "realPath">;

interface VirtualObject {
  readonly tree: FileTree;
  /** Sorted. */
  readonly references: readonly StorePath[];
  readonly ca: string;
  readonly derivation?: Derivation;
  digest?: NarDigest;
}

/** A `.drv` file. Nearly all are only ever named, so that everything but the text is made when it is asked for. */
class VirtualDerivation implements VirtualObject {
  readonly references: readonly StorePath[];
  digest?: NarDigest;
  private readonly path: StorePath;
  private readonly text: string;
  private data: Derivation | undefined;

  constructor(path: StorePath, text: string, references: readonly StorePath[], data?: Derivation) {
    this.path = path;
    this.text = text;
    this.references = references;
    this.data = data;
  }

  get derivation(): Derivation {
    this.data ??= parseDrv(this.text, this.path);
    return this.data;
  }

  get tree(): FileTree {
    const { text } = this;
    const read = (): Iterable<Uint8Array> => [Buffer.from(text, "latin1")];
    return { type: "regular", executable: false, size: text.length, read };
  }

  get ca(): string {
    return formatContentAddress("text", hashBytes("sha256", this.text));
  }
}

const drvExtension = ".drv";

export class VirtualStore implements EvalStore {
  readonly storeDir = storeDir;
  readonly files: ReadableFiles;
  private readonly hostFiles: ReadableFiles;
  private readonly local: ObjectLookup | undefined;
  private readonly objects = new Map<StorePath, VirtualObject>();
  /** Derivations read from files. */
  private readonly parsed = new Map<StorePath, Derivation>();
  private readonly hashes = new DerivationHashes((drvPath) => this.readDerivation(drvPath));

  constructor({ files, local }: VirtualStoreOptions) {
    this.hostFiles = files;
    this.local = local;
    this.files = new StoreFiles(files, {
      virtualTree: (path) => this.objects.get(path)?.tree,
      physicalPath: (path) => this.physicalPath(path),
      virtualPaths: () => this.objects.keys(),
    });
  }

  /** See EvalStore. The contents are read once now, and again when the object is read or materialised. */
  add(options: AddOptions): StorePath {
    const { name, method, algorithm } = options;
    const references = sortedUnique(options.references ?? []);
    const tree = method === "nar" ? options.tree : plainFile(options.tree, name);
    let digest: NarDigest | undefined;
    let hash: Hash;
    if (tree.type === "regular" && method !== "nar") hash = hashFile(tree, algorithm);
    else {
      const nar = hashNar(tree, algorithm, name);
      hash = nar.narHash;
      if (algorithm === "sha256") digest = nar;
    }
    const path = makeContentAddressedPath(name, method, hash, { others: references, self: false });
    if (!this.objects.has(path)) {
      const ca = formatContentAddress(method, hash);
      this.objects.set(path, { tree, references, ca, ...(digest !== undefined && { digest }) });
    }
    return path;
  }

  addHashed({ name, tree, references }: HashedObject, digest: NarDigest): StorePath {
    const others = sortedUnique(references ?? []);
    const path = makeContentAddressedPath(name, "nar", digest.narHash, { others, self: false });
    if (!this.objects.has(path)) {
      const ca = formatContentAddress("nar", digest.narHash);
      this.objects.set(path, { tree, references: others, ca, digest });
    }
    return path;
  }

  pathFor(
    name: string,
    method: IngestionMethod,
    algorithm: HashAlgorithm,
    base16: string,
    references: readonly StorePath[] = [],
  ): StorePath {
    const others = sortedUnique(references);
    return makeContentAddressedPath(name, method, parseBareHash(base16, algorithm), { others, self: false });
  }

  instantiate(derivation: Derivation): Instantiation {
    const { drvPath, text, references, paths } = this.hashes.instantiate(derivation);
    if (!this.objects.has(drvPath)) {
      // The system is written without escapes, so that not every text can be read again.
      const data = /["\\]/.test(derivation.system) ? this.hashes.fillIn(derivation) : undefined;
      this.objects.set(drvPath, new VirtualDerivation(drvPath, text, references, data));
    }
    return { drvPath, paths };
  }

  addDerivation(derivation: Derivation): StorePath {
    const text = printDerivation(derivation);
    const references = referencesOf(derivation);
    const path = drvPathOf(derivation, text, references);
    if (!this.objects.has(path)) this.objects.set(path, new VirtualDerivation(path, text, references, derivation));
    return path;
  }

  readDerivation(drvPath: StorePath): Derivation {
    const known = this.objects.get(drvPath)?.derivation ?? this.parsed.get(drvPath);
    if (known !== undefined) return known;
    if (!this.has(drvPath)) throw invalidPath(drvPath);
    const text = Buffer.from(this.files.readFile(drvPath)).toString("latin1");
    const derivation = parseDrv(text, drvPath);
    this.parsed.set(drvPath, derivation);
    return derivation;
  }

  outputPaths(derivation: Derivation): ReadonlyMap<string, StorePath> {
    return this.hashes.outputPaths(derivation);
  }

  /** The derivation with every output path that is known before the build in its outputs and environment. */
  fillIn(derivation: Derivation): Derivation {
    return this.hashes.fillIn(derivation);
  }

  has(path: StorePath): boolean {
    if (this.objects.has(path) || this.local?.isValid(path)) return true;
    return path.startsWith(`${storeDir}/`) && this.hostFiles.lstat(path) !== undefined;
  }

  /** See EvalStore. Throws StoreError `invalid-path` also for what only the host's own `/nix/store` has. */
  references(path: StorePath): readonly StorePath[] {
    const object = this.objects.get(path);
    if (object !== undefined) return object.references;
    if (this.local?.isValid(path)) return this.local.pathInfo(path).references;
    if (path.endsWith(drvExtension)) return referencesOf(this.readDerivation(path));
    throw invalidPath(path);
  }

  /** The contents of an object that is here. Throws StoreError `invalid-path`. */
  tree(path: StorePath): FileTree {
    const object = this.objects.get(path);
    if (object !== undefined) return object.tree;
    if (!this.has(path)) throw invalidPath(path);
    return hostTree(this.hostFiles, this.physicalPath(path));
  }

  /**
   * What is known of an object, virtual or in the physical store; a virtual one is hashed when it is asked for the
   * first time. Throws StoreError `invalid-path`.
   */
  info(path: StorePath): PathInfo {
    const object = this.objects.get(path);
    if (object === undefined) {
      if (this.local === undefined) throw invalidPath(path);
      return this.local.pathInfo(path);
    }
    object.digest ??= hashNar(object.tree, "sha256", path);
    const { digest, references, ca } = object;
    return {
      path,
      narHash: formatHash(digest.narHash, "base16"),
      narSize: digest.narSize,
      references,
      deriver: undefined,
      ca,
      registrationTime: 0,
    };
  }

  /**
   * Writes an object into a physical store, and before it everything it refers to; what is valid there is left alone.
   * Every single object appears atomically. Throws StoreError, and FileError when a source cannot be read; what was
   * written until then stays and is valid.
   */
  materialise(path: StorePath, local: LocalStore): void {
    // A stack of our own, because closures can be deeper than JavaScript's.
    const waiting = [{ path, entered: false }];
    while (waiting.length > 0) {
      const item = waiting.at(-1)!;
      if (local.isValid(item.path)) {
        waiting.pop();
        continue;
      }
      if (!item.entered) {
        item.entered = true;
        for (const reference of this.references(item.path)) {
          if (reference !== item.path && !local.isValid(reference)) waiting.push({ path: reference, entered: false });
        }
        continue;
      }
      this.write(item.path, local);
      waiting.pop();
    }
  }

  /** The same for everything that was added. */
  materialiseAll(local: LocalStore): void {
    for (const path of this.objects.keys()) this.materialise(path, local);
  }

  private write(path: StorePath, local: LocalStore): void {
    const object = this.objects.get(path);
    if (object === undefined) {
      const { references, deriver, ca } = this.info(path);
      local.addTree(path, this.tree(path), {
        references,
        ...(deriver !== undefined && { deriver }),
        ...(ca !== undefined && { ca }),
      });
      return;
    }
    const { tree, references, ca } = object;
    const outputs = path.endsWith(drvExtension) ? knownOutputs(this.readDerivation(path)) : undefined;
    local.addTree(path, tree, { references, ca, ...(outputs !== undefined && { outputs }) });
  }

  private physicalPath(path: StorePath): string {
    return this.local?.isValid(path) ? this.local.realPath(path) : path;
  }
}

function plainFile(tree: FileTree, name: string): RegularFile {
  if (tree.type !== "regular") {
    throw new StoreError(
      "unsupported-file",
      `cannot add '${name}' to the store by the hash of its contents: it is a ${tree.type} and not a regular file`,
    );
  }
  // An object that is hashed flat has no executable bit.
  return tree.executable ? { type: "regular", executable: false, size: tree.size, read: () => tree.read() } : tree;
}

function hashFile(file: RegularFile, algorithm: HashAlgorithm): Hash {
  const hasher = new Hasher(algorithm);
  for (const chunk of file.read()) hasher.update(chunk);
  return hasher.finish();
}

function knownOutputs({ outputs }: Derivation): ReadonlyMap<string, StorePath> {
  return new Map([...outputs].filter(([, { path }]) => path !== "").map(([name, { path }]) => [name, path]));
}

/** Reads the text of a `.drv` file. Throws StoreError `bad-derivation`. */
export function parseDrv(text: string, drvPath: StorePath): Derivation {
  try {
    if (text === "") throw new StoreError("bad-derivation", "file is empty (possible filesystem corruption)");
    if (!drvPath.endsWith(drvExtension)) {
      throw new StoreError("bad-derivation", `store path '${baseNameOf(drvPath)}' is not a valid derivation path`);
    }
    return parseDerivation(text, nameOfStorePath(drvPath).slice(0, -drvExtension.length));
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    throw new StoreError(error.code, `error parsing derivation '${drvPath}': ${error.message}`, { cause: error });
  }
}

function baseNameOf(path: StorePath): string {
  return path.slice(storeDir.length + 1);
}

function invalidPath(path: StorePath): StoreError {
  return new StoreError("invalid-path", `path '${path}' is not valid`);
}
