// Random POSIX regular expressions, most of them valid, with texts that have a chance to match.
import fc from "fast-check";
import { bytesFromText } from "../../../src/source/bytes.ts";
import type { Program } from "../reference.ts";
import { byte, stringLiteral, withMistakes } from "./byte-strings.ts";

const character = fc.oneof(
  { arbitrary: fc.constantFrom("a", "b", "c"), weight: 20 },
  {
    arbitrary: fc.constantFrom("A", "1", "-", " ", "\n", "_", "]", "}", ",", ":", "=", "/", "z", bytesFromText("é")),
    weight: 4,
  },
  { arbitrary: byte, weight: 1 },
);

const escaped = fc.oneof(
  { arbitrary: fc.constantFrom(..."\\.[]()*+?{}|^$").map((special) => `\\${special}`), weight: 8 },
  { arbitrary: fc.constantFrom(...'1029wdsbWBntraxu/"-]').map((special) => `\\${special}`), weight: 1 },
);

const classNames = "alnum alpha blank cntrl digit graph lower print punct space upper xdigit".split(" ");
const collatingNames = "a b ] [ - ^ . hyphen period space NUL tab newline circumflex right-square-bracket zero A".split(
  " ",
);
const wrongNames = "ALPHA w d s word foo ab é hyphen-minus".split(" ").map(bytesFromText);

const bracketItem = fc.oneof(
  { arbitrary: character, weight: 10 },
  {
    arbitrary: fc.constantFrom(
      "a-c",
      "A-Z",
      "0-9",
      "a-a",
      "c-a",
      "!-~",
      "--/",
      "a-\xff",
      "\x80-\xff",
      "+--",
      "a-",
      "-a",
    ),
    weight: 6,
  },
  { arbitrary: fc.constantFrom(...classNames).map((name) => `[:${name}:]`), weight: 4 },
  { arbitrary: fc.constantFrom(...collatingNames).map((name) => `[.${name}.]`), weight: 2 },
  { arbitrary: fc.constantFrom("a", "A", "b", "1", "e", "-").map((name) => `[=${name}=]`), weight: 2 },
  { arbitrary: fc.constantFrom(...wrongNames).map((name) => `[:${name}:]`), weight: 1 },
  {
    arbitrary: fc.constantFrom(
      "[",
      "[.",
      "[:",
      "[=",
      "\\",
      "]",
      "^",
      "-",
      "&&",
      "[:alpha:",
      "[.-.]-a",
      "a-[.c.]",
      "[:alpha:]-z",
    ),
    weight: 2,
  },
);

const bracket = fc
  .tuple(
    fc.constantFrom("[", "[", "[^", "[]", "[^]", "[-", "[^-"),
    fc.array(bracketItem, { maxLength: 4 }),
    fc.constantFrom("]", "]", "]", "-]"),
  )
  .map(([start, items, end]) => start + items.join("") + end);

const quantifier = fc.oneof(
  { arbitrary: fc.constant(""), weight: 12 },
  { arbitrary: fc.constantFrom("*", "+", "?"), weight: 8 },
  { arbitrary: fc.constantFrom("{2}", "{0,1}", "{1,}", "{0}", "{1,2}", "{0,}", "{2,3}", "{0,2}", "{1}"), weight: 4 },
  { arbitrary: fc.constantFrom("**", "+?", "*{2}", "??", "{2}{2}", "{0}*", "?*", "{1,2}+", "*+*"), weight: 2 },
  {
    arbitrary: fc.constantFrom(
      "{",
      "{}",
      "{,2}",
      "{2,1}",
      "{x}",
      "{1",
      "{1,",
      "{1, 2}",
      "{99999999999}",
      "{1,2",
      "{-1}",
      "{01}",
    ),
    weight: 1,
  },
);

const { regex } = fc.letrec<{ regex: string; branch: string; atom: string }>((tie) => ({
  regex: fc.oneof(
    { arbitrary: tie("branch"), weight: 3 },
    fc.array(tie("branch"), { minLength: 2, maxLength: 3 }).map((branches) => branches.join("|")),
  ),
  branch: fc
    .array(fc.tuple(tie("atom"), quantifier), { maxLength: 4 })
    .map((items) => items.map(([atom, count]) => (/^[$^]$/.test(atom) ? atom : atom + count)).join("")),
  atom: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    { arbitrary: character, weight: 8 },
    { arbitrary: fc.constantFrom(".", ".", "^", "$", "()", "(^)", "($)"), weight: 3 },
    { arbitrary: bracket, weight: 3 },
    { arbitrary: escaped, weight: 1 },
    { arbitrary: tie("regex").map((inner) => `(${inner})`), weight: 8 },
  ),
}));

const special = fc.constantFrom(..."()[]{}*+?|^$.\\-:=,12ab");

/** The longest ones are left out: the reference takes exponential time for some, and they show nothing more. */
const anyRegex: fc.Arbitrary<string> = fc
  .oneof({ arbitrary: regex, weight: 3 }, { arbitrary: withMistakes(regex, special), weight: 1 })
  .filter((source) => source.length <= 40);

const subject = fc
  .oneof(
    { arbitrary: fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 8 }), weight: 3 },
    { arbitrary: fc.array(character, { maxLength: 6 }), weight: 1 },
  )
  .map((characters) => characters.join(""));

/** An expression matched against several texts and used to split them. */
export const regexProgram: fc.Arbitrary<Program> = fc
  .tuple(anyRegex, fc.array(subject, { minLength: 1, maxLength: 8 }))
  .map(([source, subjects]) => ({
    text: `map (s: [ (builtins.match ${stringLiteral(source)} s) (builtins.split ${stringLiteral(source)} s) ]) [ ${subjects.map(stringLiteral).join(" ")} ]`,
    flags: ["--eval", "--strict"],
  }));
