// What holds for the tokens of every text, Nix or not.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scan } from "../../src/lexer/scanner.ts";
import * as t from "../../src/lexer/token-types.ts";
import { PositionTable } from "../../src/source/position.ts";

const pieces = [
  ..."{}[]()\"'$\\/.:@,;?!=<>+-*&|~#\n\r\t \0\x80aB_9",
  ...[
    "''",
    "${",
    "''$",
    "'''",
    "''\\",
    "a/b",
    "./c",
    "<d>",
    "e:f",
    "1.5",
    "let",
    "rec",
    "or",
    "/*",
    "*/",
    "/** x */",
    "...",
  ],
];
const texts = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((chosen) => chosen.join(""));

describe("scanner", () => {
  it("never throws, and ends every text with the end or an error", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { tokens, error } = scanned(text);
        const last = tokens.at(-1)!.tokenType;
        expect(last).toBe(error === undefined ? t.EndOfFile : t.ScanError);
        const ends = tokens.filter(({ tokenType }) => tokenType === t.EndOfFile || tokenType === t.ScanError);
        expect(ends).toHaveLength(1);
      }),
      { numRuns: 2000 },
    );
  });

  it("gives tokens in the order of the text", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const offsets = scanned(text)
          .tokens.filter(
            ({ tokenType }) => tokenType !== t.PathEnd && tokenType !== t.EndOfFile && tokenType !== t.ScanError,
          )
          .map(({ startOffset }) => startOffset);
        expect(offsets).toEqual(offsets.toSorted((a, b) => a - b));
        expect(new Set(offsets).size).toBe(offsets.length);
        expect(offsets.every((offset) => offset >= 0 && offset < text.length)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it("loses nothing between tokens but space and comments", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("a", "b-c", "1", "(", ")", "{", "}", ";", "==", "++", "->", "."), {}),
        (words) => {
          const text = words.join(" \n/* x */\t");
          const images = scanned(text).tokens.map(({ image }) => image);
          expect(images).toEqual([...words, ""]);
        },
      ),
    );
  });

  it("tells what begins a function", () => {
    const types = (text: string) => scanned(text).tokens.map(({ tokenType }) => tokenType);
    expect(types("x: x")[0]).toBe(t.Parameter);
    expect(types("x /* y */ : x")[0]).toBe(t.Parameter);
    expect(types("x@{ }: x").slice(0, 3)).toEqual([t.WholeParameter, t.At, t.FormalsBrace]);
    for (const formals of ["{ }:", "{ } @", "{ a }", "{ a, b", "{ a ? 1", "{ ..."]) {
      expect(types(formals)[0]).toBe(t.FormalsBrace);
    }
    for (const set of ["{ }", "{ a = 1; }", "{ a.b", "{ inherit a", '{ "a" ? b']) {
      expect(types(set)[0]).toBe(t.LeftBrace);
    }
    expect(types("let { a")[0]).toBe(t.LegacyLet);
    expect(types("let a")[0]).toBe(t.Let);
  });
});

function scanned(text: string) {
  return scan(new PositionTable().addSource({ kind: "string" }, text), new Set());
}
