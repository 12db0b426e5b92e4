// Random source text: tokens in any order, valid programs with mistakes, and literals with all that can be in them.
import fc from "fast-check";
import { bytesFromText } from "../../../src/source/bytes.ts";
import type { Program } from "../reference.ts";
import { byte, withMistakes } from "./byte-strings.ts";

const dollarBrace = "$" + "{";
const bytes = (...texts: readonly string[]): readonly string[] => texts.map(bytesFromText);

const keywords = ["if", "then", "else", "assert", "with", "let", "in", "rec", "inherit", "or"];
const operators = [
  "+",
  "-",
  "*",
  "/",
  "++",
  "//",
  "==",
  "!=",
  "<",
  "<=",
  ">",
  ">=",
  "&&",
  "||",
  "->",
  "!",
  "?",
  "|>",
  "<|",
  "...",
  ".",
  ",",
  ";",
  ":",
  "@",
  "=",
];
const brackets = ["(", ")", "[", "]", "{", "}", dollarBrace, '"', "''"];
const names = ["a", "b", "x'", "a-b", "_", "a1", "true", "null", "__sub", "builtins", "__curPos", "abort"];
const numbers = [
  "0",
  "1",
  "00",
  "1.5",
  ".5",
  "1.",
  "0.",
  "00.1",
  "1e5",
  "1.e5",
  "1.5e+3",
  "1.5E-3",
  "9223372036854775807",
  "9223372036854775808",
  "1e400",
  "1.0e400",
  "1.0e-400",
  "1e",
  "1.5e",
  "-1",
  "1a",
  "1.a",
  ".a",
  "99999999999999999999999",
  "1.2.3",
  "0x1",
];
const paths = [
  "./a",
  "../a",
  "/a",
  "a/b",
  "/",
  "./",
  "./.",
  "./..",
  "~/a",
  "~",
  "a/",
  "/a/",
  "a//b",
  "/.a",
  "<a>",
  "<a/b>",
  "<a b>",
  "<>",
  "<a/>",
  "<./a>",
  "./a-b_c+1",
  "a/b/",
  "x/y.z",
  "./é",
  `./${dollarBrace}a}`,
  `./a${dollarBrace}a}b`,
  `/${dollarBrace}a}/`,
  `~/${dollarBrace}a}`,
  ".../a",
  "-/a",
  "+/a",
  "1/2",
  "a/1",
  "_/a",
];
const uris = [
  "http://a",
  "x:y",
  "a:b/c",
  "x:",
  "x: y",
  "mailto:a@b?c",
  "x:%",
  "x:=",
  "git+ssh://x",
  "1:2",
  "x:y'z",
  "a-b:c",
  'x:"y"',
];
const strings = [
  '""',
  '"a"',
  '"a\\nb"',
  `"${dollarBrace}a}"`,
  `"$${dollarBrace}a}"`,
  `"\\${dollarBrace}a}"`,
  '"$a"',
  '"$$"',
  '"a$"',
  '"\\"',
  '"\\a\\é"',
  `"a${dollarBrace}"b"}c"`,
  '"a\nb"',
  '"a\r\nb\rc"',
  "''a''",
  "''\n  a\n  b\n''",
  "''\n\ta\n  b''",
  "'''a''",
  `''$$${dollarBrace}a}''`,
  `''''${dollarBrace}a}''`,
  "''a'''b''",
  "''a''\\nb''\\x''",
  "''\n  a\n\n    b\n  ''",
  `''\n  ${dollarBrace}a}\n    b''`,
  "''\r\n  a\r\n''",
  "''  ''",
  "''\n''",
  "''''$''",
  "'' ' ''",
  "''\\''",
  "''$''",
  `''a${dollarBrace}''b''}c''`,
];
const comments = [
  "# a\n",
  "/* a */",
  "/**/",
  "/** doc */",
  "/***/",
  "/* a",
  "#\r\n",
  "# é\n",
  "/* * / */",
  "#a\rb\n",
  "/*/ */",
  "# no end",
];
const spaces = [" ", "\n", "\t", "\r\n", "\r", "\f", "\v", "", "  ", "\u00a0"];
const odd = [
  "é",
  "€",
  "\u0000",
  "\x01",
  "\x7f",
  "%",
  "^",
  "&",
  "|",
  "~",
  "`",
  "\\",
  "'",
  "$",
  "#",
  "\ufeff",
  "λ",
  "..",
];

const token = fc.oneof(
  ...[keywords, operators, brackets, names].map((texts) => ({
    arbitrary: fc.constantFrom(...bytes(...texts)),
    weight: 4,
  })),
  ...[numbers, paths, strings].map((texts) => ({ arbitrary: fc.constantFrom(...bytes(...texts)), weight: 2 })),
  ...[uris, comments, odd].map((texts) => ({ arbitrary: fc.constantFrom(...bytes(...texts)), weight: 1 })),
);
const separator = fc.oneof(
  { arbitrary: fc.constant(" "), weight: 6 },
  fc.constantFrom(...bytes(...spaces, ...comments)),
);

const soup = fc.array(fc.tuple(token, separator), { minLength: 1, maxLength: 9 }).map((parts) => parts.flat().join(""));

const { expr, atom } = fc.letrec<{ expr: string; atom: string; binding: string; formal: string; interpolated: string }>(
  (tie) => {
    const joined = (...parts: readonly (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> =>
      fc
        .tuple(...parts.map((part) => (typeof part === "string" ? fc.constant(part) : part)))
        .map((texts) => texts.join(""));
    const gap = fc.oneof(
      { arbitrary: fc.constant(" "), weight: 10 },
      fc.constantFrom(...bytes("\n", "  ", "\t", "\r\n", " # é\n", "/* a */", "\n\n  ")),
    );
    const operator = fc.constantFrom(
      "+",
      "-",
      "*",
      "/",
      "++",
      "//",
      "==",
      "!=",
      "<",
      "<=",
      ">",
      ">=",
      "&&",
      "||",
      "->",
      "|>",
      "<|",
    );
    const name = fc.constantFrom("a", "b", "c", "x'", "a-b", "or", "_");
    const attr = fc.oneof(
      { arbitrary: name, weight: 5 },
      { arbitrary: fc.constantFrom('"a"', '"b c"', '""', '"if"'), weight: 1 },
      { arbitrary: joined(dollarBrace, tie("expr"), "}"), weight: 1 },
      joined('"', tie("interpolated"), '"'),
    );
    const attrPath = fc.oneof(
      { arbitrary: attr, weight: 3 },
      joined(attr, ".", attr),
      joined(attr, ".", attr, ".", attr),
    );
    const piece = fc.constantFrom(
      ...bytes("a", " ", "é", "\\n", "\\t", "\\\\", '\\"', "$", "$$", "\n", "\\a", `\\${dollarBrace}`, "'", "\t", "\r"),
    );
    const indentedPiece = fc.constantFrom(
      ...bytes(
        "a",
        " ",
        "é",
        "\n",
        "\n  ",
        "\n    ",
        "''$",
        "'''",
        "''\\n",
        "''\\t",
        "$",
        "$$",
        "'",
        "\\",
        "\t",
        "\r\n",
        '"',
        `''${dollarBrace}`,
      ),
    );
    return {
      expr: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        { arbitrary: tie("atom"), weight: 6 },
        { arbitrary: joined(tie("expr"), gap, operator, gap, tie("expr")), weight: 4 },
        { arbitrary: joined(fc.constantFrom("-", "!"), tie("expr")), weight: 1 },
        { arbitrary: joined(tie("atom"), gap, tie("atom")), weight: 3 },
        { arbitrary: joined(tie("atom"), ".", attrPath), weight: 2 },
        { arbitrary: joined(tie("atom"), ".", attrPath, gap, "or", gap, tie("atom")), weight: 1 },
        { arbitrary: joined(tie("atom"), " ? ", attrPath), weight: 1 },
        { arbitrary: joined("if ", tie("expr"), gap, "then", gap, tie("expr"), " else ", tie("expr")), weight: 1 },
        { arbitrary: joined("let ", tie("binding"), gap, tie("binding"), " in ", tie("expr")), weight: 1 },
        { arbitrary: joined("with ", tie("expr"), ";", gap, tie("expr")), weight: 1 },
        { arbitrary: joined("assert ", tie("expr"), ";", gap, tie("expr")), weight: 1 },
        { arbitrary: joined(name, ":", gap, tie("expr")), weight: 2 },
        {
          arbitrary: joined(
            fc.constantFrom("", "", "args@", "a @ "),
            "{",
            gap,
            fc.array(tie("formal"), { maxLength: 3 }).map((formals) => formals.join(", ")),
            fc.constantFrom("", "", ", ...", ", "),
            gap,
            "}",
            fc.constantFrom("", "", "@args", " @ b"),
            ": ",
            tie("expr"),
          ),
          weight: 2,
        },
      ),
      formal: fc.oneof({ arbitrary: name, weight: 2 }, joined(name, " ? ", tie("expr")), fc.constant("...")),
      binding: fc.oneof(
        { arbitrary: joined(attrPath, " = ", tie("expr"), ";"), weight: 6 },
        joined("inherit ", name, gap, attr, ";"),
        joined("inherit (", tie("expr"), ") ", attr, gap, name, ";"),
      ),
      interpolated: fc
        .array(fc.oneof({ arbitrary: piece, weight: 4 }, joined(dollarBrace, tie("expr"), "}")), { maxLength: 4 })
        .map((parts) => parts.join("")),
      atom: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        { arbitrary: name, weight: 8 },
        { arbitrary: fc.constantFrom("1", "0", "1.5", "true", "null", "builtins"), weight: 4 },
        { arbitrary: fc.constantFrom(...bytes(...numbers)), weight: 1 },
        { arbitrary: fc.constantFrom(...bytes(...paths)), weight: 2 },
        { arbitrary: fc.constantFrom(...uris), weight: 1 },
        { arbitrary: joined('"', tie("interpolated"), '"'), weight: 3 },
        {
          arbitrary: fc
            .array(fc.oneof({ arbitrary: indentedPiece, weight: 5 }, joined(dollarBrace, tie("expr"), "}")), {
              maxLength: 7,
            })
            .map((parts) => `''${parts.join("")}''`),
          weight: 3,
        },
        { arbitrary: joined("(", tie("expr"), ")"), weight: 4 },
        { arbitrary: fc.array(tie("atom"), { maxLength: 3 }).map((items) => `[ ${items.join(" ")} ]`), weight: 2 },
        {
          arbitrary: fc
            .tuple(fc.constantFrom("", "", "rec ", "let "), fc.array(tie("binding"), { maxLength: 3 }))
            .map(([word, bindings]) => `${word}{ ${bindings.join(" ")} }`),
          weight: 3,
        },
      ),
    };
  },
);

const sourceText: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: soup, weight: 2 },
  { arbitrary: expr, weight: 2 },
  { arbitrary: withMistakes(fc.oneof(expr, atom), fc.oneof({ arbitrary: token, weight: 3 }, byte)), weight: 3 },
);

/** The tree that is read, or the report of what is wrong. */
export const parseProgram: fc.Arbitrary<Program> = fc
  .tuple(
    sourceText,
    fc.constantFrom<readonly string[]>([], [], ["--extra-experimental-features", "pipe-operators"], ["--show-trace"]),
  )
  .map(([text, flags]) => ({ text, flags: ["--parse", ...flags] }));
