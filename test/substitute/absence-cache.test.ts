import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createNodeHost } from "../../src/host/node-host.ts";
import { AbsenceCache } from "../../src/substitute/absence-cache.ts";
import { parseCacheLocation } from "../../src/substitute/cache-location.ts";
import { defaultDownloadOptions } from "../../src/substitute/download.ts";
import { Substituter } from "../../src/substitute/substituter.ts";
import { Transfers } from "../../src/substitute/transfers.ts";
import { temporaryFolder } from "./fixture-cache.ts";

const host = createNodeHost();
const url = "https://cache.example.org";
const hashPart = "0".repeat(32);
let dir: string;

beforeEach(() => {
  dir = temporaryFolder();
});
afterEach(() => host.files.remove(dir));

describe("what a cache does not have", () => {
  it("is remembered for a while, by cache and object", () => {
    const cache = new AbsenceCache(host, `${dir}/absent`, 3600);
    expect(cache.has(url, hashPart)).toBe(false);
    cache.add(url, hashPart);
    expect(new AbsenceCache(host, `${dir}/absent`, 3600).has(url, hashPart)).toBe(true);
    expect(cache.has("https://other.example.org", hashPart)).toBe(false);
    expect(cache.has(url, "1".repeat(32))).toBe(false);
    const [file = ""] = fs
      .readdirSync(`${dir}/absent`, { recursive: true, encoding: "utf8" })
      .filter((name) => name.includes("/"));
    fs.utimesSync(path.join(dir, "absent", file), 0, host.now() - 3601);
    expect(cache.has(url, hashPart)).toBe(false);
    cache.add(url, hashPart);
    expect(cache.has(url, hashPart)).toBe(true);
  });

  it("is not remembered for no time, nor where there is no folder", () => {
    const none = new AbsenceCache(host, `${dir}/absent`, 0);
    none.add(url, hashPart);
    expect(none.has(url, hashPart)).toBe(false);
    expect(fs.readdirSync(dir)).toEqual([]);
    fs.writeFileSync(`${dir}/file`, "");
    const impossible = new AbsenceCache(host, `${dir}/file`, 3600);
    impossible.add(url, hashPart);
    expect(impossible.has(url, hashPart)).toBe(false);
  });

  it("is not asked for again", () => {
    const absences = new AbsenceCache(host, `${dir}/absent`, 3600);
    absences.add(url, hashPart);
    const transfers = new Transfers({ download: defaultDownloadOptions, connections: 1 });
    try {
      // Its priority is known, so that a question to this server, which there is not, would be the only one.
      const caches = [parseCacheLocation(`${url}?priority=1`)];
      const options = {
        caches,
        trustedKeys: [],
        requireSigs: true,
        absences,
        warn: (text: string) => expect.fail(text),
      };
      expect(new Substituter(transfers, options).available([`/nix/store/${hashPart}-x`])).toEqual(new Map());
      expect(transfers.isRunning).toBe(false);
    } finally {
      transfers.close();
    }
  });
});
