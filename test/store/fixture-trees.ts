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

/** Thousands of files in hundreds of folders, with names and contents of many kinds, the same each time. */
function large(files: number): FileTree {
  let state = 1;
  const random = (bound: number): number => {
    state = (state * 48_271) % 0x7fff_ffff;
    return state % bound;
  };
  const endings = ["", ".nix", "-x", " y", "~", "_", "\u00e9", "\u00c3\u00a9", "0"];
  const root = new Map<string, FileTree>();
  const folders = [root];
  for (let i = 0; i < files; i++) {
    const place = folders[random(folders.length)]!;
    const name = `${random(1000)}${endings[random(endings.length)]}${i}`;
    switch (random(20)) {
      case 0: {
        const entries = new Map<string, FileTree>();
        folders.push(entries);
        place.set(name, directoryOf(entries));
        break;
      }
      case 1:
        place.set(name, linkTo("../".repeat(random(3)) + name));
        break;
      default:
        place.set(name, text(`${i}\n`.repeat(random(40)), random(8) === 0));
    }
  }
  return directoryOf(root);
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
  large: large(5000),
};
