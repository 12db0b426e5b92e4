import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeNix32, encodeNix32, nix32Alphabet, nix32Length } from "../../src/store/nix32.ts";
import { expectStoreError } from "./fixture-file.ts";

describe("nix32", () => {
  it("decodes what it encoded", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
        const text = encodeNix32(bytes);
        expect(text.length).toBe(nix32Length(bytes.length));
        expect([...decodeNix32(text)]).toEqual([...bytes]);
      }),
    );
  });

  it("is the number that the bytes are, least significant first", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), (bytes) => {
        const value = [...bytes].reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n);
        const digits = [...encodeNix32(bytes)].map((digit) => BigInt(nix32Alphabet.indexOf(digit)));
        expect(digits.reduce((sum, digit) => sum * 32n + digit, 0n)).toBe(value);
      }),
    );
  });

  it("shows bits that do not fit as one more byte", () => {
    expect(decodeNix32("zz").length).toBe(2);
    expect(decodeNix32("7z").length).toBe(1);
    expect(decodeNix32("8z").length).toBe(2);
  });

  it.each([..."eoutABCZ-_ \u00e9\u20ac"])("has no digit '%s'", (character) => {
    expectStoreError(() => decodeNix32(`0${character}0`), "bad-hash", "invalid character in Nix32");
  });
});
