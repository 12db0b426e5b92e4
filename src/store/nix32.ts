// Nix's own base 32: the digits of one big little-endian number, most significant first, without e, o, u and t.
import { StoreError } from "./store-error.ts";

export const nix32Alphabet = "0123456789abcdfghijklmnpqrsvwxyz";

const digits = new Int8Array(256).fill(-1);
for (let i = 0; i < 32; i++) digits[nix32Alphabet.charCodeAt(i)] = i;

/** The number of characters for so many bytes. */
export function nix32Length(byteCount: number): number {
  return byteCount === 0 ? 0 : Math.floor((byteCount * 8 - 1) / 5) + 1;
}

/** Whether this byte (a character code) is a digit of the alphabet. */
export function isNix32Digit(code: number): boolean {
  return digits[code]! >= 0;
}

/** For the hashes of store paths; used anew for each. */
const storeHashCodes = new Array<number>(32).fill(0);

export function encodeNix32(bytes: Uint8Array): string {
  const length = nix32Length(bytes.length);
  const codes = length === storeHashCodes.length ? storeHashCodes : new Array<number>(length);
  const last = length - 1;
  for (let n = last; n >= 0; n--) {
    const bit = n * 5;
    const index = bit >> 3;
    const shift = bit & 7;
    const pair = bytes[index]! | (index + 1 < bytes.length ? bytes[index + 1]! << 8 : 0);
    codes[last - n] = nix32Alphabet.charCodeAt((pair >> shift) & 31);
  }
  return String.fromCharCode(...codes);
}

/**
 * The bytes of a text in nix32. Leading bits that do not fill a byte appear as one more byte when they are not zero, so
 * that a caller who knows the length refuses them. Throws StoreError `bad-hash` for other characters.
 */
export function decodeNix32(text: string): Uint8Array {
  const bytes = new Uint8Array(Math.ceil((text.length * 5) / 8));
  let length = 0;
  for (let n = 0; n < text.length; n++) {
    const code = text.charCodeAt(text.length - n - 1);
    const digit = digits[code] ?? -1;
    if (digit < 0) {
      throw new StoreError(
        "bad-hash",
        `invalid character in Nix32 (Nix's Base32 variation) string: '${String.fromCharCode(code)}'`,
      );
    }
    const bit = n * 5;
    const index = bit >> 3;
    const shifted = digit << (bit & 7);
    bytes[index]! |= shifted & 255;
    length = Math.max(length, index + 1);
    if (shifted > 255) {
      bytes[index + 1]! |= shifted >> 8;
      length = index + 2;
    }
  }
  return bytes.subarray(0, length);
}
