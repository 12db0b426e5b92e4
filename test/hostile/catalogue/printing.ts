// Values through every printer that the command line has.
import { type HostileCase, plain } from "./hostile-case.ts";
import { oddValues } from "./odd-values.ts";

const more = [
  "[ [ ] { } ]",
  "[ (x: x) builtins.add (builtins.add 1) ]",
  '{ a = throw "t"; b = 1; }',
  "let l = [ 1 ]; s = { inherit l; }; in [ l l s s { inherit l; } ]",
  '"a\\n\\t\\r\\\\\\"\\${b}$c"',
  '"<&>\\"\'"',
  '{ "a b" = 1; "" = 2; "if" = 3; "a\\n" = 4; }',
  "[ 1.5 1.0 1.0e100 (-0.0) ]",
  '{ type = "derivation"; drvPath = "/d"; a = 1; }',
  '{ type = "derivation"; }',
  "x: { a, b ? 1, ... }@c: 1",
  "{ a, b ? 1, ... }@c: 1",
  "{ __functor = self: x: x; a = 1; }",
  'derivation { name = "d"; system = "s"; builder = "b"; }',
  "let x = { a = x; }; in x",
  "rec { a = b; b = 1; c = [ a ]; }",
  '{ a = 1; __toString = self: "s"; }',
  "[ ./tree ./nowhere ]",
  '{ a.b.c.d = [ { } [ { e = "f"; } ] ]; }',
  "import ./one.nix",
  'builtins.tryEval (throw "t")',
];

const outputs: readonly (readonly string[])[] = [
  ["--eval"],
  ["--eval", "--json"],
  ["--eval", "--json", "--strict"],
  ["--eval", "--xml"],
  ["--eval", "--xml", "--strict"],
  ["--eval", "--xml", "--no-location", "--strict"],
  ["--eval", "--raw"],
  ["--parse"],
  ["--eval", "-A", "a"],
  ["--eval", "-A", "0"],
  ["--eval", "-A", ""],
  ["--eval", "-A", "a.b.c"],
  ["--eval", "-A", '"a b"'],
  ["--eval", "-A", "a..b"],
  ["--eval", "--arg", "a", "1"],
  [],
];

export function* printingCases(): Iterable<HostileCase> {
  for (const value of [...oddValues, ...more]) {
    for (const flags of outputs) yield plain(value, flags);
  }
}
