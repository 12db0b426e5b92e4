// What was added and removed between two closures, by package and version, as `nix store diff-closures` tells it.
import { green, normal, red } from "../source/ansi-colors.ts";
import type { StorePath } from "./eval-store.ts";
import type { LocalStore } from "./local-store.ts";
import { sizeText } from "./size-text.ts";
import { nameOfStorePath } from "./store-path.ts";

/** A smaller difference of size, in bytes, is not shown. */
const notableSize = 8 * 1024;
const arrow = "\xe2\x86\x92";
const none = "\xe2\x88\x85";
const empty = "\xce\xb5";

/** Of one package, by version. */
type Versions = ReadonlyMap<string, number>;

/** One line (a byte string) for each package whose versions or size differ. Throws StoreError `invalid-path`. */
export function differencesOfClosures(local: LocalStore, before: StorePath, after: StorePath): readonly string[] {
  const old = packagesOf(local, before);
  const recent = packagesOf(local, after);
  const lines: string[] = [];
  for (const name of [...new Set([...old.keys(), ...recent.keys()])].sort()) {
    const oldVersions = old.get(name) ?? new Map<string, number>();
    const newVersions = recent.get(name) ?? new Map<string, number>();
    const removed = [...oldVersions.keys()].filter((version) => !newVersions.has(version));
    const added = [...newVersions.keys()].filter((version) => !oldVersions.has(version));
    const growth = total(newVersions) - total(oldVersions);
    const items: string[] = [];
    if (removed.length > 0 || added.length > 0) items.push(`${shown(removed)} ${arrow} ${shown(added)}`);
    if (Math.abs(growth) >= notableSize) items.push(`${growth > 0 ? red : green}${sizeText(growth)}${normal}`);
    if (items.length > 0) lines.push(`${name}: ${items.join(", ")}`);
  }
  return lines;
}

/** Package name -> version -> size of all its objects, in bytes. */
function packagesOf(local: LocalStore, root: StorePath): ReadonlyMap<string, Versions> {
  const packages = new Map<string, Map<string, number>>();
  for (const path of local.closure([root])) {
    // The end may be the name of an output, or of a version such as `unstable`; nobody can tell.
    const name = nameOfStorePath(path).replace(/^(.*)-(?:[a-z]+|lib32|lib64)$/s, "$1");
    const dash = name.search(/-[^A-Za-z]/);
    const [bare, version] = dash < 0 ? [name, ""] : [name.slice(0, dash), name.slice(dash + 1)];
    const versions = packages.get(bare) ?? new Map<string, number>();
    packages.set(bare, versions.set(version, (versions.get(version) ?? 0) + local.pathInfo(path).narSize));
  }
  return packages;
}

function total(versions: Versions): number {
  return [...versions.values()].reduce((sum, size) => sum + size, 0);
}

function shown(versions: readonly string[]): string {
  if (versions.length === 0) return none;
  return [...versions.map((version) => (version === "" ? empty : version))].sort().join(", ");
}
