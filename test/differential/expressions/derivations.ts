// Derivations, with attributes that are all right and with odd ones.
import fc from "fast-check";
import { constant, type Expressions, form, gap, level, type Sketch, write } from "./sketch.ts";

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
  return fc.oneof(
    { arbitrary: attributes.map((part) => form(level.call, "derivation #1", [part])), weight: 8 },
    { arbitrary: attributes.map((part) => form(level.call, "derivationStrict #1", [part])), weight: 1 },
    { arbitrary: attributes.map((part) => form(level.atom, "(derivation #1).out", [part])), weight: 1 },
    { arbitrary: fc.tuple(derivation, set).map((parts) => form(level.update, "#8 // #9", parts)), weight: 1 },
    { arbitrary: attributes.map((part) => form(level.call, "builtins.head (derivation #1).all", [part])), weight: 1 },
  );
}
