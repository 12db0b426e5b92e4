// A binary cache in a folder, written. An archive is there before its narinfo, and an object after those that it refers
// to; every file appears at once, under its final name. So the cache can be read at every moment, and a writer be killed.
import { FileWriter } from "../host/file-writer.ts";
import { FileError, type Host } from "../host/host.ts";
import type { StorePath } from "../store/eval-store.ts";
import { formatHash, Hasher } from "../store/hash.ts";
import type { LocalStore } from "../store/local-store.ts";
import { narOf } from "../store/nar.ts";
import type { PathInfo } from "../store/path-info.ts";
import { StoreError } from "../store/store-error.ts";
import { hashPartOfStorePath } from "../store/store-path.ts";
import { CacheError } from "./cache-error.ts";
import { formatCacheInfo } from "./cache-info.ts";
import type { CacheLocation } from "./cache-location.ts";
import { compressed, compressionSuffixes, parseCompression } from "./compression.ts";
import { formatListing } from "./listing-file.ts";
import { formatNarInfo, type NarInfo } from "./nar-info.ts";
import { type SecretKey, signInfo } from "./signing-key.ts";

/** What a cache's URL does not say. Nix reads it as well, and it is fast both ways. */
const defaultCompression = "zstd";

export interface CacheWriterOptions {
  readonly host: Host;
  readonly local: LocalStore;
  readonly cache: CacheLocation;
  /** Everything that is written is signed with these. */
  readonly secretKeys: readonly SecretKey[];
  /** Told of every object right before it is written. */
  readonly onCopy?: (path: StorePath) => void;
}

/**
 * Writes valid objects of the local store into a `file:` cache, in an order in which each comes after those that it refers
 * to; those that are there already are left alone. Throws CacheError `cache-not-writable` or `unsupported-cache`, and
 * StoreError for an object that is not valid or not what was registered. What was written before stays.
 */
export async function writeToCache(paths: readonly StorePath[], options: CacheWriterOptions): Promise<void> {
  const { host, local, cache, onCopy } = options;
  if (cache.dir === undefined) {
    throw new CacheError("unsupported-cache", `'${cache.url}' cannot be written: ocinix writes only file:// caches`);
  }
  try {
    const folder = new CacheFolder(host, cache.dir);
    if (!folder.has("nix-cache-info")) folder.write("nix-cache-info", Buffer.from(formatCacheInfo(), "latin1"));
    for (const path of paths) {
      const name = `${hashPartOfStorePath(path)}.narinfo`;
      if (folder.has(name)) continue;
      onCopy?.(path);
      const info = await writeObject(folder, local.pathInfo(path), options);
      folder.write(name, Buffer.from(formatNarInfo(info), "latin1"));
    }
  } catch (error) {
    if (!(error instanceof FileError) || !error.path.startsWith(cache.dir)) throw error;
    throw new CacheError(
      "cache-not-writable",
      `cannot write the binary cache '${cache.url}': ${error.reason} (${error.path}). What is in it is complete.`,
      { cause: error },
    );
  }
}

async function writeObject(
  folder: CacheFolder,
  info: PathInfo,
  { local, cache, secretKeys }: CacheWriterOptions,
): Promise<NarInfo> {
  const { path } = info;
  const compression = parseCompression(cache.parameters.get("compression") ?? defaultCompression, cache.url);
  const tree = local.readTree(path);
  const narHasher = new Hasher("sha256");
  const fileHasher = new Hasher("sha256");
  let fileSize = 0;
  async function* nar(): AsyncGenerator<Uint8Array, void, void> {
    for (const chunk of narOf(tree, path)) {
      narHasher.update(chunk);
      yield chunk;
    }
    const got = formatHash(narHasher.finish(), "base16");
    if (got === info.narHash) return;
    throw new StoreError(
      "hash-mismatch",
      `hash mismatch in '${path}' of the store '${local.dir}':\n  registered: sha256:${info.narHash}\n` +
        `  got:        sha256:${got}\nThe object is damaged; nothing of it was written.`,
    );
  }
  async function* file(): AsyncGenerator<Uint8Array, void, void> {
    for await (const chunk of compressed(compression, nar())) {
      fileHasher.update(chunk);
      fileSize += chunk.length;
      yield chunk;
    }
  }
  let fileHash = "";
  const url = await folder.writeStream(file(), () => {
    const hash = fileHasher.finish();
    fileHash = formatHash(hash, "base16");
    return `nar/${formatHash(hash, "nix32")}.nar${compressionSuffixes[compression]}`;
  });
  if (cache.parameters.get("write-nar-listing") === "true" || cache.parameters.get("write-nar-listing") === "1") {
    folder.write(`${hashPartOfStorePath(path)}.ls`, Buffer.from(formatListing(tree), "utf8"));
  }
  const sigs = new Set([...(info.sigs ?? []), ...secretKeys.map((key) => signInfo(info, key))]);
  return { ...info, url, compression, fileHash, fileSize, sigs: [...sigs].sort() };
}

/** The folder of a cache. Throws FileError. */
class CacheFolder {
  private readonly host: Host;
  private readonly dir: string;
  private count = 0;

  constructor(host: Host, dir: string) {
    this.host = host;
    this.dir = dir;
    host.files.makeDir(`${dir}/nar`);
  }

  has(name: string): boolean {
    return this.host.files.stat(`${this.dir}/${name}`) !== undefined;
  }

  write(name: string, contents: Uint8Array): void {
    const temp = this.tempPath();
    try {
      this.host.files.writeFile(temp, contents, { mode: 0o644, sync: true });
      this.place(temp, name);
    } catch (error) {
      this.host.files.remove(temp);
      throw error;
    }
  }

  /** The name is asked for at the end; gives it. */
  async writeStream(source: AsyncIterable<Uint8Array>, name: () => string): Promise<string> {
    const temp = this.tempPath();
    try {
      const writer = new FileWriter(temp);
      try {
        for await (const chunk of source) writer.write(chunk);
      } catch (error) {
        writer.abandon();
        throw error;
      }
      writer.finish();
      const final = name();
      this.place(temp, final);
      return final;
    } catch (error) {
      this.host.files.remove(temp);
      throw error;
    }
  }

  private place(temp: string, name: string): void {
    const { files } = this.host;
    const path = `${this.dir}/${name}`;
    files.rename(temp, path);
    files.syncDir(path.slice(0, path.lastIndexOf("/")));
  }

  private tempPath(): string {
    return `${this.dir}/nar/.tmp-${this.host.processId}-${this.host.now()}-${this.count++}`;
  }
}
