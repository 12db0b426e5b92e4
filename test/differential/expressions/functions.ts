// Functions from some kinds to a kind: lambdas, sets of formals, functors, builtins that lack arguments.
import fc from "fast-check";
import { builtinCalls, globalBuiltins } from "./builtin-calls.ts";
import { type Kind, namesOfKind } from "./scope.ts";
import { constant, type Expressions, gap, level, type Sketch, write } from "./sketch.ts";

const nameOf = (kind: Kind, choice: number): string => namesOfKind[kind][choice % namesOfKind[kind].length] as string;

function lambda(expressions: Expressions, from: readonly Kind[], to: Kind): fc.Arbitrary<Sketch> {
  return fc
    .tuple(fc.array(fc.nat(2), { minLength: from.length, maxLength: from.length }), expressions[to])
    .map(([choices, body]): Sketch => {
      const names = from.map((kind, index) => nameOf(kind, choices[index] as number));
      const head = names.map((name) => `${name}:${gap}`).join("");
      return (scope) => ({ text: head + write(body, scope.with(names), level.anything), level: level.anything });
    });
}

interface Formal {
  readonly name: string;
  readonly fallback: Sketch | undefined;
}

/** `{ n, s ? "x", ... }@r: body`; the other parameters follow. */
function formals(expressions: Expressions, from: readonly Kind[], to: Kind): fc.Arbitrary<Sketch> {
  const kinds = ["int", "string", "set", "bool", "any", "list"] as const;
  const formal: fc.Arbitrary<Formal> = fc.oneof(
    ...kinds.map((kind) =>
      fc
        .tuple(
          fc.nat(2),
          fc.oneof({ arbitrary: expressions[kind], weight: 3 }, { arbitrary: fc.constant(undefined), weight: 1 }),
        )
        .map(([choice, fallback]) => ({ name: nameOf(kind, choice), fallback })),
    ),
  );
  return fc
    .tuple(
      fc.uniqueArray(formal, { maxLength: 3, selector: ({ name }) => name }),
      fc.constantFrom("...", "...", "...", ""),
      fc.constantFrom("", "", "q@", "@q"),
      lambda(expressions, from.slice(1), to),
    )
    .map(
      ([list, ellipsis, at, body]): Sketch =>
        (scope) => {
          const names = [
            ...list.map(({ name }) => name),
            ...(at !== "" && list.every(({ name }) => name !== "q") ? ["q"] : []),
          ];
          const inner = scope.with(names);
          const items = list.map(({ name, fallback }) =>
            fallback === undefined ? name : `${name}${gap}?${gap}${write(fallback, inner, level.anything)}`,
          );
          if (ellipsis !== "") items.push(ellipsis);
          const set = `{${gap}${items.join(`,${gap}`)}${gap}}`;
          const bound = names.includes("q") && at !== "" && list.every(({ name }) => name !== "q");
          const head = !bound ? set : at === "q@" ? `q@${set}` : `${set}@q`;
          return { text: `${head}:${gap}${body(inner).text}`, level: level.anything };
        },
    );
}

export function functions(expressions: Expressions, from: readonly Kind[], to: Kind): fc.Arbitrary<Sketch> {
  const plain = lambda(expressions, from, to);
  const partial = builtinCalls
    .filter(({ args, result }) => result === to && from.every((kind, index) => args.at(index - from.length) === kind))
    .filter(({ args }) => args.slice(0, args.length - from.length).every((arg) => typeof arg === "string"));
  const partials = partial.map(({ name, args }) => {
    const builtin = globalBuiltins.has(name) ? name : `builtins.${name}`;
    const given = args.slice(0, args.length - from.length) as readonly Kind[];
    if (given.length === 0) return fc.constant(constant(builtin, level.select));
    return fc.tuple(...given.map((kind) => expressions[kind])).map(
      (sketches): Sketch =>
        (scope) => {
          const words = sketches.map((sketch) => write(sketch, scope, level.select));
          return { text: [builtin, ...words].join(gap), level: level.call };
        },
    );
  });
  const variable = fc.tuple(fc.nat(3), plain).map(
    ([choice, fallback]): Sketch =>
      (scope) => {
        const name = scope.pick("function", choice);
        return name === undefined ? fallback(scope) : { text: name, level: level.atom };
      },
  );
  const functor = plain.map(
    (body): Sketch =>
      (scope) => {
        const inner = write(body, scope.with(["r"]), level.anything);
        return { text: `{${gap}__functor${gap}=${gap}r:${gap}${inner};${gap}}`, level: level.atom };
      },
  );
  const named = plain.map(
    (body): Sketch =>
      (scope) => {
        const text = `let${gap}f${gap}=${gap}${write(body, scope, level.anything)};${gap}in${gap}f`;
        return { text, level: level.anything };
      },
  );
  return fc.oneof(
    { arbitrary: plain, weight: 10 },
    { arbitrary: from[0] === "set" ? formals(expressions, from, to) : plain, weight: 6 },
    { arbitrary: partials.length === 0 ? plain : fc.oneof(...partials), weight: 4 },
    { arbitrary: variable, weight: 2 },
    { arbitrary: functor, weight: 1 },
    { arbitrary: named, weight: 2 },
  );
}
