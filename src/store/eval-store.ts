// The store as an evaluation sees it: adding computes a path and remembers how to make the object; nothing is written
// until somebody asks for it (`LocalStore.materialise`). Reads of store paths that exist only here work all the same.
import type { ReadableFiles } from "../host/host.ts";
import type { Derivation } from "./derivation.ts";
import type { FileTree } from "./file-tree.ts";
import type { HashAlgorithm } from "./hash.ts";
import type { NarDigest } from "./nar.ts";

/** An absolute logical store path, `/nix/store/<nix32 of 160 bits>-<name>`, as a byte string. */
export type StorePath = string;

/**
 * How a content-addressed object is hashed: the file's bytes, the NAR, the bytes with references (`text`), or as a blob or
 * tree of Git. The last one there is only in derivations; objects are not hashed that way here.
 */
export type IngestionMethod = "flat" | "nar" | "text" | "git";

export interface AddOptions {
  readonly name: string;
  readonly tree: FileTree;
  readonly method: IngestionMethod;
  readonly algorithm: HashAlgorithm;
  /** Other store paths that the contents refer to; only for `text`, and for `nar` with sha256. */
  readonly references?: readonly StorePath[];
}

/** What `addHashed` takes of AddOptions. */
export type HashedObject = Omit<AddOptions, "method" | "algorithm">;

export interface Instantiation {
  readonly drvPath: StorePath;
  /** The output paths that are known before the build, by output name. */
  readonly paths: ReadonlyMap<string, StorePath>;
}

export interface EvalStore {
  /** The logical prefix, always `/nix/store`. */
  readonly storeDir: string;
  /** Files of the host and, below `storeDir`, of this store: virtual objects first, then the physical store. */
  readonly files: ReadableFiles;
  /** Adds an object and gives its path. Throws StoreError for an invalid name. */
  add(options: AddOptions): StorePath;
  /**
   * The same as `add` with method `nar` and sha256, for an object whose NAR was hashed earlier: nothing is read now.
   * Materialising it fails when its contents turn out to be others.
   */
  addHashed(options: HashedObject, digest: NarDigest): StorePath;
  /** The path that `add` would give, for an object whose hash (in base16) is known already. */
  pathFor(
    name: string,
    method: IngestionMethod,
    algorithm: HashAlgorithm,
    base16: string,
    references?: readonly StorePath[],
  ): StorePath;
  /**
   * Computes the output paths of a new derivation, fills them in, in its outputs and in the variables of the same names,
   * and adds it. Throws StoreError for a name or hash that Nix does not allow.
   */
  instantiate(derivation: Derivation): Instantiation;
  /** Adds a derivation whose outputs are filled in and gives its `drvPath`. */
  addDerivation(derivation: Derivation): StorePath;
  /** Throws StoreError when it is not here. */
  readDerivation(drvPath: StorePath): Derivation;
  /** The store paths of the outputs of a derivation, in order of output name; memoised (`hashDerivationModulo`). */
  outputPaths(derivation: Derivation): ReadonlyMap<string, StorePath>;
  /** Whether the object itself (not something below it) is here, virtual or physical. */
  has(path: StorePath): boolean;
  /** The references of an object that is here. */
  references(path: StorePath): readonly StorePath[];
}
