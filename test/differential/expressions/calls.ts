// Calls of builtins, as they are meant and in every wrong way.
import fc from "fast-check";
import { type Argument, type BuiltinCall, builtinCalls, globalBuiltins } from "./builtin-calls.ts";
import { functions } from "./functions.ts";
import type { Kind } from "./scope.ts";
import { constant, type Expressions, form, level, type Sketch } from "./sketch.ts";

/** What an argument of a builtin is. */
function argument(expressions: Expressions, wanted: Argument): fc.Arbitrary<Sketch> {
  if (typeof wanted === "string") return expressions[wanted];
  if ("text" in wanted)
    return fc.constant(constant(wanted.text, wanted.text.includes(".") ? level.select : level.atom));
  if ("anyOf" in wanted) return fc.oneof(...wanted.anyOf.map((one) => argument(expressions, one)));
  const fitting = functions(expressions, wanted.from, wanted.to);
  return fc.oneof({ arbitrary: fitting, weight: 20 }, { arbitrary: expressions.any, weight: 1 });
}

/** The builtin by one of the names that lead to it. */
function reference(name: string): fc.Arbitrary<string> {
  const names = [`builtins.${name}`, globalBuiltins.has(name) ? name : `__${name}`];
  return fc.oneof(
    { arbitrary: fc.constant(names[0] as string), weight: 3 },
    { arbitrary: fc.constant(names[1] as string), weight: 1 },
  );
}

function builtinCall(expressions: Expressions, { name, args }: BuiltinCall): fc.Arbitrary<Sketch> {
  const sketches = fc.tuple(...args.map((wanted) => argument(expressions, wanted)));
  return fc.tuple(reference(name), sketches, fc.nat(19)).map(([builtin, parts, shape]) => {
    const slots = parts.map(() => "#1");
    if (shape === 18 && parts.length > 1)
      return form(level.call, `(${builtin} ${slots[0]}) ${slots.slice(1).join(" ")}`, parts);
    return form(level.call, [builtin, ...slots].join(" "), parts);
  });
}

/** Those that do not ask the network for whatever they are given. */
const wild = builtinCalls.filter(({ name }) => !/^(?:break|fetch.*|getFlake|parseFlakeRef)$/.test(name));

/** Any builtin with arguments of any kind, or too few of them. */
export function wildCall(expressions: Expressions): fc.Arbitrary<Sketch> {
  return fc.oneof(
    ...wild.map(({ name, args }) =>
      fc
        .tuple(reference(name), fc.array(expressions.any, { minLength: 0, maxLength: args.length }))
        .map(([builtin, parts]) =>
          parts.length === 0
            ? constant(builtin, level.select)
            : form(level.call, [builtin, ...parts.map(() => "#1")].join(" "), parts),
        ),
    ),
  );
}

/** Calls of the builtins that give this kind; undefined when there are none. */
export function callsOf(expressions: Expressions, kind: Kind): fc.Arbitrary<Sketch> | undefined {
  const fitting = builtinCalls.filter(({ result }) => result === kind);
  return fitting.length === 0 ? undefined : evenly(expressions, fitting);
}

/** Calls of all builtins. */
export function allCalls(expressions: Expressions): fc.Arbitrary<Sketch> {
  return evenly(expressions, builtinCalls);
}

/** Each builtin as often as every other, however many forms of calls there are. */
function evenly(expressions: Expressions, calls: readonly BuiltinCall[]): fc.Arbitrary<Sketch> {
  const byName = Map.groupBy(calls, ({ name }) => name);
  return fc.oneof(
    ...[...byName.values()].map((forms) => fc.oneof(...forms.map((form) => builtinCall(expressions, form)))),
  );
}
