// Random values as Nix source, with everything that can be in one, and programs that print them as XML and JSON.
import fc from "fast-check";
import { bytesFromText } from "../../../src/source/bytes.ts";
import type { Program } from "../reference.ts";
import { byteString, stringLiteral } from "./byte-strings.ts";

const dollarBrace = "$" + "{";

const integer = fc.oneof(
  fc.integer({ min: -3, max: 100 }).map((number) => `(${number})`),
  fc.constantFrom("9223372036854775807", "(-9223372036854775807 - 1)", "9007199254740993"),
);
const float = fc.oneof(
  fc.constantFrom(
    "0.0",
    "(-0.0)",
    "1.5",
    "1e100",
    "1.0",
    "100000.0",
    "1000000.0",
    "1234565.0",
    "0.0001",
    "0.00001",
    "(1.0e308 * 10)",
    "(-1.0e308 * 10)",
  ),
  fc.constantFrom("123456789.0", "0.1", "(0.1 + 0.2)", "1.0e15", "1.0e14", "0.0009765625", "2.5", "9007199254740993.0"),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }).map((number) =>
    number
      .toExponential()
      .replace(/^(\d)e/, "$1.0e")
      .replace("e+", "e"),
  ),
);
const string = fc
  .oneof(
    fc.constantFrom("a", "", "<&>\"'", "é", "\n", "\t", "a b", "\x01", "\x7f", `${dollarBrace}x}`).map(bytesFromText),
    byteString,
  )
  .map(stringLiteral);
const name = fc.oneof(
  { arbitrary: fc.constantFrom("a", "b", "c"), weight: 6 },
  {
    arbitrary: fc.constantFrom("type", "outPath", "drvPath", "name", "__toString", "__functor", "_type", "meta"),
    weight: 2,
  },
  {
    arbitrary: fc
      .constantFrom('"a b"', '"<"', '""', '"é"', '"__proto__"', '"1"', '"\\n"', '"&quot;"')
      .map(bytesFromText),
    weight: 2,
  },
);

const atoms = [
  { arbitrary: integer, weight: 3 },
  { arbitrary: float, weight: 3 },
  { arbitrary: string, weight: 5 },
  { arbitrary: fc.constantFrom("true", "false", "null"), weight: 2 },
  { arbitrary: fc.constantFrom("/a/b", "/nonexistent-file"), weight: 1 },
  {
    arbitrary: fc.constantFrom(
      ...[
        "(x: x)",
        "({ a, b ? 1 }: a)",
        "({ a, ... }: a)",
        "(args@{ a }: a)",
        "({ }: 1)",
        "({ ... }@all: 1)",
        "(x: { y }: x)",
      ],
      ...["builtins.map", "(builtins.add 1)", '({ b, a, "c d" ? 2 }: a)', "toString", "({ type }: 1)"],
    ),
    weight: 3,
  },
  {
    arbitrary: fc.constantFrom(
      ...[
        '(derivation { name = "d"; builder = "b"; system = "s"; })',
        '(derivation { name = "d"; builder = "b"; system = "s"; outputs = [ "out" "dev" ]; }).dev',
      ],
      ...[
        '{ type = "derivation"; }',
        '{ type = "derivation"; drvPath = "/d"; outPath = "/o"; }',
        '{ type = "derivation"; drvPath = 1; }',
        '{ type = "other"; }',
      ],
      ...[
        '{ type = "derivation"; outPath = "/o"; name = "x"; x = 1; }',
        "{ outPath = 1; }",
        '{ outPath = "/o"; x = throw "not needed"; }',
        '{ outPath = { outPath = "deep"; }; }',
      ],
      ...[
        '{ __toString = self: "text"; x = 1; }',
        '{ __toString = self: self.x; x = "<"; }',
        "{ __toString = 1; }",
        "{ __functor = self: x: x; }",
        "{ type = 1; }",
      ],
      ...[
        '(builtins.toFile "f" "text")',
        `"${dollarBrace}builtins.toFile "f" "text"}/sub"`,
        '(builtins.appendContext "x" { })',
        '(throw "thrown")',
        "(1 / 0)",
        '(abort "aborted")',
      ],
    ),
    weight: 2,
  },
];

const { value } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    ...atoms,
    { arbitrary: fc.array(tie("value"), { maxLength: 4 }).map((items) => `[ ${items.join(" ")} ]`), weight: 4 },
    {
      arbitrary: fc
        .uniqueArray(fc.tuple(name, tie("value")), { selector: ([own]) => own, maxLength: 4 })
        .map((members) => `{ ${members.map(([own, member]) => `${own} = ${member};`).join(" ")} }`),
      weight: 5,
    },
    { arbitrary: tie("value").map((shared) => `(let x = ${shared}; in [ x x ])`), weight: 1 },
    { arbitrary: tie("value").map((inner) => `(rec {\n  a = ${inner};\n  b = a;\n})`), weight: 1 },
  ),
}));

const trace = fc.constantFrom<readonly string[]>([], [], ["--show-trace"]);

/** Values printed as XML by the command line or by the builtin. */
export const xmlProgram: fc.Arbitrary<Program> = fc
  .tuple(
    value,
    fc.constantFrom<readonly string[]>(
      ["--xml"],
      ["--xml", "--strict"],
      ["--xml", "--strict", "--no-location"],
      ["--xml", "--no-location"],
      [],
    ),
    trace,
  )
  .map(([text, printing, trace]) => ({
    text: printing.length === 0 ? `builtins.toXML ${text}` : text,
    flags: ["--eval", ...printing, ...trace],
  }));

/** The same as JSON. */
export const jsonValueProgram: fc.Arbitrary<Program> = fc
  .tuple(value, fc.constantFrom<readonly string[]>(["--json"], ["--json", "--strict"], []), trace)
  .map(([text, printing, trace]) => ({
    text: printing.length === 0 ? `builtins.toJSON ${text}` : text,
    flags: ["--eval", ...printing, ...trace],
  }));

/** And in Nix syntax or as plain text. */
export const printedProgram: fc.Arbitrary<Program> = fc
  .tuple(value, fc.constantFrom<readonly string[]>([], ["--strict"], ["--raw"]), trace)
  .map(([text, printing, trace]) => ({ text, flags: ["--eval", ...printing, ...trace] }));

/** Values that are longer than messages show. */
const large = fc.oneof(
  fc
    .tuple(fc.integer({ min: 1000, max: 1100 }), fc.constantFrom("a", "\\n", "\\\\", "\xc3\xa9", "\xff", '\\"'))
    .map(([length, unit]) => `"${unit.repeat(length)}"`),
  fc.tuple(fc.integer({ min: 8, max: 12 }), value).map(([length, item]) => `[ ${`${item} `.repeat(length)}]`),
  fc
    .tuple(fc.integer({ min: 8, max: 12 }), value)
    .map(([size, member]) => `{ ${Array.from({ length: size }, (_, index) => `a${index} = ${member};`).join(" ")} }`),
  fc
    .tuple(fc.integer({ min: 9, max: 12 }), value)
    .map(([depth, inner]) => `${"[ ".repeat(depth)}${inner}${" ]".repeat(depth)}`),
  fc
    .tuple(fc.integer({ min: 9, max: 12 }), value)
    .map(([depth, inner]) => `${"{ x = ".repeat(depth)}${inner}${"; }".repeat(depth)}`),
);

/** Most of these fail with a message that has the value in it; `#` is the value. */
const uses = fc.constantFrom(
  ...[
    "#",
    "# 1",
    "(#).a",
    "(#).a.b or 1",
    "if # then 1 else 2",
    "assert #; 1",
    "1 + #",
    "# + 1",
    '"" + #',
    `"${dollarBrace}#}"`,
    '# + "a"',
  ],
  ...["[ ] ++ #", "# // { }", "# < 1", "# < #", "# == #", "!#", "-(#)", "# && true", "with #; a", "inherit-from"],
  ...[
    "builtins.head #",
    "builtins.length #",
    "builtins.stringLength #",
    "builtins.attrNames #",
    "builtins.add 1 #",
    "map # [ 1 ]",
    "builtins.elemAt # 1",
  ],
  ...[
    "throw #",
    "abort #",
    "toString #",
    "builtins.trace # 1",
    "builtins.deepSeq # 1",
    'builtins.hasAttr "a" #',
    'builtins.concatStringsSep "," #',
    "builtins.sort # [ 1 2 ]",
  ],
  ...[
    "builtins.functionArgs #",
    "builtins.substring 0 1 #",
    'builtins.match # "a"',
    "builtins.genList # 2",
    "builtins.warn # 1",
    'builtins.addErrorContext # (throw "x")',
    "import #",
  ],
);

/** Values where they are of no use. */
export const misusedProgram: fc.Arbitrary<Program> = fc
  .tuple(
    uses,
    fc.oneof({ arbitrary: value, weight: 2 }, large),
    fc.constantFrom<readonly string[]>([], ["--strict"]),
    trace,
  )
  .map(([use, text, strict, trace]) => ({
    text: use === "inherit-from" ? `{ inherit (${text}) a; }` : use.replaceAll("#", () => `(${text})`),
    flags: ["--eval", ...strict, ...trace],
  }));
