// What of texts only the command line shows: what it has written when it fails, and its line of advice.
import type { Case } from "./cases.ts";

/** A byte that is not UTF-8. */
const half = '(builtins.substring 0 1 "é")';
const run = (length: number): string => `(builtins.concatStringsSep "" (builtins.genList (_: "n") ${length}))`;

export const textCases: readonly Case[] = [
  // JSON is written until the first string that is none
  { args: ["--eval", "--json", "-E", `"a" + ${half}`] },
  { args: ["--eval", "--json", "--strict", "-E", `{ a = [ 1 "x" { } ]; b = "y" + ${half}; c = 1; }`] },
  { args: ["--eval", "--json", "--strict", "-E", `{ a = 1; \${"b" + ${half}} = 2; }`] },
  { args: ["--eval", "--json", "-E", `${run(499)} + ${half}`] },
  { args: ["--eval", "--json", "-E", `${run(500)} + ${half}`] },
  { args: ["--eval", "--json", "-E", `${run(1700)} + ${half}`] },
  { args: ["--eval", "--json", "-E", `${run(498)} + "\\n\\n" + ${half}`] },
  { args: ["--eval", "--json", "-E", `"\\n" + ${run(498)} + "é" + ${half}`] },
  { args: ["--eval", "--json", "--strict", "-E", `[ ${half} (throw "evaluated before") ]`] },
  { args: ["--eval", "--json", "-E", `{ a = ${half}; outPath = "b" + ${half}; }`] },
  // Names that make no sense are a mistake of usage
  { args: ["--eval", "-E", 'builtins.hashString "sha255" ""'] },
  { args: ["--eval", "-E", 'builtins.convertHash { hash = "foo:abc"; toHashFormat = "sri"; }'] },
  { args: ["--eval", "-E", 'builtins.convertHash { hash = "foo-abc"; toHashFormat = "sri"; }'] },
  { args: ["--eval", "-E", 'builtins.convertHash { hash = ":abc"; toHashFormat = "sri"; }'] },
  {
    args: ["--eval", "-E", 'builtins.convertHash { hash = "abc"; hashAlgo = "SHA256"; toHashFormat = "sri"; }'],
  },
  {
    args: ["--eval", "-E", 'builtins.convertHash { hash = "abc"; hashAlgo = "sha256"; toHashFormat = "hex"; }'],
  },
  { args: ["--eval", "-E", 'builtins.path { path = ./value.nix; sha256 = "foo:abc"; }'] },
  // Other ways of writing text
  { args: ["--eval", "--raw", "-E", `"a\\n" + ${half}`] },
  { args: ["--eval", "--raw", "-E", '{ __toString = _: "x"; }'] },
  { args: ["--eval", "--xml", "-E", '{ a = "<&>"; b = x: x; }'] },
  { args: ["--eval", "--xml", "--strict", "-E", '[ "\\n" 1.5 ({ a, b ? 1, ... }@c: a) ]'] },
  { args: ["--eval", "--xml", "--strict", "--no-location", "-E", "{ a = { b, ... }: b; }"] },
  { args: ["--parse", "-E", "f: g: [ f g or ] )"] },
];
