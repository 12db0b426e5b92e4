// Derivations, with attributes that are all right and with odd ones.
import fc from "fast-check";
import { constant, type Expressions, form, gap, level, type Sketch, write } from "./sketch.ts";

/** Attributes that tell how to build, by values that are right with or without structured attributes, and wrong ones. */
const options: readonly (readonly [name: string, ...values: readonly string[]])[] = [
  [
    "outputChecks",
    "1",
    "{ out = 1; }",
    "{ out.maxSize = 1; dev.allowedReferences = [ 1 ]; }",
    '{ out.maxSize = "a"; }',
  ],
  ["outputChecks", "{ out.disallowedRequisites = { a = 1.5; }; }", '{ "odd name".allowedRequisites = [ "out" ]; }'],
  ["unsafeDiscardReferences", "1", "{ out = true; }", '{ out = "no"; dev = true; }'],
  ["exportReferencesGraph", '"a"', '[ "a" ./tree ]', '[ "a b" "c" ]', '"g /nix/store"', "{ g = [ [ ./tree ] ]; }"],
  [
    "exportReferencesGraph",
    "{ g = 1; }",
    '{ g = [ "/nix/store/2z2hg13zq3ajynnbhsxlr4ii0bh6rzbc-x" ]; }',
    '{ g = "x"; }',
  ],
  ["requiredSystemFeatures", '"a"', '[ "kvm" 1 ]', '[ "builder-rpc-v0" ]', "1"],
  ["preferLocalBuild", "true", "1", '"yes"'],
  ["allowSubstitutes", "false", "[ ]", "null"],
  ["impureEnvVars", '[ "A" ]', '"A B"', "[ 1 ]"],
  ["__noChroot", "true", "{ }"],
  ["passAsFile", '[ "s" "a" ]', '"s"'],
  ["allowedRequisites", '[ "out" ]', '"out"', "[ 1 ]", "null"],
];

/** All that a fixed output needs, or a floating one. */
const outputs = [
  'outputHash = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";',
  'outputHash = "d41d8cd98f00b204e9800998ecf8427e"; outputHashAlgo = "md5"; outputHashMode = "recursive";',
  'outputHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"; outputHashAlgo = "sha256"; outputHashMode = "text";',
  'outputHash = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="; outputs = [ "a" "b" ];',
  'outputHash = ""; outputHashAlgo = "sha512"; outputHashMode = "git";',
  'name = "a.drv"; outputHashMode = "text"; outputHashAlgo = "sha256"; __contentAddressed = true;',
  '__contentAddressed = true; outputHashMode = "recursive"; outputs = [ "out" "dev" ];',
  "__contentAddressed = true; __impure = true;",
  '__contentAddressed = true; outputHashMode = "flat"; outputHashAlgo = "sha1";',
  '__impure = true; outputs = [ "out" "dev" ];',
];

interface Attribute {
  readonly name: string;
  readonly value: Sketch;
}

export function derivations(expressions: Expressions): fc.Arbitrary<Sketch> {
  const { any, string, path, list, bool, derivation, set, strings } = expressions;
  const attribute = (name: string, value: fc.Arbitrary<Sketch>): fc.Arbitrary<Attribute> =>
    value.map((sketch) => ({ name, value: sketch }));
  const texts = (...words: readonly string[]): fc.Arbitrary<Sketch> =>
    fc.constantFrom(...words).map((text) => constant(text));
  const extra = fc.oneof(
    { arbitrary: attribute("a", any), weight: 6 },
    { arbitrary: attribute("s", string), weight: 3 },
    { arbitrary: attribute("src", path), weight: 2 },
    { arbitrary: attribute("drv", derivation), weight: 3 },
    { arbitrary: attribute("args", list), weight: 2 },
    { arbitrary: attribute("args", strings), weight: 2 },
    {
      arbitrary: attribute(
        "outputs",
        texts('[ "out" "dev" ]', '[ "lib" ]', "[ ]", '[ "out" "out" ]', '"out"', '[ "drvPath" ]', '[ "a b" ]'),
      ),
      weight: 2,
    },
    { arbitrary: attribute("outputs", strings), weight: 1 },
    { arbitrary: attribute("__structuredAttrs", fc.oneof(texts("true"), bool)), weight: 2 },
    { arbitrary: attribute("__ignoreNulls", fc.oneof(texts("true"), bool)), weight: 2 },
    { arbitrary: attribute("__contentAddressed", texts("true", "false", "1")), weight: 2 },
    { arbitrary: attribute("__impure", texts("true", "false")), weight: 1 },
    {
      arbitrary: attribute(
        "outputHash",
        texts(
          '""',
          '"sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="',
          '"d41d8cd98f00b204e9800998ecf8427e"',
          '"x"',
        ),
      ),
      weight: 2,
    },
    { arbitrary: attribute("outputHashAlgo", texts('"sha256"', '"md5"', '"none"', "null")), weight: 2 },
    {
      arbitrary: attribute("outputHashMode", texts('"flat"', '"recursive"', '"text"', '"nar"', '"odd"', "1")),
      weight: 1,
    },
    { arbitrary: attribute("meta", set), weight: 1 },
    { arbitrary: attribute("allowedReferences", strings), weight: 1 },
    { arbitrary: attribute("exportReferencesGraph", list), weight: 1 },
    { arbitrary: fc.oneof(...options.map(([name, ...values]) => attribute(name, texts(...values)))), weight: 3 },
    { arbitrary: attribute("__json", string), weight: 1 },
    { arbitrary: attribute('"odd name"', any), weight: 1 },
  );
  const usual = fc.tuple(
    fc.oneof(
      { arbitrary: attribute("name", texts('"pkg"', '"a-1.0"')), weight: 8 },
      { arbitrary: attribute("name", string), weight: 2 },
    ),
    fc.oneof(
      { arbitrary: attribute("builder", texts('"/bin/sh"')), weight: 6 },
      { arbitrary: attribute("builder", fc.oneof(string, path)), weight: 1 },
    ),
    fc.oneof(
      { arbitrary: attribute("system", texts('"x"')), weight: 8 },
      { arbitrary: attribute("system", string), weight: 1 },
    ),
  );
  const attributes = fc
    .tuple(usual, fc.array(extra, { maxLength: 4 }), fc.nat(29))
    .map(([first, more, dropped]): Sketch => {
      const byName = new Map(
        [...first.filter((_, index) => index !== dropped), ...more].map((one) => [one.name, one.value]),
      );
      return (scope) => {
        const texts = [...byName].map(
          ([name, value]) => `${name}${gap}=${gap}${write(value, scope, level.anything)};${gap}`,
        );
        return { text: `{${gap}${texts.join("")}}`, level: level.atom };
      };
    });
  const settled = fc
    .tuple(attributes, fc.constantFrom(...outputs))
    .map(([part, more]) => form(level.call, `derivation (#8 // { ${more} })`, [part]));
  return fc.oneof(
    { arbitrary: attributes.map((part) => form(level.call, "derivation #1", [part])), weight: 8 },
    { arbitrary: settled, weight: 3 },
    { arbitrary: attributes.map((part) => form(level.call, "derivationStrict #1", [part])), weight: 1 },
    { arbitrary: attributes.map((part) => form(level.atom, "(derivation #1).out", [part])), weight: 1 },
    { arbitrary: fc.tuple(derivation, set).map((parts) => form(level.update, "#8 // #9", parts)), weight: 1 },
    { arbitrary: attributes.map((part) => form(level.call, "builtins.head (derivation #1).all", [part])), weight: 1 },
  );
}
