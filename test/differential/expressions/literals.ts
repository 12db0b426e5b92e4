// What an expression consists of in the end: literals, and variables where there are some.
import fc from "fast-check";
import type { Kind } from "./scope.ts";
import { type Code, constant, level, type Sketch } from "./sketch.ts";

const texts = fc.constantFrom(
  ...["a", "", "b", "x-1.2", "a b", "1", "-3", "é", "A", "/a/b/c/d", "a/b/", "foo.nix", "1.5", "true", "ab12", "out"],
  ...["line\\nnext", "\\t", `\\\${x}`, "$x", `$\${x}`, "\\\\", '\\"', "<&>", "sha256", "a=b", "a, b", "."],
);

const integers = fc.oneof(
  { arbitrary: fc.nat(3), weight: 6 },
  { arbitrary: fc.integer({ min: -20, max: 100 }), weight: 3 },
  {
    arbitrary: fc.constantFrom(
      "9223372036854775807",
      "(-9223372036854775807 - 1)",
      "4611686018427387904",
      "9007199254740993",
      "2147483648",
      "007",
      "-9223372036854775807",
    ),
    weight: 1,
  },
);

const floats = fc.oneof(
  fc.constantFrom("1.5", "0.0", "2.", ".5", "1e3", "3.0", "-0.0", "1.0e-3", "1e100", "123456.7", "1234567.8", "0.1"),
  fc.constantFrom(
    "(1.0e308 * 10)",
    "(1.0e308 * 10 - 1.0e308 * 10)",
    "1.0e308",
    "9223372036854775807.0",
    "1.0e-320",
    "100000.0",
    "1000000.0",
    "2.5",
    "-2.5",
    "1e15",
    "1.7e18",
  ),
);

/** The files that programs read (files/). */
const paths = fc.constantFrom(
  ...["./tree/text", "./tree", "./int.nix", "./missing", "./tree/sub", "./tree/link", "./tree/dangling", "/a/b/c/d.e"],
  ...["./tree/empty", "./tree/program", "./tree/bytes", "./tree/../int.nix", "./.", "./package", "tree/sub/inner"],
  ...["./tree/nul", "./tree/text/below", "~/x", "<files/int.nix>", "<files>", "<missing>"],
);

function number(text: string): Sketch {
  // `1.n` would begin with a float.
  return constant(text, text.startsWith("-") ? level.negate : level.select);
}

/** A string literal; the text has its escapes already. */
export function quoted(text: string): Sketch {
  const code: Code = { text: `"${text}"`, level: level.atom };
  return () => code;
}

export const literals: Readonly<Record<Kind, fc.Arbitrary<Sketch>>> = {
  int: integers.map((value) => number(String(value))),
  float: floats.map(number),
  bool: fc.constantFrom("true", "false").map((text) => constant(text)),
  string: fc.oneof(
    { arbitrary: texts.map(quoted), weight: 12 },
    {
      arbitrary: fc
        .constantFrom("builtins.currentSystem", '(builtins.toFile "f" "t")')
        .map((text) => constant(text, level.select)),
      weight: 1,
    },
  ),
  // `./a.n` would be one path.
  path: paths.map((text) => constant(text, level.select)),
  null: fc.constant(constant("null")),
  list: fc
    .constantFrom("[ ]", "[ 1 ]", '[ 1 "a" null ]', "[ [ ] { } ]", "[ (x: x) 1.5 ]")
    .map((text) => constant(text)),
  ints: fc
    .constantFrom(
      "[ 3 1 2 ]",
      "[ 1 ]",
      "[ ]",
      "[ 1 1 2.0 ]",
      "[ 5 4 3 2 1 0 ]",
      "(builtins.genList (n: (n * 31 + 7) / (n + 1)) 25)",
    )
    .map((text) => constant(text)),
  strings: fc.constantFrom('[ "b" "a" ]', '[ "a" ]', "[ ]", '[ "s" "name" "s" ]').map((text) => constant(text)),
  sets: fc
    .constantFrom("[ { } ]", '[ { a = 1; } { a = 2; s = "x"; } ]', "[ ]", '[ { name = "a"; value = 1; } ]')
    .map((text) => constant(text)),
  set: fc
    .constantFrom("{ }", "{ a = 1; }", '{ s = "x"; r = { n = 2; }; }', "rec { a = 1; b = a; }")
    .map((text) => constant(text)),
  derivation: fc
    .constantFrom(
      '(derivation { name = "d"; builder = "b"; system = "s"; })',
      '(derivation { name = "e"; builder = "/b"; system = "s"; outputs = [ "out" "dev" ]; })',
    )
    .map((text) => constant(text)),
  function: fc
    .constantFrom(
      "(x: x)",
      "(x: y: x)",
      "map",
      "builtins.length",
      "({ a, b ? 1, ... }: a)",
      "(builtins.add 1)",
      "toString",
    )
    .map((text) => constant(text)),
  any: fc
    .constantFrom("1", '"a"', "null", "true", "[ ]", "{ }", "1.5", "./tree", "(x: x)")
    .map((text) => constant(text)),
};
