// The files that programs read, beside them in their folder.
import type { MemoryFile } from "../../../src/host/memory-host.ts";

export const fixtureFiles: Readonly<Record<string, MemoryFile>> = {
  "tree/text": "first line\nsecond line\n",
  "tree/bytes": Buffer.from("\u00c3\u00a9 \u00ff \u0001\n", "latin1"),
  "tree/empty": "",
  "tree/data.json": '{ "a": 1, "s": "x", "l": [ 1.5, null, true ] }\n',
  "tree/nul": "a\0b",
  "tree/program": { contents: "#!/bin/sh\n", executable: true },
  "tree/link": { symlink: "text" },
  "tree/dangling": { symlink: "nowhere" },
  "tree/sub/inner": "x\n",
  "int.nix": "41 + 1\n",
  "function.nix": "x: y:\n  [ x y ]\n",
  "formals.nix":
    '{ a, s ? "none"\n, ... }@given:\n{ inherit a s; count = builtins.length (builtins.attrNames given); }\n',
  "set.nix": 'rec {\n  a = 1;\n  n = a + 1;\n  s = "text";\n  f = x: x + a;\n  r.a = throw "deep";\n}\n',
  "throws.nix": 'let n = 1; in\n  n + throw "from the file"\n',
  "cycle.nix": "[ (import ./cycle.nix) 1 ]\n",
  "endless.nix": "import ./endless.nix\n",
  "syntax-error.nix": "{ a = 1;\n  b = ; }\n",
  "undefined.nix": "{ a = 1; b = undefinedHere; }\n",
  "scoped.nix": '[ a (s + "!") (map (x: x) [ n ]) ]\n',
  "package/default.nix": "{ n = 5; a = __curPos; path = ./.; }\n",
};
