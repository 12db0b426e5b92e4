// A binary cache to read from, in a folder or behind HTTP: its narinfos and its archives. What an archive really is, its
// caller checks; here it is that the compressed file is the announced one, and that it does not unpack to more.
import { FileError, type ReadableFiles } from "../host/host.ts";
import { formatHash, Hasher } from "../store/hash.ts";
import { CacheError } from "./cache-error.ts";
import { type CacheInfo, parseCacheInfo } from "./cache-info.ts";
import type { CacheLocation } from "./cache-location.ts";
import { decompressed, parseCompression } from "./compression.ts";
import { type DownloadOptions, download } from "./download.ts";
import { type NarInfo, parseNarInfo, staysInCache } from "./nar-info.ts";

/** More than any narinfo has, and little enough to be kept. */
const longestText = 1 << 20;

export class BinaryCache {
  readonly location: CacheLocation;
  private readonly files: Pick<ReadableFiles, "readChunks">;
  private readonly options: DownloadOptions;
  private opened: Promise<CacheInfo> | undefined;

  constructor(location: CacheLocation, files: Pick<ReadableFiles, "readChunks">, options: DownloadOptions) {
    this.location = location;
    this.files = files;
    this.options = options;
  }

  /** What the cache says of itself, asked once. Throws CacheError. */
  info(): Promise<CacheInfo> {
    this.opened ??= this.open();
    return this.opened;
  }

  /** What it knows of the object with this hash part; undefined when it has none. Throws CacheError. */
  async narInfo(hashPart: string): Promise<NarInfo | undefined> {
    await this.info();
    const name = `${hashPart}.narinfo`;
    const text = await this.text(name);
    return text === undefined ? undefined : parseNarInfo(text, `${this.location.url}/${name}`, hashPart);
  }

  /**
   * The archive of an object, decompressed, in pieces. Throws CacheError, at the latest at the end, when the file is not
   * the one that the narinfo announces, or unpacks to another size.
   */
  async *nar(info: NarInfo): AsyncGenerator<Uint8Array, void, void> {
    const of = `${this.location.url}/${info.url}`;
    const compression = parseCompression(info.compression, of);
    let size = 0;
    for await (const chunk of decompressed(compression, this.checkedFile(info), of)) {
      size += chunk.length;
      if (size > info.narSize) {
        throw new CacheError("corrupt-cache", `'${of}' unpacks to more than the announced ${info.narSize} bytes`);
      }
      yield chunk;
    }
    if (size < info.narSize) {
      throw new CacheError(
        "corrupt-cache",
        `'${of}' unpacks to ${size} bytes and not to the announced ${info.narSize}`,
      );
    }
  }

  private async open(): Promise<CacheInfo> {
    const text = await this.text("nix-cache-info");
    if (text !== undefined) return parseCacheInfo(text, this.location.url);
    throw new CacheError("unreachable", `'${this.location.url}' does not appear to be a binary cache`);
  }

  private async *checkedFile({ url, fileHash, fileSize }: NarInfo): AsyncGenerator<Uint8Array, void, void> {
    const of = `${this.location.url}/${url}`;
    const hasher = new Hasher("sha256");
    let size = 0;
    for await (const chunk of this.file(url, fileSize)) {
      hasher.update(chunk);
      size += chunk.length;
      if (fileSize !== undefined && size > fileSize) {
        throw new CacheError("corrupt-cache", `'${of}' has more than the announced ${fileSize} bytes`);
      }
      yield chunk;
    }
    if (fileSize !== undefined && size < fileSize) {
      throw new CacheError("corrupt-cache", `'${of}' has ${size} bytes and not the announced ${fileSize}`);
    }
    const got = formatHash(hasher.finish(), "base16");
    if (fileHash !== undefined && got !== fileHash) {
      throw new CacheError(
        "corrupt-cache",
        `file hash mismatch in '${of}':\n  specified: sha256:${fileHash}\n  got:       sha256:${got}`,
      );
    }
  }

  /** A small file; undefined when the cache has none of that name. */
  private async text(name: string): Promise<string | undefined> {
    const pieces: Uint8Array[] = [];
    let size = 0;
    try {
      for await (const chunk of this.file(name)) {
        size += chunk.length;
        if (size > longestText) {
          throw new CacheError("corrupt-cache", `'${this.location.url}/${name}' has more than ${longestText} bytes`);
        }
        pieces.push(chunk);
      }
    } catch (error) {
      if (error instanceof CacheError && error.code === "not-in-cache") return undefined;
      throw error;
    }
    return Buffer.concat(pieces).toString("latin1");
  }

  private async *file(name: string, size?: number): AsyncGenerator<Uint8Array, void, void> {
    const { url, dir } = this.location;
    const place = `${url}/${name}`;
    if (!staysInCache(name)) throw new CacheError("corrupt-cache", `'${name}' leads out of the cache '${url}'`);
    if (dir === undefined) {
      yield* download(place, this.options, size);
      return;
    }
    try {
      yield* this.files.readChunks(`${dir}/${name}`);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      const isMissing = error.code === "ENOENT" || error.code === "ENOTDIR";
      const problem = isMissing ? `'${place}' does not exist` : `cannot read '${place}': ${error.reason}`;
      throw new CacheError(isMissing ? "not-in-cache" : "unreachable", problem, { cause: error });
    }
  }
}
