// What a derivation demands of its outputs besides their contents: `allowedReferences` and its kin, at the top or, with
// structured attributes, in `outputChecks.<output>`; as the Nix manual has them under "Advanced attributes".
import type { Derivation } from "../store/derivation.ts";
import type { StorePath } from "../store/eval-store.ts";
import type { PathInfo } from "../store/path-info.ts";
import { isStorePath } from "../store/store-path.ts";
import { BuildError } from "./build-error.ts";
import type { BuilderAttributes } from "./builder-attributes.ts";

interface OutputChecks {
  /** The closure of an output may hold the output itself; so it is without structured attributes. */
  readonly ignoreSelf: boolean;
  /** In bytes. */
  readonly maxSize: number | undefined;
  readonly maxClosureSize: number | undefined;
  /** Store paths and names of outputs. */
  readonly lists: ReadonlyMap<string, readonly string[]>;
}

const listNames = ["allowedReferences", "allowedRequisites", "disallowedReferences", "disallowedRequisites"] as const;

/** The outputs that are not searched for references. */
export function outputsWithoutReferences({ env }: Derivation, attributes: BuilderAttributes): ReadonlySet<string> {
  if (!env.has("__json") || !attributes.has("unsafeDiscardReferences")) return new Set();
  const discard = attributes.set("unsafeDiscardReferences");
  return new Set(discard.names().filter((name) => discard.flag(name, false)));
}

/**
 * Throws BuildError `output-rejected` with the words of C++ Nix. `outputs` are those of the derivation; `info` knows all
 * that they refer to.
 */
export function checkOutputs(
  derivation: Derivation,
  attributes: BuilderAttributes,
  outputs: ReadonlyMap<string, PathInfo>,
  info: (path: StorePath) => PathInfo,
): void {
  const byPath = new Map([...outputs.values()].map((output) => [output.path, output]));
  const find = (path: StorePath): PathInfo => byPath.get(path) ?? info(path);
  for (const [name, output] of outputs) {
    const checks = readChecks(derivation, attributes, name);
    if (checks === undefined) continue;
    const { maxSize, maxClosureSize, lists, ignoreSelf } = checks;
    if (maxSize !== undefined && output.narSize > maxSize) {
      throw rejected(`path '${output.path}' is too large at ${output.narSize} bytes; limit is ${maxSize} bytes`);
    }
    if (maxClosureSize !== undefined) {
      const size = [...closure(output, find)].reduce((sum, { narSize }) => sum + narSize, 0);
      if (size > maxClosureSize) {
        throw rejected(
          `closure of path '${output.path}' is too large at ${size} bytes; limit is ${maxClosureSize} bytes`,
        );
      }
    }
    for (const [list, items] of lists) {
      const named = new Set(items.map((item) => pathOf(item, name, outputs)));
      const used = list.endsWith("References")
        ? output.references
        : [...closure(output, find)].map(({ path }) => path).filter((path) => !ignoreSelf || path !== output.path);
      const bad = used.filter((path) => named.has(path) !== list.startsWith("allowed"));
      if (bad.length > 0) {
        const lines = bad.toSorted().map((path) => `\n  ${path}`);
        throw rejected(`output '${output.path}' is not allowed to refer to the following paths:${lines.join("")}`);
      }
    }
  }
}

function readChecks({ env }: Derivation, attributes: BuilderAttributes, output: string): OutputChecks | undefined {
  if (!env.has("__json")) {
    const lists = listNames
      .filter((name) => env.has(name))
      .map((name) => [name, (env.get(name) ?? "").split(/[ \t\n\r]+/).filter((item) => item !== "")] as const);
    return { ignoreSelf: true, maxSize: undefined, maxClosureSize: undefined, lists: new Map(lists) };
  }
  if (!attributes.has("outputChecks")) return undefined;
  const all = attributes.set("outputChecks");
  if (!all.has(output)) return undefined;
  const checks = all.set(output);
  return {
    ignoreSelf: false,
    maxSize: checks.has("maxSize") ? checks.integer("maxSize", 0) : undefined,
    maxClosureSize: checks.has("maxClosureSize") ? checks.integer("maxClosureSize", 0) : undefined,
    lists: new Map(listNames.filter((name) => checks.has(name)).map((name) => [name, checks.texts(name)])),
  };
}

function pathOf(item: string, output: string, outputs: ReadonlyMap<string, PathInfo>): StorePath {
  if (isStorePath(item)) return item;
  const path = outputs.get(item)?.path;
  if (path !== undefined) return path;
  throw rejected(
    `its output check for '${output}' contains output name '${item}', but this is not a valid output of this ` +
      `derivation. (Valid outputs are [${[...outputs.keys()].join(", ")}].)`,
  );
}

function closure(output: PathInfo, find: (path: StorePath) => PathInfo): ReadonlySet<PathInfo> {
  const closure = new Map([[output.path, output]]);
  // A map gives what is added to it during the loop as well.
  for (const { references } of closure.values()) {
    for (const path of references) if (!closure.has(path)) closure.set(path, find(path));
  }
  return new Set(closure.values());
}

function rejected(message: string): BuildError {
  return new BuildError("output-rejected", message);
}
