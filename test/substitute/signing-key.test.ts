import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  formatKey,
  generateSecretKey,
  isSignedBy,
  parsePublicKey,
  parseSecretKey,
  publicKeyOf,
  signInfo,
} from "../../src/substitute/signing-key.ts";
import { expectCacheError, fixtureCache, narInfosIn, readCacheFixture } from "./fixture-cache.ts";

const infos = Object.entries(narInfosIn(fixtureCache("none")));
const secretKey = parseSecretKey(readCacheFixture("secret.key"));
const publicKey = parsePublicKey(readCacheFixture("public.key"));

describe("keys", () => {
  it("are read and written as C++ Nix writes them", () => {
    expect(formatKey(secretKey)).toBe(readCacheFixture("secret.key"));
    expect(formatKey(publicKeyOf(secretKey))).toBe(readCacheFixture("public.key"));
  });

  it("that are made can be read", () => {
    const key = generateSecretKey("some-1");
    expect(parseSecretKey(`${formatKey(key)}\n`)).toEqual(key);
    expect(parsePublicKey(formatKey(publicKeyOf(key)))).toEqual(publicKeyOf(key));
  });

  it.each(["", "name", ":AAAA", "name:", "name:AA=A", "name:\u00e4\u00e4\u00e4\u00e4", "a b:AAAA"])(
    "are not '%s'",
    async (text) => {
      await expectCacheError(() => parseSecretKey(text), "bad-key", /^secret key is corrupt/);
      await expectCacheError(() => parsePublicKey(text), "bad-key", /is corrupt/);
    },
  );

  it("have their length, and a secret one is in no message", async () => {
    await expectCacheError(
      () => parseSecretKey(readCacheFixture("public.key")),
      "bad-key",
      /^secret key is not valid$/,
    );
    await expectCacheError(() => parsePublicKey(`name:${"A".repeat(40)}`), "bad-key", /is not valid$/);
  });
});

describe("signatures", () => {
  it.each(infos)("of %s are those of C++ Nix", (_, info) => {
    expect(info.sigs).toEqual([signInfo(info, secretKey)]);
    expect(isSignedBy(info, [publicKey])).toBe(true);
  });

  it.each(infos)("of %s are of all that is known, by that key, and whole", (_, info) => {
    const other = publicKeyOf(generateSecretKey(publicKey.name));
    expect(isSignedBy(info, [])).toBe(false);
    expect(isSignedBy(info, [other])).toBe(false);
    expect(isSignedBy(info, [other, publicKey])).toBe(true);
    expect(isSignedBy(info, [{ ...publicKey, name: "other-1" }])).toBe(false);
    expect(isSignedBy({ ...info, narSize: info.narSize + 8 }, [publicKey])).toBe(false);
    expect(
      isSignedBy({ ...info, narHash: info.narHash.replace(/^./, (d) => (d === "0" ? "1" : "0")) }, [publicKey]),
    ).toBe(false);
    expect(isSignedBy({ ...info, references: [...info.references, info.path] }, [publicKey])).toBe(false);
    expect(isSignedBy({ ...info, sigs: [] }, [publicKey])).toBe(false);
    fc.assert(
      fc.property(fc.nat(63), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const [name, digits] = info.sigs![0]!.split(":") as [string, string];
        const bytes = Buffer.from(digits, "base64");
        bytes[at]! ^= change;
        return !isSignedBy({ ...info, sigs: [`${name}:${bytes.toString("base64")}`] }, [publicKey]);
      }),
    );
  });
});
