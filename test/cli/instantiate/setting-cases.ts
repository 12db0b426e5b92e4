// Settings: where they come from, how they are written, what is said about wrong ones, and what they do.
import type { Case } from "./cases.ts";

const system = ["--eval", "-E", "builtins.currentSystem"];
const one = ["--eval", "-E", "1"];
const home = "@dir@/configs";

/** The same with these lines in NIX_CONFIG. */
const configured = (config: string, args: readonly string[]): Case => ({ args, env: { NIX_CONFIG: config } });
/** With this setting on the command line, by `--option`. */
const optional = (name: string, value: string): Case => ({ args: [...one, "--option", name, value] });

/** One setting of each kind and a value that is none. */
const faults = [
  ...["pure-eval = maybe", "pure-eval =", "pure-eval = TRUE", "max-call-depth = x", "max-call-depth = -1"],
  ...["max-call-depth = 99999999999", "max-call-depth = 5 K", "max-call-depth =", "cores = 5000000000"],
  ...["min-free = 16E", "timeout = 1h", "sandbox = yes", "max-jobs = x", "max-jobs = 4K", "eval-profiler = x"],
  ...["lint-url-literals = x", "lint-url-literals =", "build-dir = x", "sandbox-build-dir =", "netrc-file ="],
  ...["substituters = x y", "eval-profile-file ="],
];
/** Odd ways to write values that are right. */
const values = [
  ...["max-call-depth = +5", "max-call-depth = 010", "max-call-depth = 1k", "max-call-depth = 4T", "sandbox = relaxed"],
  ...["build-use-sandbox = true", "max-jobs = auto", "build-dir =", "access-tokens = a=b c", "build-cores = 2"],
];
const lines = [
  ...["system = a\nsystem = b", "  system   =   a  # comment\n\n#x\n", "system=a", "system", "system a", "system ="],
  ...["system = a b   c", "system = a\r\n", "= x", "system = = x", "system\t=\ta\n", "system = a#b\n"],
  ...["nope = 1\naaa = 2\nnope = 3", "extra-nope = 1", "extra-system = 1", "include other.conf", "!include other.conf"],
];

export const settingCases: readonly Case[] = [
  // How they are written
  ...lines.map((config) => configured(config, system)),
  ...faults.map((config) => configured(config, one)),
  ...values.map((config) => configured(config, one)),
  configured("experimental-features = bogus another bogus", one),
  configured("experimental-features = no-url-literals", one),
  configured("experimental-features = flakes", ["--eval", "-E", "builtins ? fetchTree"]),
  configured("extra-experimental-features = pipe-operators", ["--eval", "-E", "1 |> (x: x)"]),
  configured("use-registries = true\nimpure-env = a=b", one),
  configured("impure-env = a=b\nexperimental-features = configurable-impure-env", one),

  // Where they come from
  { args: system, env: { NIX_CONF_DIR: `${home}/plain` } },
  { args: system, env: { NIX_CONF_DIR: `${home}/plain`, NIX_CONFIG: "system = variable" } },
  { args: system, env: { NIX_CONF_DIR: `${home}/faulty` } },
  { args: system, env: { NIX_CONF_DIR: `${home}/including` } },
  { args: system, env: { NIX_CONF_DIR: `${home}/including-nothing` } },
  { args: system, env: { XDG_CONFIG_HOME: `${home}/user` } },
  { args: system, env: { XDG_CONFIG_HOME: `${home}/user`, NIX_CONF_DIR: `${home}/plain` } },
  { args: system, env: { XDG_CONFIG_HOME: `${home}/user`, NIX_USER_CONF_FILES: "" } },
  { args: system, env: { NIX_CONFIG_HOME: `${home}/user/nix` } },
  { args: system, env: { XDG_CONFIG_DIRS: `${home}/nothing:${home}/user:${home}/second` } },
  { args: system, env: { NIX_USER_CONF_FILES: `${home}/user/nix/nix.conf:${home}/second/nix/nix.conf` } },
  { args: system, env: { NIX_USER_CONF_FILES: "configs/user/nix/nix.conf" } },
  { args: ["--eval", "-E", "<a/pkgs>"], env: { NIX_CONFIG: "nix-path = a=@dir@/search" } },
  { args: ["--eval", "-E", "<a/pkgs>"], env: { NIX_CONFIG: "nix-path = a=@dir@/search", NIX_PATH: "" } },
  ...[
    ["--nix-path", "c=/q d=/t"],
    ["--extra-nix-path", "c=/q"],
    ["--option", "nix-path", "c=/q"],
    ["--restrict-eval"],
  ].map((args) => ({
    args: ["--eval", "--strict", "-E", "builtins.nixPath", "-I", "z=1", ...args],
    env: { NIX_PATH: "b=/x" },
  })),
  ...["a=http://x/y:b=/z", "a=channel:x:b=/z", "flake:x:y", "a=b:c=d:", "::", "/x:https://y:/z"].map((path) => ({
    args: ["--eval", "--strict", "-E", "builtins.nixPath"],
    env: { NIX_PATH: path },
  })),

  // On the command line
  ...[
    ["pure-eval", "maybe"],
    ["nope", "x"],
    ["experimental-features", "bogus"],
    ["sandbox", "x"],
    ["build-cores", "2"],
  ].map(([name = "", value = ""]) => optional(name, value)),
  ...[
    ["extra-system", "x"],
    ["use-registries", "false"],
    ["lint-url-literals", "x"],
    ["", "x"],
    ["build-dir", "x"],
  ].map(([name = "", value = ""]) => optional(name, value)),
  { args: [...one, "--option", "z", "1", "--option", "pure-eval", "x", "--option", "b", "1", "--option", "z", "2"] },
  { args: ["--eval", "--nope"], env: { NIX_CONFIG: "pure-eval = x" } },
  { args: ["--eval", "--nope"], env: { NIX_CONFIG: "nope = x" } },
  ...["--use-registries", "--no-use-registries", "--relaxed-sandbox", "--build-use-sandbox", "--no-build-fallback"].map(
    (flag) => ({ args: [...one, flag] }),
  ),
  ...["--no-system", "--extra-pure-eval", "--auto-allocate-uids", "--no-keep-failed"].map((flag) => ({
    args: [...one, flag],
  })),
  { args: [...one, "--flake-registry", "x"] },
  { args: [...one, "--impure-env", "a=b"] },
  { args: [...one, "--accept-flake-config", "--impure-env", "a=b"] },
  { args: [...one, "--binary-caches", "x"] },
  { args: [...one, "--extra-binary-caches", "https://x"] },
  { args: [...one, "--cores", "x"] },
  { args: [...one, "--cores", "-1"] },
  { args: [...one, "-j", "x"] },
  { args: [...one, "-j3"] },
  { args: [...system, "--system", "", "--eval-system", ""] },
  { args: ["--eval", "--pure-eval", "--impure", "-E", "builtins.currentSystem"] },
  { args: ["--eval", "--impure", "--pure-eval", "-E", "builtins.currentSystem"] },
  { args: [...one, "--log-format", "nope"] },
  { args: ["--eval", "--log-format", "bar", "-E", "builtins.trace 1 2"] },
  ...[1, 2, 3].map((count) => ({
    args: ["--eval", ...Array<string>(count).fill("--quiet"), "--option", "nope", "1", "-E", `builtins.warn "w" 1`],
  })),

  // What they do
  ...["1", "yes", "true", "0", "TRUE"].map((value) => ({
    args: ["--eval", "-E", `builtins.warn "w" 1`],
    env: { NIX_ABORT_ON_WARN: value },
  })),
  { args: ["--eval", "-E", `builtins.warn "w" 1`, "--no-abort-on-warn"], env: { NIX_ABORT_ON_WARN: "1" } },
  ...[["--no-allow-import-from-derivation"], ["--option", "allow-import-from-derivation", "no"]].map((flags) => ({
    args: [
      "--eval",
      "--read-write-mode",
      "-E",
      "import (derivation { name = ''x''; system = ''s''; builder = ''b''; })",
      ...flags,
    ],
  })),
  ...["let f = n: if n == 0 then 0 else f (n - 1); in f 20", "let x = { a = x; }; in x == x"].map((expr) => ({
    args: ["--eval", "--max-call-depth", "20", "-E", expr],
  })),
  { args: ["--eval", "-E", "(x: x) 1", "--max-call-depth", "0"] },
  { args: ["--eval", "-E", "((x: x) ((x: x) 1))", "--max-call-depth", "1"] },
  ...["url", "short-path", "absolute-path"].flatMap((lint) =>
    ["warn", "fatal"].map((level) => ({
      args: ["--eval", "--strict", "-E", "[ http://a/b c/d ./e /f ]", `--lint-${lint}-literals`, level],
    })),
  ),
  { args: ["--eval", "-E", "~/x", "--lint-absolute-path-literals", "fatal"] },
  { args: ["--eval", "-E", `a/\${"b"}`, "--lint-short-path-literals", "warn"] },
  { args: ["--eval", "-E", "{ x }: x", "--arg", "x", "http://a", "--lint-url-literals", "warn"] },
  { args: ["--parse", "-E", "http://a", "--lint-url-literals", "fatal"] },
  { args: ["--eval", "-E", "a/b", "--warn-short-path-literals"] },
  { args: ["--eval", "-E", "a/b", "--lint-short-path-literals", "fatal", "--no-warn-short-path-literals"] },
  { args: ["--eval", "-E", "builtins.tryEval (import ./odd-literals.nix)", "--lint-url-literals", "fatal"] },

  // Pure and restricted evaluation
  ...["--pure-eval", "--restrict-eval"].flatMap((mode) =>
    ["./value.nix", "builtins.readFile ./note.txt", "builtins.pathExists ./note.txt", "<pkgs>", "__nixPath", "~/x"].map(
      (expr) => ({ args: ["--eval", mode, "-E", expr], env: { NIX_PATH: "@dir@/search" } }),
    ),
  ),
  ...["--pure-eval", "--restrict-eval"].flatMap((mode) =>
    [`"\${./note.txt}"`, "builtins.path { path = ./note.txt; }", "builtins.fetchurl ''http://x/y''", "__currentTime"]
      .filter((expr) => mode === "--pure-eval" || expr !== "__currentTime")
      .map((expr) => ({ args: ["--eval", mode, "-E", expr] })),
  ),
  { args: ["--eval", "--restrict-eval", "-I", "x=./folder", "-E", "import <x>"] },
  { args: ["--eval", "--restrict-eval", "-I", "folder", "-E", "import ./folder/../value.nix"] },
  { args: ["--eval", "--pure-eval", "<pkgs>", "-I", "search"] },
  { args: ["--eval", "--restrict-eval", "--allowed-uris", "http://a/b", "-E", "builtins.fetchurl ''http://a/bc''"] },
  { args: ["--eval", "--restrict-eval", "--allowed-uris", "https:", "-E", "builtins.fetchTarball ''http://a/bc''"] },
];
