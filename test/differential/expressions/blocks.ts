// What an expression of every kind can be: branches, bindings around it, a call or selection that gives it.
import fc from "fast-check";
import { type Bindings, letBindings, setBindings, writeBindings } from "./bindings.ts";
import { alike, list, setText } from "./collections.ts";
import { functions } from "./functions.ts";
import { recursion } from "./recursion.ts";
import { type Kind, kinds, namesOfKind, type Scope, shadows } from "./scope.ts";
import { selections } from "./selections.ts";
import { type Expressions, form, gap, level, type Sketch, write } from "./sketch.ts";

export function blocks(expressions: Expressions, kind: Kind): fc.Arbitrary<Sketch> {
  const it = expressions[kind];
  const { bool, string, any, int } = expressions;
  const parameters = ["int", "string", "set", "any", "ints"] as const;
  return fc.oneof(
    fc.tuple(bool, it, it).map((parts) => form(level.anything, "if #15 then #15 else #15", parts)),
    lets(expressions, it),
    lets(expressions, it),
    withs(expressions, it),
    withs(expressions, it),
    fc.tuple(bool, it).map((parts) => form(level.anything, "assert #15; #15", parts)),
    fc.tuple(any, any, it).map((parts) => form(level.anything, "assert #10 == #10; #15", parts)),
    fc
      .tuple(alike(expressions), alike(expressions), it)
      .map((parts) => form(level.anything, "assert #10 == #10; #15", parts)),
    ...parameters.map((parameter) =>
      fc
        .tuple(functions(expressions, [parameter], kind), expressions[parameter])
        .map((parts) => form(level.call, "#2 #1", parts)),
    ),
    fc
      .tuple(functions(expressions, ["set", "int"], kind), expressions.set, int)
      .map((parts) => form(level.call, "#2 #1 #1", parts)),
    selections(expressions, kind),
    selections(expressions, kind),
    fc.oneof(
      { arbitrary: it.map((part) => form(level.atom, "(~#15~)", [part])), weight: 12 },
      // A syntax error where the feature is off, so there must not be many.
      { arbitrary: pipes(expressions, kind), weight: 1 },
    ),
    fc
      .tuple(it, fc.array(any, { maxLength: 2 }))
      .map(([first, others]) => form(level.call, "builtins.head #1", [list([first, ...others])])),
    it.map((part) => form(level.select, "(builtins.tryEval #1).value", [part])),
    fc.tuple(string, it).map((parts) => form(level.call, "builtins.addErrorContext #1 #1", parts)),
    string.map((part) => form(level.call, "throw #1", [part])),
    legacyLets(expressions, it),
    recursion(expressions, kind),
    shadowings(expressions, it),
  );
}

function lets(expressions: Expressions, body: fc.Arbitrary<Sketch>): fc.Arbitrary<Sketch> {
  return fc.tuple(letBindings(expressions), body).map(
    ([bindings, result]): Sketch =>
      (scope) => {
        const { text, inner } = writeBindings(bindings, scope, true);
        return { text: `let${gap}${text}${gap}in${gap}${write(result, inner, level.anything)}`, level: level.anything };
      },
  );
}

/** `let { body = …; }`. */
function legacyLets(expressions: Expressions, body: fc.Arbitrary<Sketch>): fc.Arbitrary<Sketch> {
  return fc.tuple(letBindings(expressions), body).map(
    ([bindings, result]): Sketch =>
      (scope) => {
        const binding = () => ({
          names: ["body"],
          paths: ["body"],
          write: (inner: Scope) => `body${gap}=${gap}${write(result, inner, level.anything)};`,
        });
        const { text } = writeBindings(bindings, scope, true, [binding]);
        return { text: `let${gap}{${gap}${text}${gap}}`, level: level.atom };
      },
  );
}

/** `with` a set that has the names that are used after it, or any set. */
function withs(expressions: Expressions, body: fc.Arbitrary<Sketch>): fc.Arbitrary<Sketch> {
  const head = (source: string): string => `with${gap}${source};${gap}`;
  return fc.oneof(
    fc.tuple(setBindings(expressions), body, fc.boolean()).map(
      ([bindings, result, isRecursive]): Sketch =>
        (scope) => {
          const { text } = writeBindings(bindings, scope, isRecursive);
          const names = namesIn(bindings, scope);
          const after = write(result, names, level.anything);
          return { text: head(setText(text, isRecursive)) + after, level: level.anything };
        },
    ),
    fc.tuple(expressions.set, fc.constantFrom(...kinds), body).map(
      ([source, hidden, result]): Sketch =>
        (scope) => {
          const names = scope.with(namesOfKind[hidden].slice(0, 1));
          const after = write(result, names, level.anything);
          return { text: head(write(source, scope, level.anything)) + after, level: level.anything };
        },
    ),
  );
}

function namesIn(bindings: Bindings, scope: Scope): Scope {
  return writeBindings(bindings, scope, true).inner;
}

/** A name that means something already is bound to something else. */
function shadowings(expressions: Expressions, body: fc.Arbitrary<Sketch>): fc.Arbitrary<Sketch> {
  return fc.oneof(
    ...shadows.map(([name, kind]) =>
      fc.tuple(expressions[kind], body).map((parts) => form(level.anything, `let ${name} = #15; in #15`, parts)),
    ),
  );
}

function pipes(expressions: Expressions, kind: Kind): fc.Arbitrary<Sketch> {
  const fn = functions(expressions, ["any"], kind);
  return fc.oneof(
    fc.tuple(expressions.any, fn).map((parts) => form(level.atom, "(~#14 |> #14~)", parts)),
    fc.tuple(fn, expressions.any).map((parts) => form(level.atom, "(~#14 <| #14~)", parts)),
  );
}
