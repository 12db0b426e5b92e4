import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { directoryOf, type FileTree, fileOf, linkTo } from "../../src/store/file-tree.ts";
import { nix32Alphabet } from "../../src/store/nix32.ts";
import { ReferenceScanner, scanReferences } from "../../src/store/references.ts";
import { hashPartOfStorePath } from "../../src/store/store-path.ts";

const [a, b, c, d, e] = ["0", "7", "k", "w", "z"].map((digit) => `/nix/store/${digit.repeat(31)}1-name`) as [
  string,
  string,
  string,
  string,
  string,
];
const storePath = fc
  .string({ unit: fc.constantFrom(...nix32Alphabet), minLength: 32, maxLength: 32 })
  .map((hash) => `/nix/store/${hash}-x`);

function text(contents: string): FileTree {
  return fileOf(Buffer.from(contents, "latin1"));
}

describe("scanning for references", () => {
  it("looks into contents, targets and names", () => {
    const tree = directoryOf(
      new Map([
        ["file", text(`x${a}/bin/sh`)],
        ["link", linkTo(`${c}/lib`)],
        [hashPartOfStorePath(d), directoryOf(new Map([["other", text("nothing here")]]))],
      ]),
    );
    expect(scanReferences(tree, [e, d, c, b, a])).toEqual([a, c, d].sort());
  });

  it("finds the hash part alone, and not a part of it", () => {
    expect(scanReferences(text(hashPartOfStorePath(a)), [a])).toEqual([a]);
    expect(scanReferences(text(hashPartOfStorePath(a).slice(1)), [a])).toEqual([]);
    expect(scanReferences(text(hashPartOfStorePath(a).toUpperCase().replace("1", "e")), [a])).toEqual([]);
  });

  it("finds all objects that share a hash part", () => {
    const other = `${a}-doc`;
    expect(scanReferences(text(a), [a, other])).toEqual([a, other]);
  });

  it("passes pieces on unchanged", () => {
    const scanner = new ReferenceScanner([a]);
    const pieces = [Buffer.from("12"), Buffer.from(a), Buffer.from("")];
    expect([...scanner.passing(pieces)]).toEqual(pieces);
    expect(scanner.found()).toEqual([a]);
  });

  it("does not join two files", () => {
    const hash = hashPartOfStorePath(b);
    const halves = directoryOf(new Map([1, 2].map((n) => [String(n), text(hash.slice(16 * n - 16, 16 * n))])));
    expect(scanReferences(halves, [b])).toEqual([]);
  });

  it("agrees with a plain search, in whatever pieces the contents come", () => {
    const noise = fc.oneof(
      { weight: 3, arbitrary: fc.string({ unit: fc.constantFrom(...nix32Alphabet), maxLength: 40 }) },
      fc.string({ unit: fc.nat({ max: 255 }).map((code) => String.fromCharCode(code)), maxLength: 40 }),
    );
    const input = fc.uniqueArray(storePath, { minLength: 1, maxLength: 4 }).chain((paths) => {
      const part = fc.oneof(noise, fc.constantFrom(...paths.map(hashPartOfStorePath)));
      return fc.record({ paths: fc.constant(paths), parts: fc.array(part, { maxLength: 8 }) });
    });
    fc.assert(
      fc.property(input, fc.array(fc.integer({ min: 1, max: 70 }), { minLength: 1 }), ({ paths, parts }, sizes) => {
        const contents = Buffer.from(parts.join(""), "latin1");
        const pieces: Uint8Array[] = [];
        for (let at = 0, i = 0; at < contents.length; at += sizes[i++ % sizes.length]!) {
          pieces.push(contents.subarray(at, at + sizes[i % sizes.length]!));
        }
        const scanner = new ReferenceScanner(paths);
        scanner.contents(pieces);
        const expected = paths.filter((path) => contents.includes(hashPartOfStorePath(path))).sort();
        expect(scanner.found()).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });
});
