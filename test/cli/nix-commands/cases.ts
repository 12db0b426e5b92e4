// What the commands that work as those of C++ Nix are asked in the comparison with it. It all happens in a fresh copy of
// input/; tree.nar there is the archive of tree.

export interface Case {
  /** The words after `ocinix` and after `nix`. */
  readonly words: readonly string[];
  /** The words after `nix` where they are others. */
  readonly nixWords?: readonly string[];
}

const words = (...all: readonly string[]): Case => ({ words: all });

/** `derivation show` of an expression, in the words of either program. */
function shown(expr: string, ...flags: readonly string[]): Case {
  return {
    words: ["derivation", "show", "--no-prelude", ...flags, "-E", expr],
    nixWords: ["derivation", "show", "--impure", ...flags, "--expr", expr],
  };
}

/** `derivation show` of an attribute of derivations.nix. */
function shownOf(attr: string, ...flags: readonly string[]): Case {
  return {
    words: ["derivation", "show", "--no-prelude", ...flags, "derivations.nix", "-A", attr],
    nixWords: ["derivation", "show", "--impure", ...flags, "--file", "derivations.nix", attr],
  };
}

const hashes = [
  ...["sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", "sha1-AAAAAAAAAAAAAAAAAAAAAAAAAAA=", "x", "sha256-"],
  ...["sha256:0mdqa9w1p6cmli6976v4wi0sw9r4p5prkj7lzfd1877wk11c9c73", "md5:d41d8cd98f00b204e9800998ecf8427e"],
  ...["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "sha255-aaaa", "sha256:zz", "sha512:0"],
];
const [sha256 = "", sha1 = ""] = hashes;
const features = ["--extra-experimental-features", "ca-derivations impure-derivations dynamic-derivations"];
const contentAddressed = `__contentAddressed = true; outputHashAlgo = "sha256";`;

export const cases: readonly Case[] = [
  // Hashes of files
  words("hash", "file", "tree/a"),
  words("hash", "file", "tree/a", "tree/Z", "tree/link"),
  words("hash", "file"),
  words("hash", "file", "nothing"),
  words("hash", "file", "tree"),
  words("hash", "file", ""),
  words("hash", "file", "tree/a", "nothing", "tree/Z"),
  words("hash", "file", "--", "-x"),
  ...["md5", "sha1", "sha512", "blake3", "SHA256", ""].map((type) => words("hash", "file", "--type", type, "tree/a")),
  words("hash", "file", "--extra-experimental-features", "blake3-hashes", "--type", "blake3", "tree/a"),
  ...["--sri", "--base64", "--base32", "--base16"].map((format) => words("hash", "file", format, "tree/a")),
  words("hash", "file", "--base16", "--sri", "tree/a"),
  words("hash", "file", "--type"),
  words("hash", "file", "--algo", "md5", "tree/a"),

  // Hashes of trees
  words("hash", "path", "tree"),
  words("hash", "path", "tree/run.sh", "tree/link", "tree/sub/"),
  words("hash", "path", "nothing"),
  words("hash", "path", "tree/a/b"),
  ...["flat", "nar", "git", "x"].map((mode) => words("hash", "path", "--mode", mode, "tree/a")),
  words("hash", "path", "--mode", "flat", "tree"),
  words("hash", "path", "--type", "md5", "--algo", "sha1", "tree"),
  words("hash", "path", "--algo", "sha1", "--type", "md5", "tree"),
  ...["base16", "nix32", "base32", "base64", "x"].map((format) => words("hash", "path", "--format", format, "tree")),
  words("hash", "path", "--format", "base16", "--sri", "tree"),

  // Hashes in other formats
  ...hashes.flatMap((hash) => [
    words("hash", "convert", hash),
    words("hash", "convert", "--hash-algo", "sha256", "--to", "nix32", hash),
  ]),
  words("hash", "convert"),
  words("hash", "convert", "--from", "base16", sha256),
  words("hash", "convert", "--from", "sri", "--to", "base16", sha256),
  words("hash", "convert", "--to", "base32", sha256),
  words("hash", "convert", "--to", "x", sha256),
  words("hash", "convert", sha256, "x", sha1),
  ...["base16", "base32", "base64", "sri"].map((format) => words("hash", `to-${format}`, sha256, sha1)),
  words("hash", "to-sri", "--type", "sha256", "x"),

  // Archives
  words("nar", "pack", "tree"),
  words("nar", "pack", "tree/a"),
  words("nar", "pack", "tree/link"),
  words("nar", "pack"),
  words("nar", "pack", "tree", "tree"),
  words("nar", "pack", "nothing"),
  ...[["/"], ["-l", "/"], ["-R", "/"], ["-lR", "/sub"], ["-d", "/sub"], ["-ld", "/"], ["/a"], ["sub/"], [""]].map(
    ([flag = "", path]) =>
      path === undefined ? words("nar", "ls", "tree.nar", flag) : words("nar", "ls", flag, "tree.nar", path),
  ),
  ...["/nothing", "/a/b", "/link/x", "/sub/../a"].map((path) => words("nar", "ls", "tree.nar", path)),
  ...["/", "/sub", "/a", "/link"].map((path) => words("nar", "ls", "--json", "tree.nar", path)),
  words("nar", "ls", "--json", "-R", "tree.nar", "/"),
  words("nar", "ls", "--json", "-d", "tree.nar", "/"),
  words("nar", "ls", "nothing.nar", "/"),
  words("nar", "ls", "tree/a", "/"),
  words("nar", "ls", "tree.nar"),
  ...["/a", "sub/deep/z", "/link", "/sub", "/nothing"].map((path) => words("nar", "cat", "tree.nar", path)),
  words("nar", "cat", "tree.nar", "/a", "/b"),

  // Store objects
  words("store", "add", "--dry-run", "tree"),
  words("store", "add", "tree"),
  words("store", "add", "-n", "other", "tree/link"),
  words("store", "add", "--mode", "flat", "tree/a"),
  ...["flat", "text"].map((mode) => words("store", "add", "--dry-run", "--mode", mode, "tree/a")),
  ...["flat", "git", "x"].map((mode) => words("store", "add", "--dry-run", "--mode", mode, "tree")),
  words("store", "add", "--dry-run", "--mode", "flat", "tree/link"),
  words("store", "add", "--dry-run", "--hash-algo", "sha1", "tree"),
  words("store", "add", "--dry-run", "--hash-algo", "md5", "--mode", "flat", "tree/a"),
  words("store", "add", "--dry-run", "--hash-algo", "x", "tree"),
  ...["", ".", "a/b"].map((name) => words("store", "add", "--dry-run", "-n", name, "tree")),
  words("store", "add", "--dry-run", "tree/é b"),
  words("store", "add", "--dry-run", "nothing"),
  words("store", "add"),

  // Settings
  words("config", "show", "max-call-depth"),
  words("config", "show", "nothing"),
  words("config", "show", "max-jobs", "x"),
  words("config", "show", "--json", "max-jobs"),
  words("config", "show", "use-registries"),
  words("config", "show", "use-registries", "--extra-experimental-features", "flakes"),
  ...[
    ...[
      ["cores", "0005"],
      ["min-free", "2G"],
      ["sandbox-paths", "/b=/a? /x /c=/c"],
      ["access-tokens", "b=c a=d a=e z"],
    ],
    ...[
      ["system-features", "z a z"],
      ["substituters", "https://x auto /tmp/x"],
      ["build-dir", "/a/../b/"],
    ],
    ...[
      ["nix-path", "x=y z"],
      ["allowed-impure-host-deps", "/b /a"],
      ["timeout", "-5"],
      ["max-call-depth", "4T"],
    ],
  ].map(([name = "", value = ""]) => words("config", "show", name, `--option`, name, value)),
  words("config", "show", "ignored-acls", "--extra-ignored-acls", "a"),
  words("config", "show", "sandbox", "--relaxed-sandbox"),
  words("config", "show", "lint-short-path-literals", "--warn-short-path-literals"),

  // Derivations
  shownOf("one"),
  shownOf("one", "-r"),
  shownOf("two.three", "--pretty"),
  shownOf("two"),
  shownOf(""),
  shownOf("number"),
  shownOf("nothing"),
  shown(`derivation { name = "a"; system = "s"; builder = "b"; args = [ "é\\n\\"" ]; f = builtins.toFile "q" "r"; }`),
  shown(
    `derivation { name = "a"; system = "s"; builder = "b"; __structuredAttrs = true; b = [ 1 { c = null; } ]; d = 1.5; }`,
  ),
  shown(
    `derivation { name = "a"; system = "s"; builder = "b"; outputHash = "${sha256}"; outputHashMode = "recursive"; }`,
  ),
  shown(`derivation { name = "a"; system = "s"; builder = "b"; outputHash = "${sha1}"; }`),
  shown(`derivation { name = "a"; system = "s"; builder = "b"; __proto__ = "x"; "10" = "a"; "9" = "b"; }`),
  shown(
    `derivation { name = "a"; system = "s"; builder = "b"; ${contentAddressed} outputHashMode = "nar"; }`,
    ...features,
  ),
  shown(
    `derivation { name = "a"; system = "s"; builder = "b"; __impure = true; outputHashAlgo = "sha256"; outputHashMode = "nar"; }`,
    ...features,
  ),
  shown(
    `let a = derivation { name = "a.drv"; system = "s"; builder = "b"; ${contentAddressed} outputHashMode = "text"; };
      in derivation { name = "b"; system = "s"; builder = builtins.outputOf a.outPath "out"; }`,
    ...features,
    "-r",
  ),
  shown("{ }"),
  shown("1"),
  shown("x: x"),
  shown(`throw "q"`),
  shown(`[ (derivation { name = "a"; system = "s"; builder = "b"; }) ]`, "--nope"),
];
