import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Derivation } from "../../src/store/derivation.ts";
import { parseDerivation, printDerivation } from "../../src/store/derivation-aterm.ts";
import { nix32Alphabet } from "../../src/store/nix32.ts";
import { expectStoreError, fixtureNames, readFixture } from "./fixture-file.ts";

const drvFiles = fixtureNames("drv");

function nameOf(file: string): string {
  return file.slice(33, -".drv".length);
}

const bytes = fc.string({ unit: fc.nat({ max: 255 }).map((code) => String.fromCharCode(code)) });
const plain = fc.stringMatching(/^[a-z0-9-]{1,8}$/);
const storePath = fc
  .tuple(fc.string({ unit: fc.constantFrom(...nix32Alphabet), minLength: 32, maxLength: 32 }), plain)
  .map(([hash, name]) => `/nix/store/${hash}-${name}`);

function sortedMapOf<Value>(key: fc.Arbitrary<string>, value: fc.Arbitrary<Value>, minLength = 0) {
  return fc
    .uniqueArray(fc.tuple(key, value), { selector: ([name]) => name, minLength, maxLength: 4 })
    .map((entries) => new Map(entries.sort(([a], [b]) => (a < b ? -1 : 1))));
}

const sortedSet = <Item extends string>(item: fc.Arbitrary<Item>, minLength = 0) =>
  fc.uniqueArray(item, { minLength, maxLength: 4 }).map((items) => items.sort());

const derivation: fc.Arbitrary<Derivation> = fc.record({
  name: plain,
  outputs: sortedMapOf(
    plain,
    fc.oneof(
      storePath.map((path) => ({ path, hashAlgo: "", hash: "" })),
      fc.constant({ path: "", hashAlgo: "", hash: "" }),
      fc.constant({ path: "", hashAlgo: "r:sha256", hash: "" }),
      fc.constant({ path: "", hashAlgo: "sha1", hash: "impure" }),
    ),
    1,
  ),
  inputDrvs: sortedMapOf(storePath, sortedSet(plain, 1)),
  inputSrcs: sortedSet(storePath),
  system: plain,
  builder: bytes,
  args: fc.array(bytes, { maxLength: 4 }),
  env: sortedMapOf(bytes, bytes),
});

describe("the text of derivations", () => {
  it.each(drvFiles)("is read and written as C++ Nix writes it: %s", (file) => {
    const text = readFixture(`drv/${file}`).toString("latin1");
    const parsed = parseDerivation(text, nameOf(file));
    expect(printDerivation(parsed)).toBe(text);
  });

  it("was looked at for many derivations", () => {
    expect(drvFiles.length).toBeGreaterThan(60);
  });

  it("is read with its escapes", () => {
    const file = drvFiles.find((name) => name.endsWith("-arguments.drv"))!;
    const { args, env } = parseDerivation(readFixture(`drv/${file}`).toString("latin1"), "arguments");
    expect(args[1]).toBe('echo "quoted" \\ back\nslash\ttab\rreturn');
    expect(Buffer.from(env.get("weird")!, "latin1").toString("utf8")).toBe("'single' \"double\" \\n \\\\ é ÿ €");
    expect(env.get('name with spaces = and "quotes"')).toBe("value");
  });

  it("gives any derivation back", () => {
    fc.assert(
      fc.property(derivation, (original) => {
        const text = printDerivation(original);
        const copy = parseDerivation(text, original.name);
        expect(copy).toEqual(original);
        expect(printDerivation(copy)).toBe(text);
      }),
    );
  });

  it("is sorted where it was not", () => {
    const a = `/nix/store/${"0".repeat(32)}-a`;
    const b = `/nix/store/${"1".repeat(32)}-b`;
    const text = `Derive([("out","",r,r),("dev","",r,r)],[("${b}.drv",["out","dev"]),("${a}.drv",["out"])],["${b}","${a}"],"s","b",[],[("z","1"),("a","2")])`;
    const parsed = parseDerivation(text.replaceAll(",r", ',""'), "x");
    expect([...parsed.outputs.keys()]).toEqual(["dev", "out"]);
    expect([...parsed.inputDrvs]).toEqual([
      [`${a}.drv`, ["out"]],
      [`${b}.drv`, ["dev", "out"]],
    ]);
    expect(parsed.inputSrcs).toEqual([a, b]);
    expect([...parsed.env.keys()]).toEqual(["a", "z"]);
  });
});

describe("text that is no derivation", () => {
  const good = 'Derive([("out","","","")],[],[],"system","builder",[],[("out","")])';

  it.each([
    ["", "expected string 'D'"],
    ["Derive", "expected string 'erive('"],
    ["DrvWith", "expected string 'rvWithVersion('"],
    ["Dr", "expected string 'rvWithVersion('"],
    ["Do", "derivation does not start with 'Derive' or 'DrvWithVersion'"],
    [`${good} `, "there is something after the end of the derivation"],
    [good.replace('"system"', "system"), "expected string '\"'"],
    [good.replace('"builder"', '"builder'), "expected string ','"],
    [good.replace("[],[],", "[],"), "expected string '['"],
    [good.replace('[("out","")])', '[("out","'), "unterminated string in derivation"],
    [good.replace('[("out","")])', '[("out","\\'), "unterminated string in derivation"],
    [good.replace("[],[]", '[("/tmp/x.drv",["out"])],[]'), "path '/tmp/x.drv' is not in the Nix store"],
    [good.replace('("out","","","")', '("out","/nix/store/x","","")'), "'x' is too short to be a valid store path"],
    [good.replace('("out","","","")', '("out","","sha255","")'), "unknown hash algorithm 'sha255'"],
    [good.replace('("out","","","")', '("out","","sha256","abc")'), "hash 'abc' has wrong length"],
    [
      good.replace('("out","","","")', `("out","/nix/store/${"0".repeat(32)}-y","sha256","${"0".repeat(64)}")`),
      "derivation output 'out' has path",
    ],
    [
      good.replace('("out","","","")', `("out","/nix/store/${"0".repeat(32)}-y","sha256","")`),
      "content-addressing derivation output should not specify output path",
    ],
    [
      good.replace("[],[]", `[("/nix/store/${"0".repeat(32)}-y.drv",[])],[]`),
      "inputDrvs entry for '/nix/store/00000000000000000000000000000000-y.drv' specifies no outputs",
    ],
  ])("is refused: %s", (text, message) => {
    expectStoreError(() => parseDerivation(text, "x"), "bad-derivation", message);
  });

  it("may be of an unknown version", () => {
    const text = good.replace("Derive(", 'DrvWithVersion("xp-dyn-drv-2",');
    expectStoreError(
      () => parseDerivation(text, "x"),
      "bad-derivation",
      "Unknown derivation ATerm format version 'xp-dyn-drv-2'",
    );
  });

  it("fails wherever it is cut", () => {
    const text = readFixture(`drv/${drvFiles[0]!}`).toString("latin1");
    for (let length = 0; length < text.length; length += 3) {
      expectStoreError(() => parseDerivation(text.slice(0, length), nameOf(drvFiles[0]!)), "bad-derivation", /./);
    }
  });
});
