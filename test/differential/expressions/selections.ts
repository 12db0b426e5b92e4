// `set.name`, with and without `or`, of sets that have the name and of others.
import fc from "fast-check";
import { bindingOf, setBindings, writeBindings } from "./bindings.ts";
import { setText } from "./collections.ts";
import { type Kind, namesOfKind } from "./scope.ts";
import { type Expressions, gap, level, type Sketch, slack, write } from "./sketch.ts";

export function selections(expressions: Expressions, kind: Kind): fc.Arbitrary<Sketch> {
  const it = expressions[kind];
  const ending = fc.option(it, { nil: undefined });
  return fc.oneof(
    fc.tuple(setBindings(expressions), bindingOf(expressions, kind), ending, fc.nat(15)).map(
      ([bindings, { name, binding }, fallback, choice]): Sketch =>
        (scope) => {
          const isRecursive = choice % 4 === 3;
          const { text } = writeBindings(bindings, scope, isRecursive, choice === 14 ? [] : [binding]);
          const selector = choice === 12 ? `"${name}"` : choice === 13 ? `\${${slack}"${name}"${slack}}` : name;
          const end = fallback === undefined ? "" : `${gap}or${gap}${write(fallback, scope, level.select)}`;
          return { text: `${setText(text, isRecursive)}.${selector}${end}`, level: level.select };
        },
    ),
    fc.tuple(expressions.set, fc.nat(2), ending, fc.nat(7), expressions.string).map(
      ([target, choice, fallback, shape, text]): Sketch =>
        (scope) => {
          const names = namesOfKind[kind];
          const name = names[choice % names.length] as string;
          const dynamic = `\${${slack}${write(text, scope, level.anything)}${slack}}`;
          const path = shape === 7 ? `r.${name}` : shape === 6 ? dynamic : shape === 5 ? `r.${dynamic}` : name;
          const end = fallback === undefined ? "" : `${gap}or${gap}${write(fallback, scope, level.select)}`;
          return { text: `${write(target, scope, level.atom)}.${path}${end}`, level: level.select };
        },
    ),
  );
}
