// What `ocinix eval` is asked in the comparison with `nix eval`, which takes an attribute as an operand and no prelude.

export interface Case {
  readonly expr: string;
  readonly attr?: string;
  readonly flags?: readonly string[];
}

const derivation = `derivation { name = "x"; system = "x86_64-linux"; builder = "/bin/sh"; }`;

export const cases: readonly Case[] = [
  { expr: "1 + 1" },
  { expr: `{ b = 1; a = [ 1 2.5 "three\\n" null true ./. ]; }` },
  { expr: `{ "with space" = { }; "if" = 1; a' = [ ]; }` },
  { expr: "{ f = x: x; g = { a, b ? 1 }: a; m = map; p = map (x: x); }" },
  { expr: "let x = { y = x; }; in x" },
  { expr: "let l = [ 1 ]; in { a = l; b = l; }" },
  { expr: `{ good = 1; bad = throw "no"; worse = [ (1 + "x") ]; }` },
  { expr: `throw "no"` },
  { expr: "{ a = ; }" },
  { expr: "undefined" },
  { expr: `{ d = ${derivation}; }` },
  { expr: derivation },
  { expr: "rec { x = y; y = x; }" },
  { expr: `"é\${"$"}{x} \\t"` },
  { expr: "let f = n: if n == 0 then 0 else 1 + f (n - 1); in f 1000" },
  { expr: "{ a.b.c = 7; }", attr: "a.b" },
  { expr: "{ a.b.c = 7; }", attr: "a.b.c" },
  { expr: "[ 5 6 ]", attr: "1" },
  { expr: `{ a."x.y" = 7; }`, attr: `a."x.y"` },
  { expr: `{ a = [ 1 { b = "x"; } ]; f = 1.0; p = ./cases.ts; }`, flags: ["--json"] },
  { expr: `{ outPath = "/x"; other = 1; }`, flags: ["--json"] },
  { expr: "x: x", flags: ["--json"] },
  { expr: `{ a = throw "no"; }`, flags: ["--json"] },
  { expr: `"a\\nb"`, flags: ["--raw"] },
  { expr: derivation, flags: ["--raw"] },
  { expr: "1", flags: ["--raw"] },
  { expr: "20", flags: ["--apply", "x: x + 1"] },
  { expr: "{ a = 20; }", attr: "a", flags: ["--apply", "x: { y = x; }", "--json"] },
  { expr: "20", flags: ["--apply", "1"] },
  { expr: "{ x = 1; }", flags: ["--apply", "s: s.y"] },
];
