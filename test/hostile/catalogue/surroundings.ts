// The files that lie beside every program.
import type { MemoryFile } from "../../../src/host/memory-host.ts";

/** Where the programs lie, here in the memory of a host and for C++ Nix on the disk: error messages name the place. */
export const folder = "/tmp/odd";

/** By their names from there. */
export const surroundings: Readonly<Record<string, MemoryFile>> = {
  "one.nix": "1\n",
  "tree/text": "first\nsecond\n",
  "tree/bytes": Buffer.from("\xc3\xa9 \xff \x01\n", "latin1"),
  "tree/empty": "",
  "tree/nul": "a\0b",
  "tree/program": { contents: "#!/bin/sh\n", executable: true },
  "tree/link": { symlink: "text" },
  "tree/dangling": { symlink: "nowhere" },
  "tree/to-folder": { symlink: "../tree" },
  "odd name": "odd\n",
  "itself.nix": "import ./itself.nix\n",
  "one-of-two.nix": "import ./other-of-two.nix\n",
  "other-of-two.nix": "import ./one-of-two.nix\n",
  "function-of-itself.nix": "x: import ./function-of-itself.nix x\n",
  "lazily-itself.nix": "{ a = import ./lazily-itself.nix; }\n",
  "scoped-itself.nix": "builtins.scopedImport { } ./scoped-itself.nix\n",
  itself: { symlink: "itself" },
  "circle/a": { symlink: "b" },
  "circle/b": { symlink: "a" },
  "circle/in": { symlink: "." },
  "broken.nix": "{ a = 1;\n  b = ; }\n",
  "undefined.nix": "{ a = 1; b = nowhereDefined; }\n",
  "throws.nix": 'let n = 1; in\n  n + throw "from the file"\n',
  "bom.nix": Buffer.from("\xef\xbb\xbf1\n", "latin1"),
  "crlf.nix": "{\r\n  a = ''\r\n    b\r\n  '';\r\n  c = x;\r\n}\r\n",
  "cr.nix": "{\r  a = 1;\r  b = x;\r}\r",
  "package/default.nix": "{ a = __curPos; }\n",
  "folder-in-folder/default.nix/default.nix": "1\n",
};
