import { describe, expect, it } from "vitest";
import {
  compressHash,
  emptyHash,
  formatHash,
  formatPrefixedHash,
  type HashAlgorithm,
  Hasher,
  hashBase16,
  hashBytes,
  parseBareHash,
  parseHash,
  parseHashAndFormat,
  parseHashFormat,
  parsePrefixedHash,
} from "../../src/store/hash.ts";
import { encodeNix32 } from "../../src/store/nix32.ts";
import { expectStoreError, readJsonFixture, storeErrorOf } from "./fixture-file.ts";

interface HashFixtures {
  readonly hashes: readonly {
    readonly contents: string;
    readonly algorithm: HashAlgorithm;
    readonly base16: string;
    readonly nix32: string;
    readonly base64: string;
    readonly sri: string;
    readonly folded: string;
  }[];
  readonly accepted: readonly { readonly hash: string; readonly algorithm?: HashAlgorithm; readonly base16: string }[];
  readonly errors: readonly { readonly hash: string; readonly algorithm?: HashAlgorithm; readonly error: string }[];
}

const fixtures = readJsonFixture<HashFixtures>("hashes.json");

describe("hashing", () => {
  it.each(fixtures.hashes)("gives $base16 for $algorithm in every format", (fixture) => {
    const { contents, algorithm, base16, nix32, base64, sri } = fixture;
    const hash = hashBytes(algorithm, contents);
    expect(formatHash(hash, "base16")).toBe(base16);
    expect(formatHash(hash, "nix32")).toBe(nix32);
    expect(formatHash(hash, "base64")).toBe(base64);
    expect(formatHash(hash, "sri")).toBe(sri);
    expect(formatPrefixedHash(hash, "nix32")).toBe(`${algorithm}:${nix32}`);
    expect(formatPrefixedHash(hash, "sri")).toBe(sri);
    expect(hashBase16(algorithm, Buffer.from(contents, "latin1"))).toBe(base16);
  });

  it("gives the same in pieces", () => {
    const hasher = new Hasher("sha1");
    for (const piece of ["hello", " ", "world\n"]) hasher.update(Buffer.from(piece));
    expect(formatHash(hasher.finish(), "base16")).toBe(hashBase16("sha1", "hello world\n"));
  });

  it.each(fixtures.hashes)("folds $algorithm to at most 20 bytes as nix-hash --truncate does", (fixture) => {
    const { bytes } = parseBareHash(fixture.base16, fixture.algorithm);
    const folded = bytes.length > 20 ? compressHash(bytes, 20) : bytes;
    expect(Buffer.from(folded).toString("hex")).toBe(fixture.folded);
  });

  it("folds by XOR", () => {
    expect([...compressHash(Uint8Array.from([1, 2, 4, 8, 16]), 2)]).toEqual([1 ^ 4 ^ 16, 2 ^ 8]);
    expect(encodeNix32(compressHash(new Uint8Array(32), 20))).toBe("0".repeat(32));
  });
});

describe("reading hashes", () => {
  it.each(fixtures.hashes)("reads every form of $base16", ({ algorithm, base16, nix32, base64, sri }) => {
    for (const digits of [base16, nix32, base64]) {
      expect(formatHash(parseHash(digits, algorithm), "base16")).toBe(base16);
      expect(formatHash(parseHash(`${algorithm}:${digits}`), "base16")).toBe(base16);
      expect(formatHash(parsePrefixedHash(`${algorithm}:${digits}`), "base16")).toBe(base16);
    }
    expect(parseHashAndFormat(sri).format).toBe("sri");
    expect(parseHashAndFormat(nix32, algorithm).format).toBe("nix32");
    expect(formatHash(parseHash(sri, algorithm), "base16")).toBe(base16);
  });

  it.each(fixtures.accepted)("accepts $hash", ({ hash, algorithm, base16 }) => {
    expect(formatHash(parseHash(hash, algorithm), "base16")).toBe(base16);
  });

  it.each(fixtures.errors)("refuses '$hash' as $algorithm", ({ hash, algorithm, error }) => {
    expect(storeErrorOf(() => parseHash(hash, algorithm)).message).toBe(error);
  });

  it("asks for the algorithm where nothing else can tell", () => {
    expectStoreError(() => parsePrefixedHash("abc"), "bad-hash", "hash 'abc' does not include a type");
  });

  it("knows the formats by name", () => {
    expect(parseHashFormat("base32")).toBe("nix32");
    expectStoreError(() => parseHashFormat("hex"), "unknown-hash-name", "unknown hash format 'hex'");
  });

  it("has an empty hash of zeros", () => {
    expect(formatHash(emptyHash("sha256"), "sri")).toBe("sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
  });
});
