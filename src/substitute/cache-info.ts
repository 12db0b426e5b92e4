// `nix-cache-info`, the file that makes a folder a binary cache.
import { storeDir } from "../store/store-path.ts";
import { CacheError } from "./cache-error.ts";

export interface CacheInfo {
  /** Lower is asked earlier. */
  readonly priority: number;
}

/** What a cache that does not say has in C++ Nix. */
const defaultPriority = 50;

/** Reads the file (a byte string). Throws CacheError for a cache of another store folder. */
export function parseCacheInfo(text: string, cache: string): CacheInfo {
  let priority = defaultPriority;
  for (const line of text.split("\n")) {
    const [, name, value = ""] = /^([^:]+):\s*(.*?)\s*$/.exec(line) ?? [];
    if (name === "StoreDir" && value !== storeDir) {
      throw new CacheError(
        "unsupported-cache",
        `binary cache '${cache}' is for Nix stores with prefix '${value}', not '${storeDir}'`,
      );
    }
    if (name === "Priority" && /^-?\d{1,9}$/.test(value)) priority = Number(value);
  }
  return { priority };
}

/** The file for a cache of ours. */
export function formatCacheInfo(priority?: number): string {
  return `StoreDir: ${storeDir}\n${priority === undefined ? "" : `WantMassQuery: 1\nPriority: ${priority}\n`}`;
}
