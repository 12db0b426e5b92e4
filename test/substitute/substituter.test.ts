import fs from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createNodeHost } from "../../src/host/node-host.ts";
import { fileOf } from "../../src/store/file-tree.ts";
import { formatHash, hashBytes } from "../../src/store/hash.ts";
import { LocalStore } from "../../src/store/local-store.ts";
import { hashNar } from "../../src/store/nar.ts";
import { makeContentAddressedPath } from "../../src/store/store-path.ts";
import { parseCacheLocation } from "../../src/substitute/cache-location.ts";
import { writeToCache } from "../../src/substitute/cache-writer.ts";
import { defaultDownloadOptions } from "../../src/substitute/download.ts";
import { type PublicKey, parsePublicKey } from "../../src/substitute/signing-key.ts";
import { Substituter } from "../../src/substitute/substituter.ts";
import { Transfers } from "../../src/substitute/transfers.ts";
import {
  compressions,
  copiedCache,
  expectCacheError,
  fixtureCache,
  locationOf,
  narInfoFile,
  narInfosIn,
  readCacheFixture,
  rewriteNarInfo,
  temporaryFolder,
} from "./fixture-cache.ts";

const host = createNodeHost();
const key = parsePublicKey(readCacheFixture("public.key"));
const infos = narInfosIn(fixtureCache("none"));
const everything = Object.values(infos).map(({ path }) => path);
let dir: string;
let local: LocalStore;
let transfers: Transfers;
let warnings: string[];

beforeEach(() => {
  dir = temporaryFolder();
  local = LocalStore.open(host, path.join(dir, "store"));
  transfers = new Transfers({ download: defaultDownloadOptions, connections: 4 });
  warnings = [];
});
afterEach(() => {
  transfers.close();
  local.close();
  host.files.remove(dir);
});

interface Choices {
  readonly keys?: readonly PublicKey[];
  readonly requireSigs?: boolean;
}

function substituterFor(caches: readonly string[], { keys = [key], requireSigs = true }: Choices = {}): Substituter {
  return new Substituter(transfers, {
    caches: caches.map(locationOf),
    trustedKeys: keys,
    requireSigs,
    warn: (message) => warnings.push(message),
  });
}

/** The objects that are valid or lie about. */
function present(): string[] {
  const folder = path.join(dir, "store/nix/store");
  const temporary = fs.readdirSync(path.join(folder, ".ocinix-tmp"));
  const names = fs.readdirSync(folder).filter((name) => !name.startsWith("."));
  expect(names.filter((name) => !local.isValid(`/nix/store/${name}`))).toEqual([]);
  return [...temporary, ...names.map((name) => name.slice(33))].sort();
}

describe("substitution", () => {
  it.each(compressions)("copies a closure out of a cache with compression %s", (compression) => {
    const copied = substituterFor([fixtureCache(compression)]).substitute([infos.joined.path], local);
    expect([...copied].sort()).toEqual([...everything].sort());
    expect(copied.at(-1)).toBe(infos.joined.path);
    expect(copied.indexOf(infos.text.path)).toBeLessThan(copied.indexOf(infos.referring.path));
    for (const info of Object.values(infos)) {
      const { narHash, narSize, references, deriver, ca, sigs } = info;
      expect(local.pathInfo(info.path)).toMatchObject({ narHash, narSize, references, sigs });
      expect([local.pathInfo(info.path).deriver, local.pathInfo(info.path).ca]).toEqual([deriver, ca]);
      expect(formatHash(hashNar(local.readTree(info.path), "sha256").narHash, "base16")).toBe(narHash);
    }
    expect(substituterFor([fixtureCache(compression)]).substitute(everything, local)).toEqual([]);
  });

  it("copies only what is missing", () => {
    const substituter = substituterFor([fixtureCache("none")]);
    expect(substituter.substitute([infos.text.path], local)).toEqual([infos.text.path]);
    expect(substituter.substitute([infos.referring.path], local)).toEqual([infos.referring.path]);
  });

  it("without recursion needs the references to be there", () => {
    const substituter = substituterFor([fixtureCache("none")]);
    expect(() => substituter.substitute([infos.referring.path], local, false)).toThrow(
      /refers to .* which is not valid/,
    );
    expect(present()).toEqual([]);
  });

  it("leaves to another process what that has copied meanwhile", async () => {
    const texts = Array.from({ length: 20 }, (_, index) => Buffer.from(`text ${index}`));
    const paths = texts.map((text, index) => {
      return makeContentAddressedPath(`text-${index}`, "text", hashBytes("sha256", text));
    });
    const other = LocalStore.open(host, path.join(dir, "other"));
    for (const [index, path] of paths.entries()) other.addTree(path, fileOf(texts[index]!));
    const cache = parseCacheLocation(`file://${dir}/texts`);
    await writeToCache(paths, { host, local: other, cache, secretKeys: [] });
    other.close();
    const again = LocalStore.open(host, path.join(dir, "store"));
    const copied: string[] = [];
    const substituter = new Substituter(transfers, {
      caches: [cache],
      trustedKeys: [],
      requireSigs: false,
      warn: (message) => expect.fail(message),
      onCopy: (path) => {
        copied.push(path);
        if (copied.length > 1) return;
        for (const [index, path] of paths.entries())
          if (index < 15 && !copied.includes(path)) again.addTree(path, fileOf(texts[index]!));
      },
    });
    expect(substituter.substitute(paths, local)).toEqual(copied);
    expect([...copied].sort()).toEqual([paths[0]!, ...paths.slice(15)].sort());
    expect(paths.every((path) => local.isValid(path))).toBe(true);
    again.close();
  });

  it("takes content-addressed objects without signature, and no others", async () => {
    const cache = copiedCache();
    for (const info of Object.values(infos)) rewriteNarInfo(cache, info, (text) => text.replace(/^Sig: .*\n/m, ""));
    const substituter = substituterFor([cache]);
    expect(substituter.substitute([infos.referring.path], local)).toHaveLength(2);
    const copy = (): unknown => substituter.substitute([infos.joined.path], local);
    await expectCacheError(copy, "unsigned", /lacks a signature by a trusted key: .* has no signature of it/);
    expect(present()).toEqual(["referring", "text"]);
    expect(substituterFor([cache], { requireSigs: false }).substitute([infos.joined.path], local)).toHaveLength(2);
  });

  it.each<[string, readonly PublicKey[]]>([
    ["no key", []],
    ["a key of the same name", [{ ...key, bytes: Buffer.alloc(32, 1) }]],
    ["the same key with another name", [{ ...key, name: "other-1" }]],
  ])("with %s takes no signature", async (_, keys) => {
    const copy = (): unknown => substituterFor([fixtureCache("none")], { keys }).substitute([infos.joined.path], local);
    await expectCacheError(copy, "unsigned", /has signatures of it by 'fixture-1'; the keys of/);
    expect(present()).toEqual([]);
  });

  it("asks the caches in the order of their priorities, and the next one for what one has not", () => {
    const first = copiedCache();
    const second = copiedCache("br");
    fs.appendFileSync(path.join(first, "nix-cache-info"), "Priority: 60\n");
    fs.rmSync(narInfoFile(second, infos.joined));
    const found = substituterFor([first, second]).available(everything);
    expect(found.get(infos.text.path)?.info.compression).toBe("br");
    expect(found.get(infos.joined.path)?.info.compression).toBe("none");
    expect(substituterFor([first, second]).substitute([infos.joined.path], local)).toHaveLength(4);
  });

  it("goes on with another cache when one sends something wrong, or cannot be used", () => {
    const broken = copiedCache("zstd");
    fs.appendFileSync(path.join(broken, "nix-cache-info"), "Priority: 1\n");
    fs.writeFileSync(path.join(broken, narInfosIn(broken).tree.url), "nothing");
    const caches = [path.join(dir, "nowhere"), broken, fixtureCache("none")];
    expect(substituterFor(caches).substitute([infos.joined.path], local)).toHaveLength(4);
    expect(warnings).toEqual([
      expect.stringMatching(/nowhere' does not appear to be a binary cache; going on without it$/),
      expect.stringContaining(broken),
    ]);
    expect(present()).toEqual(["joined", "referring", "text", "tree"]);
  });
});

describe("substitution of what is not what it should be", () => {
  const fail = async (cache: string, message: RegExp, code = "corrupt-cache" as const): Promise<void> => {
    const copy = (): unknown => substituterFor([cache], { requireSigs: false }).substitute([infos.tree.path], local);
    await expectCacheError(copy, code, message);
    expect(present()).toEqual([]);
  };

  /** A cache whose `tree` is another archive, as which everything but its name is announced. */
  const withArchive = (nar: Buffer, more: (text: string) => string = (text) => text): string => {
    const cache = copiedCache();
    fs.writeFileSync(path.join(cache, "nar/other.nar"), nar);
    rewriteNarInfo(cache, infos.tree, (text) => {
      const fields = {
        URL: "nar/other.nar",
        NarHash: sri(nar),
        FileHash: sri(nar),
        NarSize: nar.length,
        FileSize: nar.length,
      };
      const replaced = Object.entries(fields).reduce(
        (whole, [name, value]) => whole.replace(new RegExp(`^${name}: .*$`, "m"), `${name}: ${value}`),
        text,
      );
      return more(replaced);
    });
    return cache;
  };
  const sri = (bytes: Buffer): string => `sha256:${formatHash(hashBytes("sha256", bytes), "base16")}`;
  const withoutAddress = (text: string): string => text.replace(/^CA: .*\n/m, "");
  const original = fs.readFileSync(path.join(fixtureCache("none"), infos.tree.url));
  const replaced = (from: string, to: string): Buffer => {
    expect(from).toHaveLength(to.length);
    expect(original.includes(from)).toBe(true);
    return Buffer.from(original.toString("latin1").replace(from, to), "latin1");
  };

  it("is refused with other contents than announced", async () => {
    const cache = copiedCache();
    fs.writeFileSync(path.join(cache, infos.tree.url), replaced("contents\n", "CONTENTS\n"));
    rewriteNarInfo(cache, infos.tree, (text) => withoutAddress(text).replace(/^FileHash: .*\n/m, ""));
    await fail(cache, /^hash mismatch importing path/);
  });

  it("is refused with other contents than its content address", async () => {
    await fail(withArchive(replaced("contents\n", "CONTENTS\n")), /hash mismatch in '\/nix\/store/);
  });

  it("is refused with a wrong content address, or an unknown one", async () => {
    const cache = copiedCache();
    rewriteNarInfo(cache, infos.tree, (text) => text.replace(/^CA: .*$/m, "CA: fixed:git:sha1:0"));
    const copy = (): unknown => substituterFor([cache]).substitute([infos.tree.path], local);
    expect(copy).toThrow(/is not a content address that ocinix knows/);
    expect(present()).toEqual([]);
  });

  it.each([
    ["a name upwards", "\x04\0\0\0\0\0\0\0file\0\0\0\0", "\x02\0\0\0\0\0\0\0..\0\0\0\0\0\0"],
    ["a name with a slash", "\x04\0\0\0\0\0\0\0file", "\x04\0\0\0\0\0\0\0fi/e"],
    ["a name with NUL", "\x04\0\0\0\0\0\0\0file", "\x04\0\0\0\0\0\0\0fi\0e"],
    ["unsorted names", "\x04\0\0\0\0\0\0\0file", "\x04\0\0\0\0\0\0\0zile"],
    ["one name twice", "\x06\0\0\0\0\0\0\0folder\0\0", "\x04\0\0\0\0\0\0\0file\0\0\0\0"],
    ["a size that lies", "\x09\0\0\0\0\0\0\0contents\n", "\x08\0\0\0\0\0\0\0contents\n"],
    ["a size beyond all numbers", "\x09\0\0\0\0\0\0\0contents\n", "\x09\0\0\0\0\0\0\xffcontents\n"],
    ["a target with NUL", "../file\0", "../\0ile\0"],
    ["padding that is not zero", "contents\n\0", "contents\nx"],
    ["another start", "nix-archive-1", "nix-archive-2"],
  ])("is refused with %s", async (_, from, to) => {
    await fail(withArchive(replaced(from, to), withoutAddress), /archive|padding|too long/);
  });

  it("is refused with something after the archive's end, or without its end", async () => {
    await fail(withArchive(Buffer.concat([original, Buffer.alloc(8)]), withoutAddress), /after the end of the archive/);
    await fail(withArchive(original.subarray(0, -8), withoutAddress), /unexpected end-of-file/);
  });

  it("is refused when references go in a circle", async () => {
    const cache = copiedCache();
    rewriteNarInfo(cache, infos.text, (text) =>
      withoutAddress(text).replace("References: ", `References: ${path.basename(infos.referring.path)}`),
    );
    const copy = (): unknown =>
      substituterFor([cache], { requireSigs: false }).substitute([infos.referring.path], local);
    await expectCacheError(copy, "corrupt-cache", /^cycle in the references/);
    expect(present()).toEqual([]);
  });

  it("is refused when a reference is nowhere", async () => {
    const cache = copiedCache();
    fs.rmSync(narInfoFile(cache, infos.text));
    const copy = (): unknown => substituterFor([cache]).substitute([infos.joined.path], local);
    await expectCacheError(copy, "not-in-cache", /text' is required, but it is not in 'file:/);
    expect(present()).toEqual([]);
  });

  it("is refused when a narinfo is about another object", async () => {
    const cache = copiedCache();
    rewriteNarInfo(cache, infos.tree, (text) => text.replace("-tree\n", "-evil\n"));
    await fail(cache, /has '.*-evil' and not '.*-tree'$/);
  });
});
