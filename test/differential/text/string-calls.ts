// Calls of the builtins on strings, versions, hashes and numbers with random bytes.
import fc from "fast-check";
import { bytesFromText } from "../../../src/source/bytes.ts";
import type { Program } from "../reference.ts";
import { byteString, stringLiteral } from "./byte-strings.ts";

const text = fc.oneof(
  { arbitrary: byteString, weight: 3 },
  {
    arbitrary: fc
      .constantFrom("", "a", "ab", "abab", "aaa", "b", "/a/b", "a/b/", "/", "//", "a//b", ".", "..", "é")
      .map(bytesFromText),
    weight: 2,
  },
);
const literal = text.map(stringLiteral);

const number = fc
  .oneof(
    { arbitrary: fc.integer({ min: -3, max: 12 }).map(String), weight: 6 },
    fc.constantFrom(
      "9223372036854775807",
      "(-9223372036854775807 - 1)",
      "4294967296",
      "-9223372036854775807",
      "2147483648",
    ),
  )
  .map((digits) => (digits.startsWith("-") ? `(${digits})` : digits));

const versionPart = fc
  .oneof(
    {
      arbitrary: fc.constantFrom(
        "1",
        "2",
        "10",
        "0",
        "01",
        "00",
        "pre",
        "rc",
        "a",
        "b",
        "alpha",
        "post",
        "p",
        "é",
        "2147483647",
        "2147483648",
        "4294967296",
        "99999999999999999999",
      ),
      weight: 8,
    },
    fc.constantFrom("", "_", "+", "~", " ", "PRE", "prea", "1a", "a1", "\xff"),
  )
  .map((part) => (part === "é" ? bytesFromText(part) : part));
const version = fc
  .array(fc.tuple(versionPart, fc.constantFrom(".", "-", "", ".", "-", "..", "-.")), { maxLength: 4 })
  .map((parts) => parts.flat().join(""))
  .map((whole) => whole.replace(/[.-]$/, ""))
  .map(stringLiteral);
const packageName = fc
  .array(
    fc
      .constantFrom("nix", "foo", "-", "-", "1.2", "3", "pre", ".", "_", "A", "é", "-1", "-a", "--", "\n")
      .map(bytesFromText),
    { maxLength: 5 },
  )
  .map((parts) => stringLiteral(parts.join("")));

const algorithm = fc.constantFrom(
  '"md5"',
  '"sha1"',
  '"sha256"',
  '"sha512"',
  '"sha256"',
  '"sha255"',
  '""',
  '"SHA256"',
  '"blake3"',
);

const digests = fc.constantFrom(
  ...[
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "0mdqa9w1p6cmli6976v4wi0sw9r4p5prkj7lzfd1877wk11c9c73",
  ],
  ...[
    "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
    "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
    "d41d8cd98f00b204e9800998ecf8427e",
  ],
  ...[
    "1B2M2Y8AsgTpgAmY7PhCfg==",
    "md5-1B2M2Y8AsgTpgAmY7PhCfg==",
    "3y8bwfr609h3lh9ch0izcqq7fl",
    "da39a3ee5e6b4b0d3255bfef95601890afd80709",
  ],
  ...["2jmj7l5rSw0yVb/vlWAYkK/YBwk=", "sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=", "143xibwh31h9bvxzalr0sjvbbvpa6ffs"],
);
const prefixed = fc
  .tuple(
    fc.constantFrom(
      "",
      "",
      "",
      "sha256:",
      "sha256-",
      "sha1:",
      "md5:",
      "sha512-",
      "sha512:",
      "foo:",
      "blake3:",
      ":",
      "-",
      "sha256",
    ),
    digests,
    fc.nat(70),
    fc.constantFrom("", "", "", "x", "=", "0", "E", "/", "é", " "),
  )
  .map(([prefix, digest, place, change]) =>
    change === "" ? prefix + digest : prefix + digest.slice(0, place) + change + digest.slice(place + 1),
  )
  .map(bytesFromText)
  .map(stringLiteral);
const hashFormat = fc.constantFrom(
  '"base16"',
  '"nix32"',
  '"base32"',
  '"base64"',
  '"sri"',
  '"sri"',
  '"BASE16"',
  '""',
  '"hex"',
);

const list = (items: fc.Arbitrary<string>, maxLength = 4): fc.Arbitrary<string> =>
  fc.array(items, { maxLength }).map((texts) => `[ ${texts.join(" ")} ]`);

function call(name: string, ...parameters: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> {
  return fc.tuple(...parameters).map((values) => `(builtins.${name} ${values.join(" ")})`);
}

const short = fc.constantFrom('"a"', '"b"', '"ab"', '""', '"aa"', '"ba"', '"\xc3"', '"\xc3\xa9"', '"$"', '"\\n"');
const float = fc
  .oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) =>
      value
        .toExponential()
        .replace(/^(-?\d)e/, "$1.0e")
        .replace("e+", "e"),
    ),
    fc.constantFrom(
      "0.5",
      "1.5",
      "2.5",
      "-0.5",
      "-0.0",
      "0.0078125",
      "1234565.0",
      "1e15",
      "123456.5",
      "9.2e18",
      "-9.3e18",
      "9223372036854774784.0",
    ),
  )
  .map((digits) => (digits.startsWith("-") ? `(${digits})` : digits));

const anyCall = fc.oneof(
  call("substring", number, number, literal),
  call("stringLength", literal),
  call("concatStringsSep", literal, list(literal)),
  { arbitrary: call("replaceStrings", list(short), list(short), literal), weight: 3 },
  {
    arbitrary: fc.array(fc.tuple(short, short), { maxLength: 4 }).chain((pairs) =>
      call(
        "replaceStrings",
        fc.constant(`[ ${pairs.map(([from]) => from).join(" ")} ]`),
        fc.constant(`[ ${pairs.map(([, to]) => to).join(" ")} ]`),
        fc
          .array(fc.constantFrom("a", "b", "ab", "\xc3\xa9", "$", "\n"), { maxLength: 8 })
          .map((parts) => stringLiteral(parts.join(""))),
      ),
    ),
    weight: 3,
  },
  { arbitrary: call("splitVersion", version), weight: 2 },
  { arbitrary: call("compareVersions", version, version), weight: 4 },
  { arbitrary: call("parseDrvName", packageName), weight: 2 },
  { arbitrary: call("hashString", algorithm, literal), weight: 2 },
  {
    arbitrary: fc
      .tuple(
        prefixed,
        fc.oneof(
          fc.constant(""),
          algorithm.map((name) => `hashAlgo = ${name};`),
        ),
        hashFormat,
      )
      .map(([hash, name, format]) => `(builtins.convertHash { hash = ${hash}; ${name} toHashFormat = ${format}; })`),
    weight: 6,
  },
  { arbitrary: call("baseNameOf", literal), weight: 2 },
  { arbitrary: call("dirOf", literal), weight: 2 },
  call("toPath", fc.constantFrom('"/a/../b"', '"/a//b/."', '"a"', '""', '"/"', '"/.."', '"/a/./../c/"', '"/\xff"')),
  { arbitrary: call("lessThan", literal, literal), weight: 2 },
  call("sort", fc.constant("builtins.lessThan"), list(literal, 6)),
  { arbitrary: call("toString", fc.oneof(float, number)), weight: 2 },
  { arbitrary: call("floor", float), weight: 1 },
  { arbitrary: call("ceil", float), weight: 1 },
  call("toJSON", fc.oneof(float, literal)),
  call(
    "attrNames",
    fc.uniqueArray(literal, { maxLength: 5 }).map((names) => `{ ${names.map((name) => `${name} = 1;`).join(" ")} }`),
  ),
  call("unsafeDiscardStringContext", literal),
  call("listToAttrs", list(literal.map((name) => `{ name = ${name}; value = 1; }`))),
  call("groupBy", fc.constant("(x: x)"), list(literal)),
  call("elem", literal, list(literal)),
  call("typeOf", fc.oneof(float, literal, number)),
  {
    arbitrary: call(
      "toFile",
      fc.oneof(
        packageName,
        fc.constantFrom(
          '"x.drv"',
          '".drv"',
          '"x.drv.chroot"',
          '".a"',
          '"."',
          '".."',
          '"-"',
          '"a b"',
          `"${"n".repeat(211)}"`,
          `"${"n".repeat(212)}"`,
        ),
      ),
      literal,
    ),
    weight: 2,
  },
  call("placeholder", literal),
  call("bitAnd", number, number),
  call("bitXor", number, number),
);

/** One call, so that an error is compared with its whole report. */
export const stringProgram: fc.Arbitrary<Program> = fc
  .tuple(
    anyCall,
    fc.constantFrom<readonly string[]>([], [], ["--json"], ["--raw"]),
    fc.constantFrom<readonly string[]>([], ["--show-trace"]),
  )
  .map(([text, printing, trace]) => ({ text, flags: ["--eval", "--strict", ...printing, ...trace] }));

/** Several calls, most of which succeed. */
export const stringBatch: fc.Arbitrary<Program> = fc
  .array(anyCall, { minLength: 2, maxLength: 6 })
  .map((calls) => ({ text: `[\n  ${calls.join("\n  ")}\n]`, flags: ["--eval", "--strict"] }));
