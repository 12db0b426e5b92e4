import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { directoryOf, type FileTree, fileOf, linkTo } from "../../src/store/file-tree.ts";
import { formatHash } from "../../src/store/hash.ts";
import { encodeNar, hashNar, narOf, parseNar, treeOfEvents } from "../../src/store/nar.ts";
import { expectStoreError, fixtureNames, readFixture, readJsonFixture, storeErrorOf } from "./fixture-file.ts";
import { malformedNars } from "./fixture-malformed-nars.ts";
import { fixtureTrees } from "./fixture-trees.ts";

const digests = readJsonFixture<Record<string, { readonly size: number; readonly sha256: string }>>("nars.json");
const errors = readJsonFixture<Record<string, string>>("malformed-nars.json");

function bytesOf(chunks: Iterable<Uint8Array>): Buffer {
  return Buffer.concat([...chunks]);
}

function* inPieces(bytes: Uint8Array, sizes: readonly number[]): Generator<Uint8Array, void, void> {
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length]!;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

/** What two trees have to agree in. */
function shapeOf(tree: FileTree): unknown {
  switch (tree.type) {
    case "regular":
      return { executable: tree.executable, size: tree.size, contents: bytesOf(tree.read()).toString("latin1") };
    case "symlink":
      return { target: tree.target };
    case "directory":
      return Object.fromEntries([...tree.entries()].map(([name, entry]) => [`/${name}`, shapeOf(entry)]));
  }
}

const name = fc
  .string({
    unit: fc.integer({ min: 1, max: 255 }).map((code) => String.fromCharCode(code)),
    minLength: 1,
    maxLength: 12,
  })
  .filter((text) => !text.includes("/") && text !== "." && text !== "..");

const { tree } = fc.letrec<{ tree: FileTree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.tuple(fc.uint8Array({ maxLength: 40 }), fc.boolean()).map(([bytes, executable]) => fileOf(bytes, executable)),
    name.map(linkTo),
    fc.uniqueArray(fc.tuple(name, tie("tree")), { selector: ([key]) => key, maxLength: 5 }).map((entries) => {
      return directoryOf(new Map(entries));
    }),
  ),
}));

describe("writing NARs", () => {
  it.each(fixtureNames("nar"))("makes %s as nix-store --dump does", (file) => {
    expect(bytesOf(narOf(fixtureTrees[file.replace(".nar", "")]!)).equals(readFixture(`nar/${file}`))).toBe(true);
  });

  it("has a tree for every fixture", () => {
    expect(Object.keys(digests).sort()).toEqual(Object.keys(fixtureTrees).sort());
  });

  it.each(Object.entries(digests))("hashes %s", (fixture, { size, sha256 }) => {
    const { narHash, narSize } = hashNar(fixtureTrees[fixture]!, "sha256");
    expect({ size: narSize, sha256: formatHash(narHash, "base16") }).toEqual({ size, sha256 });
  });

  it("does not hold a file in memory", () => {
    const piece = Buffer.alloc(1 << 16, 7);
    let alive = 0;
    const file: FileTree = {
      type: "regular",
      executable: false,
      size: piece.length * 100,
      *read() {
        for (let i = 0; i < 100; i++) {
          alive++;
          yield piece;
          alive--;
        }
      },
    };
    let size = 0;
    for (const chunk of narOf(file)) {
      size += chunk.length;
      expect(alive).toBeLessThanOrEqual(1);
    }
    expect(size).toBe(piece.length * 100 + 112);
  });

  it("notices a file that changes while it is read", () => {
    const file: FileTree = { type: "regular", executable: false, size: 5, read: () => [Buffer.from("1234")] };
    const changed = directoryOf(new Map([["changing", file]]));
    expectStoreError(() => hashNar(changed, "sha256"), "hash-mismatch", "file 'changing' changed while it was read");
  });

  it("goes 64 levels deep and no deeper", () => {
    let deep: FileTree = linkTo("x");
    for (let i = 0; i < 63; i++) deep = directoryOf(new Map([["d", deep]]));
    expect(hashNar(deep, "sha256").narSize).toBeGreaterThan(0);
    const deeper = directoryOf(new Map([["d", deep]]));
    const message = `path '/top${"/d".repeat(64)}' exceeds maximum NAR directory depth of 64`;
    expect(storeErrorOf(() => hashNar(deeper, "sha256", "/top")).message).toBe(message);
  });

  it.each(["", ".", "..", "a/b", "a\0b"])("refuses the file name '%s'", (bad) => {
    const tree = directoryOf(new Map([[bad, linkTo("x")]]));
    expectStoreError(() => hashNar(tree, "sha256"), "bad-archive", "NAR contains invalid file name");
  });

  it("draws a sorted folder entry by entry", () => {
    const order: string[] = [];
    const entries = function* (): Generator<readonly [string, FileTree], void, void> {
      for (const entry of ["a", "b"]) {
        order.push(`filter ${entry}`);
        const read = () => {
          order.push(`read ${entry}`);
          return [];
        };
        yield [entry, { type: "regular", executable: false, size: 0, read }];
      }
    };
    hashNar({ type: "directory", sorted: true, entries }, "sha256");
    expect(order).toEqual(["filter a", "read a", "filter b", "read b"]);
  });
});

describe("reading NARs", () => {
  it.each(fixtureNames("nar"))("reads and writes %s", (file) => {
    const nar = readFixture(`nar/${file}`);
    expect(bytesOf(encodeNar(parseNar([nar]))).equals(nar)).toBe(true);
  });

  it.each(Object.entries(malformedNars))("refuses %s as nix-store --restore does", (fixture, nar) => {
    const error = storeErrorOf(() => [...parseNar([nar])]);
    expect({ code: error.code, message: error.message }).toEqual({ code: "bad-archive", message: errors[fixture] });
  });

  it("gives the tree back, in whatever pieces it comes", () => {
    fc.assert(
      fc.property(tree, fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 }), (original, sizes) => {
        const nar = bytesOf(narOf(original));
        const copy = treeOfEvents(parseNar(inPieces(nar, sizes)));
        expect(shapeOf(copy)).toEqual(shapeOf(original));
        expect(bytesOf(narOf(copy)).equals(nar)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it("refuses every cut and everything that follows the end", () => {
    const nar = readFixture("nar/mixed.nar");
    for (let length = 0; length < nar.length; length += 7) {
      const error = storeErrorOf(() => [...parseNar([nar.subarray(0, length)])]);
      expect(error.message).toBe("unexpected end-of-file");
    }
    expectStoreError(() => [...parseNar([nar, Buffer.from("x")])], "bad-archive", "after the end of the archive");
  });

  it("refuses or reproduces any change of one byte", () => {
    const nar = readFixture("nar/mixed.nar");
    fc.assert(
      fc.property(fc.nat({ max: nar.length - 1 }), fc.nat({ max: 255 }), (at, byte) => {
        const changed = Buffer.from(nar);
        changed[at] = byte;
        let copy: Buffer;
        try {
          copy = bytesOf(encodeNar(parseNar([changed])));
        } catch (error) {
          expect(error).toMatchObject({ code: "bad-archive" });
          return;
        }
        expect(copy.equals(changed)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it("skips contents that nobody wants", () => {
    const names: string[] = [];
    for (const event of parseNar([readFixture("nar/order.nar")])) if (event.type !== "end") names.push(event.name);
    expect(names).toContain("a0");
    expect(names.length).toBe(13);
  });
});
