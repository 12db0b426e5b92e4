// Random byte strings, mistakes in texts, and strings as Nix source.
import fc from "fast-check";
import { bytesFromText } from "../../../src/source/bytes.ts";

/** A string literal of Nix with these bytes in it, of which none is zero. */
export function stringLiteral(bytes: string): string {
  const escaped = bytes.replace(/["\\]|\$(?=\{)/g, "\\$&");
  return `"${escaped.replaceAll("\r", "\\r")}"`;
}

export const byte: fc.Arbitrary<string> = fc.integer({ min: 1, max: 255 }).map((code) => String.fromCharCode(code));

/** Characters whose UTF-8 is at an edge, and what only looks like UTF-8. */
const oddCharacters = fc.constantFrom(
  ...[
    "é",
    "€",
    "😀",
    "\u0080",
    "\u07ff",
    "\u0800",
    "\ud7ff",
    "\ue000",
    "\ufeff",
    "\uffff",
    "\u{10000}",
    "\u{10ffff}",
  ].map(bytesFromText),
  ...["\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xc3", "\xe2\x82", "\xed\xa0\x80", "\xed\xbf\xbf", "\xf0\x9f\x98"],
  ...["\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "\xfe", "\xe0\x80\x80", "\xf0\x80\x80\x80"],
);

const plainCharacter = fc.constantFrom(..."ab01 -._/\\\"'$<>&\n\t\r{}[],:=#");

/** Pieces of text: mostly plain ones, some at the edges of UTF-8, some any byte but zero. */
export const piece: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: plainCharacter, weight: 12 },
  { arbitrary: oddCharacters, weight: 2 },
  { arbitrary: byte, weight: 1 },
);

export const byteString: fc.Arbitrary<string> = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(""));

interface Mistake {
  readonly place: number;
  readonly length: number;
  readonly text: string;
}

/** Texts with a few bytes exchanged, taken out or put in. */
export function withMistakes(texts: fc.Arbitrary<string>, inserted: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const mistake: fc.Arbitrary<Mistake> = fc.record({
    place: fc.nat(10_000),
    length: fc.oneof({ arbitrary: fc.nat(2), weight: 8 }, fc.nat(30)),
    text: fc.oneof(fc.constant(""), inserted, inserted),
  });
  return fc.tuple(texts, fc.array(mistake, { minLength: 1, maxLength: 2 })).map(([text, mistakes]) => {
    let result = text;
    for (const { place, length, text: inserted } of mistakes) {
      const at = place % (result.length + 1);
      result = result.slice(0, at) + inserted + result.slice(at + length);
    }
    return result;
  });
}
