// The compressions of binary caches. gzip, zstd and brotli are Node's; xz and bzip2 are programs of the machine, since Node
// has no such codec. All work on pieces, in constant memory.
import { pipeline, Readable, type Transform } from "node:stream";
import zlib from "node:zlib";
import { FileError } from "../host/host.ts";
import { filterThrough } from "../host/program-filter.ts";
import { StoreError } from "../store/store-error.ts";
import { CacheError } from "./cache-error.ts";

/** Of the pieces that come out, in bytes. */
const chunkSize = 1 << 17;

export type Compression = "none" | "gzip" | "zstd" | "br" | "xz" | "bzip2";

/** What an archive's name ends with after `.nar`. */
export const compressionSuffixes: Readonly<Record<Compression, string>> = {
  none: "",
  // Nix has no name for it either.
  gzip: "",
  zstd: ".zst",
  br: ".br",
  xz: ".xz",
  bzip2: ".bz2",
};

/** Reads a name. Throws CacheError `unsupported-cache` for one that there is not, or that ocinix cannot use. */
export function parseCompression(name: string, of: string): Compression {
  if (name === "brotli") return "br";
  if (name in compressionSuffixes) return name as Compression;
  throw new CacheError(
    "unsupported-cache",
    `'${of}' is compressed with '${name}', which ocinix cannot do; it knows ${Object.keys(compressionSuffixes).join(", ")}`,
  );
}

/** The bytes decompressed; whatever follows the end of the compressed data is an error. Throws CacheError. */
export async function* decompressed(
  compression: Compression,
  source: AsyncIterable<Uint8Array>,
  of: string,
): AsyncGenerator<Uint8Array, void, void> {
  const strict = { chunkSize, rejectGarbageAfterEnd: true };
  yield* filtered(compression, source, `cannot decompress '${of}'`, {
    gzip: () => zlib.createGunzip({ chunkSize }),
    zstd: () => zlib.createZstdDecompress(strict as zlib.ZstdOptions),
    br: () => zlib.createBrotliDecompress(strict as zlib.BrotliOptions),
    // A hostile file must not make it take all memory; the largest preset needs 65 MiB.
    xz: ["xz", ["-d", "-c", "--memlimit-decompress=1GiB"]],
    bzip2: ["bzip2", ["-d", "-c"]],
  });
}

/** The bytes compressed. Throws CacheError. */
export async function* compressed(
  compression: Compression,
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, void> {
  yield* filtered(compression, source, `cannot compress with ${compression}`, {
    gzip: () => zlib.createGzip(),
    zstd: () => zlib.createZstdCompress(),
    // The highest quality, the default, takes minutes for what the others do in seconds.
    br: () => zlib.createBrotliCompress({ params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 5 } }),
    xz: ["xz", ["-z", "-c", "-T0"]],
    bzip2: ["bzip2", ["-z", "-c"]],
  });
}

type Codec = (() => Transform) | readonly [program: string, args: readonly string[]];

async function* filtered(
  compression: Compression,
  source: AsyncIterable<Uint8Array>,
  failure: string,
  codecs: Readonly<Record<Exclude<Compression, "none">, Codec>>,
): AsyncGenerator<Uint8Array, void, void> {
  if (compression === "none") {
    yield* source;
    return;
  }
  const codec = codecs[compression];
  try {
    if (typeof codec !== "function") yield* filterThrough(codec[0], codec[1], source);
    else yield* through(codec(), source);
  } catch (error) {
    // The source's own faults are none of the codec's.
    if (error instanceof CacheError || error instanceof StoreError || !(error instanceof Error)) throw error;
    if (error instanceof FileError) {
      if (error.path !== compression) throw error;
      throw new CacheError(
        "unsupported-cache",
        `${failure}: that needs the program '${compression}', which could not be started (${error.reason}); ` +
          "install it, or use a cache with zstd, gzip, brotli or no compression",
      );
    }
    throw new CacheError("corrupt-cache", `${failure}: ${error.message}`, { cause: error });
  }
}

async function* through(
  transform: Transform,
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, void> {
  const input = Readable.from(source, { objectMode: false });
  // Errors arrive in the loop below; the source's own must not be replaced by one that the pipeline makes of it.
  let fault: unknown;
  input.once("error", (error) => {
    fault = error;
  });
  pipeline(input, transform, () => {});
  try {
    for await (const chunk of transform) yield chunk as Uint8Array;
  } catch (error) {
    throw fault ?? error;
  } finally {
    input.destroy();
    transform.destroy();
  }
}
