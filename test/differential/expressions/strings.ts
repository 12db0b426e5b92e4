// String literals of both sorts, with interpolations.
import fc from "fast-check";
import { type Expressions, level, type Sketch, slack, write } from "./sketch.ts";

const plainPieces = fc.constantFrom("a", " ", "-", "/", "x y", "\\n", '\\"', "$", "1.2", "é", "\\\\", `\\\${`, "''");
const indentedPieces = fc.constantFrom("a", " ", "-", "x  y", `''\${`, "'''", "''\\n", "$", "\\", '"', "é", "b c");

export function strings(expressions: Expressions): fc.Arbitrary<Sketch> {
  const { string, path, derivation, any, int } = expressions;
  const inside = fc.oneof(
    { arbitrary: string, weight: 10 },
    { arbitrary: path, weight: 2 },
    { arbitrary: derivation, weight: 2 },
    {
      arbitrary: int.map(
        (part): Sketch =>
          (scope) => ({ text: `toString ${write(part, scope, level.select)}`, level: level.call }),
      ),
      weight: 3,
    },
    { arbitrary: any, weight: 1 },
  );
  const interpolation = inside.map(
    (part): Sketch =>
      (scope) => ({ text: `\${${slack}${write(part, scope, level.anything)}${slack}}`, level: level.atom }),
  );
  const fixed = (piece: string): Sketch => {
    const code = { text: piece, level: level.atom };
    return () => code;
  };
  const plain = fc.array(fc.oneof(plainPieces.map(fixed), interpolation), { minLength: 1, maxLength: 4 });
  const line = fc.tuple(fc.nat(6), fc.array(fc.oneof(indentedPieces.map(fixed), interpolation), { maxLength: 3 }));
  const joined = (parts: readonly Sketch[], scope: Parameters<Sketch>[0]): string =>
    parts.map((part) => part(scope).text).join("");
  return fc.oneof(
    plain.map(
      (parts): Sketch =>
        (scope) => ({ text: `"${joined(parts, scope)}"`, level: level.atom }),
    ),
    plain.map(
      (parts): Sketch =>
        (scope) => ({ text: `"${joined(parts, scope)}"`, level: level.atom }),
    ),
    fc.tuple(fc.array(line, { minLength: 1, maxLength: 4 }), fc.boolean()).map(
      ([lines, startsBelow]): Sketch =>
        (scope) => {
          const texts = lines.map(([indentation, parts]) => " ".repeat(indentation) + joined(parts, scope));
          return { text: `''${startsBelow ? "\n" : ""}${texts.join("\n")}''`, level: level.atom };
        },
    ),
  );
}
