// What the commands on a store are asked in the comparison with C++ Nix. Each scenario starts with a new store that has
// the objects of input/objects.nix; `@old@` in words is the path of its attribute `old`.
import fs from "node:fs";

/** A command: the words after `ocinix`, and those of C++ Nix with the program before them. */
export interface CommandStep {
  readonly words: readonly string[];
  readonly nix: readonly string[];
  /** A file of the working folder; by default there is no input. */
  readonly input?: string;
}

/** Something that happens to the store. */
export interface EditStep {
  /** `at` gives the physical place of a path in the store, `path` that path; both know `@old@`. */
  readonly edit: (at: (text: string) => string, path: (text: string) => string) => void;
}

export type Step = CommandStep | EditStep;

/** The same command in both programs, but for those that Nix does not have below `store`. */
function same(...words: readonly string[]): CommandStep {
  const [, command = ""] = words;
  const isTop = words[0] === "store" && ["path-info", "why-depends"].includes(command);
  return { words, nix: ["nix", ...(isTop ? words.slice(1) : words)] };
}

function verifyAll(...flags: readonly string[]): CommandStep {
  return { words: ["store", "verify", ...flags], nix: ["nix-store", "--verify", ...flags] };
}

function graph(...operands: readonly string[]): CommandStep {
  return { words: ["store", "query", "--graph", ...operands], nix: ["nix-store", "--query", "--graph", ...operands] };
}

const printRoots: CommandStep = {
  words: ["store", "gc", "--print-roots"],
  nix: ["nix-store", "--gc", "--print-roots"],
};

const missing = "/nix/store/zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz-a";
const listed = ["@old@", "@tree@", "@tree@/a", "@tree@/run", "@tree@/link", "@tree@/sub", "@tree@/none", "@tree@/a/b"];
const restored = (target: string, input: string): CommandStep => ({
  words: ["nar", "unpack", target],
  nix: ["nix-store", "--restore", target],
  input,
});

export const scenarios: Readonly<Record<string, readonly Step[]>> = {
  "path-info": [
    ...[[], ["-r"], ["-S"], ["-s"], ["-rsSh", "--sigs"], ["--sigs"]].flatMap((flags) =>
      ["@old@", "@drv@"].map((path) => same("store", "path-info", ...flags, path)),
    ),
    same("store", "path-info", "@new@", "@old@", "@alpha@/x"),
    same("store", "path-info", "--all", "-sS"),
    ...["1", "2", "3"].map((format) => same("store", "path-info", "--all", "--json", "--json-format", format)),
    same("store", "path-info", "--json", "-S", "@old@"),
    same("store", "path-info", "--json", "--json-format", "2", "--pretty", "-r", "@old@", missing),
    same("store", "path-info", "--json", "--json-format", "1", "@old@", missing),
    same("store", "path-info", "@old@", missing),
    same("store", "path-info", "--json-format", "9", "@old@"),
    same("store", "path-info", "--json-format", "x", "@old@"),
    same("store", "path-info", "--all", "@old@"),
    same("store", "path-info", "/no/such/place"),
  ],
  "ls, cat and dump-path": [
    ...[["-l"], ["--json"]].flatMap((flags) =>
      [...listed, missing, "/nix"].map((path) => same("store", "ls", ...flags, path)),
    ),
    ...[[], ["-lR"], ["-R"], ["-d"], ["-ld"], ["--json", "-R"], ["--json", "-d"]].flatMap((flags) =>
      ["@tree@", "@tree@/a", "@tree@/none"].map((path) => same("store", "ls", ...flags, path)),
    ),
    same("store", "ls", "--json", "--pretty", "@tree@"),
    same("store", "ls"),
    ...[...listed, missing, "/nix"].map((path) => same("store", "cat", path)),
    ...["@old@", "@tree@", "@tree@/a", missing].map((path) => same("store", "dump-path", path)),
  ],
  "odd operands": [
    ...[
      "@tree@/folder/b",
      "@tree@/link/x",
      "@tree@/sub/../a",
      "@tree@//a",
      "@tree@/",
      "/nix/store/short",
      "/nix/store",
    ].flatMap((path) => [same("store", "ls", "-l", path), same("store", "cat", path)]),
    same("store", "path-info", "/nix/store/short"),
    same("store", "path-info", "@tree@/sub/../a"),
    same("store", "path-info", "@old@", "@old@", "@tree@"),
    same("store", "path-info", "-r", missing),
    same("store", "verify", "-r", missing),
    same("store", "verify", "--all", "@old@"),
    same("store", "dump-path", "@old@", "@tree@"),
    same("store", "why-depends", missing, "@old@"),
    same("store", "why-depends", "@old@", missing),
    same("store", "why-depends", "@old@"),
    same("store", "diff-closures", missing, "@old@"),
    same("store", "diff-closures", "@old@", missing),
    { edit: (at, path) => link(path("@old@"), at("/../work/result")) },
    same("store", "path-info", "./result"),
    same("store", "verify", "./result"),
    same("store", "optimise", "x"),
  ],
  "nar unpack": [
    restored("new", "tree.nar"),
    { words: ["hash", "path", "new"], nix: ["nix", "hash", "path", "new"] },
    restored("new", "tree.nar"),
    restored("new/a", "file.nar"),
    restored("new/link", "file.nar"),
    restored("new/link2", "link.nar"),
    restored("new/link2", "link.nar"),
    restored("none/file", "file.nar"),
    restored("cut", "cut.nar"),
    restored("text", "objects.nix"),
    { words: ["hash", "path", "new"], nix: ["nix", "hash", "path", "new"] },
  ],
  "why-depends, diff-closures and the graph": [
    ...[[], ["--all"], ["--precise"], ["--all", "--precise"]].flatMap((flags) =>
      [
        ["@old@", "@alpha@"],
        ["@old@", "@beta@"],
        ["@old@", "@old@"],
        ["@old@", "@new@"],
        ["@drv@", "@alpha@"],
      ].map((pair) => same("store", "why-depends", ...flags, ...pair)),
    ),
    same("store", "diff-closures", "@old@", "@new@"),
    same("store", "diff-closures", "@new@", "@tree@"),
    same("store", "diff-closures", "@tree@", "@new@"),
    same("store", "diff-closures", "@old@", "@old@"),
    graph("@old@"),
    graph("@drv@", "@new@", "@tree@"),
  ],
  "verify a sound store": [
    verifyAll(),
    verifyAll("--check-contents"),
    same("store", "verify", "--all"),
    same("store", "verify", "-r", "@old@"),
    same("store", "verify", "--no-contents", "--no-trust", "@old@", missing),
  ],
  "verify what was modified": [
    { edit: (at) => rewrite(at("@tree@/a"), "other") },
    { edit: (at) => rewrite(at("@alpha@"), "other") },
    verifyAll(),
    verifyAll("--check-contents"),
    same("store", "verify", "--all"),
    same("store", "verify", "@beta@"),
  ],
  "verify what is missing": [
    { edit: (at) => fs.rmSync(at("@alpha@")) },
    { edit: (at) => fs.rmSync(at("@new@")) },
    same("store", "verify", "--all"),
    same("store", "path-info", "@new@"),
    verifyAll(),
    same("store", "path-info", "@new@"),
    verifyAll("--check-contents"),
  ],
  "verify modified links": [
    same("store", "optimise"),
    { edit: (at) => rewrite(at("@tree@/sub/b"), "other") },
    verifyAll("--check-contents"),
  ],
  "collect garbage": [
    same("store", "gc", "--dry-run"),
    same("store", "gc", "--max", "0"),
    { words: ["store", "gc"], nix: ["nix", "store", "gc"] },
    same("store", "path-info", "--all"),
  ],
  "collect garbage with roots": [
    { edit: (at, path) => link(path("@old@"), at("/nix/var/nix/gcroots/direct")) },
    { edit: (at, path) => link(path("@drv@"), at("/nix/var/nix/profiles/some")) },
    { edit: (at) => link(missing, at("/nix/var/nix/gcroots/invalid")) },
    { edit: (at) => link("/no/such/link", at("/nix/var/nix/gcroots/auto/stale")) },
    { edit: (at, path) => link(path("@tree@"), at("/result")) },
    { edit: (at) => link(at("/result"), at("/nix/var/nix/gcroots/auto/indirect")) },
    { edit: (at) => fs.writeFileSync(at(missing), "not registered") },
    printRoots,
    same("store", "gc", "--dry-run"),
    same("store", "delete", "@old@"),
    same("store", "delete", "@alpha@"),
    same("store", "delete", "--skip-alive", "@alpha@"),
    same("store", "delete", "@new@"),
    { words: ["store", "gc"], nix: ["nix", "store", "gc"] },
    same("store", "path-info", "--all"),
    { edit: (at) => fs.rmSync(at("/result")) },
    same("store", "gc"),
    same("store", "path-info", "--all"),
    verifyAll("--check-contents"),
  ],
  "collect some garbage": [
    ...["@old@", "@drv@", "@new@"].map((name, index) => ({
      edit: (at: (text: string) => string, path: (text: string) => string) => {
        link(path(name), at(`/nix/var/nix/gcroots/number-${index}`));
      },
    })),
    same("store", "gc", "--max", "1k"),
    same("store", "gc", "--max", "1", "--dry-run"),
    same("store", "gc", "--max", "q"),
    same("store", "gc", "x"),
  ],
  "delete referrers and what is alive": [
    { edit: (at, path) => link(path("@old@"), at("/nix/var/nix/gcroots/direct")) },
    same("store", "delete", "-r", "--skip-alive", "@new@"),
    same("store", "delete", "--ignore-liveness", "@beta@"),
    same("store", "delete", "--ignore-liveness", "@old@"),
    same("store", "path-info", "--all"),
    same("store", "delete", missing),
  ],
  optimise: [
    same("store", "optimise"),
    { words: ["store", "optimise"], nix: ["nix", "store", "optimise"] },
    same("store", "gc", "--max", "0"),
    verifyAll("--check-contents"),
    same("store", "gc"),
    verifyAll("--check-contents"),
  ],
};

function rewrite(file: string, contents: string): void {
  fs.chmodSync(file, 0o644);
  fs.writeFileSync(file, contents);
  fs.chmodSync(file, 0o444);
}

function link(target: string, place: string): void {
  fs.mkdirSync(place.slice(0, place.lastIndexOf("/")), { recursive: true });
  fs.symlinkSync(target, place);
}
