import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CacheError } from "../../src/substitute/cache-error.ts";
import { formatNarInfo, parseNarInfo, staysInCache } from "../../src/substitute/nar-info.ts";
import { compressions, expectCacheError, fixtureCache } from "./fixture-cache.ts";

const files = compressions.flatMap((compression) =>
  fs
    .readdirSync(fixtureCache(compression))
    .filter((name) => name.endsWith(".narinfo"))
    .map((name) => path.join(fixtureCache(compression), name)),
);
const text = fs.readFileSync(files[0]!, "latin1");

describe("narinfo files", () => {
  it.each(files.map((file) => [path.relative(import.meta.dirname, file), file]))(
    "such as %s are read, and written again as C++ Nix wrote them",
    (_, file) => {
      const contents = fs.readFileSync(file, "latin1");
      const info = parseNarInfo(contents, file, path.basename(file, ".narinfo"));
      expect(formatNarInfo(info)).toBe(contents);
    },
  );

  it("may have fields that nobody knows, and no FileHash, FileSize, Compression and Deriver", () => {
    const short = text.replace(/^(?:FileHash|FileSize|Compression|Deriver): .*\n/gm, "");
    const info = parseNarInfo(`Future: 1\n${short}Deriver: unknown-deriver\n`, "x");
    expect(info).toMatchObject({ compression: "bzip2" });
    expect([info.fileHash, info.fileSize, info.deriver]).toEqual([undefined, undefined, undefined]);
  });

  const without = (name: string) => text.replace(new RegExp(`^${name}: .*\n`, "m"), "");
  const having = (name: string, value: string) => text.replace(new RegExp(`^${name}: .*$`, "m"), `${name}: ${value}`);
  const store = "/nix/store";
  const hash = "0".repeat(32);
  it.each([
    ["is empty", "", /expecting '\\n'/],
    ["has no end of line", text.trimEnd(), /expecting '\\n'/],
    ["has a line without a colon", `${text}nothing\n`, /expecting ':' at line \d+/],
    ["has an empty line", `${text}\n`, /expecting ':'/],
    ["has no StorePath", without("StorePath"), /StorePath missing/],
    ["has no URL", without("URL"), /URL missing/],
    ["has no NarHash", without("NarHash"), /NarHash missing/],
    ["has no NarSize", without("NarSize"), /NarSize missing/],
    ["has two of one field", `${text}NarSize: 8\n`, /extra NarSize/],
    ["has two lists of references", `${text}References: \n`, /extra References/],
    ["has another store", having("StorePath", `/gnu/store/${hash}-x`), /not in the Nix store/],
    ["has a path inside an object", having("StorePath", `${store}/${hash}-x/y`), /illegal character/],
    ["has a path upwards", having("StorePath", `${store}/../${hash}-x`), /bad|valid|hash part/],
    ["has a reference upwards", having("References", `../${hash}-x`), /hash part|short|valid/],
    ["has a full path as a reference", having("References", `${store}/${hash}-x`), /hash part|short|valid/],
    ["has a short hash", having("NarHash", "sha256:abc"), /wrong length/],
    ["has a hash of another kind", having("NarHash", `md5:${"0".repeat(32)}`), /not a sha256/],
    ["has a bare hash", having("NarHash", "0".repeat(64)), /does not include a type/],
    ["has a negative size", having("NarSize", "-8"), /invalid NarSize/],
    ["has size nothing", having("NarSize", "0"), /missing or zero/],
    ["has a size that no number holds", having("NarSize", "99999999999999999999"), /invalid NarSize/],
    ["has a size with a tail", having("FileSize", "8x"), /invalid FileSize/],
    ["has a bad signature", having("Sig", "nothing"), /bad signature/],
    ["has a short signature", having("Sig", "name:AAAA"), /bad signature/],
    ["has a URL out of the cache", having("URL", "../secret.nar"), /leads out of the cache/],
  ])("is corrupt that %s", async (_, contents, message) => {
    await expectCacheError(() => parseNarInfo(contents, "file:///x"), "corrupt-cache", message);
  });

  it("is corrupt that is about another object", async () => {
    await expectCacheError(
      () => parseNarInfo(text, "x", hash),
      "corrupt-cache",
      /not about an object with the hash part/,
    );
  });

  it("never fails in another way", () => {
    const lines = text.split("\n");
    const edit = fc.record({
      line: fc.nat(lines.length),
      at: fc.nat(80),
      put: fc.string({ unit: "binary", maxLength: 5 }),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        const changed = [...lines];
        for (const { line, at, put } of edits) {
          const old = changed[line] ?? "";
          changed[line] = old.slice(0, at) + put + old.slice(at + 1);
        }
        try {
          const info = parseNarInfo(changed.join("\n"), "x");
          expect(parseNarInfo(formatNarInfo(info), "x")).toEqual(info);
        } catch (error) {
          expect(error).toBeInstanceOf(CacheError);
        }
      }),
    );
  });
});

describe("the URL of an archive", () => {
  it.each(["nar/a.nar.xz", "a.nar", "nar/..a/b...nar", "nar/a.nar?hash=x/../y", "nar/%41.nar"])(
    "may be '%s'",
    (url) => {
      expect(staysInCache(url)).toBe(true);
    },
  );

  it.each([
    ...["/nar/a.nar", "//host/a.nar", "http://host/a.nar", "file:///a.nar", "FILE:a", "../a.nar", "nar/../../a.nar"],
    ...[
      "nar/..",
      ".",
      "",
      "nar//a",
      "nar/./a",
      "%2e%2e/a.nar",
      "nar/.%2E/a",
      "..%2fa",
      "nar\\..\\a",
      "a b",
      "a\nb",
      "a\0b",
    ],
    ...["nar/a#b", "nar/a%00", "..?x", "nar/%5c..", "\u00e4"],
  ])("may not be '%s'", (url) => {
    expect(staysInCache(url)).toBe(false);
  });

  it("is below the cache whenever it may be", () => {
    const piece = fc.constantFrom("..", ".", "%2e", "/", "\\", "a", ":", "?", "#", "@", "%2f", "%", "http");
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 8 }), (pieces) => {
        const url = pieces.join("");
        if (!staysInCache(url)) return;
        expect(new URL(`https://host/cache/${url}`).href).toMatch(/^https:\/\/host\/cache\/./);
      }),
      { numRuns: 2000 },
    );
  });
});
