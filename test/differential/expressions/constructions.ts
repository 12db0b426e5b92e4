// What only expressions of one kind are: its operators and its own constructions.
import fc from "fast-check";
import { closures, list, sets, setsFromPairs } from "./collections.ts";
import { derivations } from "./derivations.ts";
import { functions } from "./functions.ts";
import { type Kind, kinds } from "./scope.ts";
import { constant, type Expressions, form, level, type Sketch } from "./sketch.ts";
import { strings } from "./strings.ts";

export function constructions(expressions: Expressions, kind: Kind): fc.Arbitrary<Sketch> {
  const { int, float, bool, string, path, any } = expressions;
  const it = expressions[kind];
  const infix = (
    binding: number,
    operator: string,
    left: number,
    right: number,
    ...parts: readonly fc.Arbitrary<Sketch>[]
  ) => fc.tuple(...parts).map((sketches) => form(binding, `#${left} ${operator} #${right}`, sketches));
  switch (kind) {
    case "int":
    case "float": {
      const other = kind === "int" ? int : fc.oneof(int, float);
      return fc.oneof(
        infix(level.add, "+", 7, 6, it, other),
        infix(level.add, "-", 7, 6, it, other),
        infix(level.multiply, "*", 6, 5, it, other),
        infix(level.multiply, "/", 6, 5, it, other),
        it.map((part) => form(level.negate, "-~#3", [part])),
        ...(kind === "int"
          ? [
              fc.constant(constant("__curPos.line", level.select)),
              fc.constant(constant("__curPos.column", level.select)),
            ]
          : []),
      );
    }
    case "bool": {
      const pairs = kinds.map((paired) => [expressions[paired], expressions[paired]] as const);
      return fc.oneof(
        ...pairs.flatMap(([left, right]) => [
          infix(level.equal, "==", 10, 10, left, right),
          infix(level.equal, "!=", 10, 10, left, right),
        ]),
        ...["<", "<=", ">", ">="].flatMap((operator) => [
          infix(level.order, operator, 9, 9, int, int),
          infix(level.order, operator, 9, 9, int, float),
          infix(level.order, operator, 9, 9, string, string),
          infix(level.order, operator, 9, 9, expressions.ints, expressions.ints),
          infix(level.order, operator, 9, 9, expressions.list, expressions.list),
          infix(level.order, operator, 9, 9, path, path),
        ]),
        ...[0, 1, 2].flatMap(() => [
          infix(level.and, "&&", 12, 11, bool, bool),
          infix(level.or, "||", 13, 12, bool, bool),
          infix(level.implies, "->", 13, 14, bool, bool),
          bool.map((part) => form(level.not, "!~#8", [part])),
        ]),
        ...["a", "r.n", '"odd name"', `\${"s"}`, "r.r.x", "outPath"].map((attribute) =>
          fc
            .tuple(fc.oneof(expressions.set, expressions.set, any))
            .map((parts) => form(level.hasAttr, `#3 ? ${attribute}`, parts)),
        ),
        fc.tuple(expressions.set, string).map((parts) => form(level.hasAttr, `#3 ? \${~#15~}`, parts)),
      );
    }
    case "string":
      return fc.oneof(
        strings(expressions),
        strings(expressions),
        fc
          .tuple(expressions.derivation, fc.constantFrom("drvPath", "outPath", "name", "dev", "outputName"))
          .map(([part, attribute]) => form(level.select, `#0.${attribute}`, [part])),
        infix(level.add, "+", 7, 6, it, fc.oneof(string, string, string, path, expressions.derivation)),
      );
    case "path":
      return fc.oneof(
        infix(level.add, "+", 7, 6, path, fc.oneof(string, path)),
        ...[`./\${~#15~}`, `./tree/\${~#15~}`, `./\${~#15~}/x`, `/a/b/c\${~#15~}.d`].map((pattern) =>
          string.map((part) => form(level.select, pattern, [part])),
        ),
      );
    case "list":
    case "ints":
    case "strings":
    case "sets": {
      const item = { list: any, ints: int, strings: string, sets: expressions.set }[kind];
      const literal = fc.array(item, { maxLength: 4 }).map(list);
      return fc.oneof(
        literal,
        literal,
        literal,
        infix(level.concat, "++", 4, 5, it, it),
        ...(kind === "list"
          ? [
              fc
                .tuple(any, fc.nat(5))
                .map(([value, count]) =>
                  form(level.anything, `let x = #15; in [ x x ${"x ".repeat(count % 2)}]`, [value]),
                ),
            ]
          : []),
      );
    }
    case "set":
      return fc.oneof(
        ...[0, 1, 2, 3].map(() => sets(expressions)),
        infix(level.update, "//", 8, 9, it, it),
        expressions.derivation,
        closures(expressions),
        fc.constant(constant("__curPos")),
        setsFromPairs(expressions),
      );
    case "derivation":
      return derivations(expressions);
    case "function":
      return fc.oneof(
        functions(expressions, ["int"], "int"),
        functions(expressions, ["any"], "any"),
        functions(expressions, ["set"], "any"),
        functions(expressions, ["any", "any"], "any"),
        functions(expressions, ["string"], "string"),
      );
    case "null":
      return fc.constantFrom('(builtins.match "a" "b")', '(builtins.fromJSON "null")').map((text) => constant(text));
    case "any":
      return fc.oneof(...kinds.filter((other) => other !== "any").map((other) => expressions[other]));
  }
}
