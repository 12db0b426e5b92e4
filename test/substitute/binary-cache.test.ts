import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { createNodeHost } from "../../src/host/node-host.ts";
import { formatHash, hashBytes } from "../../src/store/hash.ts";
import { BinaryCache } from "../../src/substitute/binary-cache.ts";
import { parseCacheLocation } from "../../src/substitute/cache-location.ts";
import { defaultDownloadOptions } from "../../src/substitute/download.ts";
import type { NarInfo } from "../../src/substitute/nar-info.ts";
import {
  compressions,
  copiedCache,
  drawn,
  expectCacheError,
  fixtureCache,
  locationOf,
  narInfosIn,
} from "./fixture-cache.ts";
import { startServer, type TestServer } from "./test-server.ts";

const { files } = createNodeHost();
const hashPart = (info: NarInfo): string => path.basename(info.path).slice(0, 32);
let server: TestServer | undefined;

afterEach(() => {
  server?.close();
  server = undefined;
});

function cacheIn(dir: string): BinaryCache {
  return new BinaryCache(locationOf(dir), files, defaultDownloadOptions);
}

/** The hash of a narinfo's field. */
function sha256(bytes: Uint8Array): string {
  return formatHash(hashBytes("sha256", bytes), "base16");
}

describe.each(compressions)("a cache with compression %s", (compression) => {
  const infos = narInfosIn(fixtureCache(compression));
  const cache = cacheIn(fixtureCache(compression));

  it.each(Object.entries(infos))("gives the archive of %s", async (_, info) => {
    expect(await cache.narInfo(hashPart(info))).toEqual(info);
    const nar = await drawn(cache.nar(info));
    expect({ hash: sha256(nar), size: nar.length }).toEqual({ hash: info.narHash, size: info.narSize });
  });

  it("notices every change of an archive's file", async () => {
    const dir = copiedCache(compression);
    const file = path.join(dir, infos.joined.url);
    const bytes = fs.readFileSync(file);
    const changed = async (contents: Uint8Array): Promise<void> => {
      fs.writeFileSync(file, contents);
      await expectCacheError(() => drawn(cacheIn(dir).nar(infos.joined)), "corrupt-cache", /./);
    };
    for (const at of [0, 1, bytes.length >> 1, bytes.length - 1]) {
      const copy = Buffer.from(bytes);
      copy[at]! ^= 0x40;
      await changed(copy);
    }
    await changed(bytes.subarray(0, -1));
    await changed(Buffer.concat([bytes, Buffer.alloc(1)]));
    await changed(Buffer.alloc(0));
    fs.writeFileSync(file, bytes);
    expect(sha256(await drawn(cacheIn(dir).nar(infos.joined)))).toBe(infos.joined.narHash);
  });

  it("notices what follows the compressed data, also when nobody has said how long it is", async () => {
    const dir = copiedCache(compression);
    const { fileHash: _, fileSize: __, ...rest } = infos.text;
    const info = { ...rest, fileHash: undefined, fileSize: undefined };
    fs.appendFileSync(path.join(dir, info.url), "tail");
    const got = await drawn(cacheIn(dir).nar(info)).catch(() => undefined);
    // bzip2 ignores it, and what it gives is checked anyway.
    if (compression === "bzip2") expect(sha256(got!)).toBe(info.narHash);
    else expect(got).toBeUndefined();
  });
});

describe("a cache", () => {
  const infos = narInfosIn(fixtureCache("none"));

  it("may be behind HTTP, below a path", async () => {
    server = await startServer((request, response) => {
      const file = path.join(fixtureCache("br"), request.url!.replace("/some/cache/", ""));
      if (fs.existsSync(file)) response.end(fs.readFileSync(file));
      else response.writeHead(404).end();
    });
    const cache = new BinaryCache(parseCacheLocation(`${server.url}/some/cache/`), files, defaultDownloadOptions);
    const info = (await cache.narInfo(hashPart(infos.joined)))!;
    expect(sha256(await drawn(cache.nar(info)))).toBe(infos.joined.narHash);
    expect(await cache.narInfo("0".repeat(32))).toBeUndefined();
    expect(server.requests.every((request) => request.startsWith("GET /some/cache/"))).toBe(true);
  });

  it("has to have a nix-cache-info, of this store folder", async () => {
    const dir = copiedCache();
    fs.writeFileSync(path.join(dir, "nix-cache-info"), "StoreDir: /gnu/store\n");
    await expectCacheError(() => cacheIn(dir).info(), "unsupported-cache", /'\/gnu\/store', not '\/nix\/store'$/);
    fs.rmSync(path.join(dir, "nix-cache-info"));
    await expectCacheError(
      () => cacheIn(dir).narInfo("0".repeat(32)),
      "unreachable",
      /not appear to be a binary cache$/,
    );
  });

  it("says its priority", async () => {
    const dir = copiedCache();
    expect(await cacheIn(dir).info()).toEqual({ priority: 50 });
    fs.appendFileSync(path.join(dir, "nix-cache-info"), "Priority: 12\n");
    expect(await cacheIn(dir).info()).toEqual({ priority: 12 });
  });

  it.each([
    ["gzip", zlib.gzipSync],
    ["zstd", zlib.zstdCompressSync],
    ["br", zlib.brotliCompressSync],
  ] as const)("cannot fill the disk with a bomb of %s", async (compression, compress) => {
    const dir = copiedCache();
    // 64 MiB of zeros are a few KiB.
    const bomb = compress(Buffer.alloc(64 << 20));
    fs.writeFileSync(path.join(dir, "nar/bomb"), bomb);
    const info = { ...infos.text, compression, url: "nar/bomb", fileHash: sha256(bomb), fileSize: bomb.length };
    let size = 0;
    const draw = async (): Promise<void> => {
      for await (const chunk of cacheIn(dir).nar({ ...info, narSize: 1 << 20 })) size += chunk.length;
    };
    await expectCacheError(draw, "corrupt-cache", /unpacks to more than the announced 1048576 bytes$/);
    expect(size).toBeLessThanOrEqual(1 << 20);
  });

  it("cannot send a narinfo without end", async () => {
    server = await startServer((request, response) => {
      if (request.url === "/nix-cache-info") return response.end("StoreDir: /nix/store\n");
      const more = (): void => {
        if (!response.destroyed) response.write(Buffer.alloc(100_000, "x"), () => setImmediate(more));
      };
      return more();
    });
    const cache = new BinaryCache(parseCacheLocation(server.url), files, defaultDownloadOptions);
    await expectCacheError(() => cache.narInfo("0".repeat(32)), "corrupt-cache", /has more than 1048576 bytes$/);
  });

  it.each([
    ["has a compression that there is not", { compression: "rar" }, "unsupported-cache", /compressed with 'rar'/],
    ["announces less than it is", { narSize: 64 }, "corrupt-cache", /more than the announced 64 bytes$/],
    ["announces more than it is", { narSize: 1 << 20 }, "corrupt-cache", /not to the announced 1048576$/],
    ["announces a smaller file", { fileSize: 8 }, "corrupt-cache", /more than the announced 8 bytes$/],
    ["announces a larger file", { fileSize: 1 << 20 }, "corrupt-cache", /not the announced 1048576$/],
    ["announces another file", { fileHash: "0".repeat(64) }, "corrupt-cache", /^file hash mismatch/],
    ["has no file", { url: "nar/nothing" }, "not-in-cache", /does not exist$/],
    ["leads out", { url: "../../../../../etc/passwd" }, "corrupt-cache", /leads out of the cache/],
  ] as const)("is refused whose object %s", async (_, change, code, message) => {
    await expectCacheError(() => drawn(cacheIn(fixtureCache("none")).nar({ ...infos.text, ...change })), code, message);
  });
});
