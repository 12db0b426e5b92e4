// The built-in builder `builtin:oci-bundle`: a realised derivation's request becomes the tree of its output. The
// container's specification is the structured attribute `container`; `args` of a derivation would never arrive here,
// as Nix takes it for the builder's own arguments.
import type { StorePath } from "../store/eval-store.ts";
import type { FileTree } from "../store/file-tree.ts";
import { hashPartOfStorePath } from "../store/store-path.ts";
import { type BundleFacts, bundleTree } from "./bundle.ts";
import { ConfigError } from "./config-error.ts";
import { readContainerSpec } from "./container-spec.ts";

/** As much of a builder's request as this one needs. */
export interface BundleRequest {
  readonly name: string;
  /** The parsed JSON of the structured attributes; texts are byte strings. */
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly outputs: ReadonlyMap<string, StorePath>;
  /** The store objects that the builder may read, at least those that the derivation names. */
  readonly inputs: Iterable<StorePath>;
  /** The paths and everything they refer to. */
  closure(paths: Iterable<StorePath>): Iterable<StorePath>;
  tree(path: StorePath): FileTree;
}

/** The attribute of the derivation that holds `{ args, mounts, readonly, os, arch }`. */
export const containerAttribute = "container";

/**
 * A builder that gives its one output, `out`, by name. The bundle holds the closure of those inputs that occur in the
 * container's `args`. Its build throws ConfigError `invalid-container`.
 */
export function ociBundleBuilder(facts: BundleFacts): (request: BundleRequest) => ReadonlyMap<string, FileTree> {
  return (request) => {
    const attribute = request.attributes[containerAttribute];
    if (attribute === undefined || request.outputs.size !== 1 || !request.outputs.has("out")) {
      throw new ConfigError("invalid-container", [
        {
          path: "",
          message: `the builder of '${request.name}' needs the structured attribute '${containerAttribute}' and the one output 'out'`,
        },
      ]);
    }
    const spec = readContainerSpec(attribute);
    const named = [...request.inputs].filter((path) => occursIn(spec.args, path));
    const closure = [...request.closure(named)].sort().map((path) => ({ path, tree: request.tree(path) }));
    return new Map([["out", bundleTree(spec, closure, facts)]]);
  };
}

/** References are found by their hash part, as in Nix. */
function occursIn(texts: readonly string[], path: StorePath): boolean {
  const hash = hashPartOfStorePath(path);
  return texts.some((text) => text.includes(hash));
}
