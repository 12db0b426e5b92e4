// Archives that C++ Nix refuses; the fixture script asks it why. Written with an encoder of their own, because the one
// under test cannot make them.

function token(text: string, padding = 0): Buffer {
  const body = Buffer.from(text, "latin1");
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(body.length));
  return Buffer.concat([length, body, Buffer.alloc(-body.length & 7, padding)]);
}

function nar(...texts: readonly string[]): Buffer {
  return Buffer.concat(["nix-archive-1", ...texts].map((text) => token(text)));
}

function entry(name: string, ...node: readonly string[]): readonly string[] {
  return ["entry", "(", "name", name, "node", ...node, ")"];
}

const file = ["(", "type", "regular", "contents", "", ")"];

function folder(...names: readonly string[]): Buffer {
  return nar("(", "type", "directory", ...names.flatMap((name) => entry(name, ...file)), ")");
}

function nested(depth: number): Buffer {
  const before = Array.from({ length: depth }, () => ["(", "type", "directory", "entry", "(", "name", "d", "node"]);
  return nar(...before.flat(), ...file, ...Array.from({ length: depth }, () => [")", ")"]).flat());
}

/** By the name of the fixture. */
export const malformedNars: Readonly<Record<string, Uint8Array>> = {
  empty: Buffer.alloc(0),
  "not-an-archive": token("nix-archive-2"),
  "text-file": Buffer.from("this is some text and no archive at all\n"),
  "cut-off": folder("a").subarray(0, -20),
  "no-parenthesis": nar("type", "regular"),
  "no-type": nar("(", "regular"),
  "unknown-type": nar("(", "type", "socket", ")"),
  "unknown-tag-in-file": nar("(", "type", "regular", "size", ")"),
  "unknown-tag-in-folder": nar("(", "type", "directory", "item"),
  "executable-with-value": nar("(", "type", "regular", "executable", "x", "contents", "", ")"),
  "long-tag": nar("(", "type", "x".repeat(33)),
  "long-name": folder("x".repeat(256)),
  "long-target": nar("(", "type", "symlink", "target", "x".repeat(4096), ")"),
  "empty-target": nar("(", "type", "symlink", "target", "", ")"),
  "nul-in-target": nar("(", "type", "symlink", "target", "a\0b", ")"),
  "unsorted-names": folder("b", "a"),
  "repeated-names": folder("a", "a"),
  "empty-name": folder(""),
  "dot-name": folder("."),
  "dot-dot-name": folder(".."),
  "slash-in-name": folder("a/b"),
  "nul-in-name": folder("a\0b"),
  "padding-not-zero": Buffer.concat([nar("(", "type", "regular", "contents"), token("abc", 1), token(")")]),
  "padding-of-name-not-zero": Buffer.concat([
    nar("(", "type", "directory", "entry", "(", "name"),
    token("a", 1),
    token("node"),
  ]),
  "too-deep": nested(64),
};
