// Store objects made of host files: hashed, searched for references and known to the evaluation's store, in one pass
// over their contents. Nothing is written here.
import { compareBytes, sortedUnique } from "../store/byte-order.ts";
import type { EvalStore, StorePath } from "../store/eval-store.ts";
import type { FileTree } from "../store/file-tree.ts";
import { Hasher } from "../store/hash.ts";
import { type NarDigest, NarEncoder, narEvents } from "../store/nar.ts";
import { ReferenceScanner } from "../store/references.ts";

export interface HostObject {
  readonly path: StorePath;
  readonly name: string;
  readonly tree: FileTree;
  /** Sorted; never the object itself. */
  readonly references: readonly StorePath[];
  readonly digest: NarDigest;
}

export class HostObjects {
  private readonly store: EvalStore;
  private readonly made = new Map<StorePath, HostObject>();

  constructor(store: EvalStore) {
    this.store = store;
  }

  /**
   * Adds an object and gives its path; it may refer to everything that was added before and to `others`. Throws
   * StoreError, and FileError when a file cannot be read.
   */
  add(name: string, tree: FileTree, others: Iterable<StorePath> = []): StorePath {
    const { digest, references } = digestWithReferences(name, tree, sortedUnique([...this.made.keys(), ...others]));
    const path = this.store.addHashed({ name, tree, references }, digest);
    if (!this.made.has(path)) this.made.set(path, { path, name, tree, references, digest });
    return path;
  }

  get(path: StorePath): HostObject | undefined {
    return this.made.get(path);
  }

  /** The objects among these paths and everything they refer to, references first; others are left out. */
  closure(paths: Iterable<StorePath>): HostObject[] {
    const closure = new Map<StorePath, HostObject>();
    const visit = (path: StorePath): void => {
      const object = this.made.get(path);
      if (object === undefined || closure.has(path)) return;
      for (const reference of object.references) visit(reference);
      closure.set(path, object);
    };
    for (const path of [...paths].sort(compareBytes)) visit(path);
    return [...closure.values()];
  }
}

function digestWithReferences(
  name: string,
  tree: FileTree,
  candidates: readonly StorePath[],
): { readonly digest: NarDigest; readonly references: StorePath[] } {
  const scanner = new ReferenceScanner(candidates);
  const hasher = new Hasher("sha256");
  let narSize = 0;
  const encoder = new NarEncoder((chunk) => {
    hasher.update(chunk);
    narSize += chunk.length;
  });
  for (const event of narEvents(tree, name)) {
    const encoded = encoder.encode(event);
    if (event.type === "symlink") scanner.text(event.target);
    if (event.type === "regular") scanner.contents(encoded);
  }
  encoder.finish();
  return { digest: { narHash: hasher.finish(), narSize }, references: scanner.found() };
}
