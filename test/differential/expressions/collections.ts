// Lists and sets: written out, and made by builtins out of lists.
import fc from "fast-check";
import { type Bindings, setBindings, writeBindings } from "./bindings.ts";
import { constant, type Expressions, form, gap, level, type Sketch, write } from "./sketch.ts";

/** The text of a set. */
export function setText(inside: string, isRecursive: boolean): string {
  const space = inside === "" ? gap : `${gap}${inside}${gap}`;
  return `${isRecursive ? `rec${gap}` : ""}{${space}}`;
}

function set(bindings: Bindings, isRecursive: boolean): Sketch {
  return (scope) => {
    const { text } = writeBindings(bindings, scope, isRecursive);
    return { text: setText(text, isRecursive), level: level.atom };
  };
}

export function sets(expressions: Expressions): fc.Arbitrary<Sketch> {
  const isRecursive = fc.constantFrom(false, false, false, true);
  return fc.tuple(setBindings(expressions), isRecursive).map(([bindings, recursive]) => set(bindings, recursive));
}

export function list(items: readonly Sketch[]): Sketch {
  return (scope) => {
    const texts = items.map((item) => `${write(item, scope, level.select)}${gap}`);
    return { text: `[${gap}${texts.join("")}]`, level: level.atom };
  };
}

/** listToAttrs of pairs whose names are of any kind. */
export function setsFromPairs(expressions: Expressions): fc.Arbitrary<Sketch> {
  return fc.array(fc.tuple(expressions.string, expressions.any), { maxLength: 3 }).map((pairs): Sketch => {
    const items = pairs.map((pair) => form(level.atom, "{ name = #15; value = #15; }", pair));
    return form(level.call, "builtins.listToAttrs #1", [list(items)]);
  });
}

/** genericClosure, mostly with an operator that comes to an end. */
export function closures(expressions: Expressions): fc.Arbitrary<Sketch> {
  const { int, any, string, sets } = expressions;
  const start = fc.oneof(
    fc
      .constantFrom("[ { key = 1; } ]", "[ { key = [ ]; } ]", '[ { key = "a"; } { key = "b"; } ]')
      .map((text) => constant(text)),
    fc
      .array(fc.oneof(int, int, string, any), { minLength: 1, maxLength: 3 })
      .map((keys) => list(keys.map((key) => form(level.atom, "{ key = #15; }", [key])))),
    sets,
  );
  const operator = fc.oneof(
    fc
      .constantFrom(
        "(r: [ ])",
        "(r: if r.key < 4 && r.key > -40 then [ { key = r.key + 1; } ] else [ ])",
        "(r: if r.key < 40 && r.key > 0 then [ { key = r.key * 2 + 1; } { key = r.key * 2; } { key = -r.key; } ] else [ ])",
        '(r: if r.key < 9 && r.key > -40 then [ { key = r.key + 1; } { key = if r.key == 7 then "7" else 1.5; } ] else [ ])',
        "(r: if builtins.length r.key < 4 then [ { key = r.key ++ [ 1 ]; } { key = [ 2 ] ++ r.key; } ] else [ ])",
        "(r: [ { key = 1; n = r.key; } { key = 2; } ])",
        "({ key, ... }: [ { key = if key == 1 then 2 else 1; } ])",
      )
      .map((text) => constant(text)),
    any,
  );
  return fc
    .tuple(start, operator)
    .map((parts) => form(level.select, "{ x = builtins.genericClosure { startSet = #15; operator = #15; }; }", parts));
}

/** Sets and lists of which many differ only deep inside. */
export function alike(expressions: Expressions): fc.Arbitrary<Sketch> {
  const { int, string, bool, set } = expressions;
  return fc.oneof(
    fc.tuple(int, string).map((parts) => form(level.atom, "{ n = #15; s = #15; }", parts)),
    fc.tuple(string, bool).map((parts) => form(level.atom, "{ r = { s = #15; t = #15; }; }", parts)),
    fc.tuple(int, int).map((parts) => form(level.atom, "[ 1 [ #1 ] { n = #15; } ]", parts)),
    fc.tuple(set, set).map((parts) => form(level.update, "#8 // #8", parts)),
    fc.tuple(string).map((parts) => form(level.atom, '{ type = "derivation"; outPath = #15; }', parts)),
  );
}
