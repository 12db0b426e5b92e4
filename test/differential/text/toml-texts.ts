// Random TOML texts, valid and broken, and programs that read them.
import fc from "fast-check";
import { bytesFromText } from "../../../src/source/bytes.ts";
import type { Program } from "../reference.ts";
import { byte, piece, stringLiteral, withMistakes } from "./byte-strings.ts";

const blank = fc.oneof({ arbitrary: fc.constantFrom("", " "), weight: 8 }, fc.constantFrom("  ", "\t"));
const newline = fc.oneof({ arbitrary: fc.constant("\n"), weight: 8 }, fc.constantFrom("\r\n", "\n\n", "\n  "));
const comment = fc
  .constantFrom("# note", "#", "# é # [a]", "# tab\there", "#\x7f", "# \x01", "# \xff")
  .map(bytesFromText);

const integer = fc.constantFrom(
  ...["0", "1", "-1", "+1", "-0", "+0", "42", "1_000", "1_2_3", "9223372036854775807", "-9223372036854775808"],
  ...["9223372036854775808", "-9223372036854775809", "0xdead_BEEF", "0x0", "0o755", "0b1101", "0xffffffffffffffff"],
  ...[
    "0x7fffffffffffffff",
    "0x8000000000000000",
    "0o777777777777777777777",
    "0o1777777777777777777777",
    "99999999999999999999",
  ],
  ...[`0b${"1".repeat(63)}`, `0b${"1".repeat(64)}`],
);
const wrongInteger = fc.constantFrom(
  ...[
    "01",
    "-01",
    "+",
    "-",
    "1__0",
    "_1",
    "1_",
    "0x",
    "0xG",
    "0X1",
    "0o8",
    "0b2",
    "+0x1",
    "-0b1",
    "0x_1",
    "0x1_",
    "00",
    "1 2",
    "+-1",
  ],
);
const float = fc.constantFrom(
  ...[
    "0.0",
    "-0.0",
    "+1.5",
    "3.1415",
    "1e10",
    "1E-3",
    "-2.5e+4",
    "1_0.0_1",
    "inf",
    "-inf",
    "+inf",
    "nan",
    "+nan",
    "-nan",
    "6.626e-34",
  ],
  ...[
    "1e308",
    "1e309",
    "-1e400",
    "4.9e-324",
    "1e-400",
    "9007199254740993.0",
    "0e0",
    "1e06",
    "224_617.445_991_228",
    "0.1",
  ],
);
const wrongFloat = fc.constantFrom(
  ...[
    "1.",
    ".5",
    "1.e5",
    "1e",
    "1e+",
    "1.5_",
    "1._5",
    "1e_5",
    "Inf",
    "NaN",
    "infinity",
    "1.5.5",
    "01.5",
    "-.5",
    "1e5.5",
    "+ inf",
    "1_.5",
    "i",
    "n",
    "in",
  ],
);
const date = fc.constantFrom(
  ...[
    "1979-05-27T07:32:00Z",
    "1979-05-27T00:32:00-07:00",
    "1979-05-27 07:32:00.999999+01:30",
    "1979-05-27T07:32:00",
    "1979-05-27t07:32:00z",
  ],
  ...[
    "1979-05-27 07:32:00.5",
    "1979-05-27",
    "07:32:00",
    "00:32:00.999999",
    "07:32:00.1234567890123",
    "2000-02-29",
    "1979-05-27T07:32:00.000Z",
  ],
  ...[
    "1979-05-27T07:32:00.120",
    "0000-01-01",
    "9999-12-31T23:59:59Z",
    "1979-05-27T23:59:60Z",
    "1979-05-27T07:32:00+23:59",
  ],
);
const wrongDate = fc.constantFrom(
  ...[
    "1979-13-01",
    "1979-00-01",
    "1979-02-30",
    "1999-02-29",
    "1979-05-27T25:00:00",
    "1979-05-27T07:60:00",
    "1979-05-27T07:32",
    "07:32",
  ],
  ...[
    "1979-5-27",
    "1979-05-27T07:32:61",
    "1979-05-27T07:32:00+24:00",
    "1979-05-27T07:32:00+01",
    "1979-05-27T",
    "1979-05-27 ",
    "1979-05",
    "24:00:00",
  ],
  ...[
    "1979-05-27T07:32:00-7:00",
    "1979-05-27T7:32:00",
    "1979-05-27T07:32:00.",
    "12:34:56.",
    "1979-05-27x",
    "1979-05-271",
    "1979-05-27T07:32:00+01:60",
  ],
);

const letters = fc.constantFrom("a", "b", " ", "é", "#", "1").map(bytesFromText);
const escaped = fc.oneof(
  { arbitrary: fc.constantFrom(...'btnfr"\\').map((letter) => `\\${letter}`), weight: 6 },
  { arbitrary: fc.constantFrom("\\u00e9", "\\u20AC", "\\U0001f600", "\\u0001", "\\uffff", "\\U0010ffff"), weight: 3 },
  {
    arbitrary: fc.constantFrom(
      "\\u0000",
      "\\ud800",
      "\\udfff",
      "\\U00110000",
      "\\Uffffffff",
      "\\u12",
      "\\U1234567",
      "\\x41",
      "\\e",
      "\\/",
      "\\ ",
      "\\'",
      "\\",
      "\\uXYZW",
    ),
    weight: 1,
  },
);
const oddPiece = piece.filter((part) => !/["'\\\n\r]/.test(part));
const joined = (parts: readonly string[]): string => parts.join("");
const basic = fc
  .array(
    fc.oneof(
      { arbitrary: letters, weight: 6 },
      { arbitrary: fc.constant("'"), weight: 1 },
      { arbitrary: escaped, weight: 2 },
      { arbitrary: oddPiece, weight: 1 },
    ),
    { maxLength: 5 },
  )
  .map((parts) => `"${joined(parts)}"`);
const literal = fc
  .array(
    fc.oneof(
      { arbitrary: letters, weight: 6 },
      { arbitrary: fc.constantFrom("\\", '"', "\\n"), weight: 2 },
      { arbitrary: oddPiece, weight: 1 },
    ),
    { maxLength: 5 },
  )
  .map((parts) => `'${joined(parts)}'`);
const basicLines = fc
  .array(
    fc.oneof(
      { arbitrary: letters, weight: 5 },
      { arbitrary: escaped, weight: 2 },
      {
        arbitrary: fc.constantFrom("\n", "\r\n", "\\\n", "\\  \n \n  ", '"', '""', "'''", "\\\r\n  ", "\t"),
        weight: 4,
      },
    ),
    { maxLength: 6 },
  )
  .map((parts) => `"""${joined(parts)}"""`);
const literalLines = fc
  .array(
    fc.oneof(
      { arbitrary: letters, weight: 5 },
      { arbitrary: fc.constantFrom("\n", "\r\n", "\\", "'", "''", '"""', "\\\n", "\t"), weight: 4 },
    ),
    { maxLength: 6 },
  )
  .map((parts) => `'''${joined(parts)}'''`);
const string = fc.oneof({ arbitrary: basic, weight: 3 }, { arbitrary: literal, weight: 2 }, basicLines, literalLines);

const bareKey = fc.oneof(
  { arbitrary: fc.constantFrom("a", "b", "c"), weight: 8 },
  fc.constantFrom("1", "a-b", "_", "__proto__", "1e3", "true", "-1", "1979-05-27"),
);
const simpleKey = fc.oneof(
  { arbitrary: bareKey, weight: 8 },
  fc.constantFrom('"a"', "'b'", '""', '"a b"', '"é"', '"\\u0061"', "'a.b'", '"\\n"').map(bytesFromText),
);
const wrongKey = fc
  .constantFrom("é", "a b", "", ".a", "a.", "a..b", '"""a"""', "a!", "[", "=", "'a", '"a', "a\tb", "+a")
  .map(bytesFromText);
const key = fc.oneof(
  {
    arbitrary: fc
      .array(fc.tuple(blank, simpleKey, blank), { minLength: 1, maxLength: 3 })
      .map((parts) => parts.map(joined).join(".").trim()),
    weight: 30,
  },
  wrongKey,
);

const { value } = fc.letrec<{ value: string; array: string; inline: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    { arbitrary: fc.constantFrom("1", "2", '"x"'), weight: 8 },
    { arbitrary: fc.constantFrom("true", "false", "True", "tru", "truee", "FALSE"), weight: 1 },
    { arbitrary: integer, weight: 3 },
    { arbitrary: float, weight: 3 },
    { arbitrary: date, weight: 3 },
    { arbitrary: string, weight: 5 },
    { arbitrary: fc.oneof(wrongInteger, wrongFloat, wrongDate), weight: 1 },
    { arbitrary: tie("array"), weight: 4 },
    { arbitrary: tie("inline"), weight: 3 },
  ),
  array: fc
    .tuple(
      fc.array(
        fc.tuple(
          fc.constantFrom("", "", " ", "\n", "\n  ", " # x\n", "\r\n"),
          tie("value"),
          fc.constantFrom("", "", "", " ", "\n", " # y\n"),
        ),
        { maxLength: 3 },
      ),
      fc.constantFrom("]", "]", "]", "]", ",]", ", ]", ",\n]", " # z\n]", "", ",,]", "\n"),
    )
    .map(([items, end]) => `[${items.map(joined).join(",")}${end}`),
  inline: fc
    .tuple(
      fc.array(fc.tuple(blank, key, blank, fc.constant("="), blank, tie("value"), blank), { maxLength: 3 }),
      fc.constantFrom("}", "}", "}", "}", "}", ",}", "", "\n}", " # x\n}", ",,}"),
    )
    .map(([members, end]) => `{${members.map(joined).join(",")}${end}`),
}));

const ending = fc.oneof(
  { arbitrary: fc.constant(""), weight: 8 },
  fc.tuple(blank, comment).map(joined),
  fc.constantFrom(" x", " =", ",", " "),
);
const pair = fc
  .tuple(blank, key, blank, fc.constantFrom("=", "=", "=", "=", "=", "=", "=", "", ":", "=="), blank, value, ending)
  .map(joined);
const header = fc
  .tuple(
    blank,
    fc.constantFrom("[", "[", "[", "[[", "[["),
    blank,
    key,
    blank,
    fc.constantFrom("", "", "", "", "", "", "x", "]"),
    ending,
  )
  .map(
    ([before, bracket, left, name, right, stray, end]) =>
      `${before}${bracket}${left}${name}${right}${bracket.replaceAll("[", "]")}${stray}${end}`,
  );
const line = fc.oneof(
  { arbitrary: pair, weight: 6 },
  { arbitrary: header, weight: 3 },
  { arbitrary: comment, weight: 1 },
  { arbitrary: fc.constantFrom("", " ", "\t"), weight: 1 },
);

const document = fc
  .tuple(
    fc.constantFrom("", "", "", "", "", "\n", "\xef\xbb\xbf", "\xef\xbb"),
    fc.array(fc.tuple(line, newline).map(joined), { maxLength: 7 }),
    fc.option(line, { nil: "" }),
  )
  .map(([start, lines, last]) => start + joined(lines) + last);

const inserted = fc.oneof(
  { arbitrary: fc.constantFrom(..."[]{}=,.\"'\\#_-+:TZe01 \n\r\t\x7f\x01"), weight: 8 },
  { arbitrary: fc.constantFrom('"""', "'''", "[[", "]]", "\r", "é", "\\u").map(bytesFromText), weight: 2 },
  { arbitrary: byte, weight: 1 },
);

/** The reference does not end at a comment above everything else that has a byte in it which none may have. */
const endlessComment = /^(?:\xef\xbb\xbf)?(?:[ \t]*(?:#[^\n]*)?\n)*[ \t]*#[^\n]*[^\n\t -~]/;

const tomlText: fc.Arbitrary<string> = fc
  .oneof(
    { arbitrary: document, weight: 3 },
    { arbitrary: withMistakes(document, inserted), weight: 2 },
    { arbitrary: pair, weight: 2 },
    { arbitrary: withMistakes(pair, inserted), weight: 1 },
  )
  .filter((text) => !endlessComment.test(text));

const timestamps = ["--extra-experimental-features", "parse-toml-timestamps"];

/** A text is read; dates are known or not, and the value is printed in one way or another. */
export const tomlProgram: fc.Arbitrary<Program> = fc
  .tuple(
    tomlText,
    fc.constantFrom<readonly string[]>(timestamps, timestamps, []),
    fc.constantFrom<readonly string[]>([], [], ["--json"]),
    fc.constantFrom<readonly string[]>([], [], ["--show-trace"]),
  )
  .map(([text, features, printing, trace]) => ({
    text: `builtins.fromTOML ${stringLiteral(text)}`,
    flags: ["--eval", "--strict", ...features, ...printing, ...trace],
  }));
