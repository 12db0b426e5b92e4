// The trees of the NAR fixtures, built in memory: the fixture script writes them to disk for C++ Nix to dump, and the
// tests serialise the same trees.
import { directoryOf, type FileTree, fileOf, linkTo } from "../../src/store/file-tree.ts";

function text(contents: string, executable = false): FileTree {
  return fileOf(Buffer.from(contents, "latin1"), executable);
}

function folder(entries: Readonly<Record<string, FileTree>>): FileTree {
  return directoryOf(new Map(Object.entries(entries)));
}

function nested(depth: number): FileTree {
  let tree: FileTree = text("deep\n");
  for (let i = 0; i < depth; i++) tree = folder({ d: tree });
  return tree;
}

/** By the name of the fixture, `nar/<name>.nar`. Names and contents are byte strings. */
export const fixtureTrees: Readonly<Record<string, FileTree>> = {
  "empty-file": text(""),
  "seven-bytes": text("1234567"),
  "eight-bytes": text("12345678"),
  "nine-bytes": text("123456789"),
  executable: text("#!/bin/sh\necho hello\n", true),
  "all-bytes": fileOf(Uint8Array.from({ length: 256 }, (_, i) => i)),
  "large-file": fileOf(Buffer.alloc(70_003, "0123456789abcdef")),
  symlink: linkTo("/nix/store/anywhere"),
  "empty-folder": folder({}),
  // Byte order is neither the order of locales nor that of numbers, and "a" < "a-b" < "a.b" < "a0".
  order: folder({
    a0: text("6"),
    "a.b": text("5"),
    "a-b": text("4"),
    a: folder({ z: text("inside") }),
    Z: text("2"),
    "10": text("1"),
    "9": text("0"),
    _: text("3"),
    "\u00c3\u00a9": text("e acute in UTF-8"),
    "\u00ff": text("a byte that is not UTF-8"),
    " leading space": text(""),
  }),
  mixed: folder({
    bin: folder({ run: text("#!/bin/sh\n", true), alias: linkTo("run") }),
    share: folder({ doc: folder({}), "read me": text("line\r\n\tline\n") }),
    dangling: linkTo("../../nowhere"),
  }),
  deep: nested(62),
};
