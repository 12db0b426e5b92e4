import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createNodeHost } from "../../src/host/node-host.ts";
import { LocalStore } from "../../src/store/local-store.ts";
import { StoreError } from "../../src/store/store-error.ts";
import { parseCacheLocation } from "../../src/substitute/cache-location.ts";
import { writeToCache } from "../../src/substitute/cache-writer.ts";
import { defaultDownloadOptions } from "../../src/substitute/download.ts";
import { parsePublicKey, parseSecretKey } from "../../src/substitute/signing-key.ts";
import { Substituter } from "../../src/substitute/substituter.ts";
import { Transfers } from "../../src/substitute/transfers.ts";
import {
  compressions,
  expectCacheError,
  fixtureCache,
  locationOf,
  narInfosIn,
  readCacheFixture,
  temporaryFolder,
} from "./fixture-cache.ts";

const host = createNodeHost();
const infos = narInfosIn(fixtureCache("none"));
const paths = [infos.tree, infos.text, infos.referring, infos.joined].map(({ path }) => path);
let dir: string;
let local: LocalStore;
let transfers: Transfers;

beforeEach(() => {
  dir = temporaryFolder();
  local = LocalStore.open(host, path.join(dir, "store"));
  transfers = new Transfers({ download: defaultDownloadOptions, connections: 4 });
  copyFrom(fixtureCache("none"), local);
});
afterEach(() => {
  transfers.close();
  local.close();
  host.files.remove(dir);
});

function copyFrom(cache: string, into: LocalStore): readonly string[] {
  const trustedKeys = [parsePublicKey(readCacheFixture("public.key"))];
  const options = {
    caches: [locationOf(cache)],
    trustedKeys,
    requireSigs: true,
    warn: (text: string) => expect.fail(text),
  };
  return new Substituter(transfers, options).substitute([infos.joined.path], into);
}

function write(cache: string, written = paths, signs = false): Promise<void> {
  const secretKeys = signs ? [parseSecretKey(readCacheFixture("secret.key"))] : [];
  return writeToCache(written, { host, local, cache: parseCacheLocation(`file://${cache}`), secretKeys });
}

/** Every file of a folder with its contents. */
function contentsOf(folder: string): Record<string, string> {
  const names = fs.readdirSync(folder, { recursive: true, encoding: "utf8" });
  const files = names.filter((name) => fs.statSync(path.join(folder, name)).isFile());
  return Object.fromEntries(files.sort().map((name) => [name, fs.readFileSync(path.join(folder, name), "latin1")]));
}

describe("a written cache", () => {
  it("is to the byte the one that C++ Nix writes", async () => {
    await write(`${dir}/cache?compression=none&write-nar-listing=true`, paths, true);
    expect(contentsOf(path.join(dir, "cache"))).toEqual(contentsOf(fixtureCache("none")));
  });

  it.each(compressions)("with compression %s can be read", async (compression) => {
    await write(`${dir}/cache?compression=${compression}`);
    const written = narInfosIn(path.join(dir, "cache"));
    expect(written.joined.compression).toBe(compression);
    const other = LocalStore.open(host, path.join(dir, "other"));
    try {
      expect(copyFrom(path.join(dir, "cache"), other)).toHaveLength(4);
      for (const path of paths) {
        expect({ ...other.pathInfo(path), registrationTime: 0 }).toEqual({
          ...local.pathInfo(path),
          registrationTime: 0,
        });
      }
    } finally {
      other.close();
    }
  });

  it("is added to, and what it has is left alone", async () => {
    const cache = path.join(dir, "cache");
    await write(`${cache}?compression=gzip`, paths.slice(0, 2));
    const before = contentsOf(cache);
    await write(`${cache}?compression=zstd`);
    expect(contentsOf(cache)).toMatchObject(before);
    expect(narInfosIn(cache)).toMatchObject({ text: { compression: "gzip" }, joined: { compression: "zstd" } });
  });

  it("gets nothing of an object that is damaged", async () => {
    const file = path.join(local.realPath(infos.tree.path), "file");
    fs.chmodSync(file, 0o644);
    fs.writeFileSync(file, "CONTENTS\n");
    const cache = path.join(dir, "cache");
    await expect(write(cache)).rejects.toThrow(StoreError);
    await expect(write(cache)).rejects.toThrow(/^hash mismatch in .*\n.*\n.*\nThe object is damaged/);
    expect(Object.keys(contentsOf(cache))).toEqual(["nix-cache-info"]);
  });

  it("has to be a folder that can be written, and of a known compression", async () => {
    fs.writeFileSync(path.join(dir, "file"), "");
    await expectCacheError(() => write(`${dir}/file`), "cache-not-writable", /^cannot write the binary cache 'file:/);
    await expectCacheError(() => write(`${dir}/cache?compression=rar`), "unsupported-cache", /with 'rar'/);
    const cache = parseCacheLocation("http://localhost/");
    const there = (): Promise<void> => writeToCache(paths, { host, local, cache, secretKeys: [] });
    await expectCacheError(there, "unsupported-cache", /writes only file:\/\/ caches$/);
  });
});
