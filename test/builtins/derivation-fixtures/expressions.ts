// Expressions that need other settings than language cases can have: what they give, and how they fail.

export interface ExpressionGroup {
  /** Arguments of nix-instantiate. */
  readonly flags: readonly string[];
  readonly expressions: readonly string[];
}

const feature = (name: string): string[] => ["--extra-experimental-features", name];
const drv = `(derivationStrict { name = "d"; system = "s"; builder = "b"; outputs = [ "out" "dev" ]; })`;
const file = `builtins.unsafeDiscardOutputDependency ${drv}.drvPath`;
const revision = "a3a3dda3bacf61e8a39258a0ed9c924eeca8e293";
const narHash = "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=";

/** An expression in the scope of derivations that need the features of `unknownPaths`. */
const unknown = (expression: string): string => `
  let
    make = name: attrs: derivation ({ inherit name; system = "s"; builder = "b"; } // attrs);
    floating = make "floating" { __contentAddressed = true; outputs = [ "out" "dev" ]; };
    impure = make "impure" { __impure = true; outputHashAlgo = "sha512"; };
    producer = make "made.drv" { __contentAddressed = true; outputHashMode = "text"; };
    made = builtins.outputOf producer.outPath "out";
    deeper = builtins.outputOf made "dev";
    fixed = make "fixed.drv" {
      outputHashMode = "text";
      outputHash = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
    };
    text = drv: builtins.readFile drv.drvPath;
    onlyOut = drv: make "appended" {
      input = builtins.appendContext "x" { \${builtins.unsafeDiscardStringContext drv.drvPath}.outputs = [ "none" ]; };
    };
  in ${expression}`;
const unknownPaths = feature("ca-derivations impure-derivations dynamic-derivations");
const emptyHashes = {
  sha1: "da39a3ee5e6b4b0d3255bfef95601890afd80709",
  blake3: "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262",
};
const fixedBy = (algorithm: string, hash: string, mode: string): string =>
  `builtins.readFile (derivation { name = "f"; system = "s"; builder = "b"; outputHashAlgo = "${algorithm}"; ` +
  `outputHash = "${hash}"; outputHashMode = "${mode}"; }).drvPath`;

export const expressionGroups: readonly ExpressionGroup[] = [
  {
    flags: ["--pure-eval"],
    expressions: [
      "builtins ? currentTime",
      "builtins ? currentSystem",
      "builtins.nixPath",
      'builtins.getEnv "PATH"',
      'builtins.toFile "x" "y"',
      "builtins.readFile ./source/plain.txt",
      "builtins.readDir ./source",
      "builtins.readFileType ./source",
      "builtins.pathExists ./source",
      'builtins.hashFile "md5" ./source/plain.txt',
      "import ./names.nix",
      `"\${./source}"`,
      "builtins.path { path = ./source; }",
      "builtins.filterSource (path: type: true) ./source",
      'builtins.storePath "/nix/store/1zvzsgx1yf5rd48l7faw9fqy4kfchmf6-d"',
      "<nixpkgs>",
      'builtins.findFile [ { path = ./source; prefix = "s"; } ] "s"',
      'builtins.fetchurl "https://example.org/x"',
      'fetchTarball "https://example.org/x"',
      'fetchMercurial "https://example.org/x"',
      'fetchGit "https://example.org/x"',
      "derivation { name = 1; }.type",
    ],
  },
  {
    flags: ["--restrict-eval", "-I", "allowed=source/sub"],
    expressions: [
      "builtins.readFile ./source/plain.txt",
      "builtins.readFile ./source/sub/b.nix",
      "builtins.readDir ./source",
      "builtins.readDir ./source/sub",
      "map builtins.pathExists [ ./source/plain.txt ./source/sub ./source/sub/none ./source ]",
      "builtins.readFile ./source/sub/none",
      "builtins.readFileType ./source/empty",
      "import ./names.nix",
      "scopedImport { b = 1; } ./source/sub/b.nix",
      "import ./source/sub",
      `"\${./source}"`,
      `"\${./source/sub}"`,
      `"\${./source/plain.txt}"`,
      "builtins.path { path = ./source/sub; filter = path: type: true; }",
      "builtins.readFile <allowed/b.nix>",
      'builtins.findFile [ { path = ./source; prefix = "s"; } ] "s/plain.txt"',
      'builtins.findFile [ { path = ./source/sub; prefix = "s"; } ] "s/b.nix"',
      'builtins.getEnv "PATH"',
      'builtins.fetchurl "https://example.org/x"',
      'builtins.fetchurl "file:///etc/hostname"',
      'fetchGit "git@example.org:x/y"',
      'fetchMercurial "https://example.org/x"',
    ],
  },
  {
    flags: ["--restrict-eval", "--option", "allowed-uris", "https://example.org/a github:"],
    expressions: [
      'builtins.fetchurl "https://example.org/ab"',
      'fetchMercurial { url = "http://example.org/a"; }',
      'fetchGit { url = "https://example.com/x"; ref = "main"; }',
    ],
  },
  {
    flags: feature("flakes"),
    expressions: [
      ...[
        "nixpkgs",
        "nixpkgs/nixos-23.05",
        `nixpkgs/${revision}`,
        `nixpkgs/nixos-23.05/${revision}`,
        "nixpkgs#hello",
        "flake:nixpkgs",
        "github:NixOS/nixpkgs",
        "github:NixOS/nixpkgs/23.05?dir=lib",
        `github:NixOS/nixpkgs/${revision}`,
        `github:NixOS/nixpkgs?ref=x&rev=${revision}`,
        "github:NixOS",
        "github:a/b/c/d?foo=1",
        "gitlab:a%2Fb/c?host=x.org",
        "sourcehut:~a/b",
        `git+https://example.org/x.git?ref=main&rev=${revision}&submodules=1&shallow=1&dir=d&other=2`,
        "git+ssh://git@example.org/x",
        "git+file:///a/b",
        "git://example.org/x",
        "hg+https://example.org/x?rev=abc",
        "https://example.org/x.tar.gz",
        "https://example.org/x?a=b&narHash=x",
        "tarball+https://example.org/x",
        "file+https://example.org/x",
        "file:///a/x.zip",
        `path:/a/b?lastModified=1&rev=${revision}&narHash=${encodeURIComponent(narHash)}`,
        "path:./a",
        "path:/a?x=1",
        "path:/a?revCount=x",
        "/a/b",
        "/a/b?dir=c",
        "./a",
        ".",
        "",
        "a b",
        "foo:bar",
        "foo+http://bar",
      ].map((reference) => `builtins.parseFlakeRef ${JSON.stringify(reference)}`),
      "builtins.parseFlakeRef 1",
      ...[
        "{ }",
        '{ type = "indirect"; id = "nixpkgs"; }',
        `{ type = "indirect"; id = "nixpkgs"; ref = "r"; rev = "${revision}"; }`,
        '{ type = "github"; owner = "a"; repo = "b"; ref = "c"; dir = "lib"; }',
        `{ type = "github"; owner = "a"; repo = "b"; rev = "${revision}"; narHash = "${narHash}"; lastModified = 5; }`,
        '{ type = "github"; owner = "a"; }',
        '{ type = "github"; owner = "a"; repo = "b"; foo = 1; }',
        '{ type = "github"; owner = "a"; repo = "b"; ref = [ ]; }',
        '{ type = "github"; owner = "a"; repo = "b"; host = "x"; }',
        '{ type = "gitlab"; owner = "a/b"; repo = "c"; }',
        '{ type = "git"; url = "https://x/y"; ref = "m"; submodules = true; shallow = false; revCount = 3; dir = "q"; }',
        '{ type = "hg"; url = "https://x/y"; ref = "m"; }',
        `{ type = "tarball"; url = "https://x/y.tar.gz?z=1"; narHash = "${narHash}"; }`,
        '{ type = "file"; url = "https://x/y"; }',
        '{ type = "path"; path = "/a b"; lastModified = 3; }',
        '{ type = "path"; path = "./a"; }',
        '{ type = "foo"; }',
        '{ type = "path"; path = "/a"; revCount = -1; }',
      ].map((attributes) => `builtins.flakeRefToString ${attributes}`),
    ],
  },
  {
    flags: ["--option", "allow-unsafe-native-code-during-evaluation", "true"],
    expressions: [
      'builtins.exec [ "/bin/echo" "{ sum = 1 + 1; }" ]',
      'builtins.exec [ "echo" "[ 1" "2 ]" ]',
      'builtins.exec [ "/bin/false" ]',
      "builtins.exec [ ]",
      "builtins.exec 1",
      "builtins.exec [ 1 ]",
      'builtins.exec [ "/bin/echo" "1 +" ]',
      'builtins.exec [ "/bin/echo" "throw \\"thrown\\"" ]',
    ],
  },
  {
    flags: ["--read-write-mode", ...feature("dynamic-derivations")],
    expressions: [
      `builtins.outputOf (${file}) "dev"`,
      `builtins.getContext (builtins.outputOf (${file}) "dev")`,
      `builtins.outputOf (${file}) "none"`,
      `builtins.outputOf ${drv}.drvPath "out"`,
      'builtins.outputOf "x" "out"',
      `builtins.outputOf "\${${file}}x" "out"`,
      "builtins.outputOf 1 2",
      `builtins.outputOf (${file}) 1`,
      'builtins.outputOf (builtins.toFile "text" "") "out"',
      'builtins.outputOf (builtins.toFile "text" "text") "out"',
    ],
  },
  {
    flags: ["--read-write-mode", ...unknownPaths],
    expressions: [
      "text floating",
      "floating.dev",
      "builtins.getContext floating.dev.outPath",
      "text impure",
      "impure.outPath",
      "text producer",
      "text fixed",
      'text (make "x" { a = floating.dev; })',
      'text (make "x" { a = make "y" { a = floating; }; })',
      'text (make "x" { a = impure; b = floating; c = fixed; })',
      'text (make "x" { a = floating; outputHash = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="; })',
      'text (make "x" { __contentAddressed = true; __impure = true; })',
      'text (make "x" { __contentAddressed = true; outputHashAlgo = "md5"; outputHashMode = "flat"; })',
      'text (make "x.drv" { __contentAddressed = true; outputHashMode = "text"; outputs = [ "dev" ]; })',
      'text (make "x" { a = floating.drvPath; })',
      "made",
      "deeper",
      'text (make "x" { a = made; })',
      'text (make "x" { a = deeper; b = producer; })',
      `text (make "x" { a = "\${deeper} \${made} \${builtins.outputOf made "lib"} \${producer}"; b = fixed; })`,
      'text (make "x" { a = make "y" { a = made; }; })',
      '(make "x" { a = deeper; }).outPath',
      'import (make "x" { a = deeper; outputs = [ "out" "dev" ]; }).drvPath',
      'text (make "x" { a = (make "y" { a = made; }).drvPath; })',
      'builtins.outputOf (builtins.unsafeDiscardOutputDependency fixed.drvPath) "out"',
      'builtins.outputOf fixed.outPath "dev"',
      'builtins.getContext (builtins.outputOf fixed.outPath "dev")',
      "builtins.getContext made",
      "builtins.addDrvOutputDependencies made",
      "builtins.unsafeDiscardOutputDependency made",
      'builtins.toFile "x" deeper',
      "builtins.storePath made",
      `{ }.\${deeper}`,
      `builtins.outputOf "\${made}x" "out"`,
      `builtins.outputOf "\${producer}/x" "out"`,
      `builtins.outputOf "\${fixed}/x" "out"`,
      `builtins.outputOf "\${made}\${deeper}" "out"`,
      "(onlyOut fixed).drvPath",
      'onlyOut (make "x" { a = floating; }) ? outPath',
    ].map(unknown),
  },
  {
    flags: ["--read-write-mode", ...feature("impure-derivations")],
    expressions: ['(derivation { name = "x"; system = "s"; builder = "b"; __impure = true; }).drvPath'],
  },
  {
    flags: ["--read-write-mode", ...feature("blake3-hashes git-hashing")],
    expressions: [
      fixedBy("blake3", emptyHashes.blake3, "flat"),
      fixedBy("blake3", `blake3:${emptyHashes.blake3}`, "recursive"),
      fixedBy("sha1", emptyHashes.sha1, "git"),
      fixedBy("blake3", emptyHashes.blake3, "git"),
      ...[0, 1, 63, 64, 65, 1023, 1024, 1025, 2048, 2049, 3073, 5121, 8192, 16385].map(
        (length) =>
          `builtins.hashString "blake3" (builtins.concatStringsSep "" (builtins.genList (n: builtins.substring ` +
          `(n - n / 251 * 251) 1 (builtins.concatStringsSep "" (builtins.genList toString 120))) ${length}))`,
      ),
      'builtins.hashFile "blake3" ./source/plain.txt',
      `builtins.convertHash { hash = "blake3-rxNJufX5oaagQE3qNtzJSZvLJcmtwRK3zJqTyuQfMmI="; toHashFormat = "nix32"; }`,
    ],
  },
  {
    flags: ["--read-write-mode"],
    expressions: [
      "builtins.toXML (import (derivation { name = ''d''; builder = ''b''; system = ''s''; outputs = [ ''out'' ''dev'' ]; }).drvPath)",
      fixedBy("blake3", emptyHashes.blake3, "flat"),
      fixedBy("", `blake3:${emptyHashes.blake3}`, "flat"),
      fixedBy("sha1", emptyHashes.sha1, "git"),
      'builtins.hashString "blake3" ""',
      'builtins.storePath "/nix/store/1zvzsgx1yf5rd48l7faw9fqy4kfchmf6-d"',
      'builtins.appendContext "x" { "/nix/store/1zvzsgx1yf5rd48l7faw9fqy4kfchmf6-d".path = true; }',
      '(derivation { name = "x"; builder = "b"; system = "\\""; }).drvPath',
      '(derivation { name = "x"; builder = "b"; system = "s\\\\"; }).drvPath',
      '(derivation { name = "x"; builder = "b"; system = "\\\\n"; }).drvPath',
      'builtins.toFile "x.drv" "text"',
      'builtins.toFile "x.drv" "Derive"',
      'builtins.toFile "x.drv" "DrvWith"',
      `builtins.toFile "x.drv" ''Derive([],[],[],"s","b",[],[])''`,
      `assert import ${drv}.drvPath == 1; 1`,
      `assert (import ${drv}.drvPath).all == 1; 1`,
      `let d = import ${drv}.drvPath; in builtins.seq d.outPath (builtins.seq (builtins.head d.all) (assert d.all == 1; 1))`,
    ],
  },
  {
    flags: [],
    expressions: [
      'builtins.storePath "/nix/store/1zvzsgx1yf5rd48l7faw9fqy4kfchmf6-d"',
      'builtins.getContext (builtins.appendContext "x" { "/nix/store/1zvzsgx1yf5rd48l7faw9fqy4kfchmf6-d".path = true; })',
      '(derivation { name = "x"; system = "s"; builder = builtins.storePath "/nix/store/1zvzsgx1yf5rd48l7faw9fqy4kfchmf6-d"; }).outPath',
    ],
  },
  {
    flags: ["--read-write-mode", ...feature("fetch-closure"), ...feature("fetch-tree")],
    expressions: [
      "builtins.fetchClosure 1",
      "builtins.fetchClosure { }",
      "builtins.fetchClosure { x = 1; }",
      'builtins.fetchClosure { fromPath = "/x"; }',
      "builtins.fetchClosure { fromPath = ./source; }",
      'builtins.fetchClosure { fromPath = "/nix/store/1zvzsgx1yf5rd48l7faw9fqy4kfchmf6-d"; }',
      'builtins.fetchClosure { fromPath = "/nix/store/1zvzsgx1yf5rd48l7faw9fqy4kfchmf6-d"; fromStore = "/x"; }',
      'builtins.fetchClosure { fromPath = "/nix/store/1zvzsgx1yf5rd48l7faw9fqy4kfchmf6-d"; fromStore = "https://x?y=1"; }',
      'builtins.fetchClosure { fromPath = "/nix/store/1zvzsgx1yf5rd48l7faw9fqy4kfchmf6-d"; toPath = ""; inputAddressed = true; }',
      "fetchTree { }",
      "fetchTree 1",
      'fetchTree "https://example.org/x"',
      'fetchTree { type = "git"; url = "x"; name = "y"; }',
      'fetchTree { type = "git"; url = [ ]; }',
      'fetchTree { type = "git"; url = "https://x/y"; revCount = -1; }',
      'fetchTree { type = "path"; path = "/x"; }',
      'fetchGit { url = "https://x/y"; foo = 1; }',
      'builtins.path { path = ./source/plain.txt; name = "plain"; recursive = false; sha256 = "zz"; }',
      'fetchTarball { url = "https://example.org/x"; name = "source"; sha256 = "" + 1; }',
      `builtins.readFile (builtins.fetchurl "file://\${toString ./source/plain.txt}")`,
      `builtins.fetchurl "file://\${toString ./source/sub}/utf8%2etxt"`,
      `builtins.fetchurl { url = "file://\${toString ./source/plain.txt}"; name = "n"; sha256 = builtins.hashFile "sha256" ./source/plain.txt; }`,
      `builtins.fetchurl { url = "file://\${toString ./source/plain.txt}"; sha256 = builtins.hashString "sha256" "x"; }`,
    ],
  },
];
