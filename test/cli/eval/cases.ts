// What `ocinix eval` is asked in the comparison with `nix eval`, which takes an attribute as an operand and no prelude;
// `@dir@` is the folder it all happens in, a fresh copy of input/ every time.

export interface Case {
  /** The expression, or else a file. */
  readonly expr?: string;
  readonly file?: string;
  readonly attr?: string;
  readonly flags?: readonly string[];
  readonly stdin?: string;
}

const derivation = `derivation { name = "x"; system = "x86_64-linux"; builder = "/bin/sh"; }`;

const json = (expr: string): Case => ({ expr, flags: ["--json"] });
const raw = (expr: string): Case => ({ expr, flags: ["--raw"] });
const applied = (apply: string, expr: string, ...flags: readonly string[]): Case => ({
  expr,
  flags: ["--apply", apply, ...flags],
});
const written = (expr: string, target = "out", ...flags: readonly string[]): Case => ({
  expr,
  flags: ["--write-to", target, ...flags],
});

export const cases: readonly Case[] = [
  // How values are printed
  { expr: "1 + 1" },
  { expr: `{ b = 1; a = [ 1 2.5 "three\\n" null true ./. ]; }` },
  { expr: `{ "with space" = { }; "if" = 1; a' = [ ]; }` },
  { expr: `{ "" = 1; "1a" = 2; "-a" = 3; "or" = 4; "\\n" = 5; "a.b" = 6; _ = 7; true = 8; __curPos = 9; }` },
  { expr: "{ f = x: x; g = { a, b ? 1 }: a; m = map; p = map (x: x); }" },
  { expr: "let f = x: x; in [ f (builtins.foldl' (x: y: x) 1) (x: x) ({ __functor = self: x: x; }) ]" },
  { expr: "[ 1.0 1e100 1e-7 (-0.0) 123456789.123 ]" },
  { expr: `[ "\\t\\r\\\\\\"\${"$"}{" "é" "\u0001" ]` },
  { expr: "[ [ ] { } [ [ ] ] { a = { }; } ]" },
  { expr: "let x = { y = x; }; in x" },
  { expr: "let l = [ 1 ]; in { a = l; b = l; }" },
  { expr: "let e = { }; l = [ ]; in [ e e l l ]" },
  { expr: "let a = { x = 1; }; b = [ a ]; in [ b b a ]" },
  { expr: `{ good = 1; bad = throw "no"; worse = [ (1 + "x") ]; }` },
  { expr: `{ a = abort "q"; b = assert false; 1; c = { }.d; d = let x = x; in x; e = import ./nothing.nix; }` },
  { expr: `{ a = throw "two\\nlines"; b = throw ""; c = throw "\\t"; }` },
  { expr: `{ a = ({ x }: x) { }; b = ({ x }: x) { x = 1; y = 2; }; c = builtins.fromJSON "{"; }` },
  { expr: "let f = n: f (n + 1); in { a = f 1; b = 1; }" },
  { expr: "let l = n: [ (l (n + 1)) ]; in l 1", flags: ["--max-call-depth", "50"] },
  ...["0", "1"].map((depth) => ({
    expr: `{ type = "derivation"; drvPath = (n: n) "/nix/store/9m3vsva6r393zgjc1g7ncynv7cvdx6sj-d.drv"; }`,
    flags: ["--max-call-depth", depth],
  })),
  { expr: `throw "no"` },
  { expr: "{ a = ; }" },
  { expr: "undefined" },
  { expr: "{ a = undefined; }" },
  { expr: `{ d = ${derivation}; }` },
  { expr: derivation },
  { expr: `let d = ${derivation}; in [ d d ]` },
  { expr: `[ { type = "derivation"; } { type = "derivation"; drvPath = "/x"; } { type = 1; } ]` },
  { expr: `[ { type = "derivation"; drvPath = 1; } { type = "derivation"; drvPath = throw "p"; } ]` },
  { expr: `{ type = "derivation"; drvPath = { outPath = "/y"; }; }` },
  { expr: `derivation { name = "a"; }` },
  { expr: "rec { x = y; y = x; }" },
  { expr: `"é\${"$"}{x} \\t"` },
  { expr: "let f = n: if n == 0 then 0 else 1 + f (n - 1); in f 1000" },
  { expr: `builtins.trace "t" (builtins.warn "w" 1)` },

  // Attributes, arguments and files
  { expr: "{ a.b.c = 7; }", attr: "a.b" },
  { expr: "{ a.b.c = 7; }", attr: "a.b.c" },
  { expr: "{ a.b.c = 7; }", attr: "a.b.d" },
  { expr: "{ abc = 1; }", attr: "abd" },
  { expr: "[ 5 6 ]", attr: "1" },
  { expr: "{ a = [ 1 2 ]; }", attr: "a.2" },
  { expr: "{ a = [ 1 2 ]; }", attr: "a.x" },
  { expr: "{ a = 1; }", attr: "a.b" },
  { expr: `{ a."x.y" = 7; }`, attr: `a."x.y"` },
  { expr: `{ "a.b" = 1; }`, attr: `"a.b` },
  { expr: "{ a = 1; }", attr: "" },
  { expr: "{ a = 1; }", attr: "." },
  { expr: "{ a = 1; }", attr: "a." },
  { expr: "{ a.b = 1; }", attr: "a..b" },
  { expr: "{ f = { x ? 1 }: { y = x; }; }", attr: "f.y" },
  { expr: "{ f = { x }: { y = x; }; }", attr: "f.y" },
  { expr: "{ f = { x }: { y = x; }; }", attr: "f.y", flags: ["--arg", "x", "5"] },
  { expr: "{ x }: { y = x; }", flags: ["--arg", "x", "5"] },
  { expr: "{ x }: { y = x; }", attr: "y", flags: ["--argstr", "x", "5"] },
  { expr: `throw "x"`, attr: "a" },
  { file: "function.nix" },
  { file: "function.nix", attr: "sum", flags: ["--arg", "a", "3"] },
  { file: "function.nix", attr: "a", flags: ["--arg-from-file", "a", "note.txt"] },
  { file: "function.nix", attr: "a", flags: ["--arg-from-stdin", "a"], stdin: "input" },
  { file: "folder" },
  { file: "folder", attr: "deep" },
  { file: "nothing.nix" },
  { file: "note.txt" },
  { file: "-", stdin: "{ a = 1; }" },
  { file: "-", attr: "a", stdin: "{ a = 1; }" },

  // Other formats
  json(`{ a = [ 1 { b = "x"; } ]; f = 1.0; p = ./cases.ts; }`),
  json(`{ outPath = "/x"; other = 1; }`),
  json(`{ __toString = self: "q"; a = x: x; }`),
  json("x: x"),
  json(`{ a = throw "no"; }`),
  json("{ f = x: x; }"),
  json("[ 1.0 1e30 (-0.0) 0.1 123456789.123 ]"),
  json(`{ b = 1; a = 2; "9" = 1; "10" = 2; }`),
  json(`"é \u001f \\\\ \\" /"`),
  { expr: "{ a = [ 1 { b = [ ]; c = { }; } ]; d = ''[\",:]''; }", flags: ["--json", "--pretty"] },
  { expr: "{ a = 1; }", flags: ["--json", "--pretty", "--no-pretty"] },
  { expr: "{ a = 1; }", flags: ["--json", "--no-pretty", "--pretty"] },
  { expr: "{ a = 1; }", flags: ["--pretty"] },
  raw(`"a\\nb"`),
  raw(derivation),
  raw("1"),
  raw("[ ]"),
  raw("null"),
  raw(`{ outPath = "q"; }`),
  raw(`{ __toString = self: "q"; }`),
  raw(`throw "x"`),

  // Applying functions
  applied("x: x + 1", "20"),
  { ...applied("x: { y = x; }", "{ a = 20; }", "--json"), attr: "a" },
  applied("1", "20"),
  applied("s: s.y", "{ x = 1; }"),
  applied("x: y", "1"),
  applied("x: throw x", `"q"`),
  applied("", "1"),
  applied("x:", "1"),
  applied("{ a }: a", "{ b = 1; }"),
  applied("toString", "1", "--raw"),
  applied("x: x", "1", "--apply", "x: 2"),
  applied("import ./function.nix", "{ a = 1; }", "--json"),

  // Writing files
  written(`"text"`),
  written(`{ a = "x"; b.c = "y\\n"; d = { }; }`),
  written("{ }"),
  written(`"text"`, "note.txt"),
  written(`"text"`, "folder"),
  written(`"text"`, "folder/new"),
  written(`{ a = "1"; }`, "@dir@/new"),
  written(`"text"`, "nowhere/new"),
  written(`"text"`, "note.txt/new"),
  written(`"text"`, ""),
  written("1"),
  written("null"),
  written("./note.txt"),
  written(`[ "x" ]`),
  written(`throw "x"`),
  written(`"text"`, "out", "--json"),
  written(`"text"`, "out", "--raw"),
  written(`"text"`, "out", "--apply", "x: { a = x; }"),
  written(`"text"`, "out", "--write-to", "other"),
];
