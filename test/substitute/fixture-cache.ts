// The binary caches that regenerate.sh wrote with C++ Nix.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect } from "vitest";
import { CacheError, type CacheErrorCode } from "../../src/substitute/cache-error.ts";
import { type CacheLocation, parseCacheLocation } from "../../src/substitute/cache-location.ts";
import { type NarInfo, parseNarInfo } from "../../src/substitute/nar-info.ts";

const folder = path.join(import.meta.dirname, "fixtures");

type Compression = "none" | "gzip" | "zstd" | "br" | "xz" | "bzip2";

/** Those that can be tested here: two need programs. */
export const compressions: readonly Compression[] = [
  ...(["none", "gzip", "zstd", "br"] as const),
  ...(["xz", "bzip2"] as const).filter((name) => spawnSync(name, ["--help"]).error === undefined),
];

export function readCacheFixture(name: string): string {
  return fs.readFileSync(path.join(folder, name), "latin1");
}

/** The folder of a fixture cache. */
export function fixtureCache(compression: Compression): string {
  return path.join(folder, `cache-${compression}`);
}

export function locationOf(dir: string): CacheLocation {
  return parseCacheLocation(`file://${dir}`);
}

/** A copy of a fixture cache that a test may change. */
export function copiedCache(compression: Compression = "none"): string {
  const dir = path.join(temporaryFolder(), "cache");
  fs.cpSync(fixtureCache(compression), dir, { recursive: true });
  return dir;
}

export function temporaryFolder(): string {
  return fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "ocinix-substitute-"));
}

/** The narinfo files in a cache, by the name of their object. */
export function narInfosIn(dir: string): Readonly<Record<"joined" | "referring" | "text" | "tree", NarInfo>> {
  const files = fs.readdirSync(dir).filter((name) => name.endsWith(".narinfo"));
  const infos = files.map((name) => parseNarInfo(fs.readFileSync(path.join(dir, name), "latin1"), name));
  return Object.fromEntries(infos.map((info) => [info.path.slice(info.path.indexOf("-") + 1), info])) as never;
}

/** The file with the narinfo of an object. */
export function narInfoFile(dir: string, { path: storePath }: NarInfo): string {
  return path.join(dir, `${path.basename(storePath).slice(0, 32)}.narinfo`);
}

/** Changes the narinfo of an object. */
export function rewriteNarInfo(dir: string, info: NarInfo, change: (text: string) => string): void {
  const file = narInfoFile(dir, info);
  const text = fs.readFileSync(file, "latin1");
  const changed = change(text);
  expect(changed).not.toBe(text);
  fs.writeFileSync(file, changed, "latin1");
}

export async function expectCacheError(
  action: () => unknown,
  code: CacheErrorCode,
  message: string | RegExp,
): Promise<void> {
  let fault: unknown;
  try {
    await action();
  } catch (error) {
    fault = error;
  }
  expect(fault).toBeInstanceOf(CacheError);
  expect((fault as CacheError).message).toMatch(message);
  expect((fault as CacheError).code).toBe(code);
}

export async function drawn(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const chunk of chunks) pieces.push(chunk);
  return Buffer.concat(pieces);
}
