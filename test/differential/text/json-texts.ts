// Random JSON texts, valid and broken, and programs that read them.
import fc from "fast-check";
import type { Program } from "../reference.ts";
import { byte, piece, stringLiteral, withMistakes } from "./byte-strings.ts";

const space = fc.oneof(
  { arbitrary: fc.constant(""), weight: 8 },
  fc.constantFrom(" ", "\n", "\t", "\r", " \n ", "\r\n"),
);

const integer = fc.constantFrom(
  ...["0", "1", "-1", "-0", "42", "9223372036854775807", "9223372036854775808", "-9223372036854775808"],
  ...[
    "-9223372036854775809",
    "18446744073709551615",
    "18446744073709551616",
    "9007199254740993",
    "100000000000000000000",
  ],
);
const float = fc.constantFrom(
  ...["0.0", "-0.0", "1.5", "1e5", "1E+05", "1e-5", "-2.5e3", "1e400", "-1e400", "1e-400", "4.9e-324", "2e-324"],
  ...["1.7976931348623157e308", "1.7976931348623159e308", "123456789012345678.0", "0.1", "0.30000000000000004", "1e0"],
  ...["1e15", "1e16", "1e21", "100000.0", "1000000.0", "1234567.0", "0.0001", "0.00001"],
);
const anyDouble = fc.double({ noNaN: true, noDefaultInfinity: true }).map(String);
const wrongNumber = fc.constantFrom(
  "01",
  "-",
  "+1",
  ".5",
  "1.",
  "1.e5",
  "1e",
  "1e+",
  "--1",
  "0x10",
  "1_000",
  "NaN",
  "Infinity",
  "-a",
  "1.5.5",
);

const escaped = fc.oneof(
  { arbitrary: fc.constantFrom(...'"\\/bfnrt').map((letter) => `\\${letter}`), weight: 6 },
  {
    arbitrary: fc.constantFrom(
      "\\u0041",
      "\\u00e9",
      "\\u20AC",
      "\\ud83d\\ude00",
      "\\uFFFF",
      "\\u0001",
      "\\u007f",
      "\\ud800\\udc00",
      "\\udbff\\udfff",
      "\\ufeff",
    ),
    weight: 4,
  },
  {
    arbitrary: fc.constantFrom(
      "\\u0000",
      "\\ud800",
      "\\udc00",
      "\\ud800x",
      "\\ud800\\n",
      "\\ud800\\u0041",
      "\\u12",
      "\\uXYZW",
      "\\x",
      "\\'",
      "\\\n",
      "\\",
      "\\U0041",
    ),
    weight: 1,
  },
);
const string = fc
  .array(
    fc.oneof(
      { arbitrary: fc.constantFrom("a", "b", "é", "/"), weight: 4 },
      { arbitrary: escaped, weight: 2 },
      { arbitrary: piece.filter((part) => !/["\\\n\r\t]/.test(part)), weight: 1 },
    ),
    { maxLength: 5 },
  )
  .map((parts) => `"${parts.join("").replaceAll("é", "\xc3\xa9")}"`);
const key = fc.oneof(
  fc
    .constantFrom('"a"', '"b"', '"a"', '""', '"__proto__"', '"é"', '"1"', '"a b"')
    .map((text) => text.replaceAll("é", "\xc3\xa9")),
  string,
);

const { json } = fc.letrec<{ json: string; array: string; object: string }>((tie) => ({
  json: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom("null", "true", "false"),
    integer,
    fc.oneof(float, anyDouble),
    { arbitrary: string, weight: 2 },
    { arbitrary: tie("array"), weight: 2 },
    { arbitrary: tie("object"), weight: 2 },
  ),
  array: fc
    .array(fc.tuple(space, tie("json"), space), { maxLength: 4 })
    .map((items) => `[${items.map((item) => item.join("")).join(",")}]`),
  object: fc
    .array(fc.tuple(space, key, space, tie("json"), space), { maxLength: 4 })
    .map((members) => `{${members.map(([a, name, b, value, c]) => `${a}${name}${b}:${value}${c}`).join(",")}}`),
}));

const inserted = fc.oneof(
  { arbitrary: fc.constantFrom(..."{}[],:\"\\-+.eE0tfnu' \n/*", "\x00\x01".slice(1), "\x7f"), weight: 6 },
  { arbitrary: wrongNumber, weight: 2 },
  {
    arbitrary: fc.constantFrom("\xef\xbb\xbf", "\xef\xbb", "nul", "tru", "undefined", "//", "[[", "]]", ",,", "{}"),
    weight: 1,
  },
  { arbitrary: byte, weight: 1 },
);

const jsonText: fc.Arbitrary<string> = fc.oneof(
  fc.tuple(space, json, space).map((parts) => parts.join("")),
  { arbitrary: withMistakes(json, inserted), weight: 2 },
);

const trace = fc.constantFrom<readonly string[]>([], ["--show-trace"]);

/** A text is read, and the value printed in one way or another. */
export const jsonProgram: fc.Arbitrary<Program> = fc
  .tuple(jsonText, fc.constantFrom([], ["--json"], ["--xml"]), trace)
  .map(([text, printing, trace]) => ({
    text: `builtins.fromJSON ${stringLiteral(text)}`,
    flags: ["--eval", "--strict", ...printing, ...trace],
  }));

/** Texts that are read and written again. */
export const jsonRoundTrip: fc.Arbitrary<Program> = fc
  .array(
    fc.oneof(
      json,
      anyDouble.map((number) => `[${number}]`),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((texts) => ({
    text: `map (s: builtins.toJSON (builtins.fromJSON s)) [ ${texts.map(stringLiteral).join(" ")} ]`,
    flags: ["--eval", "--strict"],
  }));
