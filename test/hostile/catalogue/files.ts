// Files and names of files that are missing, strange or in the way.
import { type HostileCase, literal, plain } from "./hostile-case.ts";

const readers = [
  "builtins.readFile",
  "builtins.readDir",
  "builtins.readFileType",
  "builtins.pathExists",
  "import",
  'builtins.hashFile "md5"',
  '(p: "${p}")',
  "(p: builtins.path { path = p; })",
  "baseNameOf",
  "dirOf",
  "toString",
  "builtins.toPath",
  "(p: p)",
];
const paths = [
  "./nowhere",
  "./nowhere/nowhere",
  "./one.nix/nowhere",
  "./one.nix/.",
  "./one.nix/..",
  "./tree",
  "./tree/.",
  "./tree/..",
  "./tree/link",
  "./tree/dangling",
  "./tree/to-folder",
  "./tree/to-folder/text",
  "./circle/a",
  "./circle/in/in/a",
  "./tree/empty",
  "./tree/nul",
  "./tree/bytes",
  "./tree/program",
  "/.",
  "/..",
  '(./. + "/odd name")',
  '(./. + "/\xff")',
  '(./. + "/\\n")',
  '(./. + "")',
  '(./. + "/")',
  '(./. + "//tree//text")',
  '(./. + "/tree/../one.nix")',
  '(./. + "/../../../../../../tmp")',
  '(./. + "x")',
  `(./. + "/${"a".repeat(256)}")`,
  '""',
  '"/"',
  '"//"',
  '"."',
  '".."',
  '"a"',
  '"./one.nix"',
  '"/nowhere"',
  '"/nowhere/.."',
  "(toString ./one.nix)",
  '(toString ./one.nix + "/")',
  '(toString ./one.nix + "/.")',
  '(toString ./tree + "/")',
  '(toString ./tree + "/.")',
  '(toString ./tree + "/link/")',
  '(toString ./tree + "/to-folder/")',
  '(toString ./tree + "/to-folder/..")',
  "<nowhere>",
  "<nix>",
  "<nix/nowhere>",
  "<nix/fetchurl.nix>",
  "{ outPath = ./one.nix; }",
  "[ ./one.nix ]",
  "null",
];

const names = [
  "",
  "/",
  "//",
  ".",
  "..",
  "a",
  "a/",
  "a//",
  "/a",
  "/a/",
  "//a",
  "a/b",
  "a/b/",
  "a//b",
  "a/.",
  "a/..",
  "./a",
  "../a",
  "/.",
  "/..",
  " ",
  "a b",
  "\xff",
  "\n",
  "a\\b",
  "/a//b//",
  "///",
  "a///b///",
];

const fileTexts: readonly (readonly [name: string, file: string])[] = [
  ["text that cannot be parsed", "./broken.nix"],
  ["an undefined variable", "./undefined.nix"],
  ["nothing", "./tree/empty"],
  ["a NUL byte", "./tree/nul"],
  ["bytes", "./tree/bytes"],
  ["a byte order mark", "./bom.nix"],
  ["CR LF", "./crlf.nix"],
  ["lone CRs", "./cr.nix"],
  ["an error", "./throws.nix"],
  ["a folder without default.nix", "./tree"],
  ["a folder with one", "./package"],
  ["a folder whose default.nix is a folder", "./folder-in-folder"],
];

/** What the machine has in its root and /tmp is not the same everywhere. */
function isElsewhere(path: string): boolean {
  return /^(?:"?\/+\.*"?|"\/nowhere\/\.\."|\(.*tmp"\))$/.test(path);
}

export function* fileCases(): Iterable<HostileCase> {
  for (const reader of readers) {
    for (const path of paths) {
      if (isElsewhere(path) && /readDir|import|\$|path =/.test(reader)) continue;
      if (path === "<nix/fetchurl.nix>" && /readFile$|hashFile|\$|path =/.test(reader)) continue;
      // C++ Nix shows no lines of a file in a folder that is a symlink. Nobody is helped by that.
      if (reader === "import" && path === "./tree/to-folder/text") continue;
      const text = `${reader} ${path}`;
      yield text.length > 200 ? { name: `${text.slice(0, 60)}… (${text.length} bytes)`, text } : plain(text);
    }
  }
  for (const name of names) {
    const s = literal(name);
    yield { name: `name ${JSON.stringify(name)}`, text: `[ (baseNameOf ${s}) (dirOf ${s}) ]` };
    yield {
      name: `absolute name ${JSON.stringify(name)}`,
      text: `[ (baseNameOf (/x + ${s})) (dirOf (/x + ${s})) (/x + ${s}) ]`,
    };
    yield { name: `toPath ${JSON.stringify(name)}`, text: `builtins.toPath ${s}` };
    yield {
      name: `findFile ${JSON.stringify(name)}`,
      text: `builtins.findFile [ { prefix = ""; path = ./tree; } ] ${s}`,
    };
    yield {
      name: `findFile prefix ${JSON.stringify(name)}`,
      text: `builtins.findFile [ { prefix = ${s}; path = ./tree; } ] "a/text"`,
    };
  }
  for (const [name, file] of fileTexts) {
    for (const how of [
      "import",
      "builtins.scopedImport { }",
      "builtins.scopedImport { x = 1; builtins = 2; }",
      "builtins.tryEval (import",
    ]) {
      const close = how.includes("(") ? ")" : "";
      yield { name: `${how} ${name}`, text: `${how} ${file}${close}` };
    }
  }
  for (const prefix of ["1", "{ }", "null", "./tree", '"/nowhere"', "[ ]"]) {
    yield plain(`builtins.findFile ${prefix} "a"`);
    yield plain(`builtins.findFile [ ${prefix} ] "a"`);
    yield plain(`builtins.findFile [ { path = ${prefix}; } ] "a"`);
    yield plain(`builtins.findFile [ { prefix = ${prefix}; path = ./tree; } ] "a"`);
    yield plain(`builtins.findFile [ { prefix = "a"; path = ${prefix}; } ] "a"`);
  }
}
