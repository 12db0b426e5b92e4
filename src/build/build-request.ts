// What a built-in builder gets and gives: it is a function from a request to the trees of the outputs, and sees nothing
// of the world but the inputs of its derivation. All texts are byte strings.
import type { ReadableFiles } from "../host/host.ts";
import { bytesFromText, textFromBytes } from "../source/bytes.ts";
import type { Derivation } from "../store/derivation.ts";
import type { StorePath } from "../store/eval-store.ts";
import type { FileTree } from "../store/file-tree.ts";
import { BuildError } from "./build-error.ts";

export interface BuildRequest {
  /** The derivation's name. */
  readonly name: string;
  /** The parsed structured attributes; for a derivation without them its environment. */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** By output name. */
  readonly outputs: ReadonlyMap<string, StorePath>;
  /** The outputs whose contents are known before. */
  readonly fixedOutputs: ReadonlySet<string>;
  /** The store objects that the derivation names; with everything they refer to, they are all that may be read. */
  readonly inputs: readonly StorePath[];
  /** The paths and everything they refer to, sorted. Throws BuildError `missing-input` for what may not be read. */
  closure(paths: Iterable<StorePath>): readonly StorePath[];
  /** Throws BuildError `missing-input` for what may not be read. */
  tree(path: StorePath): FileTree;
  /** All that may be read, below /nix/store, and nothing else: a symlink that leads out of it dangles. */
  readonly files: ReadableFiles;
}

/**
 * Gives the tree of every output by name. It reads no more than it must: the trees are walked only when they are
 * written. Throws BuildError.
 */
export type BuiltinBuilder = (request: BuildRequest) => ReadonlyMap<string, FileTree>;

const structuredAttributes = "__json";

/** Throws BuildError `bad-attribute` where the structured attributes are none. */
export function attributesOf({ env }: Derivation): Readonly<Record<string, unknown>> {
  const json = env.get(structuredAttributes);
  if (json === undefined) return Object.fromEntries(env);
  let value: unknown;
  try {
    // JSON is text: an escape in it stands for a character, not for a byte.
    value = JSON.parse(textFromBytes(json), (_, part: unknown) => asByteStrings(part));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new BuildError("bad-attribute", "its structured attributes are not JSON", { cause: error });
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new BuildError("bad-attribute", "its structured attributes are not a set");
}

/** One step of JSON.parse: what is in the part has been through this already, but for the names of a set. */
function asByteStrings(part: unknown): unknown {
  if (typeof part === "string") return bytesFromText(part);
  if (typeof part !== "object" || part === null || Array.isArray(part)) return part;
  return Object.fromEntries(Object.entries(part).map(([name, value]) => [bytesFromText(name), value]));
}
